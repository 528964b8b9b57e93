"""docs/operations.md: each command there is one that works, and each step of the first day is one that is checked."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from botocore import xform_name
from botocore.session import Session as Botocore

from infra import account, operators, redrive, restore
from infra.rehearsal.session import DKIM, Session
from tests.unit.infra.test_restore import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/operations.md").read_text()
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
BLOCKS = re.findall(r"```\n(.*?)```", PAGE, re.DOTALL)
SPANS = re.findall(r"`((?:make|aws) [^`]+)`", PAGE)
COMMANDS = [*(line.strip() for block in BLOCKS for line in block.splitlines()), *SPANS]
MAKE = sorted({line for line in COMMANDS if line.startswith("make ")})
AWS = sorted({line for line in COMMANDS if line.startswith("aws ")})
GLOBAL_FLAGS = {"--region", "--query", "--output"}
CERTIFICATE = "arn:aws:acm:us-east-1:111122223333:certificate/1"
STEPS = re.findall(
    r"^\| (.+) \| `(.+)` \|$", PAGE.partition("## The first day")[2].partition("## Deploy")[0], re.MULTILINE
)
MISSING: dict[str, Callable[[Session], dict[str, str]]] = {
    "is DISABLED for this account": lambda s: _set(s, opt_status="DISABLED"),
    "has no identity for the domain": lambda s: _set(s, identities={}),
    "has not verified the domain": lambda s: _set(
        s, identities={"example.com": {**DKIM, "VerifiedForSendingStatus": False}}
    ),
    "is verified without DKIM": lambda s: _set(s, identities={"example.com": {**DKIM, "DkimAttributes": {}}}),
    "SES is in its sandbox": lambda s: _set(s, production=False),
    "functions at once in this account": lambda s: _set(s, concurrency=10),
    "needs a certificate": lambda _: {"DOMAIN_NAME": "partners.example.com"},
    "cannot stand beside the stage": lambda _: {"STAGE": "prod-eu"},
}


def _set(session: Session, **facts: Any) -> dict[str, str]:
    for name, value in facts.items():
        setattr(session.facts, name, value)
    return {}


def variables(command: str) -> dict[str, str]:
    return dict(word.split("=", 1) for word in shlex.split(command) if "=" in word)


@pytest.mark.parametrize("command", MAKE)
def test_every_make_command_is_one_of_the_makefile(command: str) -> None:
    assert shlex.split(command)[1] in TARGETS


@pytest.mark.parametrize("command", AWS)
def test_every_aws_command_is_one_that_aws_has(command: str) -> None:
    _, service, *rest = shlex.split(command)
    model = Botocore().get_service_model({"s3api": "s3"}.get(service, service))
    operation = next(name for name in model.operation_names if xform_name(name, "-") == rest[0])
    shape = model.operation_model(operation).input_shape
    existing = {f"--{xform_name(name, '-')}" for name in (shape.members if shape else {})} | GLOBAL_FLAGS
    flags = {word for word in rest if word.startswith("--")}
    assert flags <= existing | {flag.replace("--", "--no-", 1) for flag in existing}
    needed = {f"--{xform_name(name, '-')}" for name in (shape.required_members if shape else [])}
    assert len(rest) == 1 or needed <= flags


def test_there_are_commands_on_the_page() -> None:
    assert len(MAKE) > 12
    assert len(AWS) > 4


@pytest.mark.parametrize(("step", "sentence"), STEPS)
def test_each_step_of_the_first_day_is_checked_by_make_deploy(
    step: str, sentence: str, session: Session, deploying: Any, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    if sentence == "No region is set.":
        for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")
        with pytest.raises(SystemExit, match=sentence):
            account.aws_session()
        return
    if sentence == "cannot stand beside the stage":
        deploying("prod")
    environment = MISSING[sentence](session)
    output = ""
    try:
        deploying(environment.pop("STAGE", "prod"), **environment)
    except SystemExit as refusal:
        output = str(refusal)
    assert sentence in output + capsys.readouterr().out, step


def test_the_first_day_s_deployments_work_as_they_are_written(session: Session, deploying: Any) -> None:
    session.facts.certificates[CERTIFICATE] = {"DomainName": "partners.example.com", "Status": "ISSUED"}
    commands = [line for block in BLOCKS for line in block.splitlines() if line.startswith("make deploy")]
    assert len(commands) >= 3
    for command in commands:
        values = variables(command)
        outputs = deploying(values.pop("STAGE"), **values)
    deployed = {
        describe_stack["StackName"] for describe_stack in session.client("cloudformation").describe_stacks()["Stacks"]
    }
    assert deployed == {"partnerbook-prod", "partnerbook-dev"}
    assert outputs["PublicUrl"].startswith("https://d")


@pytest.mark.aws("W13")
def test_the_restore_works_as_it_is_written(session: Session, deploying: Any) -> None:
    deploying("prod")
    commands = [line.strip() for block in BLOCKS for line in block.splitlines() if "make restore" in line]
    assert [next(iter(set(variables(line)) - {"STAGE"})) for line in commands] == ["AT", "SWITCH", "SWITCH"]
    for command in commands:
        restore.main(variables(command), NOW, session.account(), pause=0)


def test_operators_and_queues_are_named_as_their_commands_take_them() -> None:
    made = [variables(line) for line in MAKE if "make operator" in line]
    assert all(operators.wanted(values["EMAIL"], values) for values in made if "NAME" in values)
    assert {variables(line)["QUEUE"] for line in MAKE if "QUEUE=" in line} <= set(redrive.KINDS)
