"""One attempt at a report: read it, write it, and read it again where accounts moved meanwhile."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from chalicelib.domain.report_runs.report_runs import Made
from chalicelib.reports.catalogue import REPORTS
from chalicelib.reports.formats.contacts import ContactsEncoder
from chalicelib.reports.headings import heading
from chalicelib.services.report_runs.files import finish, open_outputs, read_into
from chalicelib.services.report_runs.limits import report_context

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from chalicelib.domain.ports import HasPartners
    from chalicelib.domain.report_runs.report_runs import ReportRun
    from chalicelib.reports.report import Report, ReportContext
    from chalicelib.services.ports import ReportRequestPorts
    from chalicelib.services.report_runs.files import Output, Reading

MAX_READINGS = 3
MOST_NAMED = 100


class DataChangedError(Exception):
    """Accounts came, went or moved while they were read, so that rows and counters disagree."""


def write(ports: ReportRequestPorts, run: ReportRun, on_progress: Callable[[int], None]) -> Made:
    """Return the files of a run; where rows and counters disagree they are made again, and the third time say so."""
    for _ in range(MAX_READINGS - 1):
        try:
            return _written(ports, run, on_progress, _agreeing)
        except DataChangedError:
            continue
    return _written(ports, run, on_progress, _saying_so)


def _written(
    ports: ReportRequestPorts,
    run: ReportRun,
    on_progress: Callable[[int], None],
    require_agreement: Callable[[int, int], tuple[str, ...]],
) -> Made:
    report, partner, as_of = REPORTS[run.request.report], ports.partners.get(run.partner_id), ports.clock()
    context = report_context(as_of.date(), run.partner_id, run.request)
    with ExitStack() as stack:
        outputs = open_outputs(stack, ports.files, run, heading(report, run.request, partner, as_of))
        reading = read_into(outputs, report, ports, context, on_progress)
        notes = require_agreement(reading.rows, _counted(ports, report, context, reading))
        finish(outputs, reading, notes)
    return Made(
        files=tuple(output.file for output in outputs),
        rows=reading.rows,
        as_of=as_of,
        notes=(*notes, *_left_out(outputs)),
        missing_glyphs=sum(output.encoder.missing_glyphs for output in outputs),
    )


def _counted(ports: HasPartners, report: Report, context: ReportContext, reading: Reading) -> int:
    """Return how many rows the counters say there are now; where they do not tell, what was read is right."""
    counted = report.counted and context.unfiltered
    expected = report.most_rows(ports.counters.summary(context.partner_id), context) if counted else None
    return reading.rows if expected is None else expected


def _agreeing(rows: int, counted: int) -> tuple[str, ...]:
    if rows != counted:
        raise DataChangedError
    return ()


def _saying_so(rows: int, counted: int) -> tuple[str, ...]:
    if rows == counted:
        return ()
    return (
        f"Accounts changed while this report was read: it has {rows:,} rows, and now there are {counted:,} accounts.",
    )


def _left_out(outputs: Sequence[Output]) -> Iterator[str]:
    """Yield the contacts that are not in the list, because a spreadsheet would run them."""
    for encoder in (output.encoder for output in outputs):
        if isinstance(encoder, ContactsEncoder) and encoder.left_out_count:
            named = ", ".join(f"row {item.row} ({item.column})" for item in encoder.left_out[:MOST_NAMED])
            more = ", …" if encoder.left_out_count > MOST_NAMED else ""
            yield (
                "The contact list is without those accounts whose text a spreadsheet could run as a formula: "
                f"{encoder.left_out_count:,} in all, {named}{more}."
            )
