"""Every error the product raises on purpose, as one tree.

PartnerbookError
├── NotFound               what was asked for is not there, or is another partner's
├── Gone                   it was there: expired, revoked or used up
├── Unauthenticated        no valid sign-in
├── Forbidden              this actor may not do this, whatever the state
├── Conflict               the actor may, the present state does not allow it
│   └── AlreadyExists      a name that must be unique belongs to another
├── Invalid                a value breaks a rule; says which, and what would be right
│   └── KeyReused          an Idempotency-Key came again with another content
├── BadRequest             the request itself cannot be read
├── WrongMediaType         its body is of a kind that is not taken
├── VersionRequired        If-Match is missing
├── StaleVersion           somebody else changed it since it was read
├── TooLarge               more than the product takes at once
├── TooManyRequests        the caller's share is used up for the moment
└── Unavailable            the product cannot right now; try again
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


class PartnerbookError(Exception):
    """A refusal with a sentence a person can act on."""

    code: ClassVar[str] = "error"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class NotFound(PartnerbookError):
    code = "not-found"


class Gone(PartnerbookError):
    code = "gone"


class Unauthenticated(PartnerbookError):
    code = "unauthenticated"


class Forbidden(PartnerbookError):
    code = "forbidden"


class Conflict(PartnerbookError):
    code = "conflict"


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one value: a JSON pointer (`/owner/email`) or parameter name, and a sentence."""

    pointer: str
    detail: str


class AlreadyExists(Conflict):
    code = "taken"

    def __init__(self, detail: str, errors: tuple[FieldError, ...] = ()) -> None:
        super().__init__(detail)
        self.errors = errors

    @classmethod
    def field(cls, pointer: str, detail: str) -> AlreadyExists:
        """Return a name that stands in this field."""
        return cls(detail, (FieldError(pointer, detail),))


class Invalid(PartnerbookError):
    code = "invalid"

    def __init__(self, detail: str, errors: tuple[FieldError, ...] = ()) -> None:
        super().__init__(detail)
        self.errors = errors

    @classmethod
    def field(cls, pointer: str, detail: str) -> Invalid:
        """Return one wrong value."""
        return cls(detail, (FieldError(pointer, detail),))

    @classmethod
    def unless_none(cls, errors: list[FieldError]) -> None:
        """Raise if there are errors, with all of them."""
        if errors:
            raise cls(errors[0].detail if len(errors) == 1 else f"{len(errors)} values are not right.", tuple(errors))


class KeyReused(Invalid):
    code = "idempotency-key-reused"


class BadRequest(PartnerbookError):
    code = "bad-request"


class WrongMediaType(PartnerbookError):
    code = "wrong-media-type"


class VersionRequired(PartnerbookError):
    code = "version-required"


class StaleVersion(PartnerbookError):
    code = "changed"


class TooLarge(PartnerbookError):
    code = "too-large"


class TooManyRequests(PartnerbookError):
    code = "too-many-requests"

    def __init__(self, detail: str, retry_after: int = 1) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class Unavailable(PartnerbookError):
    code = "busy"

    def __init__(
        self, detail: str = "Too much is happening at once. Try again in a moment.", retry_after: int = 1
    ) -> None:
        super().__init__(detail)
        self.retry_after = retry_after
