"""The embedded stack itself: who can sign in, what the gateway answers, restart with the data, two side by side."""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from infra.local.api import send
from infra.local.ports import free_port
from infra.local.settings import Sample, StackConfig
from tests.e2e.stack import TODAY, running

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.stack import EmbeddedStack

ACCOUNT = {
    "username": "kept-over-night",
    "organization": "Kept Ltd",
    "plan": "lite",
    "owner": {"first_name": "Kim", "last_name": "Kept", "email": "kim@example.com"},
}

pytestmark = pytest.mark.stack


def test_everybody_of_the_sample_can_sign_in_and_is_who_he_is(stack: EmbeddedStack) -> None:
    roles = [user.role for user in stack.info.users]
    assert roles[0] == "partner_admin"
    assert {"partner_viewer", "operator", "platform"} <= set(roles)
    for user in stack.info.users:
        me = stack.http(user).get("/me").json()
        assert me["role"] == user.role
        assert me["partner_id"] == (user.partner_id or stack.info.partner_id)


def test_the_second_partner_is_another_one_without_anything_of_the_sample(stack: EmbeddedStack) -> None:
    second = stack.info.user("partner_admin", second=True)
    assert second.partner_id != stack.info.partner_id
    assert stack.http(second).get("/imports").json()["items"] == []
    assert stack.http(second).get("/summary").json()["total"]["total"] < 10


@pytest.mark.parametrize(("path", "status"), [("/nothing-here", 404), ("/me", 401)])
def test_what_the_gateway_refuses_by_itself_is_a_problem_too(stack: EmbeddedStack, path: str, status: int) -> None:
    refused = stack.public().get(path)
    assert refused.status == status
    assert refused.headers["Content-Type"].startswith("application/problem+json")
    assert refused.json()["status"] == status


def test_functions_may_do_only_what_their_policies_say(stack: EmbeddedStack) -> None:
    """The emulator enforces policies: a role without permission is refused what root may do."""
    role = stack.physical("AuthorizerRole")
    assumed = stack.aws("sts").assume_role(RoleArn=f"arn:aws:iam::000000000000:role/{role}", RoleSessionName="test")[
        "Credentials"
    ]
    import boto3
    from botocore.exceptions import ClientError

    session = boto3.Session(assumed["AccessKeyId"], assumed["SecretAccessKey"], assumed["SessionToken"], "us-east-1")
    dynamodb = session.client("dynamodb", endpoint_url=stack.info.endpoint_url)
    with pytest.raises(ClientError, match="AccessDenied"):
        dynamodb.get_item(TableName="partnerbook-local-members", Key={"subject": {"S": "x"}})


def test_tables_and_bucket_are_guarded_as_on_aws(stack: EmbeddedStack) -> None:
    dynamodb, s3 = stack.aws("dynamodb"), stack.aws("s3")
    table = "partnerbook-local-requests"
    assert dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]["TimeToLiveStatus"] == "ENABLED"
    backups = dynamodb.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]
    assert backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED"
    rules = s3.get_bucket_lifecycle_configuration(Bucket=stack.physical("FilesBucket"))["Rules"]
    assert any("AbortIncompleteMultipartUpload" in rule for rule in rules)


def test_mail_ends_in_the_mailbox_with_headers_and_attachments(stack: EmbeddedStack) -> None:
    sent = EmailMessage()
    sent["From"], sent["To"], sent["Subject"] = "partnerbook@example.com", "reports@example.com", "Übersicht <1>"
    sent["List-Unsubscribe"] = "<https://example.com/stop>"
    sent.set_content("<b>bold</b>", subtype="html")
    sent.add_attachment(b"1,2", maintype="text", subtype="csv", filename="a.csv")
    stack.aws("ses").send_raw_email(
        Source=sent["From"], Destinations=[sent["To"]], RawMessage={"Data": sent.as_bytes()}
    )
    mail = stack.mail_about("Übersicht <1>")
    assert mail["headers"]["List-Unsubscribe"] == "<https://example.com/stop>"
    assert mail["attachments"] == [{"name": "a.csv", "type": "text/csv"}]
    page = send("GET", f"{stack.info.mailbox_url}{mail['id']}").content.decode()
    assert "sandbox" in page
    assert "<1>" not in page


def test_a_second_stack_keeps_to_itself_and_has_its_data_after_a_restart(tmp_path: Path, stack: EmbeddedStack) -> None:
    place = StackConfig(free_port(), tmp_path / "second", TODAY, sample=Sample.NONE)
    with running(place) as first_time:
        assert first_time.info.user_pool_id != stack.info.user_pool_id
        assert first_time.http("partner_admin").get("/accounts").json()["items"] == []
        second = first_time.info.user("partner_admin", second=True)
        assert first_time.http(second).get("/accounts").json()["items"] == []
        made = first_time.http("partner_admin").post("/accounts", ACCOUNT)
        assert made.status == 201, made.content
    with running(place) as second_time:
        assert second_time.info == first_time.info
        listed = second_time.http("partner_admin").get("/accounts").json()["items"]
        assert [account["account_id"] for account in listed] == [made.json()["account_id"]]
