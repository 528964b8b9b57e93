"""Holding a partner to its limits: a refused act counts nothing, an act that is done counts in its own change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain.changes import Insert, Replace
from chalicelib.domain.kernel.errors import StaleVersion, TooManyRequests
from chalicelib.domain.kernel.usage_limits import UsageCounter, counter_id, daily_budget, mails_of_kind, period_end
from chalicelib.domain.mail.suppressions import suppression_key

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.domain.changes import Write
    from chalicelib.domain.kernel.usage_limits import Limit
    from chalicelib.domain.mail.deliveries import DeliveryKind
    from chalicelib.domain.partners.partners import Partner
    from chalicelib.domain.ports import HasQueues


def count_mail(ports: HasQueues, partner: Partner, kind: DeliveryKind, address: str) -> Write:
    """Return the write that counts a mail to an address outside; `TooManyRequests` names the limit that it breaks."""
    require_mail_budget(ports, partner)
    partner_id = partner.partner_id
    return count(ports, partner_id, mails_of_kind(kind.value), suppression_key(address, partner_id))


def count(ports: HasQueues, partner_id: str, limit: Limit, counted_for: str) -> Write:
    """Return the write that counts one more; raises `TooManyRequests` with the rule where the limit is reached."""
    at = ports.clock()
    key = counter_id(limit, counted_for, at)
    current = ports.usage.get(partner_id, key)
    if current is None:
        first = UsageCounter(partner_id=partner_id, counter_id=key, used=1, expires_at=period_end(limit, at))
        return Insert(first, StaleVersion("Somebody else counted at the same moment."))
    if current.used >= limit.maximum:
        raise _reached(limit, at)
    return Replace(current, replace(current, used=current.used + 1, version=current.version + 1))


def require_mail_budget(ports: HasQueues, partner: Partner) -> None:
    """Raise `TooManyRequests` where the partner's mails of today are used up."""
    limit, at = daily_budget(partner.terms.daily_mail_budget), ports.clock()
    counter = ports.usage.get(partner.partner_id, counter_id(limit, "", at))
    if counter and counter.used >= limit.maximum:
        raise _reached(limit, at)


def take_from_mail_budget(ports: HasQueues, partner: Partner) -> Limit | None:
    """Count a mail that is about to be sent; the limit where it is reached, and None where the mail may go."""
    limit, at = daily_budget(partner.terms.daily_mail_budget), ports.clock()
    taken = ports.usage.take(partner.partner_id, counter_id(limit, "", at), limit.maximum, period_end(limit, at))
    return None if taken else limit


def _reached(limit: Limit, at: datetime) -> TooManyRequests:
    until = period_end(limit, at)
    seconds = max(1, int((until - at).total_seconds()))
    return TooManyRequests(f"{limit.rule} Try again after {until:%Y-%m-%d %H:%M} UTC.", retry_after=seconds)
