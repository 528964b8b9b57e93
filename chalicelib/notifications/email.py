"""Mail through SES: one message a recipient, sent once and never tried again by itself."""

from __future__ import annotations

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, Protocol

from chalicelib.domain.kernel.email_addresses import ascii_form
from chalicelib.domain.mail.email_messages import NotSent
from chalicelib.notifications.headers import POLICY
from chalicelib.notifications.templates.layout import compose
from chalicelib.notifications.templates.messages import draft

if TYPE_CHECKING:
    from chalicelib.domain.mail.email_messages import Mail
    from chalicelib.notifications.templates.messages import BaseUrls

SENDER = "Partnerbook"
REFUSED_FOR_GOOD = frozenset({"MessageRejected", "InvalidParameterValue"})
"""What is wrong with the message itself, or with its address."""
NOT_VERIFIED = "not verified"
"""In a MessageRejected about the sender's or, in the sandbox, a recipient's identity: transient until verified."""
NO_SUCH_ADDRESS = "The mail service takes no such address."


class SesClient(Protocol):
    """The part of a botocore SES client that is used; it must make one attempt only."""

    def send_raw_email(self, **kwargs: Any) -> Any:
        """Return one SendRawEmail: the only one that lets List-Unsubscribe through."""
        ...


class SesMailer:
    """A Mailer on SES."""

    def __init__(self, client: SesClient, sender: str, places: BaseUrls, configuration_set: str = "") -> None:
        self._client = client
        self._sender = sender
        self._places = places
        self._configuration = {"ConfigurationSetName": configuration_set} if configuration_set else {}

    def send(self, mail: Mail) -> str:
        """Hand one message to SES; see `domain.letters.Mailer`."""
        to = _address(mail.to)
        message = self.message(mail, to)
        answer = self._handed_over(Destinations=[to.addr_spec], RawMessage={"Data": message.as_bytes()})
        return str(answer["MessageId"])

    def message(self, mail: Mail, to: Address) -> EmailMessage:
        """Return the message with its headers."""
        drafted = draft(mail.content, self._places)
        unsubscribe_link = (
            f"{self._places.api}/unsubscribes/{mail.unsubscribe_token}" if mail.unsubscribe_token else None
        )
        composed = compose(drafted, unsubscribe_link)
        message = EmailMessage(policy=POLICY)
        message["From"] = Address(SENDER, addr_spec=self._sender)
        message["To"] = to
        message["Subject"] = composed.subject
        message["Date"] = format_datetime(mail.at)
        message["Auto-Submitted"] = "auto-generated"
        if unsubscribe_link:
            message["List-Unsubscribe"] = f"<{unsubscribe_link}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(composed.text, cte="quoted-printable")
        message.add_alternative(composed.html, subtype="html", cte="quoted-printable")
        return message

    def _handed_over(self, **message: Any) -> Any:
        from botocore.exceptions import ClientError, ConnectTimeoutError, EndpointConnectionError, ProxyConnectionError

        try:
            return self._client.send_raw_email(Source=self._sender, **message, **self._configuration)
        except ClientError as error:
            raise _refusal(error) or error from error
        except (ConnectTimeoutError, EndpointConnectionError, ProxyConnectionError) as error:
            raise NotSent("The mail service could not be reached.", passes=True) from error


def _refusal(error: Any) -> NotSent | None:
    """Return what SES means by an answer of its own: refused for good, or not now; its own faults tell nothing."""
    if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500) >= 500:
        return None
    code, text = error.response["Error"]["Code"], error.response["Error"].get("Message", "")
    passes = code not in REFUSED_FOR_GOOD or NOT_VERIFIED in text
    return NotSent(f"The mail service refused it ({code}).", passes=passes)


def _address(text: str) -> Address:
    """Return the address in letters that SES takes."""
    try:
        return Address(addr_spec=ascii_form(text))
    except (ValueError, MessageError) as error:
        raise NotSent(NO_SUCH_ADDRESS, passes=False) from error
