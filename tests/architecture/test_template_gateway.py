"""The API's stage and the answers that API Gateway gives by itself."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from chalicelib.api.http.problems import PROBLEMS, SECURITY_HEADERS
from tests.architecture.template_reading import of_type, text

Template = dict[str, Any]
# API Gateway Developer Guide, supported-gateway-response-types, less the two defaults.
RESPONSE_TYPES = set(
    "ACCESS_DENIED API_CONFIGURATION_ERROR AUTHORIZER_CONFIGURATION_ERROR AUTHORIZER_FAILURE BAD_REQUEST_PARAMETERS "
    "BAD_REQUEST_BODY EXPIRED_TOKEN INTEGRATION_FAILURE INTEGRATION_TIMEOUT INVALID_API_KEY INVALID_SIGNATURE "
    "MISSING_AUTHENTICATION_TOKEN QUOTA_EXCEEDED REQUEST_TOO_LARGE RESOURCE_NOT_FOUND THROTTLED UNAUTHORIZED "
    "UNSUPPORTED_MEDIA_TYPE WAF_FILTERED".split()
)
# API Gateway Developer Guide, api-gateway-mapping-template-reference and api-gateway-variables-for-access-logging.
CONTEXT = set(
    "requestId requestTimeEpoch httpMethod resourcePath status responseLength responseLatency integrationLatency "
    "integrationStatus authorizer.principalId authorizer.refusal authorizer.signed_in_at "
    "error.responseType".split()
)
QUOTED = "Content-Security-Policy"
"""A header mapping is itself in single quotes, so this one comes from CloudFront's policy."""


def answers(template: Template) -> dict[str, dict[str, Any]]:
    body = of_type(template, "ApiGateway::RestApi")["RestAPI"]["Body"]
    return dict(body["x-amazon-apigateway-gateway-responses"])


def words(answer: dict[str, Any]) -> dict[str, Any]:
    return dict(json.loads(answer["responseTemplates"]["application/json"]))


@pytest.mark.aws("W1")
def test_the_only_stage_is_the_guarded_one(template: Template) -> None:
    stages = {str(stage["StageName"]) for stage in of_type(template, "ApiGateway::Stage").values()}
    deployed = {deployment.get("StageName") for deployment in of_type(template, "ApiGateway::Deployment").values()}
    assert stages == {"v1"}
    assert deployed == {None}
    settings = of_type(template, "ApiGateway::Stage")["RestAPIv1Stage"]["MethodSettings"][0]
    assert (settings["ResourcePath"], settings["HttpMethod"]) == ("/*", "*")
    assert 0 < settings["ThrottlingRateLimit"] < settings["ThrottlingBurstLimit"]


@pytest.mark.aws("W17")
def test_the_gateways_own_answers_are_json_whatever_the_gateway_knows(template: Template) -> None:
    for kind, answer in answers(template).items():
        (body,) = answer["responseTemplates"].values()
        # An unknown variable is nothing at all; a known one is text.
        assert re.findall(r"\$context\.([\w.]+)", body) == ["requestId"], kind
        assert words(answer).keys() >= {"type", "title", "detail", "instance"}
        assert answer["responseParameters"]["gatewayresponse.header.Content-Type"] == "'application/problem+json'"


@pytest.mark.aws("W17")
def test_every_kind_of_answer_says_its_own_status(template: Template) -> None:
    values = answers(template)
    assert values.keys() == RESPONSE_TYPES | {"DEFAULT_4XX", "DEFAULT_5XX"}
    for kind in RESPONSE_TYPES:
        assert words(values[kind])["status"] == int(values[kind]["statusCode"]), kind
        assert int(values[kind]["statusCode"]) >= 400


def test_the_gateway_speaks_of_a_status_as_the_product_does(template: Template) -> None:
    titles = dict(PROBLEMS.values())
    for kind, answer in answers(template).items():
        status = words(answer).get("status")
        assert words(answer)["title"] in {titles.get(status, words(answer)["title"]), "Refused", "Unavailable"}, kind


def test_the_gateways_own_answers_have_the_security_headers(template: Template) -> None:
    for kind, answer in answers(template).items():
        for name, value in SECURITY_HEADERS.items():
            if name != QUOTED:
                assert answer["responseParameters"][f"gatewayresponse.header.{name}"] == f"'{value}'", kind
        assert answer["responseParameters"]["gatewayresponse.header.Cache-Control"] == "'no-store'"


@pytest.mark.aws("W15")
def test_the_access_log_asks_for_what_there_is_and_never_for_a_path(template: Template) -> None:
    stage = of_type(template, "ApiGateway::Stage")["RestAPIv1Stage"]
    written = json.loads(stage["AccessLogSetting"]["Format"])
    assert {value.removeprefix("$context.") for value in written.values()} <= CONTEXT


@pytest.mark.aws("W15")
def test_no_trace_holds_the_address_of_a_request(template: Template) -> None:
    """API Gateway's segment would; Lambda's names the function."""
    assert all(stage["TracingEnabled"] is False for stage in of_type(template, "ApiGateway::Stage").values())


@pytest.mark.aws("R12")
def test_the_gateway_keeps_no_log_that_never_ends(template: Template) -> None:
    for stage in of_type(template, "ApiGateway::Stage").values():
        assert [item["LoggingLevel"] for item in stage["MethodSettings"]] == ["OFF"]
    assert all(group["RetentionInDays"] for group in of_type(template, "Logs::LogGroup").values())


@pytest.mark.aws("N1")
def test_long_answers_are_compressed_where_nothing_may_be_cached(template: Template) -> None:
    assert 0 < of_type(template, "ApiGateway::RestApi")["RestAPI"]["MinimumCompressionSize"] <= 4096
    (distribution,) = of_type(template, "CloudFront::Distribution").values()
    (api,) = distribution["DistributionConfig"]["CacheBehaviors"]
    assert api["Compress"] is False


@pytest.mark.aws("N5")
def test_nothing_goes_through_the_gateway_as_base64(template: Template) -> None:
    assert "binary-media-types" not in text(template).lower()
    assert "BinaryMediaTypes" not in text(template)
