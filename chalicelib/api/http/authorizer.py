"""The Lambda authorizer: lets a good access token in and passes on whose it is, never what they may do.

Its function is deployed as `chalicelib.api.http.authorizer.authorizer`: neither app.py nor any route is imported there.
API Gateway keeps its answer for a minute and for every method, so the policy covers the whole API; roles are judged
behind it. A refused token is an answer too, a policy that denies, and the gateway response ACCESS_DENIED makes a 401 of
it: a raised exception would count as a failure of the function, and anybody could ring its alarm.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

from chalice.app import AuthRequest, AuthResponse, Blueprint

from chalicelib.api.http import key_set, tokens
from chalicelib.config import settings
from chalicelib.domain.kernel.clock import system_clock

blueprint = Blueprint(__name__)
NOBODY = "nobody"
"""The principal of a refused token, as the access log has it beside the reason."""


@lru_cache(maxsize=1)
def keys() -> key_set.KeySet:
    """Return the issuer's keys, kept as long as this process."""
    return key_set.KeySet(partial(key_set.fetch, settings().token_jwks_url))


@blueprint.authorizer(ttl_seconds=60)
def authorizer(request: AuthRequest) -> dict[str, Any]:
    """Let a good access token in, and no other."""
    rules = tokens.Rules(settings().token_issuer, settings().token_client_ids)
    try:
        token = tokens.accepted(tokens.bearer(request.token), keys(), rules, system_clock().timestamp())
    except tokens.InvalidToken as refusal:
        return _policy(request, "Deny", NOBODY, {"refusal": str(refusal)})
    signed_in = {} if token.signed_in_at is None else {"signed_in_at": str(token.signed_in_at)}
    return _policy(request, "Allow", token.subject, signed_in)


def _policy(request: AuthRequest, effect: str, principal_id: str, context: dict[str, str]) -> dict[str, Any]:
    """Chalice writes policies that allow; one that allows nothing is none that API Gateway reads."""
    policy: dict[str, Any] = AuthResponse(["*"], principal_id, context).to_dict(request)
    policy["policyDocument"]["Statement"][0]["Effect"] = effect
    return policy
