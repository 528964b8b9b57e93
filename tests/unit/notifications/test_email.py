"""What SES is handed, and what its answers mean."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError

from chalicelib.domain.kernel.email_addresses import ascii_form
from chalicelib.domain.mail.email_messages import Mail, NotSent
from chalicelib.notifications.email import SesMailer
from tests.unit.domain.kernel.test_email_addresses import REFUSED, TAKEN
from tests.unit.notifications.templates.email_messages import AT, PLACES, letters

if TYPE_CHECKING:
    from email.message import EmailMessage

FUZZ = "Eve\r\nBcc: all@example.com"


class Ses:
    """Takes mail, or says what it is told to."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.taken: list[dict[str, Any]] = []
        self.failure = failure

    def send_raw_email(self, **message: Any) -> dict[str, str]:
        if self.failure:
            raise self.failure
        self.taken.append(message)
        return {"MessageId": f"message-{len(self.taken)}"}

    @property
    def message(self) -> EmailMessage:
        (taken,) = self.taken
        return message_from_bytes(taken["RawMessage"]["Data"], policy=policy.default)


def mailer(ses: Ses, configuration_set: str = "") -> SesMailer:
    return SesMailer(ses, "no-reply@partnerbook.example", PLACES, configuration_set)


def sent(to: str = "ada@example.com", token: str | None = None, content: int = 0, name: str = "Acme") -> Ses:
    ses = Ses()
    mail = Mail(to=to, content=letters(name)[content], at=AT, unsubscribe_token=token)
    assert mailer(ses).send(mail) == "message-1"
    return ses


def refused(status: int, code: str, text: str = "ada@example.com") -> ClientError:
    return ClientError(
        {"Error": {"Code": code, "Message": text}, "ResponseMetadata": {"HTTPStatusCode": status}},  # type: ignore[typeddict-item]
        "SendRawEmail",
    )


def test_a_mail_has_one_recipient_and_both_faces() -> None:
    ses = sent()
    assert ses.taken[0]["Destinations"] == ["ada@example.com"]
    assert ses.taken[0]["Source"] == "no-reply@partnerbook.example"
    assert "ConfigurationSetName" not in ses.taken[0]
    message = ses.message
    assert (message["From"], message["To"]) == ("Partnerbook <no-reply@partnerbook.example>", "ada@example.com")
    assert message["Date"] == "Thu, 05 Nov 2026 12:00:00 +0000"
    assert message["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_the_configuration_set_that_hears_of_bounces_goes_with_it() -> None:
    ses = Ses()
    mailer(ses, "partnerbook-dev").send(Mail(to="ada@example.com", content=letters()[0], at=AT))
    assert ses.taken[0]["ConfigurationSetName"] == "partnerbook-dev"


def test_a_recurring_mail_can_be_ended_with_one_click() -> None:
    message = sent(token="T-1").message
    assert message["List-Unsubscribe"] == "<https://api.example/v1/unsubscribes/T-1>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_any_other_mail_names_no_such_link() -> None:
    assert "List-Unsubscribe" not in sent().message


@pytest.mark.parametrize("content", range(5))
def test_no_name_adds_a_header(content: int) -> None:
    message = sent(content=content, name=FUZZ).message
    assert message["Bcc"] is None
    assert set(message.keys()) == {
        *("From", "To", "Subject", "Date", "Auto-Submitted", "MIME-Version", "Content-Type"),
    }


def test_names_in_any_script_arrive_as_they_are_and_lines_stay_short() -> None:
    ses = sent(content=3, name="Müller 株式会社")
    source = ses.taken[0]["RawMessage"]["Data"]
    assert source.isascii()
    assert max(map(len, source.splitlines())) <= 998
    assert "Müller 株式会社" in str(ses.message["Subject"])
    body = ses.message.get_body(("plain",))
    assert body is not None
    assert "Müller 株式会社" in body.get_content()


def test_a_domain_in_another_script_is_written_as_ses_takes_it() -> None:
    assert sent(to="ada@bücher.example").taken[0]["Destinations"] == ["ada@xn--bcher-kva.example"]


@pytest.mark.parametrize("address", TAKEN)
def test_what_is_taken_as_an_address_is_sent_to(address: str) -> None:
    assert sent(to=address).taken[0]["Destinations"] == [ascii_form(address)]


@pytest.mark.parametrize(
    "address", [*REFUSED, "jörg@example.com", "a b@example.com", "ada@example.com\r\nBcc: x@y.z", "ada", ""]
)
def test_what_is_no_address_for_ses_is_surely_not_sent(address: str) -> None:
    ses = Ses()
    with pytest.raises(NotSent) as refusal:
        mailer(ses).send(Mail(to=address, content=letters()[0], at=AT))
    assert not refusal.value.passes
    assert ses.taken == []


@pytest.mark.parametrize(
    ("failure", "passes"),
    [
        (refused(400, "Throttling"), True),
        (refused(429, "TooManyRequestsException"), True),
        (refused(400, "AccountSendingPausedException"), True),
        (refused(403, "AccessDenied"), True),
        (refused(400, "MessageRejected"), False),
        (refused(400, "InvalidParameterValue"), False),
        (EndpointConnectionError(endpoint_url="https://email"), True),
        (ConnectTimeoutError(endpoint_url="https://email"), True),
    ],
    ids=str,
)
def test_what_surely_was_not_sent_is_told_from_what_may_have_been(failure: Exception, passes: bool) -> None:
    with pytest.raises(NotSent) as refusal:
        mailer(Ses(failure)).send(Mail(to="ada@example.com", content=letters()[0], at=AT))
    assert refusal.value.passes is passes
    assert "ada@example.com" not in refusal.value.detail


@pytest.mark.aws("W14")
@pytest.mark.parametrize(
    "identities", ["ada@example.com", "Partnerbook <no-reply@partnerbook.example>, no-reply@partnerbook.example"]
)
def test_an_identity_that_ses_has_not_verified_yet_is_waited_for(identities: str) -> None:
    """SES developer guide, "Amazon SES email sending errors": the message of an unverified sender or, in the sandbox,
    recipient; it is sent once the identity is verified."""
    text = f"Email address is not verified. The following identities failed the check in region EU-WEST-1: {identities}"
    with pytest.raises(NotSent) as refusal:
        mailer(Ses(refused(400, "MessageRejected", text))).send(Mail(to="ada@example.com", content=letters()[0], at=AT))
    assert refusal.value.passes
    assert "@" not in refusal.value.detail


@pytest.mark.parametrize(
    "failure",
    [
        refused(500, "InternalFailure"),
        refused(503, "ServiceUnavailable"),
        ReadTimeoutError(endpoint_url="https://email"),
    ],
    ids=str,
)
def test_whether_a_broken_answer_followed_a_sending_nobody_knows(failure: Exception) -> None:
    with pytest.raises(type(failure)):
        mailer(Ses(failure)).send(Mail(to="ada@example.com", content=letters()[0], at=AT))


def test_the_sdk_makes_one_attempt_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second one after a lost answer would be a second mail."""
    from chalicelib.bootstrap import aws_client

    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    client = aws_client("ses", attempts=1, inject_host_prefix=False)
    tries: list[object] = []

    def broken(**_: object) -> None:
        tries.append(1)
        raise ConnectTimeoutError(endpoint_url="https://email")

    client.meta.events.register("before-send.ses.SendRawEmail", broken)
    with pytest.raises(ConnectTimeoutError):
        client.send_raw_email(RawMessage={"Data": b"x"})
    assert len(tries) == 1
