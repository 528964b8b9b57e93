"""The same request sent again has one effect and one answer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from chalicelib.api.http.caller import Caller
from chalicelib.api.http.idempotency import IdempotencyKey, from_request
from chalicelib.domain.access import Actor, Role
from chalicelib.domain.accounts.accounts import Account
from chalicelib.domain.changes import Insert
from chalicelib.domain.kernel.idempotency import WINDOW_HOURS, RequestRecord
from chalicelib.domain.partners.members import Member
from infra.openapi.document import operations
from tests.factories import an_operator
from tests.unit.api.bodies import created, new

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalice.app import Chalice

    from tests.api_client import ApiClient, Reply
    from tests.fakes import FakePorts


def words(reply: Reply) -> tuple[int, str, str | None, str | None]:
    return reply.status, reply.text, reply.headers.get("Location"), reply.headers.get("ETag")


def accounts(ports: FakePorts) -> int:
    return len(ports.book.all(Account))


def test_invariant_15_the_same_request_sent_again_has_one_effect_and_one_answer(
    admin: ApiClient, ports: FakePorts
) -> None:
    first = admin.post("/accounts", new())
    before = ports.book.dump()
    again = admin.post("/accounts", new())
    assert words(again) == words(first)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert ports.book.dump() == before
    other = admin.post("/accounts", new(organization="Another"))
    assert (other.status, other.code) == (422, "idempotency-key-reused")
    assert ports.book.dump() == before


def test_the_answer_is_the_first_one_even_after_the_account_has_changed(admin: ApiClient) -> None:
    first = admin.post("/accounts", new())
    admin.patch(f"/accounts/{first.json['account_id']}", {"website": None}, version=1)
    assert words(admin.post("/accounts", new())) == words(first)


def test_content_is_the_same_however_it_is_written_down(admin: ApiClient) -> None:
    first = admin.post("/accounts", new())
    backwards = dict(reversed(new().items()))
    assert words(admin.post("/accounts", backwards)) == words(first)


@pytest.mark.parametrize("key", [None, "", "k" * 256, "a b", "kéy", "a\tb"])
def test_a_post_needs_a_proper_key(admin: ApiClient, ports: FakePorts, key: str | None) -> None:
    client = admin if key is None else admin.using(Idempotency_Key=key)
    reply = client.call("POST", "/accounts", new())
    assert (reply.status, reply.code) == (400, "bad-request")
    assert "Idempotency-Key" in reply.json["detail"]
    assert accounts(ports) == 0


def test_a_put_with_a_key_can_be_sent_again_when_its_answer_was_lost(admin: ApiClient, ports: FakePorts) -> None:
    """Without a key the second cancellation would be a conflict: the account is cancelled already."""
    path = f"/accounts/{created(admin)['account_id']}/cancellation"
    keyed_admin = admin.using(Idempotency_Key="cancel-1")
    first = keyed_admin.put(path, {"reason": "poor_results"})
    before = ports.book.dump()
    again = keyed_admin.put(path, {"reason": "poor_results"})
    assert (words(first)[0], words(again)) == (200, words(first))
    assert ports.book.dump() == before
    assert keyed_admin.put(path, {"reason": "cost_too_high"}).code == "idempotency-key-reused"
    assert admin.put(path, {"reason": "poor_results"}).code == "conflict"


def test_the_longest_key_is_taken(admin: ApiClient) -> None:
    assert admin.post("/accounts", new(), key="~" * 255).status == 201


def test_the_same_key_of_another_member_is_another_request(
    admin: ApiClient, caller: Callable[[str], ApiClient], ports: FakePorts
) -> None:
    for number, subject in enumerate(("admin", "manager", "operator", "stranger")):
        assert caller(subject).post("/accounts", new(username=f"account_{number}")).status == 201
    assert accounts(ports) == 4
    partners = {item.partner_id for item in ports.book.all(Account)}
    assert len(partners) == 2


def test_the_same_key_of_one_operator_for_another_partner_is_another_request(
    caller: Callable[[str], ApiClient], ports: FakePorts
) -> None:
    caller("operator").post("/accounts", new())
    reply = caller("operator").using(Partner_Id="prt_other").post("/accounts", new(username="another_one"))
    assert (reply.status, accounts(ports)) == (201, 2)


def test_the_record_is_written_in_the_effects_own_transaction(admin: ApiClient, ports: FakePorts) -> None:
    created(admin)
    (change,) = ports.transaction_writer.committed
    kinds = [type(write.entity) for write in change.writes if isinstance(write, Insert)]
    assert Account in kinds
    assert RequestRecord in kinds


def test_a_lost_answer_is_found_by_the_same_request(admin: ApiClient, ports: FakePorts) -> None:
    """The transaction went through, the connection died: the record tells."""
    ports.transaction_writer.lost_answers = 1
    reply = admin.post("/accounts", new())
    assert (reply.status, accounts(ports)) == (201, 1)
    assert words(admin.post("/accounts", new())) == words(reply)


def test_of_two_at_the_same_moment_the_later_gives_the_answer_of_the_first(admin: ApiClient, ports: FakePorts) -> None:
    winner: list[Reply] = []
    ports.transaction_writer.meanwhile.append(lambda: winner.append(admin.post("/accounts", new())))
    loser = admin.post("/accounts", new())
    assert words(loser) == words(winner[0])
    assert loser.headers["Idempotency-Replayed"] == "true"
    assert accounts(ports) == 1


def test_of_two_at_the_same_moment_with_other_content_the_later_is_refused(admin: ApiClient, ports: FakePorts) -> None:
    ports.transaction_writer.meanwhile.append(lambda: admin.post("/accounts", new(username="quick_one")) and None)
    assert admin.post("/accounts", new(username="slow_one")).code == "idempotency-key-reused"
    assert accounts(ports) == 1


@pytest.mark.parametrize("reason", ["busy", "crash"])
def test_a_failure_is_no_answer(
    admin: ApiClient, ports: FakePorts, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    with monkeypatch.context() as patch:
        if reason == "busy":
            ports.transaction_writer.conflict()
        else:
            patch.setattr(ports.transaction_writer, "write", lambda _: 1 / 0)
        failed = admin.post("/accounts", new())
    assert failed.status == (503 if reason == "busy" else 500)
    assert not ports.book.all(RequestRecord)
    assert admin.post("/accounts", new()).status == 201


def test_a_refusal_is_judged_anew(admin: ApiClient, ports: FakePorts) -> None:
    created(admin)
    assert admin.post("/accounts", new(), key="again").status == 409
    ports.book.things = {key: item for key, item in ports.book.things.items() if key[0].__name__ != "UsernameClaim"}
    assert admin.post("/accounts", new(), key="again").status == 201


def test_the_window_is_three_days_and_what_is_left_after_it_counts_as_nothing(
    admin: ApiClient, ports: FakePorts
) -> None:
    first = admin.post("/accounts", new())
    ports.now += timedelta(hours=WINDOW_HOURS, seconds=-1)
    assert words(admin.post("/accounts", new())) == words(first)
    ports.now += timedelta(seconds=1)
    second = admin.post("/accounts", new(username="another_one"))
    assert (second.status, accounts(ports)) == (201, 2)
    assert words(admin.post("/accounts", new(username="another_one"))) == words(second)
    assert len(ports.book.all(RequestRecord)) == 1


def test_a_member_that_was_removed_does_not_get_its_old_answer(admin: ApiClient, ports: FakePorts) -> None:
    admin.post("/accounts", new())
    ports.book.things = {key: item for key, item in ports.book.things.items() if key[:2] != (Member, "admin")}
    assert admin.post("/accounts", new()).status == 403


def test_other_methods_need_no_key(admin: ApiClient) -> None:
    account = created(admin)
    assert admin.put(f"/accounts/{account['account_id']}/add-ons/seo").status == 200


def test_a_key_is_bound_to_the_client_that_the_platform_acted_for(app: Chalice) -> None:
    (operation,) = [item for item in operations(app.routes) if item.name == "create_account"]

    def key_for(username: str) -> IdempotencyKey:
        actor = Actor("platform", Role.PLATFORM, "prt_acme", username)
        member = an_operator(actor.role, subject="platform")
        return from_request(operation, {"idempotency-key": "k"}, {}, Caller(actor, member, None), [new(), None])

    ada, grace = key_for("ada_lovelace"), key_for("grace_hopper")
    assert ada.request_hash == grace.request_hash
    assert ada.fingerprint != grace.fingerprint
