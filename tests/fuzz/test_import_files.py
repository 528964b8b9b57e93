"""Any file may be uploaded: an import ends, says what it made of it, and writes nothing that breaks a rule."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.access import Role
from tests.access.in_memory import InMemory
from tests.access.product import Product, installed
from tests.unit.domain.imports.portfolio_rows import CANCELLED, OPEN
from tests.unit.services.imports.importing import as_file

GOOD = as_file([OPEN, CANCELLED])
EVIL = (
    b"",
    b"\x00",
    b'"',
    b'""',
    b'"\r\n',
    b"\r",
    b"\n",
    b",",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"=1+1",
    b"\xed\xa0\x80",
    b"'",
)
KEYS = count()


def mutated() -> st.SearchStrategy[bytes]:
    """A good file with pieces put in, cut out or written over."""
    piece = (
        st.sampled_from(EVIL)
        | st.binary(max_size=8)
        | st.text(max_size=8).map(lambda text: text.encode("utf-8", "replace"))
    )
    cut = st.tuples(st.integers(0, len(GOOD)), st.integers(0, 40), piece)

    def put(cuts: list[tuple[int, int, bytes]]) -> bytes:
        content = GOOD
        for place, length, item in cuts:
            content = content[:place] + item + content[place + length :]
        return content

    return st.lists(cut, min_size=1, max_size=6).map(put)


@pytest.fixture(scope="module")
def product() -> Iterator[Product]:
    with installed(InMemory()) as made:
        yield made


@settings(max_examples=120, deadline=None)
@given(content=mutated() | st.binary(max_size=400))
def test_an_import_of_any_file_ends(product: Product, content: bytes) -> None:
    operator, number = product.caller(Role.OPERATOR), next(KEYS)
    made = operator.post("/imports", {"kind": "portfolio"}, key=f"make-{number}").json
    product.outside.upload(made["upload"], content)
    assert operator.post(f"/imports/{made['import_id']}/start", key=f"start-{number}").status in (202, 409, 413, 422)
    product.work()
    ended = operator.get(f"/imports/{made['import_id']}").json
    assert ended["status"] in ("done", "failed", "created")
    assert ended["rows"] == sum(ended[item] for item in ("created", "adjusted", "unchanged", "rejected"))
    product.outside.ports.book.assert_counted()  # type: ignore[attr-defined]
