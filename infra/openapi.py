"""Writes docs/openapi.json: what GET /openapi.json says, as text that a change of the API shows up in."""

from __future__ import annotations

import json

from infra.package import ROOT

PATH = ROOT / "docs/openapi.json"


def content() -> str:
    """Return the document as the file holds it."""
    from app import app
    from chalicelib.api.openapi.document import document, operations

    return json.dumps(document(operations(app.routes)), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    PATH.write_text(content())
    print(PATH.relative_to(ROOT))
