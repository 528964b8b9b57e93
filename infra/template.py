"""Makes the template that CloudFormation is given, for AWS or for the embedded stack, of a package's SAM template."""

from __future__ import annotations

import json
import logging
import os
import sys
from typing import Any

from infra import foreach, fragments, table_set
from infra.package import BUILD, ROOT, Package, package
from infra.target import aws, embedded

TARGETS = {"aws": ("infra/template", "infra/aws"), "local": ("infra/template", "infra/local")}
CODE = {"Bucket": {"Ref": "CodeBucket"}, "Key": {"Ref": "CodeKey"}}
WATCHED_BY_AN_ALARM = 4
"""Tables and indexes, with two metrics each: an alarm takes ten, its own among them."""
FUNCTION, QUEUE, TABLE = "AWS::Serverless::Function", "AWS::SQS::Queue", "AWS::DynamoDB::Table"
ARCHITECTURE = "Architecture"
NEAR_TIME_OUT = 900
"""Nine tenths of a second, in milliseconds."""


def deployable(packaged: Package, target: str) -> dict[str, Any]:
    """Return the whole template in plain CloudFormation: SAM and loops are written out."""
    sam = packaged.template
    for folder in TARGETS[target]:
        sam = fragments.merge(sam, fragments.read_all((ROOT / folder).glob("*.yaml")))
    resources = foreach.expand(sam["Resources"], _collections(sam["Resources"]))
    if nameless := [key for key, node in resources.items() if "Type" not in node]:
        raise SystemExit(f"infra/template describes what the app does not have: {', '.join(nameless)}")
    _complete_functions(resources, packaged.target.runtime)
    _complete_tables(resources)
    plain = _without_sam({**sam, "Resources": resources})
    _choose_architecture(plain)
    # The API sends and takes text alone; Chalice lists types that it would have in base64.
    del plain["Resources"]["RestAPI"]["Properties"]["Body"]["x-amazon-apigateway-binary-media-types"]
    return plain


def released(packaged: Package, target: str) -> dict[str, Any]:
    """Return the template as it is deployed: on AWS all that refers to tables follows the set in use."""
    content = deployable(packaged, target)
    if target == "aws":
        table_set.follow(content)
    return content


def _collections(resources: dict[str, Any]) -> dict[str, list[str]]:
    """Return what a loop can run over."""
    of_kind: dict[str, list[str]] = {FUNCTION: [], QUEUE: [], TABLE: []}
    for key, node in sorted(resources.items()):
        if isinstance(node, dict) and node.get("Type") in of_kind:
            of_kind[node["Type"]].append(key)
    return {"Functions": of_kind[FUNCTION], "Queues": of_kind[QUEUE], "Tables": of_kind[TABLE]}


def _complete_functions(resources: dict[str, Any], runtime: str) -> None:
    """Say of each function where its code is, what runs it, and from which duration on it is near its time-out."""
    for name, node in resources.items():
        if node["Type"] == FUNCTION:
            node["Properties"] |= {"CodeUri": CODE, "Runtime": runtime}
            if alarm := resources.get(f"{name}Duration"):
                alarm["Properties"]["Threshold"] = node["Properties"]["Timeout"] * NEAR_TIME_OUT


def _complete_tables(resources: dict[str, Any]) -> None:
    """Let each table's alarm watch its own throttling and that of its indexes, which the table's metrics leave out.

    There is no metric of throttling by table alone but these two; `ThrottledRequests` exists by operation only.
    """
    for name, node in list(resources.items()):
        if node["Type"] == TABLE and (alarm := resources.get(f"{name}Throttles")):
            indexes = [index["IndexName"] for index in node["Properties"].get("GlobalSecondaryIndexes", [])]
            watched = [None, *indexes]
            for start in range(0, len(watched), WATCHED_BY_AN_ALARM):
                part = {**alarm, "Properties": {**alarm["Properties"]}}
                part["Properties"]["Metrics"] = _throttled(name, watched[start : start + WATCHED_BY_AN_ALARM])
                resources[f"{name}Throttles{start // WATCHED_BY_AN_ALARM + 1 if start else ''}"] = part


def _throttled(table: str, indexes: list[str | None]) -> list[dict[str, Any]]:
    metrics = [
        _throttles(f"m{n}{kind[0].lower()}", kind, table, index)
        for n, index in enumerate(indexes)
        for kind in ("Read", "Write")
    ]
    total = "+".join(f"FILL({metric['Id']},0)" for metric in metrics)
    return [{"Id": "total", "Expression": total, "Label": "Throttled"}, *metrics]


def _throttles(metric_id: str, kind: str, table: str, index: str | None) -> dict[str, Any]:
    dimensions: list[dict[str, Any]] = [{"Name": "TableName", "Value": {"Ref": table}}]
    if index:
        dimensions.append({"Name": "GlobalSecondaryIndexName", "Value": index})
    metric = {"Namespace": "AWS/DynamoDB", "MetricName": f"{kind}ThrottleEvents", "Dimensions": dimensions}
    return {"Id": metric_id, "ReturnData": False, "MetricStat": {"Metric": metric, "Stat": "Sum", "Period": 300}}


def _choose_architecture(plain: dict[str, Any]) -> None:
    """Let the stack's parameter decide where there is one; SAM itself writes a parameter's default in place of it."""
    if ARCHITECTURE in plain["Parameters"]:
        for node in plain["Resources"].values():
            if node["Type"] == "AWS::Lambda::Function":
                node["Properties"]["Architectures"] = [{"Ref": ARCHITECTURE}]


def _without_sam(sam: dict[str, Any]) -> dict[str, Any]:
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    logging.getLogger("samtranslator").setLevel(logging.ERROR)
    from samtranslator.translator.transform import transform

    template: dict[str, Any] = transform(sam, {}, _NoManagedPolicies())
    template.pop("Transform", None)
    return template


class _NoManagedPolicies:
    """SAM's look-up of managed policies by name; ours are all written out."""

    def load(self) -> dict[str, str]:
        return {}


if __name__ == "__main__":
    for name, runs_on in (("aws", aws()), ("local", embedded())):
        path = BUILD / f"{name}.template.json"
        path.write_text(json.dumps(released(package(runs_on), name), indent=1))
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
