"""How the template guards what it makes: data that cannot be lost, a bucket of our own, roles that may little."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.storage.dynamo.connection import logical_name
from infra.tables import models
from tests.architecture.template_reading import named, of_type, statements, text

Template = dict[str, Any]
KEPT_KINDS = ("AWS::DynamoDB::Table", "AWS::Cognito::UserPool")
MAY_SCAN = {("ApiHandlerRole", "PartnersTable"), ("NightlyRole", "PartnersTable")}
PUBLIC = {
    ("/health", "get"),
    ("/openapi.json", "get"),
    ("/downloads/{token}", "get"),
    ("/downloads/{token}", "head"),
    ("/unsubscribes/{token}", "get"),
    ("/unsubscribes/{token}", "post"),
    ("/invites/{slug}", "get"),
    ("/invites/{slug}/visits", "post"),
    ("/invitations/look-ups", "post"),
    ("/invitations/sign-ins", "post"),
    ("/recipient-confirmations/{token}", "get"),
    ("/recipient-confirmations/{token}", "post"),
    ("/sessions/renewal", "post"),
    ("/sessions/current", "delete"),
}


def test_tables_files_and_people_outlive_their_stack(template: Template) -> None:
    kept = {name: node for name, node in template["Resources"].items() if node["Type"] in KEPT_KINDS}
    kept["FilesBucket"] = template["Resources"]["FilesBucket"]
    for name, node in kept.items():
        assert node["DeletionPolicy"] == node["UpdateReplacePolicy"] == "Retain", name


def test_every_table_is_protected_and_restorable(template: Template) -> None:
    tables = of_type(template, "DynamoDB::Table")
    assert len(tables) > 20
    for table in tables.values():
        assert table["DeletionProtectionEnabled"] is True
        assert table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True
        assert table["BillingMode"] == "PAY_PER_REQUEST"


def test_what_only_cleans_up_goes_by_itself(template: Template) -> None:
    tables = of_type(template, "DynamoDB::Table")
    cleaned = {name for name, table in tables.items() if "TimeToLiveSpecification" in table}
    ending = [table for table in models() if "ttl" in table.get_attributes()]
    assert cleaned == {f"{logical_name(table).title().replace('-', '')}Table" for table in ending}
    assert len(cleaned) >= 4


def test_people_change_their_address_and_name_and_nothing_else(template: Template) -> None:
    client = of_type(template, "Cognito::UserPoolClient")["UserPoolClient"]
    assert sorted(client["WriteAttributes"]) == ["email", "name"]


def test_the_pool_lets_nobody_in_by_himself_and_tells_nobody_who_is_in(template: Template) -> None:
    pool = of_type(template, "Cognito::UserPool")["UserPool"]
    client = of_type(template, "Cognito::UserPoolClient")["UserPoolClient"]
    assert pool["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is True
    assert pool["DeletionProtection"] == "ACTIVE"
    assert client["PreventUserExistenceErrors"] == "ENABLED"
    assert client["EnableTokenRevocation"] is True
    assert client["TokenValidityUnits"]["AccessToken"] == "minutes"
    assert client["AccessTokenValidity"] <= 5
    assert client["ExplicitAuthFlows"] == ["ALLOW_USER_SRP_AUTH"]
    assert client["RefreshTokenRotation"]["Feature"] == "ENABLED"
    assert client["RefreshTokenValidity"] == {"Ref": "SessionHours"}
    assert client["TokenValidityUnits"]["RefreshToken"] == "hours"
    assert template["Parameters"]["SessionHours"]["Default"] == 12
    assert template["Parameters"]["SessionIdleMinutes"]["Default"] == 30


def test_the_files_bucket_is_private_over_tls_for_minutes_and_encrypted(template: Template) -> None:
    bucket = of_type(template, "S3::Bucket")["FilesBucket"]
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}]
    assert bucket["VersioningConfiguration"]["Status"] == "Enabled"
    assert "BucketEncryption" in bucket
    assert any("AbortIncompleteMultipartUpload" in rule for rule in bucket["LifecycleConfiguration"]["Rules"])
    policy = of_type(template, "S3::BucketPolicy")["FilesBucketPolicy"]["PolicyDocument"]["Statement"]
    assert all(statement["Effect"] == "Deny" for statement in policy)
    conditions = text([statement["Condition"] for statement in policy])
    assert '"aws:SecureTransport": "false"' in conditions
    assert '"s3:signatureAge": "300000"' in conditions


def test_no_role_may_everything_or_everywhere(template: Template) -> None:
    for role, statement in statements(template):
        actions, resources = statement["Action"], statement["Resource"]
        assert not any("*" in action for action in actions), role
        # X-Ray knows no resources.
        assert "*" not in resources or all(action.startswith("xray:") for action in actions), role


def test_only_the_named_roles_may_scan_and_only_the_partners(template: Template) -> None:
    scanning = {
        (role, named(resource))
        for role, statement in statements(template)
        if "dynamodb:Scan" in statement["Action"]
        for resource in statement["Resource"]
    }
    assert scanning <= MAY_SCAN


def test_roles_reach_the_files_of_their_kind_only(template: Template) -> None:
    kinds = {"${FilesBucket.Arn}/reports/*", "${FilesBucket.Arn}/imports/*"}
    for role, statement in statements(template):
        # Without ListBucket S3 answers 403 for what is not there; it lists no content of files.
        if any(action.startswith("s3:") for action in statement["Action"]) and statement["Action"] != ["s3:ListBucket"]:
            assert {resource["Fn::Sub"] for resource in statement["Resource"]} <= kinds, role


@pytest.mark.aws("R7")
def test_who_completes_a_file_of_parts_may_look_whether_it_is_there(template: Template) -> None:
    """After a lost answer to CompleteMultipartUpload `storage/multipart.py` asks by HeadObject, s3:GetObject."""
    writers = [
        (role, statement)
        for role, statement in statements(template)
        if {"s3:PutObject", "s3:AbortMultipartUpload"} <= set(statement["Action"])
    ]
    assert {role for role, _ in writers} >= {"ReportWorkerRole", "ImportWorkerRole"}
    for role, statement in writers:
        for folder in statement["Resource"]:
            readable = [
                single
                for name, single in statements(template)
                if name == role and "s3:GetObject" in single["Action"] and folder in single["Resource"]
            ]
            assert readable, (role, folder)


def test_every_method_but_the_public_ones_asks_who_calls(template: Template) -> None:
    open_methods = {
        (path, method)
        for path, methods in of_type(template, "ApiGateway::RestApi")["RestAPI"]["Body"]["paths"].items()
        for method, operation in methods.items()
        if method != "options" and not operation.get("security")
    }
    assert open_methods <= PUBLIC


def test_the_authorizer_s_answer_fits_every_method_or_is_not_kept(template: Template) -> None:
    definitions = of_type(template, "ApiGateway::RestApi")["RestAPI"]["Body"]["securityDefinitions"]
    assert [definition["x-amazon-apigateway-authorizer"]["type"] for definition in definitions.values()] == ["token"]


def test_the_access_log_knows_the_resource_and_never_the_path(template: Template) -> None:
    stage = of_type(template, "ApiGateway::Stage")["RestAPIv1Stage"]
    written = json.loads(stage["AccessLogSetting"]["Format"])
    assert written["resource"] == "$context.resourcePath"
    assert not {"$context.path", "$context.requestPath", "$context.identity.sourceIp"} & set(written.values())
    assert stage["MethodSettings"][0]["DataTraceEnabled"] is False
    assert stage["MethodSettings"][0]["ThrottlingRateLimit"] > 0


def test_nobody_can_tell_the_functions_on_aws_what_day_it_is(template: Template, local_template: Template) -> None:
    assert "TODAY" not in text(template)
    assert "TODAY" in text(local_template)
