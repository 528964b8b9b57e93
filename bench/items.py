"""Pages of a DynamoDB Query as they come over the wire: accounts of about 580 bytes, 1 MB a page, all different."""

from __future__ import annotations

import json
from typing import Any

PAGE_BYTES = 1 << 20
_PAGE_MARK = "@@@@@"
_ORGANIZATIONS = (
    "Bäckerei Müller & Söhne",
    "Smith, Jones and Partners Ltd",
    "Client of the north",
    "Κήποι της Αθήνας",
    "O'Brien Family Dentists",
    "Harbour Street Yoga Studio",
    "Zakład Fryzjerski Łódź",
    "Green Valley Veterinary Clinic",
)


class Pages:
    """All pages of a table with so many rows."""

    def __init__(self) -> None:
        self._items = [json.dumps(_item(number), ensure_ascii=False) for number in range(_items_a_page())]
        self._full = self._joined(len(self._items))
        self.rows_a_page = len(self._items)

    def body(self, page: int, rows: int) -> bytes:
        """The answer to the Query for this page, counted from 0, of a table of `rows` rows."""
        left = rows - page * self.rows_a_page
        count = min(left, self.rows_a_page)
        items = self._full if count == self.rows_a_page else self._joined(count)
        following = f',"LastEvaluatedKey":{json.dumps(_key(page + 1))}' if left > count else ""
        end = f'],"Count":{count},"ScannedCount":{count},"ConsumedCapacity":{{"CapacityUnits":128.0}}{following}}}'
        return b'{"Items":[' + items.replace(_PAGE_MARK.encode(), b"%05d" % page) + end.encode()

    def _joined(self, count: int) -> bytes:
        return ",".join(self._items[:count]).encode()


def page_of(start_key: dict[str, Any] | None) -> int:
    """The page that a start key asks for."""
    return int(start_key["account_id"]["S"]) if start_key else 0


def item_bytes(number: int = 0) -> int:
    """What DynamoDB counts for an item: the lengths of its names and values."""
    return sum(len(name) + _value_bytes(value) for name, value in _item(number).items())


def _key(page: int) -> dict[str, Any]:
    texts = {"partner_id": "part_1", "account_id": str(page), "list_sort_key": "O#managed"}
    return {name: {"S": text} for name, text in texts.items()}


def _items_a_page() -> int:
    size = sum(map(item_bytes, range(100))) / 100
    return int(PAGE_BYTES / size)


def _item(number: int) -> dict[str, dict[str, Any]]:
    mark = f"{_PAGE_MARK}{number:04d}"
    texts = {
        "account_id": f"acct_{mark}7QXJ2M5KTB8WHDC4N",
        "partner_account_id": f"CRM-{mark}-EU-WEST-{number % 9}",
        "username": f"client.of.northwind.{mark}",
        "organization": f"{_ORGANIZATIONS[number % 8]} {mark}",
        "owner_first_name": ("Ada", "Łukasz", "Maria", "Ζωή")[number % 4],
        "owner_last_name": f"Lindström-Oppenheimer-{number:04d}",
        "owner_email": f"owner-{mark}.of.accounts@client-{number % 97}.example.com",
        "status": "O",
        "plan": ("lite", "standard", "premium")[number % 3],
        "billing_mode": ("single_bill", "direct")[number % 2],
        "created_on": _day(number),
        "trial_ends_on": _day(number + 60),
        "initial_upgrade_on": _day(number + 17),
        "sms_registration": ("approved", "not_started")[number % 2],
    }
    item: dict[str, dict[str, Any]] = {name: {"S": text} for name, text in texts.items()}
    item |= {name: {"N": str(number * factor % 5_000)} for name, factor in _COUNTED.items()}
    item["add_ons"] = {"SS": ["inbox_preview", "seo"] if number % 3 else ["newsletter_archive", "sms"]}
    if number % 4:
        item |= {"last_login_on": {"S": _day(number + 300)}, "last_campaign_on": {"S": _day(number + 200)}}
    if number % 16 == 0:
        item["holds"] = {"SS": ["balance_due"]}
    return item


_COUNTED = {"list_size": 37, "login_count": 11, "campaigns_sent": 7}


def _day(number: int) -> str:
    return f"{2020 + number % 7}-{number // 7 % 12 + 1:02d}-{number % 28 + 1:02d}"


def _value_bytes(value: dict[str, Any]) -> int:
    ((_, held),) = value.items()
    return sum(len(part.encode()) for part in held)
