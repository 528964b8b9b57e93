"""A view function's types: what its annotations say of body, query, path and answer, so that nobody says it twice."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args, get_origin

from chalicelib.api.http.answer import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Signature:
    """`def view(request: Request[Body, Query], account_id: str) -> View`."""

    body: type[Any] | None
    query: Any
    path: Mapping[str, Any]
    result: Any


def signature(view: Callable[..., Any]) -> Signature:
    """Return the types of a view."""
    types = inspect.get_annotations(view, eval_str=True)
    body, query = get_args(types.pop("request"))
    result: Any = types.pop("return")
    origin: Any = get_origin(result)
    if origin is Answer:
        (result,) = get_args(result)
    return Signature(_something(body), query, types, _something(result))


def _something(kind: Any) -> Any:
    return None if kind is NoneType else kind
