"""Carries out a change set or a deletion: creates, changes, deletes, and rolls back as CloudFormation does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from infra.order import in_order
from infra.rehearsal import physical
from infra.rehearsal.service_rules import require
from infra.rehearsal.world import Refused, Resource, World
from infra.resolve import Resolver

if TYPE_CHECKING:
    from infra.rehearsal.change_sets import ChangeSet, StackRecord

KEPT = ("Retain", "RetainExceptOnCreate")


@dataclass
class Operations:
    """What happens to the stacks of one region."""

    world: World
    region: str
    failing: dict[str, str]
    """Resources that AWS refuses once, by logical id, with the reason."""

    def execute(self, record: StackRecord, change: ChangeSet, *, retain_except_on_create: bool) -> None:
        """Bring the stack there; or back to where it was."""
        verb = change.kind
        self._tell_stack(record, f"{verb}_IN_PROGRESS", "User Initiated")
        before = (record.template, record.parameters, dict(record.resources))
        olds = {key: dict(item.properties) for key, item in record.resources.items()}
        record.template, record.parameters = change.template, change.parameters
        made: list[str] = []
        try:
            self._bring(record, change, made)
        except Refused:
            self._tell_stack(record, f"{verb if verb == 'UPDATE' else ''}_ROLLBACK_IN_PROGRESS".lstrip("_"), "")
            clean = self._undo(record, made, keep_new=not retain_except_on_create)
            self._back(record, before, olds)
            ending = "ROLLBACK_COMPLETE" if clean else "ROLLBACK_FAILED"
            self._tell_stack(record, f"UPDATE_{ending}" if verb == "UPDATE" else ending, "")
            return
        self._remove_absent(record)
        record.outputs = self._outputs(record)
        self._tell_stack(record, f"{verb}_COMPLETE", "")

    def delete(self, record: StackRecord) -> None:
        """Delete a stack; what its policies keep stays behind."""
        self._tell_stack(record, "DELETE_IN_PROGRESS", "User Initiated")
        failed = False
        for key in reversed(in_order(record.template, list(record.resources))):
            failed |= not self._delete(record, key, keep=self._kept(record.template, key))
        self._tell_stack(record, "DELETE_FAILED" if failed else "DELETE_COMPLETE", "")

    def _bring(self, record: StackRecord, change: ChangeSet, made: list[str]) -> None:
        resolver = self._resolver(record)
        nodes = {key: node for key, node in change.template["Resources"].items() if resolver.wanted(node)}
        imported = {item["LogicalResourceId"]: item for item in change.imports}
        for key in in_order(change.template, list(nodes)):
            try:
                self._make(record, key, nodes[key], resolver, imported.get(key), made)
            except Refused as error:
                status = "UPDATE_FAILED" if key in record.resources else "CREATE_FAILED"
                self._tell(record, key, nodes[key]["Type"], status, str(error))
                for other in list(nodes)[:2]:
                    self._tell(record, other, nodes[other]["Type"], "CREATE_FAILED", "Resource creation cancelled")
                raise

    def _make(
        self,
        record: StackRecord,
        key: str,
        node: dict[str, Any],
        resolver: Resolver,
        imported: dict[str, Any] | None,
        made: list[str],
    ) -> None:
        kind, properties = node["Type"], resolver(node.get("Properties", {}))
        if key in self.failing and key not in record.resources:
            raise Refused(self.failing.pop(key))
        number = self.world.created
        name = physical.physical_id(kind, properties, record.name, key, number)
        new = Resource(kind, key, name, properties, self.region, record.name, node.get("DeletionPolicy") in KEPT)
        require(self.world, new)
        if imported:
            self._adopt(record, new, imported)
        elif key in record.resources:
            old = record.resources[key]
            self.world.replace(old, new)
            record.resources[key] = (
                old if old in self.world.resources.values() and old.properties is properties else new
            )
        else:
            self.world.create(new)
            record.resources[key] = new
            made.append(key)
        self._tell(record, key, kind, "CREATE_COMPLETE", "")

    def _adopt(self, record: StackRecord, new: Resource, imported: dict[str, Any]) -> None:
        identifier = str(next(iter(imported["ResourceIdentifier"].values()))).rpartition("/")[2]
        if imported["ResourceType"].endswith("LogGroup"):
            identifier = str(imported["ResourceIdentifier"]["LogGroupName"])
        found = self.world.find(new.kind, identifier, self.region)
        if not found:
            raise Refused(f"The resource {identifier} to import does not exist.")
        if found.stack:
            raise Refused(f"{identifier} already exists in stack {found.stack}")
        found.stack, found.properties, found.logical_id = record.name, new.properties, new.logical_id
        record.resources[new.logical_id] = found

    def _undo(self, record: StackRecord, made: list[str], *, keep_new: bool) -> bool:
        results = [
            self._delete(record, key, keep=keep_new and self._kept(record.template, key)) for key in reversed(made)
        ]
        return all(results)

    def _back(self, record: StackRecord, before: tuple[Any, Any, Any], olds: dict[str, dict[str, Any]]) -> None:
        if before[0]:
            record.template, record.parameters = before[0], before[1]
        for key, properties in olds.items():
            record.resources[key].properties = properties

    def _remove_absent(self, record: StackRecord) -> None:
        resolver = self._resolver(record)
        nodes = record.template["Resources"]
        for key in list(record.resources):
            if key not in nodes or not resolver.wanted(nodes[key]):
                self._delete(record, key, keep=record.resources[key].retained)

    def _delete(self, record: StackRecord, key: str, *, keep: bool) -> bool:
        resource = record.resources[key]
        try:
            self.world.delete(resource, keep=keep)
        except Refused as error:
            self._tell(record, key, resource.kind, "DELETE_FAILED", str(error))
            return False
        del record.resources[key]
        self._tell(record, key, resource.kind, "DELETE_SKIPPED" if keep else "DELETE_COMPLETE", "")
        return True

    def _kept(self, template: dict[str, Any], key: str) -> bool:
        return template["Resources"].get(key, {}).get("DeletionPolicy") in KEPT

    def _resolver(self, record: StackRecord) -> Resolver:
        return Resolver(
            record.template,
            record.parameters,
            physical.ACCOUNT,
            self.region,
            record.name,
            ref=lambda name: physical.ref(record.resources[name]),
            attribute=lambda name, wanted: physical.attribute(record.resources[name], wanted),
        )

    def _outputs(self, record: StackRecord) -> dict[str, str]:
        resolver = self._resolver(record)
        outputs = record.template.get("Outputs", {})
        return {key: str(resolver(node["Value"])) for key, node in outputs.items() if resolver.wanted(node)}

    def _tell_stack(self, record: StackRecord, status: str, reason: str) -> None:
        record.status, record.seen = status, 0
        self._tell(record, record.name, "AWS::CloudFormation::Stack", status, reason)

    def _tell(self, record: StackRecord, key: str, kind: str, status: str, reason: str) -> None:
        record.events.append(
            {
                "StackId": record.stack_id,
                "LogicalResourceId": key,
                "PhysicalResourceId": record.stack_id if kind.endswith("::Stack") and "CloudFormation" in kind else key,
                "ResourceType": kind,
                "ResourceStatus": status,
                "ResourceStatusReason": reason,
            }
        )
