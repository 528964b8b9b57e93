"""Checks before a deployment: one sentence each, and nothing is created (docs/aws.md, rows B5, R2, R8, R9, W11)."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from botocore.exceptions import ClientError

from infra.rehearsal.session import DKIM, Session

ARN = "arn:aws:acm:us-east-1:111122223333:certificate/1"
OWN = {"DOMAIN_NAME": "partners.example.com", "CERTIFICATE_ARN": ARN}


@pytest.fixture
def refused(deploying: Any, session: Session) -> Any:
    """The sentences of a refused deployment, after which nothing is there."""

    def run(stage: str = "prod", **environment: str) -> str:
        before = dict(session.world.resources)
        with pytest.raises(SystemExit) as refusal:
            deploying(stage, **environment)
        assert refusal.value.code != 0
        assert session.world.resources == before
        assert session.client("s3").buckets == {} or before
        text = str(refusal.value)
        assert text.startswith("Nothing was created or changed.\n- ")
        return text

    return run


@pytest.mark.aws("N6")
@pytest.mark.parametrize("chosen", ["mips", "", "aarch64", "ARM64"])
def test_a_processor_that_lambda_has_not_is_refused(chosen: str, refused: Any) -> None:
    assert f"ARCHITECTURE={chosen} is none that functions run on. Choose one of x86_64, arm64." in refused(
        ARCHITECTURE=chosen
    )


@pytest.mark.aws("B5")
@pytest.mark.parametrize(
    ("identity", "sentence"),
    [
        (None, "has no identity for the domain example.com of MAIL_FROM"),
        ({**DKIM, "VerifiedForSendingStatus": False}, "has not verified the domain example.com"),
        ({**DKIM, "DkimAttributes": {"SigningEnabled": False, "Status": "SUCCESS"}}, "verified without DKIM"),
        ({**DKIM, "DkimAttributes": {"SigningEnabled": True, "Status": "PENDING"}}, "verified without DKIM"),
    ],
)
def test_a_sender_whose_domain_is_not_verified_with_dkim_is_refused(
    identity: Any, sentence: str, refused: Any, session: Session
) -> None:
    session.facts.identities = {"example.com": identity} if identity else {}
    assert sentence in refused()


@pytest.mark.aws("R2")
def test_an_address_that_is_verified_without_its_domain_is_refused(refused: Any, session: Session) -> None:
    session.facts.identities = {"partnerbook@example.com": dict(DKIM)}
    assert "no identity for the domain example.com" in refused()


@pytest.mark.aws("R2")
def test_an_identity_of_the_address_that_overrides_dkim_is_refused(refused: Any, session: Session) -> None:
    off = {**DKIM, "DkimAttributes": {"SigningEnabled": False}}
    session.facts.identities["partnerbook@example.com"] = off
    assert "overrides its domain's" in refused()


@pytest.mark.aws("B5")
@pytest.mark.parametrize("sender", ["", "example.com", "a b@example.com", "@example.com"])
def test_a_sender_that_is_no_address_is_refused(sender: str, refused: Any) -> None:
    assert "MAIL_FROM" in refused(MAIL_FROM=sender)


@pytest.mark.aws("B5")
def test_the_sandbox_is_refused_unless_it_is_accepted_by_name(
    refused: Any, deploying: Any, session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    session.facts.production = False
    assert "SES is in its sandbox" in refused()
    deploying(SES_SANDBOX="accept")
    assert "Note: SES is in its sandbox" in capsys.readouterr().out


def test_an_account_whose_sending_is_paused_is_refused(refused: Any, session: Session) -> None:
    session.facts.sending = False
    assert "paused sending" in refused()


@pytest.mark.aws("N3")
@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"DOMAIN_NAME": "partners.example.com"}, "DOMAIN_NAME=partners.example.com needs a certificate"),
        ({"CERTIFICATE_ARN": ARN}, "CERTIFICATE_ARN is set without DOMAIN_NAME"),
        ({**OWN, "CERTIFICATE_ARN": "x"}, "not the ARN of a certificate"),
        ({**OWN, "CERTIFICATE_ARN": ARN.replace("us-east-1", "eu-central-1")}, "is in eu-central-1; CloudFront takes"),
        (OWN, "There is no certificate"),
        ({"WEB_ACL_ARN": "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/a/1"}, "scope CLOUDFRONT"),
        ({"TOKEN_ISSUER": "https://id.example.com"}, "together, or none"),
        ({"PLATFORM_URL": "app.example.com"}, "is no address that links can begin with"),
        ({"PLATFORM_URL": "http://app.example.com"}, "is no address that links can begin with"),
        ({"PLATFORM_URL": "https://app.example.com/"}, "without a slash at the end"),
    ],
)
def test_what_a_stage_brings_along_has_to_fit(environment: dict[str, str], sentence: str, refused: Any) -> None:
    assert sentence in refused(**environment)


@pytest.mark.aws("N3")
@pytest.mark.parametrize(
    ("certificate", "sentence"),
    [
        ({"DomainName": "partners.example.com", "Status": "PENDING_VALIDATION"}, "is PENDING_VALIDATION, not ISSUED"),
        ({"DomainName": "*.example.org", "Status": "ISSUED"}, "is for *.example.org, not for"),
        ({"DomainName": "*.com", "Status": "ISSUED"}, "is for *.com, not for"),
    ],
)
def test_a_certificate_is_issued_and_for_the_domain(
    certificate: dict[str, str], sentence: str, refused: Any, session: Session
) -> None:
    session.facts.certificates[ARN] = certificate
    assert sentence in refused(**OWN)


@pytest.mark.parametrize("stage", ["Prod", "1prod", "prod_eu", "prod-", "a" * 17, "local"])
def test_a_stage_has_a_name_that_its_resources_can_bear(stage: str, refused: Any) -> None:
    assert f"STAGE={stage}" in refused(stage)


@pytest.mark.aws("W13")
@pytest.mark.parametrize(("first", "second"), [("prod", "prod-eu"), ("prod-eu", "prod")])
def test_a_stage_whose_name_begins_another_s_is_refused(first: str, second: str, refused: Any, deploying: Any) -> None:
    deploying(first)
    assert f"STAGE={second} cannot stand beside the stage {first}" in refused(second)


@pytest.mark.aws("B6")
def test_a_stack_in_a_state_that_needs_a_person_is_refused(refused: Any, deploying: Any, session: Session) -> None:
    deploying()
    record = next(iter(session.client("cloudformation").stacks.values()))
    record.status, record.seen = "DELETE_FAILED", 2
    assert "partnerbook-prod is in DELETE_FAILED" in refused()


@pytest.mark.aws("R9")
def test_a_region_that_is_not_enabled_is_refused(refused: Any, session: Session) -> None:
    session.facts.opt_status = "DISABLED"
    assert "The region eu-central-1 is DISABLED" in refused()


@pytest.mark.aws("R9")
def test_an_opt_in_region_is_refused_where_the_distribution_writes_standard_logs(
    deploying: Any, session: Session, template: dict[str, Any]
) -> None:
    session.facts.opt_status = "ENABLED"
    logging = copy.deepcopy(template)
    config = logging["Resources"]["Distribution"]["Properties"]["DistributionConfig"]
    config["Logging"] = {"Bucket": "logs.s3.amazonaws.com"}
    with pytest.raises(SystemExit, match="opt-in region: CloudFront delivers no standard logs"):
        deploying(build=logging)
    assert session.world.resources == {}
    del config["Logging"]
    deploying(build=logging)


@pytest.mark.aws("R8")
def test_a_new_account_s_concurrency_is_said_and_does_not_stop_the_deployment(
    deploying: Any, session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    session.facts.concurrency = 10
    deploying()
    assert "Note: Lambda may run 10 functions at once" in capsys.readouterr().out


def test_a_stage_whose_links_to_accounts_lead_nowhere_is_said(
    deploying: Any, session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    deploying()
    assert "Note: PLATFORM_URL is not set" in capsys.readouterr().out
    deploying(PLATFORM_URL="https://mail.example.com/app")
    assert "PLATFORM_URL" not in capsys.readouterr().out
    api = next(item for item in session.world.resources.values() if "PLATFORM_URL" in str(item))
    assert "https://mail.example.com/app" in str(api)


@pytest.mark.aws("N9")
def test_mail_of_each_bounce_to_the_sender_is_said(
    deploying: Any, session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    session.facts.identities["example.com"]["FeedbackForwardingStatus"] = True
    deploying()
    assert "put-email-identity-feedback-attributes --email-identity example.com" in capsys.readouterr().out


@pytest.mark.aws("W11")
def test_nothing_is_deployed_without_a_console(deploying: Any, session: Session) -> None:
    with pytest.raises(SystemExit, match="The console is not built"):
        deploying(console_built=False)
    assert session.world.resources == {}


def test_all_that_is_missing_is_said_at_once(refused: Any, session: Session) -> None:
    session.facts.identities = {}
    session.facts.production = False
    text = refused(DOMAIN_NAME="partners.example.com")
    assert text.count("\n- ") == 3


def test_a_set_of_tables_that_is_not_there_is_refused(refused: Any, deploying: Any) -> None:
    deploying()
    assert "The table set r1- has no table partnerbook-prod-r1-accounts" in refused(TABLE_SET="r1-")


def test_a_check_that_these_credentials_may_not_make_is_said(
    refused: Any, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(**_: Any) -> Any:
        raise ClientError({"Error": {"Code": "AccessDeniedException", "Message": "no"}}, "GetEmailIdentity")

    monkeypatch.setattr(session.client("sesv2", "eu-central-1"), "get_email_identity", denied)
    assert "may not call GetEmailIdentity, which is needed to check: domain is verified with dkim." in refused()
