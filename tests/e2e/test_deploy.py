"""`make deploy` against the emulator: the template for AWS is one that CloudFormation can make, and make again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from infra import account, console, deploy, reachable, template
from infra.local import aws
from infra.local.emulator import Emulator
from infra.local.ports import free_port
from infra.local.settings import REGION, StackConfig
from infra.rehearsal.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from infra.package import Package

pytestmark = pytest.mark.stack
UNKNOWN_TO_THE_EMULATOR = "ApiWebAclAssociation"
"""Beside alarms on metric math, which it does not know either."""
ASKED_BY_PREFLIGHT = ("account", "sesv2", "cloudcontrol")
"""Services that a deployment only asks and that the emulator does not have, or not with what is asked."""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StackConfig]:
    place = StackConfig(free_port(), tmp_path)
    emulator = Emulator.start(place, smtp_port=free_port())
    for name, value in {
        "AWS_ENDPOINT_URL": place.endpoint,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": REGION,
        "MAIL_FROM": "partnerbook@example.com",
    }.items():
        monkeypatch.setenv(name, value)
    yield place
    emulator.stop()


@pytest.fixture
def known_to_the_emulator(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = template.deployable

    def without(packaged: Package, target: str) -> dict[str, Any]:
        content = whole(packaged, target)
        for name, node in list(content["Resources"].items()):
            if name == UNKNOWN_TO_THE_EMULATOR or "Metrics" in node.get("Properties", {}):
                del content["Resources"][name]
        return content

    monkeypatch.setattr(template, "deployable", without)


class MostlyEmulated:
    """The emulator's session, with the rehearsal's answers for what only the checks ask."""

    def __init__(self, session: Any) -> None:
        self.region_name = REGION
        self.emulated, self.rehearsed = session, Session(REGION)

    def client(self, service: str, region_name: str = REGION) -> Any:
        of = self.rehearsed if service in ASKED_BY_PREFLIGHT else self.emulated
        return of.client(service, region_name=region_name)


@pytest.fixture
def checks_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = account.aws_session
    monkeypatch.setattr(account, "aws_session", lambda: MostlyEmulated(opened()))
    monkeypatch.setattr(console, "built", lambda: True)
    monkeypatch.setattr(console, "publish", lambda *_: None)
    monkeypatch.setattr(reachable, "_fetched", lambda _: b'{"status": "ok"}')


@pytest.mark.usefixtures("known_to_the_emulator", "checks_answered")
def test_a_stage_is_made_and_made_again_and_keeps_what_was_chosen(
    place: StackConfig, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(deploy, "PAUSE", 0.1)
    deploy.main("dev")
    first = capsys.readouterr().out
    monkeypatch.delenv("MAIL_FROM")
    deploy.main("dev")
    assert capsys.readouterr().out == first
    outputs = dict(line.split() for line in first.splitlines() if not line.startswith("Note:"))
    function = aws.client(place, "lambda").get_function_configuration(FunctionName=outputs["APIHandlerName"])
    environment = function["Environment"]["Variables"]
    assert environment["MAIL_FROM"] == "partnerbook@example.com"
    assert environment["API_URL"] == f"{outputs['PublicUrl']}/v1"
    assert "TODAY" not in environment
    assert environment["TOKEN_JWKS_URL"].startswith(f"https://cognito-idp.{REGION}.amazonaws.com/")
