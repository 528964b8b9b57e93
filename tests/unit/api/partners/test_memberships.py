"""A person on the teams of several partners chooses one with each request; somebody on one need not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from chalicelib.domain.access import Role
from chalicelib.domain.mail.deliveries import Delivery, DeliveryStatus
from chalicelib.domain.mail.email_messages import TeamInvitation
from chalicelib.domain.partners.partners import Partner
from tests.api_client import ApiClient
from tests.factories import a_member
from tests.unit.api.conftest import ACME, OTHER
from tests.unit.api.mail.test_mail import work

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalice import Chalice

    from tests.fakes import FakePorts

GRACE = "hopper@navy.example"


@pytest.fixture
def both(caller: Callable[[str], ApiClient], ports: FakePorts) -> ApiClient:
    """The manager of the first partner, who is an admin of the other."""
    ports.book.put(a_member(subject="manager", partner_id=OTHER, role=Role.PARTNER_ADMIN))
    return caller("manager")


def test_who_is_on_one_team_need_not_choose(caller: Callable[[str], ApiClient]) -> None:
    me = caller("viewer").get("/me").json
    assert (me["role"], me["partner_id"]) == ("partner_viewer", ACME)
    assert [item["partner_id"] for item in me["memberships"]] == [ACME]


def test_who_is_on_several_is_told_which_and_may_do_nothing_before_choosing(both: ApiClient) -> None:
    me = both.get("/me").json
    assert (me["role"], me["partner_id"], me["operations"]) == (None, None, [])
    assert {item["partner_id"]: item["role"] for item in me["memberships"]} == {
        ACME: "partner_manager",
        OTHER: "partner_admin",
    }
    refused = both.get("/accounts")
    assert (refused.status, "Partner-Id" in refused.text) == (400, True)


def test_the_role_is_the_one_at_the_chosen_partner(both: ApiClient) -> None:
    assert both.using(Partner_Id=ACME).get("/me").json["role"] == "partner_manager"
    assert both.using(Partner_Id=OTHER).get("/me").json["role"] == "partner_admin"
    new = {"email": GRACE, "name": "Grace", "role": "partner_viewer"}
    assert both.using(Partner_Id=ACME).post("/team", new, key="a").status == 403
    assert both.using(Partner_Id=OTHER).post("/team", new, key="b").status == 201
    assert both.using(Partner_Id="prt_third").get("/accounts").status == 404


def test_a_suspended_partner_leaves_the_other_open(both: ApiClient, ports: FakePorts) -> None:
    ports.book.things[Partner, ACME] = replace(ports.partners.get(ACME), suspended=True)
    assert both.using(Partner_Id=ACME).get("/accounts").status == 403
    assert both.using(Partner_Id=OTHER).get("/accounts").status == 200
    assert len(both.get("/me").json["memberships"]) == 2


def test_an_invited_person_joins_by_the_mailed_link(
    app: Chalice, admin: ApiClient, anyone: ApiClient, ports: FakePorts
) -> None:
    new = {"email": GRACE, "name": "Grace", "role": "partner_viewer"}
    assert admin.post("/team", new, key="t").status == 201
    work(ports)
    letter = ports.mailer.sent[-1].content
    assert isinstance(letter, TeamInvitation)
    body = {"token": letter.token}
    offer = anyone.post("/invitations/look-ups", body).json
    assert (offer["partner"], offer["email"], offer["role"]) == ("Prt_Acme", GRACE, "partner_viewer")
    assert anyone.post("/invitations/sign-ins", body).json["email"] == GRACE
    grace = ApiClient(app, f"subject-of-{GRACE}")
    assert grace.get("/accounts").status == 403, "nothing is allowed before accepting"
    joined = grace.post("/invitations/acceptances", body, key="j")
    assert (joined.status, joined.json) == (201, {"partner_id": ACME, "role": "partner_viewer"})
    assert grace.get("/accounts").status == 200
    assert grace.post("/invitations/acceptances", body, key="j").json == joined.json, "the same request again"
    assert grace.post("/invitations/acceptances", body, key="j-2").status == 410
    assert anyone.post("/invitations/look-ups", body).status == 410


@pytest.mark.parametrize(("who", "status"), [("manager", 403), ("admin", 202)])
def test_a_teams_invitation_is_sent_again_only_by_who_may_invite(
    caller: Callable[[str], ApiClient], admin: ApiClient, ports: FakePorts, who: str, status: int
) -> None:
    admin.post("/team", {"email": GRACE, "name": "Grace", "role": "partner_viewer"}, key="t")
    work(ports)
    (mail,) = ports.book.all(Delivery)
    assert mail.status is DeliveryStatus.SENT
    assert caller(who).post(f"/deliveries/{mail.delivery_id}/resend", key="r").status == status
    assert (ports.book.all(Delivery)[0].status is DeliveryStatus.QUEUED) is (status == 202)
