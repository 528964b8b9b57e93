"""The same report as it is usually written: boto3 resource, pandas with its writers, xlwt, reportlab, upload_file."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import boto3
import pandas as pd
from boto3.dynamodb.conditions import Key

from chalicelib.reports.table import ColumnType
from chalicelib.reports.types.managed_account_details import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

_DATES = [place for place, column in enumerate(COLUMNS) if column.type is ColumnType.DATE]


_table = cache(lambda: boto3.resource("dynamodb").Table("bench-accounts"))
_bucket = cache(lambda: boto3.resource("s3").Bucket("bench"))
"""Made once a process."""


def write(format_: str, rows: int) -> None:
    """Managed Account Details with so many rows, read, written and uploaded."""
    frame = pd.DataFrame(map(_row, _items(rows)), columns=[column.title for column in COLUMNS])
    assert len(frame) == rows
    with TemporaryDirectory() as directory:
        path = Path(directory) / f"report.{format_}"
        _WRITERS[format_](frame, path)
        _bucket().upload_file(str(path), "reports/usual")


def _items(rows: int) -> Iterator[dict[str, Any]]:
    asked: dict[str, Any] = {"KeyConditionExpression": Key("partner_id").eq(f"part_{rows}")}
    while True:
        answer = _table().query(**asked)
        yield from answer["Items"]
        if "LastEvaluatedKey" not in answer:
            return
        asked["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def _row(item: dict[str, Any]) -> tuple[Any, ...]:
    get = item.get
    return (
        *(item["account_id"], get("partner_account_id"), item["username"], item["organization"]),
        f"{get('owner_first_name')} {get('owner_last_name')}",
        *(get("owner_email"), item["status"], item["plan"], item["billing_mode"]),
        ", ".join(sorted(get("holds", ()))),
        *(get("created_on"), get("trial_ends_on"), get("initial_upgrade_on")),
        *(int(item["list_size"]), int(item["login_count"]), get("last_login_on")),
        *(int(item["campaigns_sent"]), get("last_campaign_on")),
        *(", ".join(sorted(get("add_ons", ()))), item["sms_registration"]),
    )


def _csv(frame: pd.DataFrame, path: Path) -> None:
    frame.to_csv(path, index=False)


def _html(frame: pd.DataFrame, path: Path) -> None:
    frame.to_html(path, index=False, na_rep="")


def _xlsx(frame: pd.DataFrame, path: Path) -> None:
    for place in _DATES:
        frame.isetitem(place, pd.to_datetime(frame.iloc[:, place]))
    frame.to_excel(path, index=False, engine="xlsxwriter")


def _xls(frame: pd.DataFrame, path: Path) -> None:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("Report")
    dated = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for place, title in enumerate(frame.columns):
        sheet.write(0, place, title)
    for number, row in enumerate(frame.itertuples(index=False), 1):
        for place, value in enumerate(row):
            if place in _DATES and isinstance(value, str):
                sheet.write(number, place, date.fromisoformat(value), dated)
            elif not pd.isna(value):
                sheet.write(number, place, value)
    book.save(str(path))


def _pdf(frame: pd.DataFrame, path: Path) -> None:
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import LongTable, SimpleDocTemplate, TableStyle

    style = TableStyle([("FONTSIZE", (0, 0), (-1, -1), 4), ("ALIGN", (13, 0), (14, -1), "RIGHT")])
    lines = [list(frame.columns), *frame.fillna("").values.tolist()]
    SimpleDocTemplate(str(path), pagesize=landscape(A4)).build([LongTable(lines, repeatRows=1, style=style)])


_WRITERS = {"csv": _csv, "html": _html, "xlsx": _xlsx, "xls": _xls, "pdf": _pdf}
