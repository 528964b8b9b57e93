"""Departures as figures: by week and by reason, as the list has them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.codes import CancelReason
from chalicelib.domain.accounts.departures import Event, counted, departure_of
from tests.factories import TODAY, an_account

if TYPE_CHECKING:
    from tests.api_client import ApiClient
    from tests.fakes import FakePorts

LEFT = (
    (0, Event.CANCELLATION, CancelReason.POOR_RESULTS),
    (6, Event.CANCELLATION, CancelReason.POOR_RESULTS),
    (7, Event.MOVE_OUT, None),
    (90, Event.CANCELLATION, CancelReason.COST_TOO_HIGH),
)


def test_each_departure_is_in_its_week_and_under_its_reason() -> None:
    left = [departure_of(an_account(), event, TODAY - timedelta(days=ago), reason) for ago, event, reason in LEFT]
    counts = counted(left, TODAY)
    assert len(counts.weeks) == 13
    assert counts.weeks[-1].first == TODAY - timedelta(days=6)
    assert [(week.cancellations, week.move_outs) for week in counts.weeks if week.cancellations or week.move_outs] == [
        (1, 0),
        (0, 1),
        (2, 0),
    ]
    assert counts.reasons[0] == (CancelReason.POOR_RESULTS, 2)
    assert dict(counts.reasons)[None] == 1


def test_the_counts_are_those_of_the_list(admin: ApiClient, ports: FakePorts) -> None:
    day = ports.clock().date()
    ports.book.put(
        *(
            departure_of(an_account(partner_id="prt_acme"), event, day - timedelta(days=ago), reason)
            for ago, event, reason in (*LEFT, (91, Event.CANCELLATION, CancelReason.POOR_RESULTS))
        )
    )
    listed, counts = admin.get("/departures").json, admin.get("/departure-counts").json
    assert counts["total"] == len(listed["items"]) == len(LEFT)
    assert (counts["first"], counts["last"]) == (listed["first"], listed["last"])
    assert sum(week["cancellations"] + week["move_outs"] for week in counts["weeks"]) == len(LEFT)
    assert sum(item["count"] for item in counts["reasons"]) == len(LEFT)
