"""`make deploy`: brings a stage on AWS to the tree as it stands, with the credentials and region of the environment."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from infra import (
    account,
    choices,
    code_bucket,
    console,
    first_pass,
    kept,
    package,
    preflight,
    reachable,
    stack,
    template,
)
from infra.preflight import mail
from infra.preflight.account import logs_role
from infra.preflight.deployment import Deployment
from infra.stack_repair import repair
from infra.target import DEFAULT_ARCHITECTURE, aws

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from infra.account import Account
    from infra.package import Package

PAUSE = 5.0


def prepare(
    on: Account,
    stage: str,
    content: dict[str, Any],
    environment: Mapping[str, str],
    *,
    pause: float,
    console_built: bool,
) -> Deployment:
    """Describe a deployment: where, of what, with which parameters."""
    target = stack.Stack(on.client("cloudformation"), f"partnerbook-{stage}", pause)
    chosen, previous = choices.chosen(environment), target.parameters()
    return Deployment(on, target, stage, content, chosen, previous, environment, console_built)


def carry_out(plan: Deployment, packages: Callable[[str], Package]) -> dict[str, str]:
    """Check, package, repair, upload, change; the stack's outputs. Nothing is created if a check fails."""
    check(plan)
    packaged = packages(plan.parameter(template.ARCHITECTURE))
    if packaged.warning:
        sys.stdout.write(f"Note: {packaged.warning}\n")
    repair(plan.stack)
    return bring(plan, packaged)


def check(plan: Deployment) -> None:
    """Exit with a sentence for each thing that has to be put right first."""
    if refused := preflight.refusals(plan):
        raise SystemExit("Nothing was created or changed.\n" + "\n".join(f"- {sentence}" for sentence in refused))
    sys.stdout.writelines(f"Note: {sentence}\n" for sentence in preflight.warnings(plan))


def bring(plan: Deployment, packaged: Package) -> dict[str, str]:
    """Bring the stack to the template: a new one in two passes."""
    s3, owner = plan.account.client("s3"), plan.account.account_id
    bucket = code_bucket.ensure(plan.account)
    address = stack.upload(s3, bucket, packaged.zip, packaged.key, plan.template, owner)
    values = {"Stage": plan.stage, "CodeBucket": bucket, "CodeKey": packaged.key, **plan.chosen, **decided(plan)}
    if not plan.stack.exists():
        kept.adopt(plan, bucket, packaged.key, values)
    if not plan.stack.exists():
        unprotected = first_pass.unprotected(plan.template)
        first = stack.put_template(s3, bucket, packaged.key.removesuffix(".zip") + ".first.json", unprotected, owner)
        values["PublicUrl"] = plan.stack.apply(first, values)["PublicUrl"]
    outputs = plan.stack.apply(address, values, plan.template["Parameters"])
    if outputs["PublicUrl"] != plan.stack.parameter("PublicUrl"):
        # CloudFront names its distribution only once it is there, and the functions have to know the name.
        outputs = plan.stack.apply(address, {**values, "PublicUrl": outputs["PublicUrl"]}, plan.template["Parameters"])
    return outputs


def packaged_for(architecture: str) -> Package:
    """Package the tree for Lambda's processor of this name."""
    return package.package(aws(architecture))


def decided(plan: Deployment) -> dict[str, str]:
    """Return the parameters that follow from what the account has."""
    logs = {} if plan.chosen.get("ApiGatewayLogsRole") else {"ApiGatewayLogsRole": logs_role(plan)}
    return {"MailDomain": mail.verified_domain(plan), **logs}


def reported(region: str, outputs: dict[str, str]) -> console.Configuration:
    """Return what the console has to know of this stage."""
    return console.Configuration(
        api_url=f"{outputs['PublicUrl']}/v1",
        cognito_endpoint=f"https://cognito-idp.{region}.amazonaws.com/",
        client_id=outputs["UserPoolClientId"],
        user_pool_id=outputs["UserPoolId"],
        auth_flow="srp",
    )


def main(stage: str) -> None:
    """Deploy, publish the console, and print what there is now and what is left to do."""
    on = account.current(account.aws_session())
    content, built = template.released(packaged_for(DEFAULT_ARCHITECTURE), "aws"), console.built()
    plan = prepare(on, stage, content, os.environ, pause=PAUSE, console_built=built)
    outputs = carry_out(plan, packaged_for)
    console.publish(on.client("s3"), outputs["ConsoleBucket"], reported(on.region, outputs))
    sys.stdout.writelines(f"{key:20} {value}\n" for key, value in sorted(outputs.items()))
    sys.stdout.write(f"Note: {reachable.note(outputs)}\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("Say which stage: make deploy STAGE=dev MAIL_FROM=partnerbook@example.com")
    try:
        main(sys.argv[1])
    except stack.StackFailed as error:
        raise SystemExit(str(error)) from error
