"""Walks two stages in three regions through their lives, by the product's own commands, in one rehearsed account."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from infra import deploy, restore
from infra.rehearsal.rules import Deployed, broken
from infra.rehearsal.session import Session
from infra.restored_tables import active

if TYPE_CHECKING:
    from collections.abc import Callable

    from infra.package import Package
    from infra.rehearsal.report import Report
    from infra.rehearsal.world import Resource

REGIONS = ("us-east-1", "eu-central-1", "eu-west-1")
STAGES = ("prod", "dev")
MAIL = {"MAIL_FROM": "partnerbook@example.com"}
NOW, AT, SET = datetime(2026, 11, 28, tzinfo=UTC), "2026-11-05T09:30:00Z", "20261105t093000z-"
FIRST = REGIONS[0]


@dataclass
class Walk:
    """One rehearsal."""

    report: Report
    packages: Callable[[str], Package]
    template: dict[str, Any]
    session: Session = field(default_factory=Session)

    def run(self) -> None:
        """Walk all of it."""
        self.bad_input()
        self.first_deployment()
        self.later_releases()
        for region in REGIONS:
            for stage in STAGES:
                self.report.step(f"{region}: {stage} is deployed beside all others", self.deploy(stage, region))
                self.report.step(f"{region}: {stage} keeps our rules", self._rules(stage, region))
        self.restored()
        self.deleted_and_made_again()

    def bad_input(self) -> None:
        """What has to be put right first, each before anything is created."""
        identities, facts = self.session.facts.identities, self.session.facts
        self.session.facts.identities = {}
        self._refused("an unverified sender", "SES in us-east-1 has no identity")
        facts.identities = identities
        facts.production = False
        self._refused("the sandbox of SES", "SES is in its sandbox")
        facts.production = True
        facts.opt_status = "DISABLED"
        self._refused("a region that is not enabled", "is DISABLED for this account")
        facts.opt_status = "ENABLED_BY_DEFAULT"
        self._refused("a domain without a certificate", "needs a certificate", DOMAIN_NAME="partners.example.com")
        self._refused("a processor that Lambda has not", "Choose one of x86_64, arm64.", ARCHITECTURE="mips")
        self._refused("a stage with a bad name", "is not a stage's name", stage="Prod")
        self.report.step("nothing was created by any of these", lambda: self._left(0))

    def first_deployment(self) -> None:
        """A create that fails early, in the middle and late, and its repair."""
        for broken_resource in ("MembersTable", "APIHandler", "Distribution"):
            self._fail(broken_resource)
            self.report.step(
                f"{FIRST}: the first create of prod fails at {broken_resource}, and says why",
                self.deploy("prod", FIRST),
                refusal=f"{broken_resource} (",
            )
            self.report.step("nothing is left of it", lambda: self._left(0))
        self.report.step(f"{FIRST}: running again repairs it", self.deploy("prod", FIRST))
        self.report.step(f"{FIRST}: prod keeps our rules", self._rules("prod", FIRST))

    def later_releases(self) -> None:
        """No changes, a new parameter, an update that fails, a name that begins another's."""
        self.report.step(f"{FIRST}: the same release again creates nothing", self._unchanged)
        release = copy.deepcopy(self.template)
        release["Parameters"]["Added"] = {"Type": "String", "Default": "new"}
        queue = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Fn::Sub": "added-${Stage}-${Added}"}}}
        release["Resources"]["AddedQueue"] = queue
        self._fail("AddedQueue")
        self.report.step(
            f"{FIRST}: a release that fails rolls back, and says why",
            self.deploy("prod", FIRST, release),
            refusal="UPDATE_ROLLBACK_COMPLETE\n  AddedQueue (AWS::SQS::Queue): Rate exceeded",
        )
        self.report.step(f"{FIRST}: a release with a new parameter", self.deploy("prod", FIRST, release))
        self.report.step(
            f"{FIRST}: functions move to another processor", self.deploy("prod", FIRST, ARCHITECTURE="arm64")
        )
        self.report.step(f"{FIRST}: the next release stays on it", self.deploy("prod", FIRST))
        self.report.step(f"{FIRST}: its functions have code for it", self._moved)
        self.report.step(f"{FIRST}: functions move back", self.deploy("prod", FIRST, ARCHITECTURE="x86_64"))
        self._refused("a stage whose name begins another's", "cannot stand beside the stage prod", stage="prod-eu")

    def restored(self) -> None:
        """Restore, switch, switch back."""
        self.report.step(f"{FIRST}: prod is restored under new names", lambda: self._restore(AT=AT))
        self.report.step(f"{FIRST}: restored tables are all active and guarded", self._guarded)
        self.report.step(f"{FIRST}: prod uses them", lambda: self._restore(SWITCH=SET))
        self.report.step(f"{FIRST}: a deployment keeps them in use", self.deploy("prod", FIRST))
        self.report.step(f"{FIRST}: roles, alarms and functions all follow", lambda: self._uses())
        self.report.step(f"{FIRST}: prod uses its own tables again", lambda: self._restore(SWITCH="own"))

    def deleted_and_made_again(self) -> None:
        """Delete a stage beside another, create it again over what it left, delete all."""
        tables = {
            id(resource) for resource in self._resources("prod", FIRST).values() if resource.kind.endswith("::Table")
        }
        pool = self._resources("prod", FIRST)["UserPool"]
        self.report.step(f"{FIRST}: prod is deleted", lambda: self._delete("prod", FIRST))
        self.report.step(f"{FIRST}: dev goes on writing API Gateway's logs", self.deploy("dev", FIRST))
        self.report.step(f"{FIRST}: prod is made again", self.deploy("prod", FIRST))
        self.report.step(f"{FIRST}: prod has its tables and people back", lambda: self._same(tables, pool))
        self.report.step(f"{FIRST}: prod keeps our rules", self._rules("prod", FIRST))
        for region in REGIONS:
            for stage in STAGES:
                self.report.step(f"{region}: {stage} is deleted", lambda s=stage, r=region: self._delete(s, r))  # type: ignore[misc]

    def deployed(self, stage: str, region: str) -> Deployed:
        """Return a stage as it stands."""
        record = self._record(stage, region)
        return Deployed(region, record.resources, record.outputs)

    def deploy(self, stage: str, region: str, build: Any = None, **chosen: str) -> Callable[[], None]:
        """Return a deployment by the product's own command."""

        def run() -> None:
            on, environment = self.session.account(region), {**MAIL, **chosen}
            plan = deploy.prepare(on, stage, build or self.template, environment, pause=0, console_built=True)
            deploy.carry_out(plan, self.packages)

        return run

    def _refused(self, name: str, sentence: str, stage: str = "prod", **chosen: str) -> None:
        self.report.step(f"{name} is refused", self.deploy(stage, FIRST, **chosen), refusal=sentence)

    def _rules(self, stage: str, region: str) -> Callable[[], list[str]]:
        return lambda: broken(self.deployed(stage, region))

    def _fail(self, logical_id: str) -> None:
        self.session.client("cloudformation", FIRST).failing[logical_id] = "Rate exceeded"

    def _left(self, expected: int) -> list[str]:
        left = sorted(self.session.world.resources)
        return [] if len(left) == expected else [f"left: {', '.join(left[:5])} …"]

    def _unchanged(self) -> list[str]:
        before = self.session.world.created
        self.deploy("prod", FIRST)()
        made = self.session.world.created - before
        return [f"{made} resources were created"] if made else []

    def _moved(self) -> list[str]:
        functions = [
            resource for resource in self._resources("prod", FIRST).values() if resource.kind == "AWS::Lambda::Function"
        ]
        key = self.packages("arm64").key
        wrong = [function.physical_id for function in functions if function.properties["Architectures"] != ["arm64"]]
        stale = [function.physical_id for function in functions if function.properties["Code"]["S3Key"] != key]
        return [*wrong, *stale] if functions else ["there are no functions"]

    def _restore(self, **environment: str) -> None:
        restore.main({"STAGE": "prod", **environment}, NOW, self.session.account(FIRST), pause=0)

    def _guarded(self) -> list[str]:
        tables = [resource for resource in self.session.world.resources.values() if f"-{SET}" in resource.physical_id]
        dynamodb = self.session.client("dynamodb", FIRST)
        unready = [
            table.physical_id
            for table in tables
            if not active(dynamodb.describe_table(TableName=table.physical_id)["Table"])
            or not table.properties.get("DeletionProtectionEnabled")
        ]
        return unready if tables else ["nothing was restored"]

    def _uses(self) -> list[str]:
        resources = self._resources("prod", FIRST)
        own = [resource.physical_id for resource in resources.values() if resource.kind.endswith("::Table")]
        others = {key: str(item.properties) for key, item in resources.items() if not item.kind.endswith("::Table")}
        forms = ("table/{}'", "table/{}/", "'TableName', 'Value': '{}'", '"TableName", "{}"')
        used = {form.format(name) for name in own for form in forms}
        return [f"{key} has {text}" for key, properties in others.items() for text in used if text in properties]

    def _delete(self, stage: str, region: str) -> list[str]:
        client = self.session.client("cloudformation", region)
        record = self._record(stage, region)
        client.delete_stack(StackName=record.name)
        return [] if record.status == "DELETE_COMPLETE" else [record.status]

    def _same(self, tables: set[int], pool: Resource) -> list[str]:
        now = self._resources("prod", FIRST)
        same = {id(item) for item in now.values() if item.kind.endswith("::Table")} == tables
        return [] if same and now["UserPool"] is pool else ["the tables or the pool are others"]

    def _resources(self, stage: str, region: str) -> dict[str, Resource]:
        return dict(self._record(stage, region).resources)

    def _record(self, stage: str, region: str) -> Any:
        records = self.session.client("cloudformation", region).stacks.values()
        return [record for record in records if record.name == f"partnerbook-{stage}"][-1]
