"""Checks that SES will take the stage's mail: a verified domain with DKIM, and an account that may send to anybody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.preflight.deployment import Deployment

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?P<domain>([a-z0-9-]+\.)+[a-z]{2,})", re.IGNORECASE)
SANDBOX = "SES_SANDBOX"


def sender_is_an_address(deployment: Deployment) -> Iterator[str]:
    """Require MAIL_FROM."""
    sender = deployment.parameter("MailFrom")
    if not sender:
        yield "Set MAIL_FROM to the address that mail is sent from, for example MAIL_FROM=partnerbook@example.com."
    elif not ADDRESS.fullmatch(sender):
        yield f"MAIL_FROM is not an e-mail address: {sender}. Set it to one such as partnerbook@example.com."


def domain_is_verified_with_dkim(deployment: Deployment) -> Iterator[str]:
    """Require a verified identity of the sender's domain, signed with DKIM.

    An address that only inherits its domain's verification sends well; one verified by itself is signed by nobody, and
    large mailbox providers refuse unsigned bulk mail (SES guide, "Verified identities", "Easy DKIM").
    """
    sender = deployment.parameter("MailFrom")
    if not ADDRESS.fullmatch(sender):
        return
    domain = sender.rpartition("@")[2].lower()
    found = _identity(deployment, verified_domain(deployment))
    create = (
        f"aws sesv2 create-email-identity --email-identity {domain}, then publish the three CNAME records it answers"
    )
    if not found:
        yield (
            f"SES in {deployment.account.region} has no identity for the domain {domain} of MAIL_FROM. "
            f"Make one: {create}."
        )
    elif not found.get("VerifiedForSendingStatus"):
        yield (
            f"SES has not verified the domain {domain} of MAIL_FROM yet. Publish the DNS records of its "
            "identity and wait."
        )
    elif not _signed(found):
        yield (
            f"The domain {domain} of MAIL_FROM is verified without DKIM. Switch Easy DKIM on for its identity in SES, "
            "publish the three CNAME records and wait until its DKIM status is SUCCESS."
        )
    yield from _address_signs(deployment, sender)


def _address_signs(deployment: Deployment, sender: str) -> Iterator[str]:
    """Check the identity SES uses: that of the address itself, with its own DKIM setting, before the domain's."""
    own = _identity(deployment, sender)
    if own and not own.get("DkimAttributes", {}).get("SigningEnabled"):
        yield (
            f"SES has an identity {sender} with DKIM switched off, which overrides its domain's. Delete "
            "it or switch it on."
        )


def account_may_send(deployment: Deployment) -> Iterator[str]:
    """Require sending to be enabled, and the sandbox to be left, or accepted by name."""
    account = _account(deployment)
    if not account.get("SendingEnabled", True):
        yield f"SES has paused sending for this account in {deployment.account.region}. Settle that with AWS first."
    if not account.get("ProductionAccessEnabled") and not _accepted(deployment):
        yield (
            f"SES is in its sandbox in {deployment.account.region}: only verified addresses would get mail. "
            f"Request production access, or accept that for a trial with {SANDBOX}=accept."
        )


def sandbox_is_accepted(deployment: Deployment) -> Iterator[str]:
    """Say once more what an accepted sandbox means."""
    if not _account(deployment).get("ProductionAccessEnabled") and _accepted(deployment):
        yield "SES is in its sandbox: invitations and reports reach only addresses that SES has verified."


def bounces_are_told_once(deployment: Deployment) -> Iterator[str]:
    """Say if SES mails each bounce to the sender as well (API reference of PutEmailIdentityFeedbackAttributes)."""
    name = verified_domain(deployment)
    if _identity(deployment, name).get("FeedbackForwardingStatus"):
        yield (
            f"SES mails every bounce to MAIL_FROM as well. Partnerbook hears of them anyway; to switch that off: "
            f"aws sesv2 put-email-identity-feedback-attributes --email-identity {name} --no-email-forwarding-enabled"
        )


def verified_domain(deployment: Deployment) -> str:
    """Find the identity that covers the sender: its domain or the nearest parent that SES knows; else its domain."""
    domain = deployment.parameter("MailFrom").rpartition("@")[2].lower()
    labels = domain.split(".")
    parents = [".".join(labels[start:]) for start in range(len(labels) - 1)]
    return next((parent for parent in parents if _identity(deployment, parent)), domain)


def _signed(identity: dict[str, Any]) -> bool:
    dkim = identity.get("DkimAttributes", {})
    return bool(dkim.get("SigningEnabled")) and dkim.get("Status") == "SUCCESS"


def _identity(deployment: Deployment, name: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = deployment.account.client("sesv2").get_email_identity(EmailIdentity=name)
    except ClientError as error:
        if error.response["Error"]["Code"] == "NotFoundException":
            return {}
        raise
    return found


def _account(deployment: Deployment) -> dict[str, Any]:
    account: dict[str, Any] = deployment.account.client("sesv2").get_account()
    return account


def _accepted(deployment: Deployment) -> bool:
    return deployment.environment.get(SANDBOX) == "accept"
