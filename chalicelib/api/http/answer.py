"""Hold what a view function gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Answer(Generic[R]):
    """A view, and what else the answer says; a bare view does where there is nothing else to say."""

    view: R
    location: str | None = None
    """A path below the API's root (`/accounts/…`), or a whole address."""
    status: int | None = None
    """Where it differs from the operation's own."""
    set_cookie: str | None = None
    """The whole header."""


def as_answer(view_or_answer: R | Answer[R]) -> Answer[R]:
    """Return a bare view as an answer."""
    return view_or_answer if isinstance(view_or_answer, Answer) else Answer(view_or_answer)
