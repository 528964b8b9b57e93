"""The partner's data is its own: what the portfolio report exports, an import gives back, to the last apostrophe."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.imports.imports import ImportCounts
from chalicelib.domain.kernel import field_rules
from chalicelib.domain.kernel.text import normalized
from chalicelib.reports.request_validation import ReportInput
from chalicelib.services.report_runs import report_runs
from chalicelib.services.report_runs.worker import make
from chalicelib.services.transactions import retry_on_conflict
from tests.fakes import FakePorts
from tests.unit.domain.imports.portfolio_rows import CANCELLED, EXPIRED, OPEN, TRIAL
from tests.unit.services.imports.importing import OPERATOR, PARTNER, as_file, book, brought_in, consequences

SAMPLE = (Path(__file__).parents[4] / "sample" / "portfolio.csv").read_bytes()


def exported(ports: FakePorts) -> bytes:
    """The portfolio report as CSV."""
    run = retry_on_conflict(
        ports.transaction_writer,
        lambda: report_runs.request(ports, OPERATOR, ReportInput(report="portfolio", formats=["csv"])),
    )
    make(ports, PARTNER, run.report_run_id)
    (file,) = ports.report_runs.get(PARTNER, run.report_run_id).files
    return ports.files.kept[file.key]


def again(ports: FakePorts, content: bytes) -> tuple[FakePorts, ImportCounts]:
    """Another book that has only what the file says."""
    fresh = book()
    fresh.now = ports.now
    return fresh, brought_in(fresh, content).counts


@pytest.mark.slow
def test_the_sample_comes_back_whole() -> None:
    ports = book()
    ports.now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    brought_in(ports, SAMPLE)
    fresh, counts = again(ports, exported(ports))
    assert counts == ImportCounts(rows=7_043, created=7_043)
    assert consequences(fresh) == consequences(ports)


text = st.text(
    alphabet=st.one_of(st.sampled_from("=+-@'\"|,; \uff1d\u200b"), st.characters(exclude_categories=("Cc", "Cs"))),
    max_size=12,
).filter(lambda item: field_rules.OWNER_NAME.problem(item) is None)
rows = st.builds(
    lambda base, changed, add_ons: {**base, **changed, "add_ons": "|".join(sorted(add_ons))},
    st.sampled_from(
        [
            OPEN,
            TRIAL,
            EXPIRED,
            CANCELLED,
            {**OPEN, "plan": "premium"},
            {**OPEN, "account_type": "referred", "billing_mode": "direct", "trial_ends_on": ""},
            {**OPEN, "cancelled_on": "2026-12-24", "cancel_reason": "cost_too_high"},
            {**CANCELLED, "plan": "trial", "initial_upgrade_on": "", "owner_email": ""},
        ]
    ),
    st.fixed_dictionaries(
        {
            "organization": text.map(lambda item: f"{item}x"),
            "owner_first_name": text,
            "owner_last_name": text,
            "partner_account_id": text,
        }
    ),
    st.sets(st.sampled_from(["sms", "seo", "inbox_preview", "newsletter_archive"])),
)
usernames = st.builds("{}{:06}".format, st.sampled_from("@+-.a_"), st.integers(0, 999_999))


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(usernames, rows, min_size=1, max_size=8))
def test_importing_an_export_is_the_identity(book_of: dict[str, dict[str, str]]) -> None:
    ports = book()
    # A cell that begins with one apostrophe may be a guard of ours; a second one says that it is not.
    table = [
        {name: _guarded(cell) for name, cell in {**row, "username": name}.items()} for name, row in book_of.items()
    ]
    assert brought_in(ports, as_file(table)).counts.rejected == 0
    fresh, counts = again(ports, exported(ports))
    assert counts == ImportCounts(rows=len(book_of), created=len(book_of))
    assert consequences(fresh) == consequences(ports)
    names = {thing.organization for thing in fresh.book.things.values() if hasattr(thing, "organization")}
    assert names == {normalized(row["organization"]) for row in book_of.values()}


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith("'") else cell
