"""Holds mail to what Amazon SES does, where the emulator would let it pass. It asks for verified identities by itself.

| rule | source |
|---|---|
| a new event destination's topic is tried with a plain text | django-anymail's webhooks, moto's `ses` |
| mail with a configuration set that is not there is refused | SendRawEmail, API Reference, "Errors" |
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

VALIDATION = "Successfully validated SNS topic for Amazon SES event publishing."
SUBJECT = "Amazon SES Email Event Notification"


def install() -> None:
    """Wrap the emulator's handlers."""
    from ministack.services import ses, ses_v2, sns

    ses_v2._put_event_destination = trying_topic(ses_v2._put_event_destination, sns.publish_internal)  # noqa: SLF001
    ses._send_raw_email = knowing_configuration_sets(ses._send_raw_email, ses, ses_v2)  # noqa: SLF001


def trying_topic(put: Callable[..., Any], publish: Callable[..., Any]) -> Callable[..., Any]:
    """Publish the validation text to the topic of a destination that was just made."""

    def tried(name: str, destination: str, definition: Any, *, create: bool) -> Any:
        refusal = put(name, destination, definition, create=create)
        topic = ((definition or {}).get("SnsDestination") or {}).get("TopicArn")
        if refusal is None and topic:
            publish(topic, VALIDATION, SUBJECT)
        return refusal

    return tried


def knowing_configuration_sets(send: Callable[..., Any], ses: Any, ses_v2: Any) -> Callable[..., Any]:
    """Refuse a configuration set that nobody made."""

    def sent(params: Any) -> Any:
        name = ses._p(params, "ConfigurationSetName")  # noqa: SLF001
        if name and name not in ses_v2._config_sets and name not in ses._configuration_sets:  # noqa: SLF001
            return ses._error("ConfigurationSetDoesNotExist", f"Configuration set <{name}> does not exist.", 400)  # noqa: SLF001
        return send(params)

    return sent
