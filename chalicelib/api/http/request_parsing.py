"""Reading a request: its body, query and headers into typed values, with a sentence for whatever is not right."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import msgspec

from chalicelib.api.http.json_text import REPLACEMENT, require_unique_names, text_of
from chalicelib.api.http.media_types import is_json
from chalicelib.api.http.validation_messages import sentence
from chalicelib.domain.kernel import errors

if TYPE_CHECKING:
    from chalice.app import Request as ChaliceRequest

    from chalicelib.api.http.operation import Operation

ETAG = re.compile(r'(?:W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
VERSION = re.compile(r"0|[1-9][0-9]{0,14}")
NO_VERSION = -1
"""That of an ETag which is none of ours: nothing has it, so the write answers that something else is there."""
WHOLE_NUMBER = re.compile(r"-?[0-9]+")
SEGMENT = re.compile(r"[A-Za-z0-9_.~@+-]{1,128}")
EMPTY = ("", "{}")


def body(raw: ChaliceRequest, operation: Operation) -> Any:
    """Return the body as the operation's type; None where it takes none."""
    content = _content(raw, operation)
    if operation.signature.body is None:
        _require_none(operation, content)
        return None
    if not content.strip() and operation.optional_body:
        return _decoded("{}", operation)
    _require_json(raw.headers.get("content-type"))
    if not content.strip():
        raise errors.BadRequest("This request needs a body: a JSON object.")
    return _decoded(content, operation)


def _content(raw: ChaliceRequest, operation: Operation) -> str:
    try:
        content = raw.raw_body
    except ValueError:
        raise errors.BadRequest("The body is not readable as it was sent.") from None
    size = len(content if isinstance(content, bytes) else content.encode(errors="surrogatepass"))
    if size > operation.body_limit:
        raise errors.TooLarge(f"The body has {size:,} bytes; at most {operation.body_limit:,} are taken.")
    return text_of(content) if not operation.ignore_body else ""


def _require_none(operation: Operation, content: str) -> None:
    if not operation.ignore_body and operation.method != "GET" and content.strip() not in EMPTY:
        raise errors.BadRequest("This request takes no body.")


def _require_json(media_type: str | None) -> None:
    if media_type is not None and not is_json(media_type):
        raise errors.WrongMediaType("Send the body as JSON in UTF-8, with Content-Type: application/json.")


def _decoded(content: str, operation: Operation) -> Any:
    try:
        read = operation.decoder.decode(content)
        require_unique_names(content)
    except msgspec.ValidationError as error:
        raise _invalid(error, operation.signature.body) from None
    except msgspec.DecodeError as error:
        raise errors.BadRequest(f"The body is not JSON: {error}.") from None
    except RecursionError:
        raise errors.BadRequest("The body is nested too deeply.") from None
    return read


def _invalid(error: msgspec.ValidationError, kind: Any) -> errors.Invalid:
    wrong = sentence(error, kind)
    return errors.Invalid(f"{wrong.pointer.rpartition('/')[2] or 'The body'}: {wrong.detail}", (wrong,))


def query(raw: ChaliceRequest, operation: Operation) -> Any:
    """Return the query string as the operation's type."""
    value = raw.to_original_event()["multiValueQueryStringParameters"] or {}
    for name, values in value.items():
        if len(values) > 1:
            raise errors.Invalid.field(name, f"{name} is given {len(values)} times; give it once.")
    values = {name: item[0] for name, item in value.items()}
    _require_readable(values, operation)
    try:
        return msgspec.convert(values, operation.signature.query, strict=False)
    except msgspec.ValidationError as error:
        wrong = sentence(error, operation.signature.query)
        name = wrong.pointer.lstrip("/")
        raise errors.Invalid(f"{name}: {wrong.detail}", (errors.FieldError(name, wrong.detail),)) from None


def _require_readable(values: dict[str, str], operation: Operation) -> None:
    """Refuse what the decoder would guess at: a number such as 1e2, and characters that were not UTF-8."""
    for name, text in values.items():
        if name in operation.whole_numbers and not WHOLE_NUMBER.fullmatch(text):
            raise errors.Invalid.field(name, f"{name} must be a whole number in plain digits, such as 50.")
        if REPLACEMENT in text:
            raise errors.Invalid.field(name, f"{name} is not UTF-8. Percent-encode its characters as UTF-8.")


def version(raw: ChaliceRequest) -> int:
    """Return the version that If-Match names.

    A proxy that compresses an answer makes its ETag weak, W/"3"; the version it names is the same.
    """
    values = raw.headers.get("if-match")
    if values is None:
        raise errors.VersionRequired('Send If-Match with the ETag of what you read, such as "3" in its quotes.')
    match = ETAG.fullmatch(values.strip())
    if match is None:
        raise errors.BadRequest('If-Match is one ETag as an answer gave it, such as "3" in its quotes.')
    return int(match[1]) if VERSION.fullmatch(match[1]) else NO_VERSION


def decoded(segments: dict[str, str]) -> dict[str, str]:
    """Decode the path's segments, once: API Gateway passes them percent-encoded, and Chalice as they came."""
    return {name: unquote(text) for name, text in segments.items()}


def path(values: dict[str, str], operation: Operation) -> dict[str, Any]:
    """Return the path's segments as the view takes them; what can name nothing is refused before a store sees it."""
    if not all(SEGMENT.fullmatch(item) for item in values.values()):
        raise errors.NotFound("There is nothing here by this name.")
    return {name: _segment(operation.signature.path[name], name, text) for name, text in values.items()}


def _segment(kind: Any, name: str, text: str) -> Any:
    if kind is str:
        return text
    try:
        return kind(text)
    except ValueError:
        raise errors.NotFound(f"There is no such {_words(name)}. There are: {_named(kind)}.") from None


def _words(name: str) -> str:
    return name.replace("_", "-")


def _named(kind: type[StrEnum]) -> str:
    return ", ".join(item.value for item in kind)
