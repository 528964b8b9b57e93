"""The files of one attempt, all written from one reading: every batch goes through every format's encoder in turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.domain.report_runs.report_runs import ReportFile
from chalicelib.reports.catalogue import REPORTS
from chalicelib.reports.formats import CONTACTS, encoder, format_of
from chalicelib.reports.headings import file_name
from chalicelib.reports.table import Table
from chalicelib.reports.totals import Totals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import ExitStack

    from chalicelib.domain.kernel.files import FileStore, FileWriter
    from chalicelib.domain.report_runs.report_runs import ReportRun
    from chalicelib.reports.report import Batch, Report, ReportContext, ReportData, Sheet
    from chalicelib.reports.table import Encoder, Heading, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """One file that is being written."""

    format: str
    name: str
    key: str
    sheet: Sheet
    encoder: Encoder
    writer: FileWriter

    def write(self, pieces: Iterable[bytes]) -> None:
        """Send on what the encoder gives, as soon as it does."""
        for piece in pieces:
            self.writer.write(piece)

    @property
    def file(self) -> ReportFile:
        """What the run records of it."""
        return ReportFile(format=self.format, key=self.key, name=self.name, bytes=self.writer.size)


def open_outputs(stack: ExitStack, store: FileStore, run: ReportRun, heading: Heading) -> list[Output]:
    """Return an output for each format; their files are there once the stack ends well, and none if it fails."""
    return [_opened(stack, store, run, heading, name) for name in run.request.formats]


def _opened(stack: ExitStack, store: FileStore, run: ReportRun, heading: Heading, format_name: str) -> Output:
    report = REPORTS[run.request.report]
    sheet = report.contacts if report.contacts and format_name == CONTACTS.name else report.sheet
    name = file_name(run.request, format_name, heading.as_of, heading.time_zone)
    key = run.attempt_folder + name
    return Output(
        format=format_name,
        name=name,
        key=key,
        sheet=sheet,
        encoder=encoder(format_name, Table(heading, sheet.columns)),
        writer=stack.enter_context(store.create(key, format_of(format_name).media_type)),
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: how many rows, and the row under them."""

    rows: int
    total: Row | None


def read_into(
    outputs: Sequence[Output],
    report: Report,
    data: ReportData,
    context: ReportContext,
    on_progress: Callable[[int], None],
) -> Reading:
    """Read the report once, into all outputs; `on_progress` is called after each batch with how many rows there are."""
    totals, count = Totals(report.sheet.columns), 0
    batches = _reported(report.read(data, context), lambda: None if count else on_progress(0))
    arranged = report.arrange(batches, context)
    for output in outputs:
        output.write(output.encoder.start(arranged.front))
    for batch in arranged.batches:
        rows = report.sheet.rows(batch, context)
        for item in outputs:
            item.write(item.encoder.rows(rows if item.sheet is report.sheet else item.sheet.rows(batch, context)))
        if report.totalled:
            totals.add(rows)
        count += len(rows)
        on_progress(count)
    return Reading(count, totals.row if report.totalled else None)


def _reported(batches: Iterable[Batch], show_progress: Callable[[], None]) -> Iterator[Batch]:
    """Yield the batches; a report that is put in order before any row of it is written shows that it lives."""
    for batch in batches:
        yield batch
        show_progress()


def finish(outputs: Sequence[Output], reading: Reading, notes: tuple[str, ...]) -> None:
    """What stands under the rows."""
    for output in outputs:
        output.write(output.encoder.finish(reading.total if output.format != CONTACTS.name else None, notes))
