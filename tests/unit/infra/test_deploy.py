"""Deploying the product's own template in a rehearsed account (docs/aws.md, rows B5, B6, W19, R1, R5)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from infra.package import Package
from infra.stack import StackFailed

if TYPE_CHECKING:
    from infra.rehearsal.session import Session

Template = dict[str, Any]
Deploying = "Callable[..., dict[str, str]]"
STACK = "partnerbook-prod"


def statuses(session: Session, region: str = "") -> dict[str, str]:
    stacks = session.client("cloudformation", region).describe_stacks()["Stacks"]
    return {stack["StackName"]: stack["StackStatus"] for stack in stacks}


def tables(session: Session) -> list[Any]:
    return [resource for resource in session.world.resources.values() if resource.kind == "AWS::DynamoDB::Table"]


@pytest.mark.aws("B5")
def test_the_stack_makes_no_identity_in_ses(template: Template) -> None:
    assert not [key for key, node in template["Resources"].items() if node["Type"] == "AWS::SES::EmailIdentity"]


@pytest.mark.aws("B5", "R2")
def test_mail_may_be_sent_as_the_address_and_as_its_verified_domain(deploying: Any, session: Session) -> None:
    deploying(MAIL_FROM="partnerbook@mail.example.com")
    role = next(item for key, item in session.world.resources.items() if "DeliveryWorkerRole" in key)
    text = json.dumps(role.properties)
    assert ":identity/partnerbook@mail.example.com" in text
    assert ":identity/example.com" in text


@pytest.mark.aws("B5")
def test_two_stages_send_as_the_same_address(deploying: Any, session: Session) -> None:
    deploying("prod")
    deploying("dev")
    assert statuses(session) == {STACK: "CREATE_COMPLETE", "partnerbook-dev": "CREATE_COMPLETE"} or set(
        statuses(session).values()
    ) <= {"CREATE_COMPLETE", "UPDATE_COMPLETE"}


@pytest.mark.aws("B6")
@pytest.mark.parametrize("broken", ["AuditTable", "Distribution", "RestAPIv1Stage", "UserPoolClient"])
def test_a_first_deployment_that_fails_anywhere_is_repaired_by_running_again(
    broken: str, deploying: Any, session: Session
) -> None:
    session.client("cloudformation").failing[broken] = "Rate exceeded"
    with pytest.raises(StackFailed, match="Rate exceeded"):
        deploying()
    assert session.world.resources == {}
    deploying()
    assert statuses(session) == {STACK: "UPDATE_COMPLETE"}


@pytest.mark.aws("B6")
def test_tables_and_people_are_protected_once_the_stage_stands(deploying: Any, session: Session) -> None:
    deploying()
    assert len(tables(session)) > 20
    assert all(table.properties["DeletionProtectionEnabled"] is True for table in tables(session))
    pool = next(resource for resource in session.world.resources.values() if resource.kind == "AWS::Cognito::UserPool")
    assert pool.properties["DeletionProtection"] == "ACTIVE"


@pytest.mark.aws("B6")
def test_a_stage_that_was_deleted_is_made_again_with_its_tables_files_and_people(
    deploying: Any, session: Session
) -> None:
    before = deploying()
    session.client("cloudformation").delete_stack(StackName=STACK)
    assert statuses(session) == {}
    kept = {id(table) for table in tables(session)}
    after = deploying()
    assert {id(table) for table in tables(session)} == kept
    assert {table.stack for table in tables(session)} == {STACK}
    assert (after["UserPoolId"], after["FilesBucket"]) == (before["UserPoolId"], before["FilesBucket"])


@pytest.mark.aws("B6")
def test_two_pools_left_behind_are_named_and_neither_is_taken(deploying: Any, session: Session) -> None:
    deploying()
    pool = next(resource for resource in session.world.resources.values() if resource.kind == "AWS::Cognito::UserPool")
    session.client("cloudformation").delete_stack(StackName=STACK)
    twin = type(pool)(**{**vars(pool), "physical_id": "another"})
    session.world.resources["twin"] = twin
    with pytest.raises(SystemExit, match="More than one UserPoolId is left"):
        deploying()
    assert statuses(session) == {}


@pytest.mark.aws("R1")
def test_the_stage_waits_for_the_account_s_role_for_logs(deploying: Any, session: Session) -> None:
    deploying()
    kinds = [resource.kind for resource in session.world.resources.values()]
    assert kinds.index("AWS::ApiGateway::Account") < kinds.index("AWS::ApiGateway::Stage")


@pytest.mark.aws("W19")
def test_a_second_stage_leaves_the_account_s_role_for_logs_to_the_first(deploying: Any, session: Session) -> None:
    deploying("prod")
    deploying("dev")
    accounts = [
        resource.stack for resource in session.world.resources.values() if resource.kind == "AWS::ApiGateway::Account"
    ]
    assert accounts == [STACK]
    deploying("prod")
    assert accounts == [STACK]


@pytest.mark.aws("W19")
def test_the_role_for_logs_stays_when_the_stage_that_made_it_is_deleted(deploying: Any, session: Session) -> None:
    deploying("prod")
    deploying("dev")
    session.client("cloudformation").delete_stack(StackName=STACK)
    arn = session.client("apigateway").get_account()["cloudwatchRoleArn"]
    assert session.client("iam").get_role(RoleName=arn.rpartition("/")[2])
    deploying("dev")


@pytest.mark.aws("W19")
def test_a_role_that_was_deleted_is_made_anew(deploying: Any, session: Session) -> None:
    class Gone:
        def get_role(self, **_: Any) -> Any:
            from infra.rehearsal.services import refuse

            refuse("NoSuchEntity")

    session.facts.logs_role = "arn:aws:iam::111122223333:role/gone"
    session._clients["iam", "eu-central-1"] = Gone()
    deploying("prod")
    assert [
        resource.stack for resource in session.world.resources.values() if resource.kind == "AWS::ApiGateway::Account"
    ]


@pytest.mark.aws("R5")
def test_code_goes_only_into_a_bucket_of_this_account_and_only_over_tls(deploying: Any, session: Session) -> None:
    deploying()
    settings = dict(session.client("s3").settings)
    assert all(request["ExpectedBucketOwner"] == "111122223333" for _, request in session.client("s3").settings)
    assert settings["put_bucket_versioning"]["VersioningConfiguration"] == {"Status": "Enabled"}
    assert '"aws:SecureTransport": "false"' in settings["put_bucket_policy"]["Policy"]
    assert settings["put_bucket_lifecycle_configuration"]["LifecycleConfiguration"]["Rules"]


@pytest.mark.aws("R5")
def test_a_bucket_of_another_account_under_our_name_stops_the_deployment(deploying: Any, session: Session) -> None:
    session.facts.foreign_buckets.add("partnerbook-code-111122223333-eu-central-1")
    with pytest.raises(SystemExit, match="belongs to another account"):
        deploying()
    assert session.client("s3").buckets == {}


@pytest.mark.aws("N3")
def test_what_was_chosen_stays_and_can_be_set_back_to_empty(deploying: Any, session: Session) -> None:
    deploying(ALARM_EMAIL="ops@example.com")
    deploying()
    stack = session.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"][0]
    assert {"ParameterKey": "AlarmEmail", "ParameterValue": "ops@example.com"} in stack["Parameters"]
    deploying(ALARM_EMAIL="")
    stack = session.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"][0]
    assert {"ParameterKey": "AlarmEmail", "ParameterValue": ""} in stack["Parameters"]


@pytest.mark.aws("N6")
def test_functions_stay_on_the_processor_that_was_chosen_and_their_code_is_made_for_it(
    deploying: Any, session: Session, packages: Any
) -> None:
    def functions() -> set[tuple[str, str]]:
        made = [
            resource.properties
            for resource in session.world.resources.values()
            if resource.kind == "AWS::Lambda::Function"
        ]
        return {(item["Architectures"][0], item["Code"]["S3Key"]) for item in made}

    own, arm = packages("x86_64").key, packages("arm64").key
    assert own != arm
    deploying()
    assert functions() == {("x86_64", own)}
    deploying(ARCHITECTURE="arm64")
    deploying()
    assert functions() == {("arm64", arm)}
    deploying(ARCHITECTURE="x86_64")
    assert functions() == {("x86_64", own)}


@pytest.mark.aws("N6")
def test_a_deployment_without_bytecode_says_so(
    deploying: Any, packages: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = packages("x86_64").warning
    deploying()
    assert ("Note: no Python 3.13 was found" in capsys.readouterr().out) is bool(missing)
    monkeypatch.setattr(Package, "warning", "no bytecode")
    deploying()
    assert "Note: no bytecode\n" in capsys.readouterr().out


@pytest.mark.aws("N3")
def test_an_own_domain_says_where_its_record_must_point(deploying: Any, session: Session) -> None:
    arn = "arn:aws:acm:us-east-1:111122223333:certificate/1"
    session.facts.certificates[arn] = {"DomainName": "*.example.com", "Status": "ISSUED"}
    outputs = deploying(DOMAIN_NAME="partners.example.com", CERTIFICATE_ARN=arn)
    assert outputs["DnsTarget"].endswith(".cloudfront.net")
    assert outputs["PublicUrl"] == "https://partners.example.com"
