"""docs/access.md says what the table says."""

from __future__ import annotations

from infra.access import PATH, content


def test_the_document_is_as_the_table_makes_it() -> None:
    assert PATH.read_text() == content(), "Run `make openapi`."
