"""Whom reports may be mailed to: members of the team, and the recipients in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.partners import MAX_RECIPIENTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chalicelib.domain.ports import Ports


def allowed(ports: Ports, partner_id: str) -> frozenset[str]:
    """Every address that the partner's reports may go to, casefolded."""
    team = (each.email for each in ports.members.of_partner(partner_id))
    recipients = ports.partners.get(partner_id).settings.recipients
    return frozenset(each.casefold() for each in (*team, *recipients))


def require_allowed(ports: Ports, partner_id: str, addresses: Sequence[str]) -> tuple[str, ...]:
    """The addresses, each once; `Invalid` names those that are neither of the team nor in the settings."""
    if not addresses:
        return ()
    if len(addresses) > MAX_RECIPIENTS:
        raise Invalid.field("/email_to", f"At most {MAX_RECIPIENTS} addresses get one report.")
    known = allowed(ports, partner_id)
    Invalid.unless_none(
        [
            FieldError(f"/email_to/{place}", f"{each} is neither of the team nor a recipient in the settings.")
            for place, each in enumerate(addresses)
            if each.casefold() not in known
        ]
    )
    return tuple({each.casefold(): each for each in addresses}.values())
