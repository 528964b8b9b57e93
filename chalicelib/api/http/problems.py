"""Refusals as RFC 9457 problems: the only place where errors have status codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from chalice.app import Response

from chalicelib.domain.kernel import errors

if TYPE_CHECKING:
    from collections.abc import Mapping

MEDIA_TYPE = "application/problem+json"

PROBLEMS: dict[type[errors.PartnerbookError], tuple[int, str]] = {
    errors.BadRequest: (400, "Bad request"),
    errors.Unauthenticated: (401, "Not signed in"),
    errors.Forbidden: (403, "Forbidden"),
    errors.NotFound: (404, "Not found"),
    errors.Conflict: (409, "Conflict"),
    errors.AlreadyExists: (409, "Taken"),
    errors.Gone: (410, "Gone"),
    errors.StaleVersion: (412, "Changed meanwhile"),
    errors.TooLarge: (413, "Too large"),
    errors.WrongMediaType: (415, "Wrong media type"),
    errors.Invalid: (422, "Not valid"),
    errors.KeyReused: (422, "Idempotency-Key used before"),
    errors.VersionRequired: (428, "If-Match is missing"),
    errors.TooManyRequests: (429, "Too many requests"),
    errors.Unavailable: (503, "Busy"),
}

INTERNAL = "/problems/internal"
"""The type of a failure of ours."""

SECURITY_HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}
"""On every answer: nothing that the API says is a page, and no page may frame it."""


class ProblemError(msgspec.Struct, frozen=True):
    """One wrong value."""

    pointer: str
    """A JSON pointer into the body (`/owner/email`), or the name of a query parameter."""
    detail: str


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Why a request was refused, after RFC 9457."""

    type: str
    """What kind of problem it is, for programs: a path that docs/api.md explains."""
    title: str
    status: int
    """The HTTP status, again."""
    detail: str
    """A sentence that a person can act on."""
    instance: str
    """The request's id, which the logs know."""
    errors: list[ProblemError] | msgspec.UnsetType = msgspec.UNSET


def type_of(error: type[errors.PartnerbookError]) -> str:
    """Return the `type` of the problem that stands for this error; docs/api.md has the table."""
    return f"/problems/{error.code}"


def refusal(error: errors.PartnerbookError, request_id: str) -> Response:
    """Return an error of ours as an answer."""
    status, title = PROBLEMS[type(error)]
    fields = getattr(error, "errors", ())
    problem = Problem(
        type=type_of(type(error)),
        title=title,
        status=status,
        detail=error.detail,
        instance=request_id,
        errors=[ProblemError(field.pointer, field.detail) for field in fields] or msgspec.UNSET,
    )
    return _response(problem, more_headers(error))


def more_headers(error: errors.PartnerbookError) -> dict[str, str]:
    """Return what this error's answer says in headers besides."""
    if isinstance(error, (errors.TooManyRequests, errors.Unavailable)):
        return {"Retry-After": str(error.retry_after)}
    return {"WWW-Authenticate": "Bearer"} if isinstance(error, errors.Unauthenticated) else {}


def crash(request_id: str) -> Response:
    """Return the answer to a request that failed for a reason of ours: nothing about the reason."""
    return _response(
        Problem(
            type=INTERNAL,
            title="Something went wrong",
            status=500,
            detail="Something went wrong on our side. Try again; if it stays, tell us the instance.",
            instance=request_id,
        ),
        {},
    )


def _response(problem: Problem, headers: dict[str, str]) -> Response:
    fixed = {"Content-Type": MEDIA_TYPE, "Cache-Control": "no-store", **SECURITY_HEADERS}
    return Response(msgspec.json.encode(problem).decode(), {**fixed, **headers}, problem.status)
