"""The platform's staff find an account of whatever partner, and nobody else does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.accounts.accounts import Owner
from chalicelib.domain.kernel.usernames import claim
from tests.factories import an_account
from tests.unit.api.conftest import ACME, OTHER

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api_client import ApiClient
    from tests.fakes import FakePorts


def test_an_account_is_found_by_e_mail_organization_and_username(
    caller: Callable[[str], ApiClient], ports: FakePorts
) -> None:
    owner = Owner(email="kim@quay.example")
    quay = an_account(partner_id=OTHER, organization="Quay Bakery", username="north-quay", owner=owner)
    ports.book.put(quay)
    ports.book.put(an_account(partner_id=ACME, organization="Elsewhere", username="quay", owner=Owner()))
    ports.book.put(claim("north-quay", OTHER, quay.account_id))
    operator = caller("operator")
    for q in ("kim@quay", "bakery%20quay", "NORTH-QUAY"):
        (found,) = operator.get(f"/account-search?q={q}").json["items"]
        assert (found["partner_id"], found["account_id"]) == (OTHER, quay.account_id)
        assert found["owner_email"] == "kim@quay.example"
    assert len(operator.get("/account-search?q=quay").json["items"]) == 2
    assert operator.get("/account-search?q=qu").pointers == ["q"]
    for subject in ("admin", "manager", "viewer", "stranger", "platform"):
        assert caller(subject).get("/account-search?q=quay").status == 403
