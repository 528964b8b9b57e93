"""Activity that the platform reports."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from chalicelib.api.http.answer import Answer
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import Body, Key, NoQuery, View
from chalicelib.api.http.request import Request
from chalicelib.domain.accounts.accounts import MAX_COUNT, Activity, latest_activity_day
from chalicelib.domain.changes import Change
from chalicelib.domain.kernel.errors import FieldError, Invalid
from chalicelib.services.accounts import activity
from chalicelib.services.accounts.activity import MAX_REPORTS, ActivityReport, Outcome

blueprint = Blueprint(__name__)

Count = Annotated[int, Meta(ge=0, le=MAX_COUNT)]


class ActivityBody(Body):
    """Absolute values, and when they were true."""

    username: Key
    as_of: datetime
    list_size: Count
    login_count: Count
    campaigns_sent: Count
    last_login_on: date | None = None
    last_campaign_on: date | None = None


class ActivityBatch(Body):
    """Reports of activity on several accounts."""

    reports: Annotated[list[ActivityBody], Meta(min_length=1, max_length=MAX_REPORTS)]
    """At most 500 reports, each of one account."""


class ActivityOutcome(View):
    """What became of one report."""

    outcome: Outcome
    """What became of it."""
    username: str | UnsetType = UNSET
    """The account's username; left out where there is no such account."""


class ActivityOutcomes(View):
    """What became of each report."""

    items: list[ActivityOutcome]
    """In the order of the reports."""


def with_usernames(request: Request[ActivityBatch, NoQuery], view: ActivityOutcomes) -> ActivityOutcomes:
    """Return the outcomes with the usernames they belong to, which the kept answer leaves out to stay small."""
    return ActivityOutcomes(
        items=[
            ActivityOutcome(username=report.username, outcome=item.outcome)
            for report, item in zip(request.body.reports, view.items, strict=True)
        ]
    )


@blueprint.operation("report_activity", "POST /activity", enrich_response=with_usernames)
def report_activity(request: Request[ActivityBatch, NoQuery]) -> Answer[ActivityOutcomes]:
    """Note the activity of up to 500 accounts; an older report never overwrites a newer one."""
    reports = request.body.reports
    _require_true_by_now(request, reports)
    outcomes = activity.report(request.ports, request.actor, [_report(report) for report in reports])
    return request.execute(
        lambda: Change((), outcomes),
        lambda outcomes: ActivityOutcomes(items=[ActivityOutcome(outcome=outcome) for outcome in outcomes]),
    )


def _require_true_by_now(request: Request[ActivityBatch, NoQuery], reports: list[ActivityBody]) -> None:
    now = request.ports.clock()
    Invalid.unless_none(
        [
            FieldError(f"/reports/{index}/as_of", "An instant with its offset is needed, and not one in the future.")
            for index, item in enumerate(reports)
            if item.as_of.tzinfo is None or item.as_of > now
        ]
    )
    Invalid.unless_none(
        [
            FieldError(f"/reports/{index}/{name}", "This day had not come yet at as_of, in any time zone.")
            for index, item in enumerate(reports)
            for name, day in (("last_login_on", item.last_login_on), ("last_campaign_on", item.last_campaign_on))
            if day is not None and day > latest_activity_day(item.as_of.astimezone(UTC).date())
        ]
    )


def _report(body: ActivityBody) -> ActivityReport:
    return ActivityReport(
        username=body.username,
        activity=Activity(
            list_size=body.list_size,
            login_count=body.login_count,
            last_login_on=body.last_login_on,
            campaigns_sent=body.campaigns_sent,
            last_campaign_on=body.last_campaign_on,
            as_of=body.as_of,
        ),
    )
