"""The partner's invite: setting it up, what a visitor sees, and the sign-ups through it."""

from __future__ import annotations

from chalicelib.api.accounts.accounts import NewOwner
from chalicelib.api.http.answer import Answer
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import Body, NoQuery, View
from chalicelib.api.http.request import Request
from chalicelib.api.http.text_fields import Greeting, LogoUrl, Organization, Slug, Username, Website
from chalicelib.config import settings
from chalicelib.domain.accounts.accounts import Account, Owner
from chalicelib.domain.accounts.profiles import Profile
from chalicelib.domain.kernel.errors import AlreadyExists
from chalicelib.domain.partners.invites import Invite
from chalicelib.services import invites

blueprint = Blueprint(__name__)


class InviteBody(Body):
    """What the invite link shows."""

    slug: Slug
    """3 to 40 of the characters a-z 0-9 and -; first come, first served. Former slugs keep working."""
    greeting: Greeting = ""
    logo_url: LogoUrl | None = None
    """Shown to visitors, never fetched by the product."""


class InviteView(View):
    """The partner's invite link."""

    slug: str | None
    """The end of the link's address; null before one was chosen."""
    url: str | None
    """The invite link; null before a slug was chosen."""
    greeting: str
    logo_url: str | None
    visits: int
    sign_ups: int
    version: int


class PublicInviteView(View):
    """What a visitor of an invite link sees."""

    slug: str
    """The present one, where the page may redirect to."""
    partner_name: str
    greeting: str
    logo_url: str | None
    trial_days: int


class SignUp(Body):
    """A sign-up through an invite link."""

    username: Username
    organization: Organization
    owner: NewOwner
    website: Website | None = None


class SignedUpView(View):
    """The account that a sign-up made."""

    account_id: str
    partner_id: str
    username: str


def present(request: Request[InviteBody, NoQuery] | Request[None, NoQuery], invite: Invite) -> InviteView:
    """Return the invite as its partner sees it."""
    counts = request.ports.invites.counts(invite.partner_id)
    return InviteView(
        slug=invite.slug or None,
        url=f"{settings().platform_url}/join/{invite.slug}" if invite.slug else None,
        greeting=invite.greeting,
        logo_url=invite.logo_url,
        visits=counts.visits,
        sign_ups=counts.sign_ups,
        version=invite.version,
    )


@blueprint.operation("get_invite", "GET /invite")
def get_invite(request: Request[None, NoQuery]) -> InviteView:
    """Get the partner's invite; one that is not set up has no slug and the ETag "0"."""
    return present(request, invites.get(request.ports, request.actor))


@blueprint.operation("set_up_invite", "PUT /invite", versioned=True, refusals=(AlreadyExists,))
def set_up_invite(request: Request[InviteBody, NoQuery]) -> Answer[InviteView]:
    """Set the invite up or change it."""
    form = invites.InviteForm(
        slug=request.body.slug, greeting=request.body.greeting, logo_url=request.body.logo_url or None
    )
    return request.execute(
        lambda: invites.set_up(request.ports, request.actor, request.version, form),
        lambda invite: present(request, invite),
    )


@blueprint.operation("look_up_invite", "GET /invites/{slug}", cache="public, max-age=60")
def look_up_invite(request: Request[None, NoQuery], slug: str) -> PublicInviteView:
    """Get what a visitor of the invite sees; counts nothing."""
    invite, partner = invites.look_up(request.ports, slug)
    return PublicInviteView(
        slug=invite.slug,
        partner_name=partner.name,
        greeting=invite.greeting,
        logo_url=invite.logo_url,
        trial_days=partner.terms.trial_days,
    )


@blueprint.operation("visit_invite", "POST /invites/{slug}/visits", status=204, keyed=False)
def visit_invite(request: Request[None, NoQuery], slug: str) -> Answer[None]:
    """Count a visit; the page says so itself, so that link previews count nothing. Sent again, it may count twice."""
    invites.visit(request.ports, slug)
    return Answer(None)


@blueprint.operation(
    "sign_up_through_invite",
    "POST /invites/{slug}/sign-ups",
    status=201,
    partner_scoped=False,
    refusals=(AlreadyExists,),
)
def sign_up_through_invite(request: Request[SignUp, NoQuery], slug: str) -> Answer[SignedUpView]:
    """Make the referred trial account of a client that signed up through the invite."""
    body = request.body
    owner = Owner(
        first_name=body.owner.first_name,
        last_name=body.owner.last_name,
        email=body.owner.email,
        phone=body.owner.phone,
    )
    profile = Profile(organization=body.organization, owner=owner, website=body.website)

    def signed_up(account: Account) -> SignedUpView:
        return SignedUpView(account_id=account.account_id, partner_id=account.partner_id, username=account.username)

    return request.execute(
        lambda: invites.sign_up(request.ports, request.actor, slug, body.username, profile), signed_up
    )
