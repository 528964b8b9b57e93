"""`make check-data`: proves that counters, names, admins and due days are what the accounts say; REPAIR=1 repairs them.

It works on the running stack (PORT, DATA_DIR), or on AWS with STAGE=prod and rights to read all tables, and to write
them for repairing; with TABLE_SET on restored tables that are not in use yet. It ends with 1 where something stays
wrong.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from chalicelib import telemetry
from infra import table_set
from infra.account import aws_session
from infra.local.settings import REGION, stack_config
from infra.stack import Stack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chalicelib.bootstrap import Container
    from chalicelib.domain.data_check import Finding


def metric(stage: str, drift: int) -> dict[str, Any]:
    """Return the metric that the alarm on drift watches."""
    dimensions = [{"Name": "service", "Value": telemetry.SERVICE}, {"Name": "stage", "Value": stage}]
    return {"MetricName": "DataCheckDrift", "Dimensions": dimensions, "Value": drift, "Unit": "Count"}


def container(stage: str) -> Container:
    """Return the product's own ports, on the tables of this stage."""
    if stage == "local":
        os.environ |= {"AWS_ENDPOINT_URL": stack_config().endpoint, "AWS_DEFAULT_REGION": REGION}
        os.environ |= {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    from chalicelib.bootstrap import Container
    from chalicelib.config import Settings

    return Container(Settings(stage=stage, table_prefix=table_set.physical(stage, chosen_set(stage), "")))


def chosen_set(stage: str) -> str:
    """Return the set of tables: TABLE_SET (`own` is the stack's), or else the one that the stage uses."""
    if stage == "local":
        return ""
    session = aws_session()
    output = os.environ.get("TABLE_SET")
    return table_set.named(output) if output else _set_in_use(session.client("cloudformation"), stage)


def _set_in_use(cloudformation: Any, stage: str) -> str:
    return Stack(cloudformation, f"partnerbook-{stage}", 1).parameter(table_set.PARAMETER)


def check_data(ports: Container, *, repair: bool) -> int:
    """Print what is found, repair what can be; gives how much stays wrong."""
    from chalicelib.services.data_check import findings

    return sum(_stays(finding, repair=repair) for finding in list(findings(ports, ports.full_scan)))


def _stays(finding: Finding, *, repair: bool) -> bool:
    repaired = repair and finding.repair is not None and _repaired(finding)
    state = "repaired" if repaired else "can be repaired" if finding.repair else "needs a decision"
    sys.stdout.write(f"{finding.partner_id}  {finding.kind}  {finding.about}  ({state})\n")
    return not repaired


def _repaired(finding: Finding) -> bool:
    from chalicelib.domain.kernel.errors import PartnerbookError

    with suppress(PartnerbookError):
        return finding.repair is not None and finding.repair() is not False
    return False


def tell(stage: str, drift: int) -> None:
    """Let the alarm on drift know, on AWS, of the tables that are in use."""
    if stage != "local" and not os.environ.get("TABLE_SET"):
        aws_session().client("cloudwatch").put_metric_data(
            Namespace=telemetry.NAMESPACE, MetricData=[metric(stage, drift)]
        )


def main(stage: str, *, repair: bool) -> int:
    """Check one stage; gives how much stays wrong."""
    drift = check_data(container(stage), repair=repair)
    tell(stage, drift)
    sys.stdout.write("Everything is as the accounts say.\n" if not drift else f"{drift} findings stay.\n")
    return drift


def chosen(environment: Iterable[tuple[str, str]]) -> tuple[str, bool]:
    """Return the stage, and whether to repair."""
    output = dict(environment)
    return output.get("STAGE") or "local", output.get("REPAIR", "") == "1"


if __name__ == "__main__":
    the_stage, repairing = chosen(os.environ.items())
    raise SystemExit(1 if main(the_stage, repair=repairing) else 0)
