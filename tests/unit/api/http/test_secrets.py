"""Parts of an answer that must not be stored are made anew when the answer is given again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from chalice.app import Chalice

from chalicelib.api.http.answer import Answer
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import Body, NoQuery, View
from chalicelib.api.http.request import Request
from chalicelib.domain.changes import Change
from chalicelib.domain.kernel.idempotency import MAX_BODY, RequestRecord
from tests.api_client import ApiClient

if TYPE_CHECKING:
    from tests.fakes import FakePorts


class Wish(Body):
    what: str


class Form(View):
    what: str
    url: str | None = None
    version: int = 4


class Empty(View):
    pass


@dataclass
class Signer:
    """Signs, and counts how often."""

    signed: int = 0

    def enrich_response(self, request: Request[Wish, NoQuery], form: Form) -> Form:
        self.signed += 1
        return msgspec.structs.replace(form, url=f"https://files.example/{request.body.what}?signature={self.signed}")


@pytest.fixture
def signer() -> Signer:
    return Signer()


@pytest.fixture
def admin(ports: FakePorts, signer: Signer) -> ApiClient:
    """The admin of an app whose POST gives a signed form."""
    blueprint = Blueprint("tests.forms")

    @blueprint.operation("create_import", "POST /forms", status=201, enrich_response=signer.enrich_response)
    def wish(request: Request[Wish, NoQuery]) -> Answer[Form]:
        return request.execute(
            lambda: Change((), request.body.what), lambda what: Answer(Form(what=what), location=f"/forms/{what}")
        )

    @blueprint.operation("start_import", "POST /forms/{form_id}/end", status=204)
    def end(request: Request[None, NoQuery], form_id: str) -> Answer[None]:
        return request.execute(lambda: Change((), form_id), lambda _: Answer(None))

    app = Chalice("forms", configure_logs=False)
    app.register_blueprint(blueprint)
    return ApiClient(app, "admin")


def test_a_secret_is_signed_anew_and_the_rest_is_the_same(admin: ApiClient, signer: Signer) -> None:
    first, again = admin.post("/forms", {"what": "cake"}), admin.post("/forms", {"what": "cake"})
    assert first.json == {"what": "cake", "url": "https://files.example/cake?signature=1", "version": 4}
    assert again.json == {"what": "cake", "url": "https://files.example/cake?signature=2", "version": 4}
    for name in ("Location", "ETag"):
        assert first.headers[name] == again.headers[name]
    assert (first.status, again.status, signer.signed) == (201, 201, 2)


def test_no_secret_is_stored(admin: ApiClient, ports: FakePorts) -> None:
    admin.post("/forms", {"what": "cake"})
    (record,) = ports.book.all(RequestRecord)
    assert record.body == b'{"what":"cake","url":null,"version":4}'
    assert record.location == "/forms/cake"


def test_an_answer_without_a_body_is_given_again_without_a_body(admin: ApiClient) -> None:
    first, again = admin.post("/forms/x/end"), admin.post("/forms/x/end")
    assert (first.status, first.text) == (again.status, again.text) == (204, "")
    assert again.headers["Idempotency-Replayed"] == "true"


def test_an_answer_too_large_to_be_kept_is_refused_before_anything_is_written(
    admin: ApiClient, ports: FakePorts
) -> None:
    reply: Any = admin.post("/forms", {"what": "x" * MAX_BODY})
    assert (reply.status, reply.code) == (413, "too-large")
    assert not ports.transaction_writer.committed
