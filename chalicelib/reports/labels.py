"""Codes as people read them; each is made once, because a report shows the same few a million times."""

from __future__ import annotations

from functools import cache, lru_cache

from chalicelib.domain.accounts.accounts import Status
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import RegistrationStatus
from chalicelib.domain.accounts.plans import INCLUDED, Plan

NOT_STARTED = RegistrationStatus.NOT_STARTED.value


@cache
def label(code: str | None) -> str:
    """`single_bill` as `Single bill`."""
    return (code or "").replace("_", " ").capitalize()


@cache
def labels(codes: tuple[str, ...] | None) -> str:
    """Several of them, in alphabetical order."""
    return ", ".join(map(label, sorted(codes or ())))


@lru_cache(maxsize=4096)
def add_ons(plan: str, status: str, active: tuple[str, ...] | None) -> str:
    """Return an account's add-ons in the catalogue's order, with what its plan includes at no charge."""
    included = INCLUDED[Plan(plan)] if status == Status.OPEN else frozenset()
    return ", ".join(
        f"{item.label} (included)" if item in included else item.label
        for item in AddOn
        if item in included or item in (active or ())
    )


@lru_cache(maxsize=4096)
def add_on_codes(active: tuple[str, ...] | None) -> str:
    """Return an account's active add-ons as the import has them: `sms|seo`, in the catalogue's order."""
    return "|".join(item.value for item in AddOn if item in (active or ()))


@lru_cache(maxsize=4096)
def sms_registration(active: tuple[str, ...] | None, state: str | None) -> str:
    """Return how far an account's SMS registration is; nothing where there is no SMS."""
    has_sms = AddOn.SMS in (active or ())
    return label(state or NOT_STARTED) if has_sms else ""


def full_name(first: str | None, last: str | None) -> str:
    """First and last name, of which either may be missing."""
    return f"{first or ''} {last or ''}".strip()
