"""A file comes in row by row: what is good is written, what is bad is listed, and every row is accounted for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.accounts.accounts import Account, AccountType, BillingMode, Status
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.bonuses import Bonus
from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.accounts.departures import Departure
from chalicelib.domain.accounts.search_words import search_words
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.changes import Change, Insert
from chalicelib.domain.imports.columns import OPTIONAL_PROFILE_COLUMNS, PROFILE_COLUMNS, ImportKind
from chalicelib.domain.imports.imports import Import, ImportCounts, ImportStatus, ImportTurn
from chalicelib.domain.kernel.usernames import UsernameClaim
from chalicelib.domain.partners.partners import Partner, Terms
from chalicelib.services.accounts import accounts
from chalicelib.services.rate_limiter import RateLimiter
from chalicelib.services.transactions import retry_on_conflict
from tests.fakes import FakePorts
from tests.unit.domain.imports.portfolio_rows import CANCELLED, EXPIRED, OPEN, TRIAL
from tests.unit.services.imports.importing import (
    ADMIN,
    OPERATOR,
    OTHER,
    PARTNER,
    as_file,
    book,
    brought_in,
    clients,
    consequences,
    now,
    result,
    started,
    work,
)

SAMPLE = (Path(__file__).parents[4] / "sample" / "portfolio.csv").read_bytes()
MANAGED = ImportKind.MANAGED_ACCOUNTS


@pytest.fixture(scope="module")
def sample() -> tuple[FakePorts, Import]:
    ports = book()
    ports.now = datetime(2026, 11, 1, 12, tzinfo=UTC)
    return ports, brought_in(ports, SAMPLE)


def test_the_sample_comes_in_whole(sample: tuple[FakePorts, Import]) -> None:
    ports, done = sample
    assert done.status is ImportStatus.DONE
    assert done.counts == ImportCounts(rows=7_043, created=5_831, adjusted=1_212)
    assert (done.total_rows, done.progress) == (7_043, 100)
    assert result(ports, done) == []
    summary = ports.counters.summary(PARTNER)
    assert {
        (status.value, kind.value): summary.of(status, kind) for status in Status for kind in AccountType
    } == {
        ("O", "managed"): 2706, ("O", "referred"): 2318, ("T", "managed"): 9, ("T", "referred"): 2,
        ("E", "managed"): 18, ("E", "referred"): 121, ("C", "managed"): 669, ("C", "referred"): 1200,
    }  # fmt: skip
    ports.book.assert_counted()


def test_the_samples_bonuses_and_departures_are_written_with_it(sample: tuple[FakePorts, Import]) -> None:
    ports, _ = sample
    earned = {item.account_id for item in ports.book.all(Account) if item.bonus_status is BonusStatus.EARNED}
    assert {item.account_id for item in ports.book.all(Bonus)} == earned
    assert all(item.notified for item in ports.book.all(Bonus))
    assert len(ports.book.all(Departure)) == 1_869


def test_the_same_file_again_changes_nothing(sample: tuple[FakePorts, Import]) -> None:
    ports, _ = sample
    before = consequences(ports)
    again = brought_in(ports, SAMPLE)
    assert again.counts == ImportCounts(rows=7_043, unchanged=7_043)
    assert consequences(ports) == before


@pytest.mark.slow
def test_the_same_file_for_another_partner_is_rejected_row_by_row(sample: tuple[FakePorts, Import]) -> None:
    ports, _ = sample
    before = consequences(ports)
    other = replace(OPERATOR, partner_id=OTHER)
    running = started(ports, SAMPLE, by=other)
    work(ports)
    done = now(ports, running)
    assert done.counts == ImportCounts(rows=7_043, rejected=7_043)
    lines = result(ports, done)
    assert [int(line["line"]) for line in lines] == list(range(2, 7_045))
    assert {(line["column"], line["reason"]) for line in lines} == {
        ("username", "This username is taken. Usernames are unique over the whole platform.")
    }
    assert consequences(ports) == before


def test_each_row_has_its_own_fate() -> None:
    ports = book()
    ports.book.put(UsernameClaim("mine-already", PARTNER, "acct_1"), UsernameClaim("theirs-already", OTHER, "acct_2"))
    rows = [
        {**OPEN, "username": "new-and-right"},
        {**CANCELLED, "username": "adjusted-one", "add_ons": "sms"},
        {**OPEN, "username": "MINE-already", "organization": "Another name"},
        {**OPEN, "username": "Theirs-Already"},
        {**OPEN, "username": "wrong-plan", "plan": "gold", "status": "o"},
        {**OPEN, "username": "new-and-RIGHT"},
        {**EXPIRED, "username": "expired-one"},
        {**TRIAL, "username": "trial-one"},
    ]
    done = brought_in(ports, as_file(rows))
    assert done.counts == ImportCounts(rows=8, created=3, adjusted=1, unchanged=1, rejected=3)
    assert [(line["line"], line["username"], line["column"]) for line in result(ports, done)] == [
        ("5", "Theirs-Already", "username"),
        ("6", "wrong-plan", "status"),
        ("6", "wrong-plan", "plan"),
        ("7", "new-and-RIGHT", "username"),
    ]
    assert {item.username for item in ports.book.all(Account)} == {
        "new-and-right", "adjusted-one", "expired-one", "trial-one",
    }  # fmt: skip


def test_one_bad_row_costs_no_other() -> None:
    ports = book()
    rows = clients(200)
    rows[100]["plan"] = "gold"
    done = brought_in(ports, as_file(rows))
    assert done.counts == ImportCounts(rows=200, created=199, rejected=1)
    assert [line["line"] for line in result(ports, done)] == ["102"]


def test_rejected_rows_are_all_listed_however_many() -> None:
    ports = book()
    rows = clients(3_000, plan="gold")
    for number in range(0, 3_000, 7):
        rows[number]["plan"] = "lite"
    done = brought_in(ports, as_file(rows))
    bad = [number + 2 for number in range(3_000) if number % 7]
    assert [int(line["line"]) for line in result(ports, done)] == bad
    assert done.counts.rejected == len(bad)
    assert done.rejections.parts > 1


def words_in(change: Change[Any]) -> int:
    """How many rows of the search index a change writes."""
    accounts = (write.entity for write in change.writes if isinstance(write, Insert))
    return sum(len(search_words(item)) for item in accounts if isinstance(item, Account))


def test_a_transaction_is_never_too_large_and_carries_counter_audit_and_progress() -> None:
    ports = book()
    history = clients(150, created_on="2024-01-02", trial_ends_on="", initial_upgrade_on="2024-02-01")
    for row in history[::2]:
        row |= {"status": "C", "cancelled_on": "2024-09-01", "cancel_reason": "poor_results"}
    brought_in(ports, as_file(history))
    written = [
        change for change in ports.transaction_writer.committed if any(_is(write, Account) for write in change.writes)
    ]
    assert len(written) > 4
    for change in written:
        assert len(change.writes) <= 100
        assert [type(write).__name__ for write in change.writes].count("Count") == 1
        assert sum(1 for write in change.writes if _is(write, AuditEntry)) == 1
        assert isinstance(change.result, Import)
    assert max(len(change.writes) + words_in(change) for change in written) > 90


def test_a_transaction_of_the_longest_rows_is_far_below_four_megabytes() -> None:
    ports = book()
    longest = {
        **CANCELLED,
        "organization": "株" * 120,
        "owner_first_name": "株" * 60,
        "owner_last_name": "株" * 60,
        "owner_email": f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.example",
        "partner_account_id": "株" * 80,
    }
    done = brought_in(ports, as_file({**longest, "username": f"{number:050}"} for number in range(60)))
    assert done.counts.created == 60
    sizes = [sum(len(repr(write).encode()) for write in change.writes) for change in ports.transaction_writer.committed]
    assert 30_000 < max(sizes) < 400_000


def _is(write: object, kind: type) -> bool:
    return isinstance(write, Insert) and isinstance(write.entity, kind)


def test_the_trail_tells_of_each_batch_and_holds_no_personal_data() -> None:
    ports = book()
    brought_in(ports, as_file([*clients(40), {**CANCELLED, "add_ons": "seo"}]))
    entries = [item for item in ports.book.all(AuditEntry) if item.kind == "import.accounts_written"]
    expected = [{change.field: change.new for change in entry.changes} for entry in entries]
    lines = [tuple(map(int, str(item["lines"]).split("-"))) for item in expected]
    assert [first for first, _ in lines] == [2, *(last + 1 for _, last in lines[:-1])]
    assert lines[-1][1] == 42
    assert [item["accounts"] for item in expected] == [str(last - first + 1) for first, last in lines]
    assert [item["adjusted"] for item in expected] == [*["0"] * (len(lines) - 1), "1"]
    assert {(entry.subject, entry.role) for entry in entries} == {("operator", "operator")}
    trail = repr(ports.book.all(AuditEntry))
    assert "ada@example.com" not in trail
    assert "Baker" not in trail


def test_single_bill_is_dropped_where_the_partners_terms_do_not_have_it() -> None:
    ports = book()
    ports.book.put(
        Partner(partner_id=PARTNER, name="Bright", created_at=ports.now, terms=Terms(single_bill_enabled=False))
    )
    done = brought_in(ports, as_file(clients(3)))
    assert done.counts == ImportCounts(rows=3, adjusted=3)
    assert {item.billing_mode for item in ports.book.all(Account)} == {BillingMode.DIRECT}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "The file is empty"),
        (as_file(clients(3)).replace(b"plan", b"tariff", 1), "Unknown columns: 'tariff'"),
        (as_file(clients(3)) + "Café".encode("latin-1"), "Line 5 is not UTF-8"),
    ],
)
def test_a_file_that_is_useless_as_a_whole_fails_with_a_sentence_and_leaves_nothing(
    content: bytes, expected: str
) -> None:
    ports = book()
    failed = brought_in(ports, content)
    assert failed.status is ImportStatus.FAILED
    assert expected in str(failed.reason)
    assert ports.book.all(Account) == []
    assert ports.book.all(ImportTurn) == []


def test_a_header_alone_is_done_with_nothing() -> None:
    ports = book()
    done = brought_in(ports, as_file([]))
    assert (done.status, done.counts, done.progress) == (ImportStatus.DONE, ImportCounts(), 100)
    assert result(ports, done) == []


def test_formula_cells_come_in_as_the_text_they_are() -> None:
    ports = book()
    brought_in(
        ports, as_file([{**OPEN, "organization": "'=1+1"}, {**OPEN, "username": "'@second", "organization": "=1"}])
    )
    assert {(item.username, item.organization) for item in ports.book.all(Account)} == {
        ("acme-bakery", "=1+1"), ("@second", "=1"),
    }  # fmt: skip


def managed(**changed: str) -> dict[str, str]:
    row = {name: OPEN[name] for name in PROFILE_COLUMNS}
    return {**row, "plan": "", "website": "", "owner_phone": "", **changed}


def test_managed_accounts_are_created_by_the_same_rules_as_one() -> None:
    ports = book()
    rows = [
        managed(username="on-trial", website="https://acme.example", owner_phone="+1 555 0100"),
        managed(username="paid-today", plan="premium"),
    ]
    running = started(ports, as_file(rows, PROFILE_COLUMNS + OPTIONAL_PROFILE_COLUMNS), MANAGED, ADMIN)
    work(ports)
    assert now(ports, running).counts == ImportCounts(rows=2, created=2)
    by_name = {item.username: item for item in ports.book.all(Account)}
    for name in ("on-trial", "paid-today"):
        plan = by_name[name].plan
        new = accounts.NewAccount(username=f"{name}-1", profile=accounts.profile_of(by_name[name]), plan=plan)
        alone = retry_on_conflict(ports.transaction_writer, lambda new=new: accounts.create(ports, ADMIN, new))
        assert replace(alone, account_id=by_name[name].account_id, username=name) == by_name[name]
    assert by_name["on-trial"].trial_ends_on == date(2027, 1, 4)
    assert by_name["on-trial"].owner.phone == "+1 555 0100"
    assert by_name["paid-today"].billing_mode is BillingMode.SINGLE_BILL
    assert by_name["paid-today"].bonus_status is BonusStatus.TRACKING
    ports.book.assert_counted()


def test_managed_accounts_need_no_optional_column() -> None:
    ports = book()
    content = (",".join(PROFILE_COLUMNS) + "\r\n" + ",".join(managed()[name] for name in PROFILE_COLUMNS)).encode()
    assert brought_in(ports, content, MANAGED).counts == ImportCounts(rows=1, created=1)


def test_a_username_that_is_taken_just_before_the_batch_is_written_costs_its_own_row_alone() -> None:
    ports = book()
    running = started(ports, as_file(clients(20)))
    thief = UsernameClaim("client-000007", OTHER, "acct_other")
    ports.transaction_writer.meanwhile = [lambda: None, lambda: None, lambda: ports.book.put(thief)]
    work(ports)
    done = now(ports, running)
    assert done.counts == ImportCounts(rows=20, created=19, rejected=1)
    assert [(line["line"], line["column"]) for line in result(ports, done)] == [("9", "username")]
    ports.book.assert_counted()


def test_a_username_that_this_partner_takes_meanwhile_is_unchanged() -> None:
    ports = book()
    running = started(ports, as_file(clients(20)))
    mine = UsernameClaim("client-000007", PARTNER, "acct_mine")
    ports.transaction_writer.meanwhile = [lambda: None, lambda: None, lambda: ports.book.put(mine)]
    work(ports)
    assert now(ports, running).counts == ImportCounts(rows=20, created=19, unchanged=1)


def test_two_partners_with_one_file_at_the_same_moment_share_its_usernames() -> None:
    ports = book()
    rows = clients(100)
    first = started(ports, as_file(rows))
    second = started(ports, as_file(rows[50:]), by=replace(OPERATOR, partner_id=OTHER))
    messages = ports.import_queue.sent[:]
    ports.import_queue.sent = messages[:1]
    ports.transaction_writer.meanwhile = [lambda: None] * 3 + [lambda: _run_other(ports, messages[1])]
    work(ports)
    mine, theirs = now(ports, first), now(ports, second)
    assert theirs.counts == ImportCounts(rows=50, created=50)
    assert mine.counts == ImportCounts(rows=100, created=50, rejected=50)
    ports.book.assert_counted()


def _run_other(ports: FakePorts, message: tuple[str, object]) -> None:
    meanwhile, ports.transaction_writer.meanwhile = ports.transaction_writer.meanwhile, []
    ports.import_queue.sent.append(message)  # type: ignore[arg-type]
    work(ports)
    ports.transaction_writer.meanwhile = meanwhile


def test_when_the_file_is_replaced_after_the_start_nothing_more_is_read() -> None:
    ports = book()
    running = started(ports, as_file(clients(20)))
    ports.files.kept[running.upload_key] = as_file(clients(30))
    work(ports)
    failed = now(ports, running)
    assert failed.status is ImportStatus.FAILED
    assert "replaced" in str(failed.reason)
    assert ports.book.all(Account) == []


def test_a_rate_is_kept_to() -> None:
    ports = book()
    waited: list[float] = []
    started(ports, as_file(clients(300)))
    work(ports, lambda: RateLimiter(100, tick=lambda: sum(waited), sleep=waited.append))
    assert sum(waited) == pytest.approx(3.0)


def test_when_its_time_is_up_a_worker_hands_over_and_the_next_goes_on() -> None:
    ports = book()
    running = started(ports, as_file(clients(1_700)))
    shifts: list[RateLimiter] = []
    work(ports, lambda: shifts.append(RateLimiter(0, shift=0)) or shifts[-1])
    done = now(ports, running)
    assert done.counts == ImportCounts(rows=1_700, created=1_700)
    assert len(shifts) == 5
    assert done.attempts <= 1


def test_progress_is_seen_while_it_runs() -> None:
    ports = book()
    running = started(ports, as_file(clients(500)))
    seen: list[tuple[int, int]] = []
    ports.transaction_writer.meanwhile = [
        lambda: seen.append((now(ports, running).progress, now(ports, running).counts.rows)) for _ in range(18)
    ]
    work(ports)
    assert seen == sorted(seen)
    assert len(set(seen)) > 10


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([OPEN, TRIAL, EXPIRED, CANCELLED]),
            st.sampled_from(["client-1", "CLIENT-1", "client-2", "client-3", "theirs-1", "x", "=1"]),
            st.dictionaries(
                st.sampled_from(sorted(OPEN)), st.one_of(st.text(max_size=9), st.sampled_from(["C", "sms"]))
            ),
        ),
        max_size=15,
    )
)
def test_every_row_counts_once_whatever_is_in_the_file(rows: list[tuple[dict[str, str], str, dict[str, str]]]) -> None:
    ports = book()
    ports.book.put(UsernameClaim("theirs-1", OTHER, "acct_theirs"))
    encodable = [
        {
            name: value.encode("utf-8", "replace").decode()
            for name, value in {**base, "username": name, **changed}.items()
        }
        for base, name, changed in rows
    ]
    done = brought_in(ports, as_file(encodable))
    assert done.status is ImportStatus.DONE
    counts = done.counts
    assert counts.rows == len(rows) == counts.created + counts.adjusted + counts.unchanged + counts.rejected
    assert counts.created + counts.adjusted == len(ports.book.all(Account))
    assert len({line["line"] for line in result(ports, done)}) == counts.rejected
    again = brought_in(ports, as_file(encodable))
    assert again.counts == ImportCounts(
        rows=counts.rows, unchanged=counts.rows - counts.rejected, rejected=counts.rejected
    )
    ports.book.assert_counted()


def test_add_ons_and_sms_arrive_as_the_programme_says() -> None:
    ports = book()
    brought_in(ports, as_file([{**OPEN, "plan": "premium", "add_ons": "sms|newsletter_archive"}]))
    (account,) = ports.book.all(Account)
    assert account.add_ons == {AddOn.SMS}
    assert not account.usable(AddOn.SMS)


def test_the_result_file_tells_spreadsheets_that_it_is_utf_8() -> None:
    ports = book()
    done = brought_in(ports, as_file([{**OPEN, "username": "ü"}]))
    assert ports.files.kept[done.result_key].startswith(b"\xef\xbb\xbfline,username,column,reason\r\n")
