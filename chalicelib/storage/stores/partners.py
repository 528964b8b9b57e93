"""Partners on DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.kernel.countries import DEFAULT_COUNTRY
from chalicelib.domain.kernel.errors import NotFound
from chalicelib.domain.kernel.money import Money
from chalicelib.domain.partners.partners import Partner, PartnerSettings, Terms
from chalicelib.storage.dynamo.attributes import DateAttribute, InstantAttribute, TextsAttribute
from chalicelib.storage.dynamo.mapper import Mapper, common_fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.storage.dynamo.reader import Reader


class Partners(Model):
    """Partners with their terms and settings."""

    class Meta:
        table_name = "partners"

    partner_id = UnicodeAttribute(hash_key=True)
    version = NumberAttribute()
    name = UnicodeAttribute()
    created_at = InstantAttribute()
    trial_days = NumberAttribute()
    bonus_amount = NumberAttribute()
    bonus_currency = UnicodeAttribute()
    single_bill_enabled = BooleanAttribute()
    permission_days = NumberAttribute()
    daily_mail_budget = NumberAttribute()
    trial_account_limit = NumberAttribute()
    recipients = TextsAttribute()
    confirmed_recipients = TextsAttribute()
    time_zone = UnicodeAttribute()
    country = UnicodeAttribute(null=True)
    report_retention_days = NumberAttribute()
    link_days = NumberAttribute()
    tracker_formats = TextsAttribute()
    suspended = BooleanAttribute()
    admin_count = NumberAttribute()
    settled_on = DateAttribute(null=True)


SAME = common_fields(Partner, Partners)
NUMBERS = common_fields(Terms, Partners, apart=("single_bill_enabled",))
"""Terms that are whole numbers."""
SETTINGS = common_fields(PartnerSettings, Partners, apart=("country",))


def _attributes(partner: Partner) -> dict[str, Any]:
    terms = partner.terms
    return {
        **{name: getattr(partner, name) for name in SAME},
        **{name: getattr(partner.settings, name) for name in SETTINGS},
        "country": partner.settings.country,
        "bonus_amount": terms.bonus.amount,
        "bonus_currency": terms.bonus.currency,
        "single_bill_enabled": terms.single_bill_enabled,
        **{name: getattr(terms, name) for name in NUMBERS},
    }


def _partner(row: Partners) -> Partner:
    return Partner(
        **{name: getattr(row, name) for name in SAME},
        settings=PartnerSettings(
            country=row.country or DEFAULT_COUNTRY, **{name: getattr(row, name) for name in SETTINGS}
        ),
        terms=Terms(
            bonus=Money(int(row.bonus_amount), row.bonus_currency),
            single_bill_enabled=row.single_bill_enabled,
            **{name: int(getattr(row, name)) for name in NUMBERS},
        ),
    )


PARTNER = Mapper(entity_type=Partner, table=Partners, attributes=_attributes, from_row=_partner)


class DynamoPartners:
    """A PartnerStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, partner_id: str) -> Partner:
        """Return the partner, read strongly consistent."""
        partner = self._reader.get(PARTNER, partner_id)
        if partner is None:
            raise NotFound("There is no such partner.")
        return partner

    def all(self) -> Iterator[Partner]:
        """Yield every partner, by a scan: for the nightly fan-out and the operators' list only."""
        return self._reader.scan(PARTNER)
