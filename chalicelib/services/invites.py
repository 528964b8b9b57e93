"""Invites: the partner's referral link, and the sign-ups that come through it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.access import Actor
from chalicelib.domain.accounts.accounts import Account, AccountType, BillingMode, Status
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.accounts.profiles import require_valid as require_valid_profile
from chalicelib.domain.audit import AuditKind, entry
from chalicelib.domain.changes import Change, CountSignUp, Insert, Replace, Write
from chalicelib.domain.kernel import ids
from chalicelib.domain.kernel.clock import today
from chalicelib.domain.kernel.errors import AlreadyExists, Conflict, NotFound, StaleVersion
from chalicelib.domain.partners.invites import MAX_SLUGS, Invite, SlugClaim, require_valid
from chalicelib.services.accounts import accounts

if TYPE_CHECKING:
    from chalicelib.domain.accounts.profiles import Profile
    from chalicelib.domain.partners.partners import Partner
    from chalicelib.domain.ports import HasInvites
    from chalicelib.services.ports import InvitePorts


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteForm:
    """What a partner sets of its invite."""

    slug: str
    greeting: str = ""
    logo_url: str | None = None


def get(ports: HasInvites, actor: Actor) -> Invite:
    """Return the partner's invite; one that is not set up yet has an empty slug and version 0."""
    return ports.invites.of_partner(actor.partner_id) or Invite(partner_id=actor.partner_id, slug="", version=0)


def set_up(ports: HasInvites, actor: Actor, version: int, form: InviteForm) -> Change[Invite]:
    """Set the invite up or change it; a slug that was the partner's stays its own and keeps working."""
    require_valid(form.slug, form.greeting, form.logo_url)
    current = get(ports, actor)
    if current.version != version:
        raise _changed()
    at = ports.clock()
    claims = _claimed(ports, actor, form.slug)
    if current.slug_count + len(claims) > MAX_SLUGS:
        raise Conflict(f"A partner has at most {MAX_SLUGS} slugs, its former ones counted. Choose one of those again.")
    updated = replace(
        current,
        slug=form.slug,
        slug_count=current.slug_count + len(claims),
        greeting=form.greeting,
        logo_url=form.logo_url or None,
        changed_at=at,
        version=current.version + 1,
    )
    written: Write = Replace(current, updated) if current.version else Insert(updated, _changed())
    audited = Insert(entry(actor, at, AuditKind.INVITE_CHANGED, before=current, after=updated))
    return Change((written, *claims, audited), updated)


def _changed() -> StaleVersion:
    return StaleVersion("The invite has changed since you read it. Read it again and repeat your change.")


def _claimed(ports: HasInvites, actor: Actor, slug: str) -> tuple[Write, ...]:
    taken = AlreadyExists.field("/slug", f"The slug {slug} is taken; choose another.")
    slug_claim = ports.invites.claim(slug)
    if slug_claim is None:
        return (Insert(SlugClaim(slug, actor.partner_id), taken),)
    if slug_claim.partner_id != actor.partner_id:
        raise taken
    return ()


def look_up(ports: InvitePorts, slug: str) -> tuple[Invite, Partner]:
    """Return the invite behind a slug, present or former."""
    slug_claim = ports.invites.claim(slug)
    invite = ports.invites.of_partner(slug_claim.partner_id) if slug_claim else None
    if invite is None:
        raise NotFound("There is no such invite.")
    partner = ports.partners.get(invite.partner_id)
    if partner.suspended:
        raise NotFound("There is no such invite.")
    return invite, partner


def visit(ports: InvitePorts, slug: str) -> None:
    """Count a visit, told by the page itself."""
    invite, _ = look_up(ports, slug)
    ports.invites.visited(invite.partner_id)


def sign_up(ports: InvitePorts, actor: Actor, slug: str, username: str, profile: Profile) -> Change[Account]:
    """Return a client that signed up through the invite: a referred account on trial."""
    require_valid_profile(profile, username)
    _, partner = look_up(ports, slug)
    day = today(ports.clock)
    account = Account(
        partner_id=partner.partner_id,
        account_id=ids.random_id("acct"),
        username=username,
        organization=profile.organization,
        owner=profile.owner,
        website=profile.website or None,
        account_type=AccountType.REFERRED,
        billing_mode=BillingMode.DIRECT,
        plan=Plan.TRIAL,
        status=Status.TRIAL,
        created_on=day,
        trial_ends_on=day + timedelta(days=partner.terms.trial_days),
    )
    by = Actor(actor.subject, actor.role, partner.partner_id, acting_for=username)
    return accounts.creation_change(ports, by, account, CountSignUp(partner.partner_id))
