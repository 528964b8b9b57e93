"""What stands before the API and the console: CloudFront, the web ACL, the bucket's answer to another origin."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from chalicelib.api.http.problems import SECURITY_HEADERS
from infra.package import ROOT
from tests.architecture.template_reading import named, of_type, text

Template = dict[str, Any]
VIEWER_ADDRESS = "x-viewer-address"
# CloudFront Developer Guide, HTTPStatusCodes: these it keeps whatever the origin says.
KEPT_REGARDLESS = {404, 414, 500, 501, 502, 503, 504}
MANAGED_ALL_BUT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
MANAGED_NO_CACHE = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
MANAGED_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6"
"""Ids of CloudFront's own policies: Developer Guide, using-managed-cache-policies."""
OF_OTHERS = {ROOT / "console/src" / name for name in ("api/client.ts", "auth/cognito.ts", "app/config.ts")}
"""What fetches the API, Cognito and the console's own origin; everything else fetches files."""
# Types whose names are one for all regions of an account: CloudFront and CloudWatch API references.
GLOBAL_NAMES = {
    "CloudFront::Function": ("Name",),
    "CloudFront::OriginAccessControl": ("OriginAccessControlConfig", "Name"),
    "CloudFront::ResponseHeadersPolicy": ("ResponseHeadersPolicyConfig", "Name"),
    "CloudFront::CachePolicy": ("CachePolicyConfig", "Name"),
    "CloudFront::OriginRequestPolicy": ("OriginRequestPolicyConfig", "Name"),
    "CloudWatch::Dashboard": ("DashboardName",),
    "IAM::Role": ("RoleName",),
    "IAM::ManagedPolicy": ("ManagedPolicyName",),
    "S3::Bucket": ("BucketName",),
}


def distribution(template: Template) -> dict[str, Any]:
    (found,) = of_type(template, "CloudFront::Distribution").values()
    return dict(found["DistributionConfig"])


def api_behavior(template: Template) -> dict[str, Any]:
    (behavior,) = distribution(template)["CacheBehaviors"]
    return dict(behavior)


def cors_rules(template: Template, bucket: str) -> list[dict[str, Any]]:
    (condition, values, otherwise) = of_type(template, "S3::Bucket")[bucket]["CorsConfiguration"]["Fn::If"]
    assert template["Conditions"][condition] == {"Fn::Not": [{"Fn::Equals": [{"Ref": "PublicUrl"}, ""]}]}
    assert otherwise == {"Ref": "AWS::NoValue"}
    return list(values["CorsRules"])


def allowed_hosts(template: Template) -> set[str]:
    """The hosts beside its own that the console may fetch, as its content security policy says."""
    policy = of_type(template, "CloudFront::ResponseHeadersPolicy")["ConsoleHeaders"]["ResponseHeadersPolicyConfig"]
    output = policy["SecurityHeadersConfig"]["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Sub"]
    (sources,) = re.findall(r"connect-src ([^;]+);", output)
    return set(sources.split()) - {"'self'"}


@pytest.mark.aws("B3")
def test_every_host_that_the_console_fetches_lets_its_origin_read(template: Template) -> None:
    # Cognito's own endpoint answers any origin; browsers speak to it in every one of Amazon's libraries.
    hosts = allowed_hosts(template) - {"https://cognito-idp.${AWS::Region}.amazonaws.com"}
    assert hosts == {"https://${FilesBucket.RegionalDomainName}"}
    for host in hosts:
        (rule,) = cors_rules(template, host.removeprefix("https://${").removesuffix(".RegionalDomainName}"))
        assert rule["AllowedOrigins"] == [{"Ref": "PublicUrl"}]
        assert rule["AllowedHeaders"] == ["*"]


@pytest.mark.aws("B3")
def test_the_bucket_lets_the_console_do_what_the_console_does(template: Template) -> None:
    """A method that is not named in the rule is refused to a browser."""
    (rule,) = cors_rules(template, "FilesBucket")
    sources = [
        path for path in (ROOT / "console/src").rglob("*.ts*") if path not in OF_OTHERS and "test" not in path.name
    ]
    calls = [call for path in sources for call in re.findall(r"(?<![\w.])fetch\(([^\n]*)", path.read_text())]
    assert len(calls) >= 3
    methods = {method for call in calls for method in re.findall(r"method: '(\w+)'", call) or ["GET"]}
    assert methods == set(rule["AllowedMethods"])


@pytest.mark.aws("W8")
def test_no_error_of_one_caller_is_kept_for_another(template: Template) -> None:
    responses = distribution(template)["CustomErrorResponses"]
    assert {item["ErrorCode"] for item in responses} >= KEPT_REGARDLESS | {400, 403, 405}
    for response in responses:
        # A page of our own would take the place of the API's problem.
        assert response == {"ErrorCode": response["ErrorCode"], "ErrorCachingMinTTL": 0}


@pytest.mark.aws("W7")
def test_the_address_is_the_one_that_the_edge_saw_whatever_the_caller_sent(template: Template, tmp_path: Path) -> None:
    (association,) = api_behavior(template)["FunctionAssociations"]
    assert association["EventType"] == "viewer-request"
    function = of_type(template, "CloudFront::Function")[named(association["FunctionARN"])]
    assert api_behavior(template)["OriginRequestPolicyId"] == MANAGED_ALL_BUT_HOST
    # CloudFront Developer Guide, functions-event-structure.
    event = {
        "viewer": {"ip": "2001:db8::7"},
        "request": {"uri": "/v1/health", "headers": {VIEWER_ADDRESS: {"value": "198.51.100.66"}}},
    }
    script = tmp_path / "function.js"
    script.write_text(f"{function['FunctionCode']}\nconsole.log(JSON.stringify(handler({json.dumps(event)})));\n")
    done = subprocess.run([ROOT / ".venv/bin/node", script], capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(done.stdout) == {"uri": "/v1/health", "headers": {VIEWER_ADDRESS: {"value": "2001:db8::7"}}}


@pytest.mark.aws("W7")
def test_functions_and_web_acl_go_by_that_address(template: Template, local_template: Template) -> None:
    for name, function in of_type(template, "Lambda::Function").items():
        assert function["Environment"]["Variables"]["VIEWER_ADDRESS_HEADER"] == VIEWER_ADDRESS, name
    # Nobody stands before the embedded stack, so there the header would be the caller's own word.
    assert "VIEWER_ADDRESS_HEADER" not in text(local_template)


@pytest.mark.aws("R4")
def test_the_web_acl_refuses_what_does_not_come_through_cloudfront(template: Template) -> None:
    (acl,) = of_type(template, "WAFv2::WebACL").values()
    first, *others = sorted(acl["Rules"], key=lambda rule: int(rule["Priority"]))
    assert first["Action"] == {"Block": {}}
    match = first["Statement"]["NotStatement"]["Statement"]["ByteMatchStatement"]
    assert match["PositionalConstraint"] == "EXACTLY"
    (origin,) = [item for item in distribution(template)["Origins"] if "OriginCustomHeaders" in item]
    (header,) = origin["OriginCustomHeaders"]
    assert match["FieldToMatch"]["SingleHeader"]["Name"] == header["HeaderName"]
    assert origin["Id"] == api_behavior(template)["TargetOriginId"]
    # The same secret, which stands nowhere in the template.
    assert match["SearchString"] == header["HeaderValue"]
    assert header["HeaderValue"] == {"Fn::Sub": "{{resolve:secretsmanager:${OriginSecret}:SecretString}}"}
    assert of_type(template, "SecretsManager::Secret")["OriginSecret"]["GenerateSecretString"]["PasswordLength"] >= 32
    (rate,) = [rule["Statement"]["RateBasedStatement"] for rule in others if "RateBasedStatement" in rule["Statement"]]
    assert rate["ForwardedIPConfig"] == {"HeaderName": VIEWER_ADDRESS, "FallbackBehavior": "MATCH"}


@pytest.mark.aws("W15", "R9")
def test_no_log_at_the_edge_holds_a_path(template: Template) -> None:
    """Without a standard log no bucket has to take one either, which buckets of opt-in regions cannot."""
    assert "Logging" not in distribution(template)
    (acl,) = of_type(template, "WAFv2::WebACL").values()
    seen = [acl["VisibilityConfig"], *(rule["VisibilityConfig"] for rule in acl["Rules"])]
    assert not any(item["SampledRequestsEnabled"] for item in seen)
    assert not of_type(template, "WAFv2::LoggingConfiguration")


@pytest.mark.aws("W18")
def test_what_is_one_for_all_regions_is_named_after_its_region(template: Template) -> None:
    names = 0
    for kind, path in GLOBAL_NAMES.items():
        for key, node in of_type(template, kind).items():
            for part in path:
                node = node.get(part, {})
            if node:
                names += 1
                assert "${AWS::Region}" in text(node), key
                assert "${Stage}" in text(node), key
    assert names >= 6


@pytest.mark.aws("R3")
def test_ses_may_use_the_topics_key_by_what_is_known_of_it(template: Template) -> None:
    (key,) = of_type(template, "KMS::Key").values()
    (ses,) = [item for item in key["KeyPolicy"]["Statement"] if "ses.amazonaws.com" in text(item["Principal"])]
    assert ses["Principal"] == {"Service": "ses.amazonaws.com"}
    # SNS names the topic to KMS: SNS Developer Guide, sns-key-management, "encryption context".
    topic = of_type(template, "SNS::Topic")["BounceTopic"]["TopicName"]["Fn::Sub"]
    arn = f"arn:${{AWS::Partition}}:sns:${{AWS::Region}}:${{AWS::AccountId}}:{topic}"
    assert ses["Condition"] == {"StringEquals": {"kms:EncryptionContext:aws:sns:topicArn": {"Fn::Sub": arn}}}


def test_every_answer_of_the_api_has_its_security_headers_also_where_the_api_never_ran(template: Template) -> None:
    policies = of_type(template, "CloudFront::ResponseHeadersPolicy")
    policy = policies[named(api_behavior(template)["ResponseHeadersPolicyId"])]
    headers = policy["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    content = headers["ContentSecurityPolicy"]
    assert content["ContentSecurityPolicy"] == SECURITY_HEADERS["Content-Security-Policy"]
    # Pages for browsers have one of their own.
    assert content["Override"] is False
    assert headers["ReferrerPolicy"]["ReferrerPolicy"] == SECURITY_HEADERS["Referrer-Policy"]
    assert "ContentTypeOptions" in headers
    transport = headers["StrictTransportSecurity"]
    age = transport["AccessControlMaxAgeSec"]
    assert SECURITY_HEADERS["Strict-Transport-Security"] == f"max-age={age}; includeSubDomains"
    assert transport["IncludeSubdomains"] is True


@pytest.mark.aws("N7")
def test_no_table_has_a_key_that_is_charged_for(template: Template) -> None:
    assert not [name for name, table in of_type(template, "DynamoDB::Table").items() if "SSESpecification" in table]


@pytest.mark.aws("W21")
def test_the_session_s_cookie_and_the_origin_reach_the_api_and_nothing_of_it_is_kept(template: Template) -> None:
    behavior = api_behavior(template)
    assert behavior["PathPattern"] == "/v1/*"
    assert behavior["OriginRequestPolicyId"] == MANAGED_ALL_BUT_HOST, "all cookies, and all headers but Host"
    assert behavior["CachePolicyId"] == MANAGED_NO_CACHE
    assert {"POST", "DELETE"} <= set(behavior["AllowedMethods"])
    assert "ForwardedValues" not in behavior


@pytest.mark.aws("W21")
def test_the_session_s_cookie_never_reaches_the_console_s_files(template: Template) -> None:
    behavior = distribution(template)["DefaultCacheBehavior"]
    assert "OriginRequestPolicyId" not in behavior
    assert behavior["CachePolicyId"] == MANAGED_OPTIMIZED, "no cookie, no header but Accept-Encoding"


@pytest.mark.aws("W21")
def test_what_cloudfront_adds_leaves_the_session_s_cookie_as_the_api_set_it(template: Template) -> None:
    policy = of_type(template, "CloudFront::ResponseHeadersPolicy")["ApiHeaders"]["ResponseHeadersPolicyConfig"]
    assert "RemoveHeadersConfig" not in policy
    assert "CorsConfig" not in policy, "a page of another origin reads no answer"
