"""Professional services: `requested → quoted → accepted | declined → in_progress → done`, or `withdrawn`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain.kernel.errors import Conflict, Forbidden, Invalid, NotFound, StaleVersion
from chalicelib.domain.kernel.money import Money
from chalicelib.domain.service_requests import ServiceKind, ServiceRequest, ServiceRequestStatus
from chalicelib.services import service_requests
from chalicelib.services.partners import partners
from chalicelib.services.service_requests import NewServiceRequest, ServiceChange
from tests.factories import an_account
from tests.scenario import ADMIN, ONE, OPERATOR, OTHER_ADMIN, Programme

if TYPE_CHECKING:
    from chalicelib.domain.access import Actor

REQUESTED, QUOTED, ACCEPTED = ServiceRequestStatus.REQUESTED, ServiceRequestStatus.QUOTED, ServiceRequestStatus.ACCEPTED
DECLINED, IN_PROGRESS, DONE = ServiceRequestStatus.DECLINED, ServiceRequestStatus.IN_PROGRESS, ServiceRequestStatus.DONE
WITHDRAWN = ServiceRequestStatus.WITHDRAWN
WAYS: dict[ServiceRequestStatus, list[tuple[Actor, dict[str, Any]]]] = {
    REQUESTED: [],
    QUOTED: [(OPERATOR, {"quote": 5_000})],
    ACCEPTED: [(OPERATOR, {"quote": 5_000}), (ADMIN, {"status": ACCEPTED})],
    DECLINED: [(OPERATOR, {"quote": 5_000}), (ADMIN, {"status": DECLINED})],
    IN_PROGRESS: [(OPERATOR, {"quote": 5_000}), (ADMIN, {"status": ACCEPTED}), (OPERATOR, {"status": IN_PROGRESS})],
    WITHDRAWN: [(ADMIN, {"status": WITHDRAWN})],
}
WAYS[DONE] = [*WAYS[IN_PROGRESS], (OPERATOR, {"status": DONE})]
PARTNERS_STEPS = {
    REQUESTED: {WITHDRAWN},
    QUOTED: {ACCEPTED, DECLINED, WITHDRAWN},
    ACCEPTED: {WITHDRAWN},
    DECLINED: set(),
    IN_PROGRESS: set(),
    DONE: set(),
    WITHDRAWN: set(),
}
OPERATORS_STEPS = {
    REQUESTED: set(),
    QUOTED: set(),
    ACCEPTED: {IN_PROGRESS},
    DECLINED: set(),
    IN_PROGRESS: {DONE},
    DONE: set(),
    WITHDRAWN: set(),
}
CASES = [
    (start, actor, to, to in steps[start])
    for actor, steps in ((ADMIN, PARTNERS_STEPS), (OPERATOR, OPERATORS_STEPS))
    for start in ServiceRequestStatus
    for to in ServiceRequestStatus
    if to is not start
]


def asked(programme: Programme, **text: Any) -> ServiceRequest:
    new = {"account_id": programme.an_account().account_id, "kind": ServiceKind.TEMPLATE_DESIGN, "brief": "A template."}
    return programme.do(service_requests.ask, ADMIN, NewServiceRequest(**(new | text)))


def change(programme: Programme, request: ServiceRequest, actor: Actor, **text: Any) -> ServiceRequest:
    version = programme.ports.service_requests.get(ONE, request.service_request_id).version
    return programme.do(service_requests.change, actor, request.service_request_id, version, ServiceChange(**text))


def in_state(programme: Programme, state: ServiceRequestStatus) -> ServiceRequest:
    request = asked(programme)
    for actor, text in WAYS[state]:
        request = change(programme, request, actor, **text)
    assert request.status is state
    return request


@pytest.mark.parametrize(("start", "actor", "to", "may"), CASES)
def test_each_side_takes_the_steps_that_are_its_own(
    programme: Programme, start: ServiceRequestStatus, actor: Actor, to: ServiceRequestStatus, may: bool
) -> None:
    request = in_state(programme, start)
    if may:
        assert change(programme, request, actor, status=to).status is to
    else:
        with pytest.raises(Conflict):
            change(programme, request, actor, status=to)


@pytest.mark.parametrize("state", ServiceRequestStatus)
def test_it_is_quoted_only_while_the_partner_has_not_answered(
    programme: Programme, state: ServiceRequestStatus
) -> None:
    request = in_state(programme, state)
    if state in (REQUESTED, QUOTED):
        assert change(programme, request, OPERATOR, quote=7_000).quote == Money(7_000, "USD")
    else:
        with pytest.raises(Conflict):
            change(programme, request, OPERATOR, quote=7_000)


def test_the_partner_sets_its_own_price_and_sees_its_margin(programme: Programme) -> None:
    request = asked(programme)
    assert change(programme, request, ADMIN, price=8_000).margin is None
    quoted = change(programme, request, OPERATOR, quote=5_000)
    assert quoted.margin == Money(3_000, "USD")
    assert change(programme, request, ADMIN, price=4_000).margin == Money(-1_000, "USD")


def test_there_is_no_margin_between_two_currencies(programme: Programme) -> None:
    request = in_state(programme, QUOTED)
    in_euro = partners.PartnerChange(terms={"bonus": Money(1, "EUR")})
    programme.do(partners.change, OPERATOR, ONE, 1, in_euro)
    assert change(programme, request, ADMIN, price=8_000).margin is None


def test_the_client_may_be_contacted_only_where_the_partner_says_so(programme: Programme) -> None:
    request = asked(programme)
    assert not request.may_contact_client
    assert change(programme, request, ADMIN, may_contact_client=True).may_contact_client
    assert asked(programme, may_contact_client=True).may_contact_client


@pytest.mark.parametrize(
    ("actor", "text"), [(ADMIN, {"quote": 1}), (OPERATOR, {"price": 1}), (OPERATOR, {"may_contact_client": True})]
)
def test_neither_side_speaks_for_the_other(programme: Programme, actor: Actor, text: dict[str, Any]) -> None:
    with pytest.raises(Forbidden):
        change(programme, asked(programme), actor, **text)


@pytest.mark.parametrize("text", [{"brief": " "}, {"brief": "x" * 4001}, {"budget": 0}, {"budget": 100_000_001}])
def test_brief_and_budget_are_judged(programme: Programme, text: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        asked(programme, **text)


def test_nothing_is_asked_for_on_an_account_that_is_cancelled_or_not_ones_own(programme: Programme) -> None:
    account = programme.an_account()
    programme.cancel(account)
    with pytest.raises(Conflict):
        asked(programme, account_id=account.account_id)
    for account_id in (programme.has(an_account(partner_id=OTHER_ADMIN.partner_id)).account_id, "acct_none"):
        with pytest.raises(NotFound):
            asked(programme, account_id=account_id)


def test_another_partners_request_is_not_there(programme: Programme) -> None:
    request = asked(programme)
    with pytest.raises(NotFound):
        programme.do(
            service_requests.change, OTHER_ADMIN, request.service_request_id, 1, ServiceChange(status=WITHDRAWN)
        )


def test_after_a_move_it_is_moved_on_by_nobody(programme: Programme) -> None:
    account = programme.an_account()
    request = asked(programme, account_id=account.account_id)
    programme.move(account)
    for actor in (ADMIN, OPERATOR):
        with pytest.raises(NotFound):
            change(programme, request, actor, status=WITHDRAWN)


def test_a_change_of_what_has_changed_meanwhile_is_refused(programme: Programme) -> None:
    request = in_state(programme, QUOTED)
    with pytest.raises(StaleVersion):
        programme.do(service_requests.change, ADMIN, request.service_request_id, 1, ServiceChange(status=ACCEPTED))
    programme.ports.transaction_writer.meanwhile.append(
        lambda: change(programme, request, OPERATOR, quote=9_000) and None
    )
    with pytest.raises(StaleVersion):
        change(programme, request, ADMIN, status=ACCEPTED)


def test_saying_nothing_new_changes_nothing(programme: Programme) -> None:
    request = asked(programme)
    assert change(programme, request, ADMIN, status=REQUESTED, may_contact_client=False) == request


def test_the_trail_keeps_states_and_money_but_not_what_was_written(programme: Programme) -> None:
    request = asked(programme, brief="Call Ada at home.")
    change(programme, request, OPERATOR, quote=5_000)
    assert programme.kinds() == ["service.requested", "service.changed"]
    reported = {item.field: (item.old, item.new) for item in programme.trail()[-1].changes}
    assert reported["status"] == ("requested", "quoted")
    assert "Call Ada" not in str(programme.trail())
