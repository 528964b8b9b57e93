"""Checks all that a deployment needs before anything is created: each thing that is missing is one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from infra.preflight import account, domain, mail, runtime, stages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from infra.preflight.deployment import Deployment

    Check = Callable[[Deployment], Iterator[str]]

DENIED = ("AccessDenied", "Unauthorized")

CHECKS = (
    stages.name_is_valid,
    stages.no_stage_is_a_prefix_of_another,
    stages.stack_can_be_deployed,
    stages.tables_of_the_set_are_there,
    runtime.architecture_is_known,
    mail.sender_is_an_address,
    mail.domain_is_verified_with_dkim,
    mail.account_may_send,
    domain.certificate_fits,
    domain.web_acl_is_global,
    domain.issuer_is_complete,
    domain.platform_url_is_an_origin,
    account.region_is_enabled,
    account.code_bucket_is_ours,
    account.console_is_built,
)
WARNINGS = (
    account.concurrency_is_enough,
    mail.sandbox_is_accepted,
    mail.bounces_are_told_once,
    domain.platform_url_is_set,
)


def refusals(deployment: Deployment) -> list[str]:
    """Say what has to be put right first; empty if the deployment may begin."""
    return [sentence for check in CHECKS for sentence in _said(check, deployment)]


def warnings(deployment: Deployment) -> list[str]:
    """Say what does not stop a deployment and will trouble it later."""
    return [sentence for check in WARNINGS for sentence in _said(check, deployment)]


def _said(check: Check, deployment: Deployment) -> list[str]:
    """Return what a check says; that it may not be made is said as well."""
    try:
        return list(check(deployment))
    except ClientError as error:
        if not error.response["Error"]["Code"].startswith(DENIED):
            raise
        about = check.__name__.replace("_", " ")
        return [f"These credentials may not call {error.operation_name}, which is needed to check: {about}."]
