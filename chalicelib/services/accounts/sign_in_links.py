"""Log in to the account: issuing a one-time link and redeeming it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.domain import sign_in_links
from chalicelib.domain.accounts.accounts import AccountType
from chalicelib.domain.accounts.lifecycle import require_sign_in
from chalicelib.domain.audit import AuditKind, FieldChange, entry
from chalicelib.domain.changes import Change, Insert, Put, Remove
from chalicelib.domain.kernel.errors import Gone, NotFound
from chalicelib.services.accounts import changes
from chalicelib.services.rights import still_entitled

if TYPE_CHECKING:
    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.ports import HasAccounts, HasPartners
    from chalicelib.domain.sign_in_links import Issued, SignInLink
    from chalicelib.services.ports import SignInLinkPorts


def require_open(ports: HasAccounts, actor: Actor, account_id: str) -> Account:
    """Return the account, if the actor may log in to it."""
    account = changes.load(ports, actor, account_id).account
    require_sign_in(account)
    return account


def issue(ports: HasAccounts, actor: Actor, account_id: str) -> Change[Issued]:
    """Return a link for 60 seconds; it replaces the account's former one."""
    account = require_open(ports, actor, account_id)
    issued = sign_in_links.issue(account.partner_id, account_id, actor.subject, actor.role.value, ports.clock())
    audited = entry(actor, issued.link.issued_at, AuditKind.SIGN_IN_LINK_ISSUED, account_id=account_id)
    return Change((Put(issued.link), Insert(audited)), issued)


@dataclass(frozen=True, slots=True)
class Redeemed:
    """Whom the platform signs in, and to which account."""

    account: Account
    subject: str
    role: str


def redeem(ports: SignInLinkPorts, actor: Actor, token: str) -> Change[Redeemed]:
    """Use the link up; of two at the same moment one succeeds."""
    account_id = sign_in_links.account_of(token)
    link = sign_in_links.require_redeemable(ports.sign_in_links.get(account_id), token, ports.clock())
    _require_asker(ports, link)
    account = _account(ports, link)
    audited = entry(
        actor,
        ports.clock(),
        AuditKind.SIGN_IN_LINK_USED,
        account_id=account_id,
        partner_id=link.partner_id,
        extra_changes=(FieldChange("signed_in", None, link.subject),),
    )
    used = Gone(sign_in_links.USED_UP)
    return Change((Remove(link, used), Insert(audited)), Redeemed(account, link.subject, link.role))


def _require_asker(ports: HasPartners, link: SignInLink) -> None:
    """A link dies with its asker's right to ask for one, and with the partner's suspension."""
    if not still_entitled(ports, link.subject, link.partner_id, "issue_sign_in_link"):
        raise Gone("Whoever asked for this sign-in link may no longer sign in to the account.")


def _account(ports: HasAccounts, link: SignInLink) -> Account:
    """Return the account while it is still this partner's and managed; a link dies with either."""
    try:
        account = ports.accounts.get(link.partner_id, link.account_id)
    except NotFound as error:
        raise Gone("The account of this sign-in link is no longer there.") from error
    if account.account_type is not AccountType.MANAGED or account.cancelled:
        raise Gone("The account of this sign-in link can no longer be logged in to.")
    return account
