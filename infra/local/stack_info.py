"""stack.json: what a script needs to know of a running embedded stack."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class StackUser:
    """Somebody who can sign in."""

    username: str
    password: str
    role: str
    partner_id: str | None


@dataclass(frozen=True, slots=True)
class RunningStack:
    """Where the stack answers, and who can sign in to it."""

    api_url: str
    console_url: str
    mailbox_url: str
    endpoint_url: str
    region: str
    user_pool_id: str
    user_pool_client_id: str
    partner_id: str
    users: tuple[StackUser, ...]
    client_side_url: str = ""
    """The stand-in for the platform, where invites and sign-in links lead."""

    def user(self, role: str, *, second: bool = False) -> StackUser:
        """Return the first with this role, or the next one."""
        return [user for user in self.users if user.role == role][1 if second else 0]

    @property
    def mailbox_port(self) -> int:
        """Where the mailbox page was, so that a restart can bring it back there."""
        return urlsplit(self.mailbox_url).port or 0

    @property
    def client_side_port(self) -> int:
        """Where the stand-in was, so that links of before lead there again."""
        return urlsplit(self.client_side_url).port or 0

    def write(self, path: Path) -> None:
        """Write it for its owner alone: it holds passwords, if only of a sample."""
        partial = path.with_suffix(".tmp")
        partial.touch(mode=0o600)
        partial.write_text(json.dumps(asdict(self), indent=2) + "\n")
        partial.rename(path)


def read(path: Path) -> RunningStack | None:
    """Return the file's content; None if there is none."""
    if not path.exists():
        return None
    content: dict[str, Any] = json.loads(path.read_text())
    return RunningStack(**{**content, "users": tuple(StackUser(**user) for user in content["users"])})
