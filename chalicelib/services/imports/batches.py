"""What becomes of rows, and which of them fit into one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.counters import difference
from chalicelib.domain.accounts.erasures import retired
from chalicelib.domain.audit import AuditKind, entry
from chalicelib.domain.changes import Count, Insert
from chalicelib.domain.imports.accounts_from_rows import ImportedAccount, account_of_row
from chalicelib.domain.imports.cells import Problem
from chalicelib.domain.imports.result_file import rejection
from chalicelib.domain.imports.rows import ManagedAccountRow
from chalicelib.domain.kernel import ids
from chalicelib.domain.kernel.errors import AlreadyExists
from chalicelib.domain.kernel.usernames import claim
from chalicelib.services.accounts.accounts import NewAccount, new_account

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from chalicelib.domain.access import Actor
    from chalicelib.domain.changes import Write
    from chalicelib.domain.imports.file import FileRow
    from chalicelib.domain.imports.imports import ImportCounts
    from chalicelib.domain.imports.portfolio_row import PortfolioRow
    from chalicelib.domain.kernel.usernames import UsernameClaim, UsernameStore
    from chalicelib.domain.partners.partners import Partner

MAX_ROWS_PER_TRANSACTION = 97
"""Of a transaction's hundred items, the import itself, a counter and an audit entry take three."""
TAKEN = "This username is taken. Usernames are unique over the whole platform."


@dataclass(frozen=True, slots=True)
class AccountsWritten:
    """What the audit trail says of one batch."""

    import_id: str
    lines: str
    accounts: int
    adjusted: int


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """A row and what becomes of it: it is new, or it is rejected, or else it is there already."""

    row: FileRow
    new: ImportedAccount | None = None
    rejection: str = ""

    @property
    def items(self) -> int:
        """How many items of a transaction it needs."""
        return self.new.items if self.new else 0


def classify_rows(usernames: UsernameStore, partner: Partner, rows: Sequence[FileRow], today: date) -> list[RowOutcome]:
    """Return what becomes of these rows as things stand, read strongly consistent."""
    names = [row.username for row in rows if row.read]
    claims = usernames.find_many(names) | {name: retired(name) for name in usernames.retired(names)}
    return [_classified(row, claims.get(row.username.casefold()), partner, today) for row in rows]


def _classified(row: FileRow, taken: UsernameClaim | None, partner: Partner, today: date) -> RowOutcome:
    if row.read is None:
        return RowOutcome(row, rejection=rejection(row.line, row.username, row.problems))
    if taken is None:
        return RowOutcome(row, new=_new(row.read, partner, today))
    if taken.partner_id == partner.partner_id:
        return RowOutcome(row)
    return RowOutcome(row, rejection=rejection(row.line, row.username, [Problem("username", TAKEN)]))


def _new(read: PortfolioRow | ManagedAccountRow, partner: Partner, today: date) -> ImportedAccount:
    if isinstance(read, ManagedAccountRow):
        new = NewAccount(username=read.username, profile=read.profile, plan=read.plan)
        return ImportedAccount(new_account(partner, new, today))
    return account_of_row(read, partner, ids.random_id("acct"), today)


def batches(outcomes: Iterable[RowOutcome]) -> Iterator[list[RowOutcome]]:
    """Yield the rows in their order, each batch as many as fit into one transaction."""
    batch: list[RowOutcome] = []
    items = 0
    for outcome in outcomes:
        if items + outcome.items > MAX_ROWS_PER_TRANSACTION:
            yield batch
            batch, items = [], 0
        batch.append(outcome)
        items += outcome.items
    if batch:
        yield batch


def counted(before: ImportCounts, batch: Sequence[RowOutcome]) -> ImportCounts:
    """Return the counts with these rows."""
    adjusted = sum(1 for item in batch if item.new and item.new.adjusted)
    written = sum(1 for item in batch if item.new)
    rejected = sum(1 for item in batch if item.rejection)
    return replace(
        before,
        rows=before.rows + len(batch),
        created=before.created + written - adjusted,
        adjusted=before.adjusted + adjusted,
        unchanged=before.unchanged + len(batch) - written - rejected,
        rejected=before.rejected + rejected,
    )


def writes(batch: Sequence[RowOutcome]) -> Iterator[Write]:
    """Yield the new accounts of a batch with all that goes with them, and their one sum for the counters."""
    new = [outcome.new for outcome in batch if outcome.new]
    for item in new:
        yield from _writes(item)
    if new:
        accounts = [imported.account for imported in new]
        yield Count(accounts[0].partner_id, difference([], accounts))


def _writes(new: ImportedAccount) -> Iterator[Write]:
    account = new.account
    yield Insert(account)
    yield Insert(claim(account.username, account.partner_id, account.account_id), AlreadyExists(TAKEN))
    yield from (Insert(thing) for thing in (new.bonus, new.departure) if thing)


def audited(actor: Actor, at: datetime, import_id: str, batch: Sequence[RowOutcome]) -> Iterator[Write]:
    """Yield the one audit entry of a batch, if it holds new accounts."""
    new = [item for item in batch if item.new]
    if new:
        written = AccountsWritten(
            import_id=import_id,
            lines=f"{new[0].row.line}-{new[-1].row.line}",
            accounts=len(new),
            adjusted=sum(1 for item in new if item.new and item.new.adjusted),
        )
        yield Insert(entry(actor, at, AuditKind.IMPORT_ACCOUNTS_WRITTEN, after=written))
