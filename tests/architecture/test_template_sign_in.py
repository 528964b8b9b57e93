"""How the gateway treats tokens: what is no token, what the authorizer refuses, and what the access log says of it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.architecture.template_reading import of_type
from tests.unit.api.http.forgeries import FORGED
from tests.unit.api.http.token_workshop import token

Template = dict[str, Any]
JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl"


def body(template: Template) -> dict[str, Any]:
    api: dict[str, Any] = of_type(template, "ApiGateway::RestApi")["RestAPI"]["Body"]
    return api


def form(template: Template) -> re.Pattern[str]:
    definition = body(template)["securityDefinitions"]["authorizer"]["x-amazon-apigateway-authorizer"]
    return re.compile(definition["identityValidationExpression"])


@pytest.mark.aws("W3", "N2")
@pytest.mark.parametrize("kind", ["UNAUTHORIZED", "ACCESS_DENIED"])
def test_a_missing_and_a_refused_token_get_the_same_401_that_names_the_scheme(template: Template, kind: str) -> None:
    """API Gateway, "Gateway response types": a Deny of the authorizer is ACCESS_DENIED, 403 unless it is set. A
    WWW-Authenticate of a function would arrive as x-amzn-Remapped-WWW-Authenticate ("important notes")."""
    answer = body(template)["x-amazon-apigateway-gateway-responses"][kind]
    assert int(answer["statusCode"]) == 401
    assert answer["responseParameters"]["gatewayresponse.header.WWW-Authenticate"] == "'Bearer'"
    problem = json.loads(answer["responseTemplates"]["application/json"])
    assert (problem["type"], problem["status"]) == ("/problems/unauthenticated", 401)


@pytest.mark.aws("W3")
@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer x", "Basic YTpi", "x", f"Bearer {JWT}.more", f"{JWT}", "Bearer a.b.c d"]
)
def test_what_has_not_the_form_of_a_token_never_reaches_the_authorizer(template: Template, header: str) -> None:
    assert not form(template).fullmatch(header)


@pytest.mark.aws("W3")
@pytest.mark.parametrize("header", [f"Bearer {JWT}", f"bearer {JWT}", f"BEARER  {JWT} ", f"Bearer {token()}"])
def test_every_header_that_the_authorizer_could_let_in_reaches_it(template: Template, header: str) -> None:
    assert form(template).fullmatch(header)


def test_the_form_is_no_check_forgeries_still_reach_the_authorizer(template: Template) -> None:
    reaching = [name for name, forgery in FORGED.items() if form(template).fullmatch(f"Bearer {forgery}")]
    assert len(reaching) > len(FORGED) / 2


def test_the_access_log_says_who_called_and_why_a_token_was_refused(template: Template) -> None:
    written = json.loads(of_type(template, "ApiGateway::Stage")["RestAPIv1Stage"]["AccessLogSetting"]["Format"])
    assert written["subject"] == "$context.authorizer.principalId"
    assert written["signedInAt"] == "$context.authorizer.signed_in_at"
    assert written["refusal"] == "$context.authorizer.refusal"
    assert written["error"] == "$context.error.responseType"
