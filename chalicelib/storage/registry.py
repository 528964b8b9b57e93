"""Which codec keeps which kind of thing: the one list that the journal writes by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chalicelib.storage.accounts import ACCOUNT
from chalicelib.storage.audit import ENTRY
from chalicelib.storage.bonuses import BONUS
from chalicelib.storage.departures import DEPARTURE
from chalicelib.storage.imports import IMPORT, TURN
from chalicelib.storage.invites import INVITE, SLUG
from chalicelib.storage.members import MEMBER
from chalicelib.storage.nights import NIGHTLY_RUN, PARTNER_NIGHT
from chalicelib.storage.partners import PARTNER
from chalicelib.storage.permissions import PERMISSION
from chalicelib.storage.report_runs import RUN
from chalicelib.storage.requests import REQUEST
from chalicelib.storage.services_desk import SERVICE_REQUEST
from chalicelib.storage.sign_in_links import SIGN_IN_LINK
from chalicelib.storage.sms import REGISTRATION
from chalicelib.storage.usernames import CLAIM

if TYPE_CHECKING:
    from chalicelib.storage.codec import Codec

_ALL: tuple[Codec[Any], ...] = (
    ACCOUNT,
    CLAIM,
    PARTNER,
    MEMBER,
    BONUS,
    DEPARTURE,
    REGISTRATION,
    PERMISSION,
    INVITE,
    SLUG,
    SIGN_IN_LINK,
    SERVICE_REQUEST,
    IMPORT,
    TURN,
    RUN,
    NIGHTLY_RUN,
    PARTNER_NIGHT,
    ENTRY,
    REQUEST,
)
CODECS: dict[type[Any], Codec[Any]] = {codec.kind: codec for codec in _ALL}


def codec_of(entity: Any) -> Codec[Any]:
    """The codec of this thing."""
    return CODECS[type(entity)]
