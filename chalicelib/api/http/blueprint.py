"""The one blueprint class: an operation's view is a typed function, and its annotations are what it takes and gives.

    blueprint = Blueprint(__name__)

    @blueprint.operation("create_account", "POST /accounts", status=201, refusals=(AlreadyExists,))
    def create_account(request: Request[NewAccountBody, NoQuery]) -> Answer[AccountView]:
        return request.execute(lambda: accounts.create(request.ports, request.actor, …), present)

Errors of the domain become problems here, around the view: Chalice's middleware cannot catch them.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from chalice.app import Blueprint as ChaliceBlueprint

from chalicelib.api.http.authorizer import authorizer
from chalicelib.api.http.dispatch import serve
from chalicelib.api.http.operation import Operation

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalice.app import Response

V = TypeVar("V", bound="Callable[..., Any]")


class Blueprint(ChaliceBlueprint):
    """The operations of one resource."""

    def operation(self, name: str, route: str, **declared: Any) -> Callable[[V], V]:
        """Serve `METHOD /path` by the decorated view; `declared` are the other fields of `Operation`."""
        method, _, path = route.partition(" ")

        def register(view: V) -> V:
            self._register(Operation(name=name, method=method, path=path, view=view, **declared))
            return view

        return register

    def _register(self, operation: Operation) -> None:
        @wraps(operation.view)
        def served(**path: str) -> Response:
            return serve(operation, self.current_request, path)

        served.operation = operation  # type: ignore[attr-defined]
        guard = None if operation.public else authorizer
        self.route(operation.path, methods=[operation.method], authorizer=guard, content_types=[])(served)
