"""What a route declares of itself: the wrapper that serves it and the OpenAPI document read this, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from chalicelib.api.http.signature import Signature, signature
from chalicelib.api.http.text_values import RULE
from chalicelib.domain.access import OPERATIONS, PUBLIC_OPERATIONS
from chalicelib.domain.kernel.text_rules import Reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalicelib.domain.kernel.errors import PartnerbookError

BODY_LIMIT = 256 * 1024
JSON = "application/json"


Instant = Annotated[str, msgspec.Meta(extra_json_schema={"format": "date-time"})]
"""An instant in an answer, as `domain.clock.instant_text` writes it."""


Key = Annotated[str, msgspec.Meta(min_length=1, max_length=128, extra={RULE: Reference()})]
"""In a body, what something is looked up by."""


class Body(msgspec.Struct, forbid_unknown_fields=True):
    """The base of every request body: a field it does not name is refused."""


class Query(msgspec.Struct, forbid_unknown_fields=True):
    """The base of every query string: a parameter it does not name is refused. One left out is `UNSET`."""


class View(msgspec.Struct):
    """The base of every answer's body. A view with a `version` has that as its ETag."""


class NoQuery(Query):
    """No parameters at all."""


class AnyQuery(Query, forbid_unknown_fields=False):
    """Parameters that mean nothing: what others hang onto a link that people follow."""


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One method of one path."""

    name: str
    """OpenAPI's operationId, and the key of `domain.access.OPERATIONS`."""
    method: str
    path: str
    view: Callable[..., Any]
    status: int = 200
    refusals: tuple[type[PartnerbookError], ...] = ()
    """What can be refused beside what every operation of its form can; for the OpenAPI document."""
    versioned: bool = False
    """Whether If-Match is required."""
    keyed: bool | None = None
    """Whether Idempotency-Key is required: by default on every POST; then other writes may have one."""
    partner_scoped: bool = True
    """Whether operators and the platform must name the partner."""
    body_limit: int = BODY_LIMIT
    ignore_body: bool = False
    """Whether whatever body comes is passed over; else one that the operation takes none of is refused."""
    optional_body: bool = False
    """Whether the body may be left out; it then is as an empty object would be."""
    cache: str = "no-store"
    media_type: str = JSON
    """Of the answer; where it is no JSON the view gives text."""
    for_browsers: bool = False
    """Whether people follow it in a browser, to whom refusals are shown as pages."""
    console_only: bool = False
    """Whether it reads the session's cookie, and so is for the console's own pages."""
    enrich_response: Callable[..., Any] | None = None
    """`(request, view) -> view`: adds what must not be stored with a replayable answer, such as a signed URL."""

    def __post_init__(self) -> None:
        if self.name not in OPERATIONS and not self.public:
            raise LookupError(f"domain/access.py does not say who may {self.name}.")

    @cached_property
    def signature(self) -> Signature:
        """The types of the view."""
        return signature(self.view)

    @property
    def public(self) -> bool:
        """Whether it needs no sign-in."""
        return self.name in PUBLIC_OPERATIONS

    @property
    def needs_key(self) -> bool:
        """Whether Idempotency-Key is required."""
        return self.method == "POST" if self.keyed is None else self.keyed

    @property
    def accepts_idempotency_key(self) -> bool:
        """Whether Idempotency-Key may be sent: with every write, so that all of them can be sent again."""
        return self.needs_key or (self.keyed is None and self.method in ("PUT", "PATCH", "DELETE"))

    @cached_property
    def whole_numbers(self) -> frozenset[str]:
        """The query's parameters that are whole numbers."""
        fields = getattr(msgspec.inspect.type_info(self.signature.query or NoQuery), "fields", ())
        return frozenset(field.encode_name for field in fields if _is_whole_number(field.type))

    @cached_property
    def decoder(self) -> msgspec.json.Decoder[Any]:
        """Reads the body."""
        return msgspec.json.Decoder(self.signature.body)


def _is_whole_number(kind: msgspec.inspect.Type) -> bool:
    if isinstance(kind, msgspec.inspect.Metadata):
        return _is_whole_number(kind.type)
    if isinstance(kind, msgspec.inspect.UnionType):
        return any(_is_whole_number(item) for item in kind.types)
    return isinstance(kind, msgspec.inspect.IntType)
