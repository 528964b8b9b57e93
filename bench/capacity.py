"""What operations take of DynamoDB: calls, and read and write units counted by its published rules (`bench.metering`).

`python -m bench.capacity` runs them through the Lambda handlers on tables in memory. What an operation may take at most
stands in capacity.json: a tenth more is a miss. `python -m bench.capacity keep` writes that file anew.

The night is run over few partners, of two sizes; that a partner takes the same in both is checked, and that many times
over is the night of 10,000 partners with 1,000,000 accounts of which 2,000 are due.
"""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stdout
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from bench.in_memory import in_memory, put
from bench.results import Result, at_most, report
from chalicelib.domain.access import Role
from chalicelib.domain.kernel.money import Money
from chalicelib.services.bulk_operations.worker import run
from chalicelib.services.nightly_runs import settle_partner
from chalicelib.services.nightly_runs.bonus_notifications import notify_earned
from chalicelib.services.nightly_runs.nightly_runs import begin, finish_runs
from chalicelib.services.partners.overview import figures_of
from chalicelib.services.rate_limiter import RateLimiter
from tests.factories import PARTNER, TODAY, a_member, a_partner, an_account

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.metering import Meter, MeterCounts
    from chalicelib.bootstrap import Container
    from tests.api_client import ApiClient

KEPT = Path(__file__).with_name("capacity.json")
GROWTH = 1.1
PARTNERS, DUE = 10_000, 2_000
WHO_CALLS = {"Query members", "GetItem partners"}
"""What every request reads to know who calls, and for whom."""


def main(keep: str = "") -> int:
    """Measure all, and compare with what is kept."""
    with in_memory() as (client, meter, ports), redirect_stdout(StringIO()):
        figures = dict(operations(client, meter, ports)) | in_bulk(client, meter, ports)
        figures |= an_overview(meter, ports) | night(meter, ports)
    if keep:
        KEPT.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    kept: dict[str, float] = json.loads(KEPT.read_text(encoding="utf-8"))
    return report("capacity", (compared(name, value, kept) for name, value in figures.items()))


UNITS = {"read_units": "read units", "write_units": "write units", "reads": "calls"}
TARGETS = {
    "summary.reads": 1.0,
    "account_page.queries_of_accounts": 1.0,
    "account_page.items": 51.0,
    "search.read_units": 30.0,
    "search_of_one_account.read_units": 30.0,
    "overview.reads_a_partner": 10.0,
    "overview.read_units_a_partner": 8.0,
    "settlement.items_not_due": 0.0,
    "nightly.items": float(PARTNERS + DUE),
    "nightly.queries_a_quiet_partner": 1.0,
}
"""What has to hold whatever is kept. A page reads one item more than it shows, to know whether another follows."""


def compared(name: str, value: float, kept: dict[str, float]) -> Result:
    """A figure against its target, else against what is kept."""
    limit = TARGETS.get(name, kept.get(name, value) * GROWTH)
    return at_most(f"capacity.{name}", value, UNITS.get(name.rpartition(".")[2], "items"), limit)


def operations(client: ApiClient, meter: Meter, ports: Container) -> Iterator[tuple[str, float]]:
    """What each operation of the API takes."""
    put(ports, a_partner(settled_on=TODAY), a_member(subject="ann", role=Role.PARTNER_ADMIN))
    put(ports, *(an_account(account_id=f"acct_{n:026}", organization=f"Firm {n:03}") for n in range(60)))
    single = f"/accounts/acct_{0:026}"
    new = {"username": "new-firm", "organization": "New", "owner": OWNER}
    asked: dict[str, Callable[[], Any]] = {
        "summary": lambda: client.get("/summary"),
        "account_page": lambda: client.get("/accounts?limit=50"),
        "account": lambda: client.get(single),
        "ordered_page": lambda: client.get("/accounts?limit=50&sort=-list_size"),
        "page_by_organization": lambda: client.get("/accounts?limit=50&sort=organization"),
        "count_by_plan": lambda: client.get("/account-count?plan=standard"),
        "search": lambda: client.get("/accounts?q=byr&limit=50"),
        "search_of_two_words": lambda: client.get("/accounts?q=byron%20ada&limit=50"),
        "search_of_one_account": lambda: client.get("/accounts?q=firm%20007&limit=50"),
        "create_account": lambda: client.post("/accounts", new),
        "activate_add_on": lambda: client.put(f"{single}/add-ons/seo"),
        "change_profile": lambda: client.patch(single, {"organization": "Renamed House"}, version=2),
        "change_plan": lambda: client.put(f"{single}/plan", {"plan": "premium"}),
        "cancel": lambda: client.put(f"{single}/cancellation", {"reason": "poor_results"}),
    }
    for name, ask in asked.items():
        with meter.counting() as tally:
            answer = ask()
        assert answer.status < 300, (name, answer.text)
        yield from figures(name, tally)
        if name == "search":
            _require_the_same_in_a_larger_book(ports, meter, ask, tally)


def _require_the_same_in_a_larger_book(
    ports: Container, meter: Meter, ask: Callable[[], Any], before: MeterCounts
) -> None:
    put(ports, *(an_account(organization=f"Larger {n:03}") for n in range(60)))
    with meter.counting() as tally:
        ask()
    assert (tally.reads, tally.items, tally.read_units) == (before.reads, before.items, before.read_units)


def an_overview(meter: Meter, ports: Container) -> dict[str, float]:
    """What the figures of one partner take, among two books of different sizes; the list of partners counted apart."""
    taken = []
    for more in (3, 60):
        partner_id = f"prt_seen_{more:02}"
        put(ports, a_partner(partner_id=partner_id, name=f"{partner_id}"))
        put(ports, *(an_account(partner_id=partner_id, created_on=TODAY - timedelta(days=400)) for _ in range(more)))
        with meter.counting() as tally:
            figures_of(ports, ports.partners.get(partner_id))
        taken.append(tally)
    small, large = taken
    assert (small.reads, small.read_units) == (large.reads, large.read_units), "It takes the same whatever the book."
    return {"overview.reads_a_partner": large.reads - 1, "overview.read_units_a_partner": large.read_units}


OWNER = {"first_name": "Ada", "last_name": "Byron", "email": "ada@firm.example", "phone": "+1 555 0100"}


def figures(name: str, tally: MeterCounts) -> Iterator[tuple[str, float]]:
    """An operation's figures; reading who calls is left out of its reads and items, and is in its units."""
    existing = sum(tally.calls[call] for call in WHO_CALLS)
    yield f"{name}.reads", tally.reads - existing
    if name == "account_page":
        yield f"{name}.queries_of_accounts", tally.calls["Query accounts"]
    yield f"{name}.items", tally.items - existing
    yield f"{name}.read_units", tally.read_units
    yield f"{name}.write_units", tally.write_units


def in_bulk(client: ApiClient, meter: Meter, ports: Container) -> dict[str, float]:
    """What one account of a bulk operation takes: an add-on that is activated, and a change that is refused."""
    put(ports, *(an_account(account_id=f"acct_bulk{n:022}") for n in range(60)))

    def worked(first: int, accounts: int) -> MeterCounts:
        names = [f"acct_bulk{n:022}" for n in range(first, first + accounts)]
        asked = {"operation": "activate_add_on", "arguments": {"add_on": "seo"}, "accounts": names}
        made = client.post("/bulk-operations", asked, key=f"bulk-{first}").json
        with meter.counting() as tally:
            ended = run(ports, PARTNER, made["bulk_operation_id"], RateLimiter(0))
        assert ended is not None
        assert ended.counts.done == accounts
        return tally

    few, many, refused, refused_many = worked(0, 10), worked(10, 40), worked(1_000, 10), worked(2_000, 40)
    return {
        "bulk_operation.reads_an_account": (many.reads - few.reads) / 30,
        "bulk_operation.read_units": (many.read_units - few.read_units) / 30,
        "bulk_operation.write_units": (many.write_units - few.write_units) / 30,
        "bulk_operation_refused.write_units": (refused_many.write_units - refused.write_units) / 30,
    }


def night(meter: Meter, ports: Container) -> dict[str, float]:
    """What a night takes: begun over all partners, then spent by one of each kind, the mail counted apart."""
    small, large = (a_partners_book(ports, f"prt_quiet_{more}", more, due=0) for more in (3, 40))
    single, nine = (a_partners_book(ports, f"prt_due_{due}", 10, due) for due in (1, 9))
    put(ports, *(a_partner(partner_id=f"prt_{number:03}") for number in range(100)))
    partners = len(list(ports.partners.all()))
    with meter.counting() as begun:
        begin(ports)
    quiet, quiet_too = spent(meter, ports, small), spent(meter, ports, large)
    assert quiet == quiet_too, "A partner of whom nothing is due takes the same whatever its size."
    few, many = spent(meter, ports, single), spent(meter, ports, nine)
    with meter.counting() as look:
        finish_runs(ports)
    done = sum(1 for _ in ports.nightly_runs.partners(TODAY))

    def whole(figure: str) -> float:
        of_begun, of_quiet, of_few, of_many = (getattr(item, figure) for item in (begun, quiet, few, many))
        return float(PARTNERS * (of_begun / partners + of_quiet) + DUE * (of_many - of_few) / 8)

    return {
        "settlement.items_not_due": many.items - 9,
        "settlement.write_units": (many.write_units - few.write_units) / 8,
        "nightly.queries_a_quiet_partner": quiet.reads,
        "nightly.items": whole("items"),
        "nightly.read_units": whole("read_units"),
        "nightly.write_units": whole("write_units"),
        "nightly.items_when_its_end_is_looked_for": PARTNERS * look.items / (done + 1),
    }


def a_partners_book(ports: Container, partner_id: str, accounts: int, due: int) -> str:
    """A partner with so many accounts, and as many more that earn their bonus today as are to be due."""
    day_95 = TODAY - timedelta(days=95)
    earning = (an_account(partner_id=partner_id, initial_upgrade_on=day_95) for _ in range(due))
    put(ports, a_partner(partner_id=partner_id), *earning)
    put(ports, *(an_account(partner_id=partner_id) for _ in range(accounts)))
    return partner_id


def spent(meter: Meter, ports: Container, partner_id: str) -> MeterCounts:
    """What a partner's night takes, the mail apart."""

    def apart(*arguments: Any) -> Any:
        with meter.counting():
            return notify_earned(*arguments)

    with meter.counting() as tally, patch.object(settle_partner, "notify_earned", apart):
        settle_partner.settle_partner(ports, partner_id, TODAY, Money(5_000, "USD"))
    return tally


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
