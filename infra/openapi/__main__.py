"""Writes docs/openapi.json: what GET /openapi.json answers, as text that a change of the API shows up in."""

from __future__ import annotations

from infra.openapi.document import PATH, content
from infra.package import ROOT

if __name__ == "__main__":
    PATH.write_text(content())
    print(PATH.relative_to(ROOT))
