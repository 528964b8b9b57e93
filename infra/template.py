"""Makes the template that CloudFormation is given, for AWS or for the embedded stack, of a package's SAM template."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from infra import foreach, fragments
from infra.package import BUILD, ROOT, Package, package

CODE = {"Bucket": {"Ref": "CodeBucket"}, "Key": {"Ref": "CodeKey"}}
FUNCTION = "AWS::Serverless::Function"
TARGETS = {"aws": "infra/aws", "local": "infra/local"}
COLLECTIONS = {
    "Functions": FUNCTION,
    "Queues": "AWS::SQS::Queue",
    "Tables": "AWS::DynamoDB::Table",
}


def deployable(packaged: Package, target: str) -> dict[str, Any]:
    """The whole template in plain CloudFormation: SAM and loops are written out."""
    sam = fragments.merge(packaged.template, fragments.read_all((ROOT / TARGETS[target]).glob("*.yaml")))
    sam["Resources"] = {key: node for key, node in sam["Resources"].items() if isinstance(node, list) or "Type" in node}
    resources = foreach.expand(sam["Resources"], _collections(sam["Resources"]))
    for function in resources.values():
        if function["Type"] == FUNCTION:
            function["Properties"]["CodeUri"] = CODE
    plain = _expanded({**sam, "Resources": resources})
    # SAM leaves the binary types in the Swagger body, where the emulator does not look for them.
    api = plain["Resources"]["RestAPI"]["Properties"]
    api["BinaryMediaTypes"] = api["Body"].get("x-amazon-apigateway-binary-media-types", [])
    return plain


def _collections(resources: dict[str, Any]) -> dict[str, list[str]]:
    return {
        name: sorted(key for key, node in resources.items() if isinstance(node, dict) and node.get("Type") == kind)
        for name, kind in COLLECTIONS.items()
    }


def _expanded(sam: dict[str, Any]) -> dict[str, Any]:
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    from samtranslator.translator.transform import transform

    template: dict[str, Any] = transform(sam, {}, _NoManagedPolicies())
    template.pop("Transform", None)
    return template


class _NoManagedPolicies:
    """SAM's look-up of managed policies by name; ours are all written out."""

    def load(self) -> dict[str, str]:
        return {}


if __name__ == "__main__":
    for target in sys.argv[1:] or TARGETS:
        path = BUILD / f"{target}.template.json"
        path.write_text(json.dumps(deployable(package(), target), indent=1))
        print(path.relative_to(ROOT))
