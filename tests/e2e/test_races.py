"""Bad input and races, really at once against the running stack: the right answers, and counters exact afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from infra.local.ports import free_port
from infra.local.settings import Sample, StackConfig
from tests.e2e.joining import joined
from tests.e2e.stack import ROOT, TODAY, EmbeddedStack, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from infra.local.api import Answer, Api

pytestmark = pytest.mark.stack
AT_ONCE = 20


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStack]:
    """A stack of its own, without the sample: what is counted is what the races make."""
    with running(StackConfig(free_port(), tmp_path_factory.mktemp("races"), TODAY, sample=Sample.NONE)) as started:
        yield started


@pytest.fixture(scope="module")
def admin(place: EmbeddedStack) -> Api:
    return place.http("partner_admin")


@pytest.fixture(scope="module")
def operator(place: EmbeddedStack) -> Api:
    return place.http("operator")


@pytest.fixture(scope="module")
def platform(place: EmbeddedStack) -> Api:
    return place.http("platform")


@pytest.fixture(autouse=True, scope="module")
def counters_are_exact_in_the_end(place: EmbeddedStack) -> Iterator[None]:
    yield
    chosen = {"PORT": str(place.place.port), "DATA_DIR": str(place.place.folder), "STAGE": "local", "REPAIR": ""}
    command = [sys.executable, "-m", "infra.check_data"]
    reported = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **chosen}, capture_output=True, text=True, timeout=120
    )
    assert (reported.returncode, reported.stdout) == (0, "Everything is as the accounts say.\n"), (
        reported.stdout + reported.stderr
    )


def at_once(*acts: Callable[[], Answer]) -> list[Answer]:
    """All of these at the same moment; 503 is tried again, as every client does."""
    with ThreadPoolExecutor(len(acts)) as people:
        return [item.result() for item in [people.submit(_patiently, act) for act in acts]]


def _patiently(act: Callable[[], Answer]) -> Answer:
    for _ in range(10):
        answer = act()
        if answer.status != 503:
            break
    return answer


def statuses(answers: list[Answer]) -> Counter[int]:
    return Counter(answer.status for answer in answers)


def body(**other: Any) -> dict[str, Any]:
    name = f"race-{uuid.uuid4().hex[:12]}"
    return {"username": name, "organization": "Race Ltd", "owner": {"email": "r@race.example"}, **other}


def made(admin: Api, **other: Any) -> tuple[str, str]:
    """The path and the username of a new account."""
    answer = admin.post("/accounts", body(plan="standard") | other)
    assert answer.status == 201, answer.content
    account = answer.json()
    return f"/accounts/{account['account_id']}", account["username"]


def audited(admin: Api, path: str, kind: str) -> int:
    account_id = path.rpartition("/")[2]
    return len(admin.get(f"/audit?account_id={account_id}&kind={kind}").json()["items"])


def test_two_activations_at_once_are_one_change(admin: Api) -> None:
    path, _ = made(admin)
    answers = at_once(*[lambda: admin.put(f"{path}/add-ons/sms")] * 2)
    assert statuses(answers) == {200: 2}
    assert admin.get(path).json()["add_ons"]["sms"]["entitlement"] == "active"
    assert audited(admin, path, "add_on.activated") == 1


def test_of_two_creations_of_one_username_one_succeeds(admin: Api, place: EmbeddedStack) -> None:
    second = place.http(place.info.user("partner_admin", second=True))
    wanted = body()
    answers = at_once(
        lambda: admin.post("/accounts", wanted, Idempotency_Key="one"),
        lambda: second.post("/accounts", wanted | {"username": wanted["username"].upper()}, Idempotency_Key="two"),
    )
    assert statuses(answers) == {201: 1, 409: 1}
    (refused,) = [answer.json() for answer in answers if answer.status == 409]
    assert refused["type"] == "/problems/taken"


def test_the_same_creation_many_times_at_once_is_one_account_and_one_answer(admin: Api) -> None:
    wanted, key = body(), str(uuid.uuid4())
    answers = at_once(*[lambda: admin.post("/accounts", wanted, Idempotency_Key=key)] * 6)
    assert statuses(answers) == {201: 6}
    assert len({answer.json()["account_id"] for answer in answers}) == 1


def test_approving_while_the_request_is_withdrawn_does_one_of_both(admin: Api, platform: Api) -> None:
    path, username = made(admin)
    assert admin.put(f"{path}/account-type", {"account_type": "referred"}).status == 200
    assert admin.put(f"{path}/permission-request").status == 200
    approve, withdraw = at_once(
        lambda: platform.put(f"{path}/permission-request/answer", {"approved": True}, Acting_For=username),
        lambda: admin.delete(f"{path}/permission-request"),
    )
    assert sorted((approve.status, withdraw.status)) == [200, 409]
    kind = "managed" if approve.status == 200 else "referred"
    assert admin.get(path).json()["account_type"] == kind
    again = platform.put(f"{path}/permission-request/answer", {"approved": True}, Acting_For=username)
    assert again.status == 409


def test_a_link_redeemed_twice_at_the_same_moment_works_once(admin: Api, platform: Api) -> None:
    path, _ = made(admin)
    token = {"token": admin.post(f"{path}/sign-in-links").json()["token"]}
    answers = at_once(*[lambda: platform.post("/sign-in-links/redemptions", token)] * 4)
    assert statuses(answers) == {200: 1, 410: 3}
    assert audited(admin, path, "sign_in_link.used") == 1


def test_a_downgrade_racing_an_activation_never_leaves_a_charge_that_nobody_asked_for(admin: Api) -> None:
    path, _ = made(admin, plan="premium")
    archive = f"{path}/add-ons/newsletter_archive"
    downgrade, activate = at_once(lambda: admin.put(f"{path}/plan", {"plan": "lite"}), lambda: admin.put(archive))
    assert downgrade.status == 200
    shown = admin.get(path).json()["add_ons"]["newsletter_archive"]["entitlement"]
    assert (activate.status, shown) in ((409, "inactive"), (200, "active"))


def test_twenty_upgrades_at_once_are_one_first_payment(admin: Api) -> None:
    path, _ = made(admin, plan="trial")
    plans = ["lite", "standard", "premium"]
    acts = [lambda plan=plans[n % 3]: admin.put(f"{path}/plan", {"plan": plan}) for n in range(AT_ONCE)]
    assert statuses(at_once(*acts)) == {200: AT_ONCE}
    account = admin.get(path).json()
    assert (account["status"], account["initial_upgrade_on"]) == ("O", TODAY)
    first = [
        change
        for entry in admin.get(f"/audit?account_id={account['account_id']}").json()["items"]
        for change in entry["changes"]
        if change["field"] == "initial_upgrade_on" and change["new"]
    ]
    assert [item["new"] for item in first] == [TODAY]


def test_cancelling_reactivating_and_switching_at_once_keeps_every_number(admin: Api) -> None:
    path, _ = made(admin)
    acts = [
        lambda: admin.put(f"{path}/cancellation", {"reason": "poor_results"}),
        lambda: admin.put(f"{path}/plan", {"plan": "premium"}),
        lambda: admin.put(f"{path}/add-ons/seo"),
        lambda: admin.put(f"{path}/billing-mode", {"billing_mode": "direct"}),
    ] * 3
    assert set(statuses(at_once(*acts))) <= {200, 403, 409}
    account = admin.get(path).json()
    listed = [item["account_id"] for item in admin.get("/departures").json()["items"]]
    assert (account["account_id"] in listed) is (account["status"] == "C")


def test_two_moves_at_once_are_one(admin: Api, operator: Api, place: EmbeddedStack) -> None:
    path, _ = made(admin)
    other = place.info.user("partner_admin", second=True)
    consent = {"given_by": "R", "given_at": "2026-11-01T00:00:00Z", "evidence": "T-1"}
    move = {"to_partner_id": other.partner_id, "qualifies": True, "consent": consent}
    answers = at_once(*[lambda: operator.post(f"{path}/moves", move)] * 2)
    assert statuses(answers) == {200: 1, 404: 1}
    assert admin.get(path).status == 404
    assert place.http(other).get(path).status == 200


def test_two_last_admins_who_remove_each_other_leave_one(operator: Api, place: EmbeddedStack) -> None:
    consent = {"name": "Races of admins"}
    partner_id = operator.post("/partners", consent).json()["partner_id"]
    team = [joined(place, operator, partner_id) for _ in range(2)]
    answers = at_once(*[lambda owned=item: operator.delete(f"/team/{owned}", Partner_Id=partner_id) for item in team])
    assert statuses(answers) == {204: 1, 409: 1}
    left = operator.get("/team", Partner_Id=partner_id).json()["items"]
    assert [item["role"] for item in left] == ["partner_admin"]


def test_bad_input_has_its_own_answers(admin: Api, operator: Api, platform: Api, place: EmbeddedStack) -> None:
    path, _ = made(admin)
    _, other = made(admin)
    past = admin.put(f"{path}/cancellation", {"reason": "poor_results", "effective_on": "2026-11-04"})
    assert (past.status, past.json()["errors"][0]["pointer"]) == (422, "/effective_on")
    lifted = operator.delete(f"{path}/holds/compliance")
    assert (lifted.status, lifted.json()["type"]) == (409, "/problems/conflict")
    stale = admin.patch(path, {"organization": "New"}, If_Match='"7"')
    assert (stale.status, stale.json()["type"]) == (412, "/problems/changed")
    assert admin.patch(path, {"organization": "New"}).status == 428
    foreign = platform.put(f"{path}/plan", {"plan": "lite"}, Acting_For=other)
    assert (foreign.status, foreign.json()["type"]) == (404, "/problems/not-found")
    viewer = place.http("partner_viewer")
    assert viewer.put(f"{path}/add-ons/seo").status == 403
    assert viewer.get(path).status == 200


def test_of_changes_to_one_version_at_once_one_is_written(admin: Api) -> None:
    path, _ = made(admin)
    acts = [
        lambda name=f"Name {number}": admin.patch(path, {"organization": name}, If_Match='"1"') for number in range(5)
    ]
    assert statuses(at_once(*acts)) == {200: 1, 412: 4}
