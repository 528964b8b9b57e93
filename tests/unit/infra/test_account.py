"""The region of every command (docs/aws.md, row W12)."""

from __future__ import annotations

from pathlib import Path

import pytest
from botocore.exceptions import ClientError, NoCredentialsError

from infra import account

ROOT = Path(__file__).parents[3]
NAMES = ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE")


@pytest.fixture(autouse=True)
def no_region(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))


@pytest.mark.aws("W12")
@pytest.mark.parametrize("name", ["AWS_REGION", "AWS_DEFAULT_REGION"])
def test_the_region_is_taken_from_either_variable(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "eu-central-1")
    assert account.aws_session().region_name == "eu-central-1"


@pytest.mark.aws("W12")
def test_a_missing_region_is_one_sentence() -> None:
    with pytest.raises(SystemExit, match=r"^No region is set\. Set AWS_REGION, for example"):
        account.aws_session()


@pytest.mark.aws("N8")
@pytest.mark.parametrize(("region", "name"), [("cn-north-1", "China"), ("us-gov-west-1", "GovCloud")])
def test_a_partition_that_is_not_supported_is_said(region: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", region)
    with pytest.raises(SystemExit, match=f"does not support {name}"):
        account.aws_session()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (NoCredentialsError(), "No credentials are set"),
        (
            ClientError({"Error": {"Code": "InvalidClientTokenId", "Message": ""}}, "GetCallerIdentity"),
            "does not take these credentials in af-south-1",
        ),
    ],
)
def test_credentials_that_aws_does_not_take_are_one_sentence(error: Exception, sentence: str) -> None:
    class Refusing:
        region_name = "af-south-1"

        def client(self, _: str) -> Refusing:
            return self

        def get_caller_identity(self) -> None:
            raise error

    with pytest.raises(SystemExit, match=sentence):
        account.current(Refusing())


@pytest.mark.aws("W12")
def test_every_command_opens_its_session_there() -> None:
    for path in sorted((ROOT / "infra").glob("**/*.py")):
        if path.name != "account.py" and "local" not in path.parts:
            assert "boto3.Session(" not in path.read_text(), path
            assert "boto3.client(" not in path.read_text(), path
