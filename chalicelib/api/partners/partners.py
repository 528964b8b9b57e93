"""Partners as operators see them, and finding an account by its username."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import UNSET, Meta, UnsetType, structs

from chalicelib.api.http.answer import Answer
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.cursors import Next, PageQuery, next_cursor, start_after
from chalicelib.api.http.money import MoneyView, money_view
from chalicelib.api.http.operation import Body, Instant, NoQuery, View
from chalicelib.api.http.request import Request
from chalicelib.api.http.schema_hints import within
from chalicelib.api.http.text_fields import PartnerName
from chalicelib.domain.kernel.clock import instant_text
from chalicelib.domain.kernel.errors import NotFound
from chalicelib.domain.kernel.money import Money
from chalicelib.domain.partners import rules
from chalicelib.domain.partners.partners import Partner, Terms
from chalicelib.services.partners import partners

blueprint = Blueprint(__name__)


class BonusTerms(Body):
    """What a New Account Bonus pays."""

    amount: Annotated[int, within(rules.BONUS_AMOUNT)]
    """In the currency's minor unit (cents)."""
    currency: Annotated[str, Meta(pattern="^[A-Z]{3}$")]


class TermsBody(Body):
    """What is left out stays; of a new partner it is the platform's default."""

    trial_days: Annotated[int, within(rules.TRIAL_DAYS)] | UnsetType = UNSET
    bonus: BonusTerms | UnsetType = UNSET
    single_bill_enabled: bool | UnsetType = UNSET
    permission_days: Annotated[int, within(rules.PERMISSION_DAYS)] | UnsetType = UNSET
    daily_mail_budget: Annotated[int, within(rules.DAILY_MAIL_BUDGET)] | UnsetType = UNSET
    """How many mails the partner sends a day, of whatever kind."""
    trial_account_limit: Annotated[int, within(rules.TRIAL_ACCOUNT_LIMIT)] | UnsetType = UNSET
    """How many managed accounts may be on trial at once."""


class NewPartner(Body):
    """A partner to create."""

    name: PartnerName
    """The partner's name."""
    terms: TermsBody | None = None


class PartnerChange(Body):
    """What is left out stays."""

    name: PartnerName | None = None
    """The partner's name; null leaves it."""
    terms: TermsBody | None = None
    suspended: bool | None = None


class TermsView(View):
    """A partner's terms."""

    trial_days: int
    bonus: MoneyView
    single_bill_enabled: bool
    permission_days: int
    daily_mail_budget: int
    trial_account_limit: int


class PartnerView(View):
    """A partner."""

    partner_id: str
    name: str
    """The partner's name."""
    terms: TermsView
    suspended: bool
    admin_count: int
    created_at: Instant
    version: int


class PartnerList(View):
    """A page of partners."""

    items: list[PartnerView]
    next: Next = UNSET


class UsernameView(View):
    """Whose account a username is."""

    username: str
    partner_id: str
    account_id: str


def present(partner: Partner) -> PartnerView:
    """Return the partner as an answer."""
    terms = partner.terms
    return PartnerView(
        partner_id=partner.partner_id,
        name=partner.name,
        terms=TermsView(
            trial_days=terms.trial_days,
            bonus=money_view(terms.bonus),
            single_bill_enabled=terms.single_bill_enabled,
            permission_days=terms.permission_days,
            daily_mail_budget=terms.daily_mail_budget,
            trial_account_limit=terms.trial_account_limit,
        ),
        suspended=partner.suspended,
        admin_count=partner.admin_count,
        created_at=instant_text(partner.created_at),
        version=partner.version,
    )


def _terms(body: TermsBody | None) -> dict[str, Any]:
    """Return what is said of the terms, by name."""
    changed_values = {
        name: value for name, value in (structs.asdict(body) if body else {}).items() if value is not UNSET
    }
    return changed_values | (
        {"bonus": Money(**structs.asdict(changed_values["bonus"]))} if "bonus" in changed_values else {}
    )


@blueprint.operation("list_partners", "GET /partners", partner_scoped=False)
def list_partners(request: Request[None, PageQuery]) -> PartnerList:
    """List all partners, by name."""
    query = request.query
    page = partners.page(request.ports, start_after(query, ""), query.limit)
    return PartnerList(items=[present(entry) for entry in page.items], next=next_cursor(query, "", page.next))


@blueprint.operation("create_partner", "POST /partners", status=201, partner_scoped=False)
def create_partner(request: Request[NewPartner, NoQuery]) -> Answer[PartnerView]:
    """Create a partner; invite its first admin with POST /team, naming it in Partner-Id."""
    body = request.body
    terms = Terms(**_terms(body.terms))

    def created(partner: Partner) -> Answer[PartnerView]:
        return Answer(present(partner), location=f"/partners/{partner.partner_id}")

    return request.execute(lambda: partners.create(request.ports, request.actor, body.name, terms), created)


@blueprint.operation("get_partner", "GET /partners/{partner_id}", partner_scoped=False)
def get_partner(request: Request[None, NoQuery], partner_id: str) -> PartnerView:
    """Get a partner."""
    return present(request.ports.partners.get(partner_id))


@blueprint.operation("change_partner", "PATCH /partners/{partner_id}", versioned=True, partner_scoped=False)
def change_partner(request: Request[PartnerChange, NoQuery], partner_id: str) -> Answer[PartnerView]:
    """Change a partner's name or terms, suspend it, or end its suspension."""
    body = request.body
    wanted = partners.PartnerChange(name=body.name, terms=_terms(body.terms), suspended=body.suspended)
    return request.execute(
        lambda: partners.change(request.ports, request.actor, partner_id, request.version, wanted), present
    )


@blueprint.operation("find_username", "GET /usernames/{username}", partner_scoped=False)
def find_username(request: Request[None, NoQuery], username: str) -> UsernameView:
    """Find the account with this username, whatever its case and whosever it is."""
    claim = request.ports.usernames.find(username)
    if claim is None:
        raise NotFound("There is no account with this username.")
    return UsernameView(username=claim.username, partner_id=claim.partner_id, account_id=claim.account_id)
