"""How an invited person joins a team of the running stack: by the mailed link, and a first sign-in."""

from __future__ import annotations

import re
import time
import uuid
from typing import TYPE_CHECKING

import pytest

from infra.local.api import Api

if TYPE_CHECKING:
    from tests.e2e.stack import EmbeddedStack

PATIENCE = 60


def joined(stack: EmbeddedStack, inviting: Api, partner_id: str, role: str = "partner_admin") -> str:
    """Have somebody new join the partner's team; gives its subject."""
    address = f"{uuid.uuid4().hex[:8]}@agency.example"
    invited = inviting.post("/team", {"email": address, "name": "Jo", "role": role}, Partner_Id=partner_id)
    assert invited.status == 201, invited.content
    body = {"token": mailed_token(stack, address)}
    first = stack.public().post("/invitations/sign-ins", body).json()["first_password"]
    person = signed_in(stack, address, first)
    assert person.post("/invitations/acceptances", body).status == 201
    return str(person.get("/me").json()["subject"])


def mailed_token(stack: EmbeddedStack, address: str, unlike: list[str] | None = None) -> str:
    """The token in the invitation that was mailed to this address last."""

    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        texts = [mail["text"] for mail in stack.mails() if mail["to"] == address]
        for match in filter(None, (re.search(r"invitation#(\S+)", text) for text in texts)):
            if match[1] not in (unlike or []):
                return match[1]
        time.sleep(0.2)
    return pytest.fail(f"No new invitation was mailed to {address}.")


def signed_in(stack: EmbeddedStack, address: str, first_password: str) -> Api:
    """The API as somebody sees it who has just signed in for the first time, in capitals, with another password."""
    cognito, client_id = stack.aws("cognito-idp"), stack.info.user_pool_client_id
    challenge = cognito.initiate_auth(
        ClientId=client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": address.upper(), "PASSWORD": first_password},
    )
    assert challenge["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    done = cognito.respond_to_auth_challenge(
        ClientId=client_id,
        ChallengeName=challenge["ChallengeName"],
        Session=challenge["Session"],
        ChallengeResponses={"USERNAME": address, "NEW_PASSWORD": f"Own-{uuid.uuid4()}"},
    )
    return Api(stack.info.api_url, done["AuthenticationResult"]["AccessToken"])
