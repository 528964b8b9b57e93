"""The Lambda authorizer: lets a good access token in and passes on whose it is, never what they may do.

Its function is deployed as `chalicelib.api.http.authorizer.authorizer`: neither app.py nor any route is imported there.
API Gateway keeps its answer for a minute and for every method, so the policy covers the whole API; roles are judged
behind it.
"""

from __future__ import annotations

from functools import lru_cache, partial

from chalice.app import AuthRequest, AuthResponse, Blueprint

from chalicelib.api.http import key_set, tokens
from chalicelib.config import settings
from chalicelib.domain.clock import system_clock

blueprint = Blueprint(__name__)


class Unauthorized(Exception):
    """What API Gateway answers with 401: the message has to be this very word."""

    def __init__(self) -> None:
        super().__init__("Unauthorized")


@lru_cache(maxsize=1)
def keys() -> key_set.KeySet:
    """The issuer's keys, kept as long as this process."""
    return key_set.KeySet(partial(key_set.fetch, settings().token_jwks_url))


@blueprint.authorizer(ttl_seconds=60)
def authorizer(request: AuthRequest) -> AuthResponse:
    """Let a good access token in."""
    rules = tokens.Rules(settings().token_issuer, settings().token_client_ids)
    try:
        subject = tokens.subject(tokens.bearer(request.token), keys(), rules, system_clock().timestamp())
    except tokens.Refused:
        raise Unauthorized from None
    return AuthResponse(routes=["*"], principal_id=subject)
