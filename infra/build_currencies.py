"""Writes chalicelib/domain/kernel/currencies.py from the ISO 4217 table of the package iso4217 (SIX, list one).

Run after `make lock` took a newer iso4217; what it writes is committed, so that the zip carries no XML and no parser:

    .venv/bin/python -m infra.build_currencies
"""

from __future__ import annotations

from collections import defaultdict
from textwrap import wrap

from infra.package import ROOT

PATH = ROOT / "chalicelib/domain/kernel/currencies.py"
HEAD = '''"""The active currencies of ISO 4217 with the digits of their minor units.

Written by infra/build_currencies.py from the table that its maintenance agency published on {published}. Metals and
test codes, which have no minor unit, are left out.
"""

from __future__ import annotations

_CODES = {{
{codes}
}}

MINOR_UNIT_DIGITS = {{code: digits for digits, codes in _CODES.items() for code in codes.split()}}
"""Digits after the decimal point by currency code."""
'''


def content() -> str:
    """Returns the module's text."""
    from iso4217 import Currency, __published__

    codes: defaultdict[int, list[str]] = defaultdict(list)
    for currency in sorted(Currency, key=lambda item: str(item.code)):
        if currency.exponent is not None:
            codes[currency.exponent].append(currency.code)
    entries = "\n".join(_entry(digits, codes[digits]) for digits in sorted(codes))
    return HEAD.format(published=__published__, codes=entries)


def _entry(digits: int, codes: list[str]) -> str:
    rows = wrap(" ".join(codes), 100)
    if len(rows) == 1:
        return f'    {digits}: "{rows[0]}",'
    texts = "\n".join(f'        "{row} "' for row in rows[:-1])
    return f'    {digits}: (\n{texts}\n        "{rows[-1]}"\n    ),'


if __name__ == "__main__":
    PATH.write_text(content())
    print(PATH.relative_to(ROOT))
