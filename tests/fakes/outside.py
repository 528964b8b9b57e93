"""What is outside of the book, in memory: files, queues, people who can sign in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO

from chalicelib.domain.kernel.errors import NotFound, StaleVersion, Unauthenticated, Unavailable
from chalicelib.domain.kernel.files import DOWNLOAD_SECONDS, StoredFile, UploadForm
from chalicelib.domain.kernel.queues import Message
from chalicelib.domain.partners.identities import Tokens


class FakeWriter:
    """Takes a file piece by piece."""

    def __init__(self) -> None:
        self.content = BytesIO()

    def write(self, piece: bytes) -> None:
        self.content.write(piece)

    @property
    def size(self) -> int:
        return self.content.tell()


@dataclass
class FakeFiles:
    """A FileStore; `broken` makes the next file fail after its first byte."""

    kept: dict[str, bytes] = field(default_factory=dict)
    broken: bool = False

    @contextmanager
    def create(self, key: str, content_type: str) -> Iterator[FakeWriter]:
        writer = FakeWriter()
        yield writer
        if self.broken:
            self.broken = False
            raise OSError(key)
        self.kept[key] = writer.content.getvalue()

    def look_up(self, key: str) -> StoredFile:
        if key not in self.kept:
            raise NotFound("There is no such file.")
        content = self.kept[key]
        return StoredFile(len(content), str(hash(content)))

    def read(self, key: str, start: int = 0, tag: str | None = None) -> Iterator[bytes]:
        if tag not in (None, self.look_up(key).tag):
            raise StaleVersion("The file has been replaced.")
        yield self.kept[key][start:]

    def folders(self, prefix: str) -> Iterator[str]:
        below = (key.removeprefix(prefix) for key in self.kept if key.startswith(prefix))
        return iter(sorted({f"{prefix}{rest.partition('/')[0]}/" for rest in below if "/" in rest}))

    def delete_all(self, prefix: str) -> int:
        gone = [key for key in self.kept if key.startswith(prefix)]
        for key in gone:
            del self.kept[key]
        return len(gone)

    def download_url(self, key: str, filename: str, content_type: str, seconds: int = DOWNLOAD_SECONDS) -> str:
        return f"https://files.example/{key}?name={filename}&seconds={seconds}"

    def upload_form(self, key: str, content_type: str, largest: int) -> UploadForm:
        return UploadForm("https://files.example/", {"key": key, "Content-Type": content_type})


@dataclass
class FakeQueue:
    """A Queue; `full` makes every sending fail."""

    sent: list[tuple[str, Message]] = field(default_factory=list)
    full: bool = False

    def send(self, partner_id: str, message: Message) -> None:
        if self.full:
            raise Unavailable
        self.sent.append((partner_id, message))

    def send_all(self, messages: Iterable[tuple[str, Message]]) -> None:
        for partner_id, message in messages:
            self.send(partner_id, message)


@dataclass
class FakeSignIns:
    """A SignIns; a person's subject is made of the address. `down` makes every call fail."""

    passwords: dict[str, str] = field(default_factory=dict)
    """The first password of everybody there is, by address."""
    addresses: dict[str, str] = field(default_factory=dict)
    """Everybody's verified address, by subject."""
    ended: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    """Refresh tokens that were exchanged."""
    revoked: list[str] = field(default_factory=list)
    """Sign-ins of which a refresh token was revoked."""
    down: bool = False

    def create(self, email: str, name: str, first_password: str) -> None:
        self._require_up()
        if email not in self.addresses.values():
            self.passwords[email] = first_password
            self.addresses[f"subject-of-{email}"] = email

    def verified_address(self, subject: str) -> str | None:
        self._require_up()
        return self.addresses.get(subject)

    def renew(self, refresh_token: str) -> Tokens:
        """A refresh token is `<subject>/<sign-in>/<number>`; a used one is refused, with no grace.

        The sign-in `later` is after everybody was signed out.
        """
        self._require_up()
        subject, sign_in, number = refresh_token.split("/") if refresh_token.count("/") == 2 else ("", "", "0")
        over = sign_in in self.revoked or (subject in self.ended and sign_in != "later")
        if not subject or over or refresh_token in self.used:
            raise Unauthenticated("The sign-in is over. Sign in again.")
        self.used.add(refresh_token)
        following = f"{subject}/{sign_in}/{int(number) + 1}"
        return Tokens(subject=subject, access_token=f"access-{following}", expires_in=300, refresh_token=following)

    def revoke(self, refresh_token: str) -> None:
        self._require_up()
        self.revoked.append(refresh_token.split("/")[1])

    def end_sessions(self, subject: str) -> None:
        self._require_up()
        self.ended.append(subject)

    def _require_up(self) -> None:
        if self.down:
            raise Unavailable
