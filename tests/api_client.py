"""Calls the API as API Gateway does: an event into the Lambda handler, as the authorizer would have let it in."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from chalice.app import Chalice


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        """The body."""
        return json.loads(self.text)

    @property
    def code(self) -> str:
        """The problem's code."""
        assert self.headers["Content-Type"] == "application/problem+json", self.text
        return str(self.json["type"]).removeprefix("/problems/")

    @property
    def pointers(self) -> list[str]:
        """Where a problem says that values are wrong."""
        return [item["pointer"] for item in self.json.get("errors", [])]


@dataclass(frozen=True, slots=True)
class ApiClient:
    """One caller of the API; the headers go with every call."""

    app: Chalice
    subject: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    address: str = "203.0.113.7"

    def using(self, **headers: str) -> ApiClient:
        """The same caller with more headers, `_` for `-`."""
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(self, headers={**self.headers, **more})

    def get(self, path: str) -> Reply:
        return self.call("GET", path)

    def post(self, path: str, body: Any = None, key: str | None = "k-1") -> Reply:
        return (self.using(Idempotency_Key=key) if key else self).call("POST", path, body)

    def put(self, path: str, body: Any = None) -> Reply:
        return self.call("PUT", path, body)

    def patch(self, path: str, body: Any, version: int | str | None = None) -> Reply:
        return (self if version is None else self.using(If_Match=f'"{version}"')).call("PATCH", path, body)

    def delete(self, path: str) -> Reply:
        return self.call("DELETE", path)

    def call(self, method: str, path: str, body: Any = None) -> Reply:
        """Call it; a body that is not text or bytes goes as JSON."""
        answer = self.app(self.event(method, path, body), None)
        assert isinstance(answer["body"], str)
        reply = Reply(answer["statusCode"], answer["headers"], answer["body"])
        self._require_declared(method, path, reply)
        return reply

    def _require_declared(self, method: str, path: str, reply: Reply) -> None:
        """Fail on a problem that the OpenAPI document does not name for the operation."""
        if reply.headers.get("Content-Type") != "application/problem+json":
            return
        from infra.openapi.responses import problems

        resource, _ = self._resource(urlsplit(path).path)
        view = self.app.routes[resource][method].view_function if method in self.app.routes[resource] else None
        if view is not None:
            named = problems(view.operation).get(str(reply.status), [])  # type: ignore[attr-defined]
            assert reply.json["type"] in named, f"{method} {resource} does not name {reply.text}"

    def operation(self, method: str, path: str) -> str:
        """The operation that serves this, by its name in the OpenAPI document."""
        resource, _ = self._resource(urlsplit(path).path)
        from infra.openapi.document import operations

        return next(
            operation.name
            for operation in operations(self.app.routes)
            if (operation.method, operation.path) == (method, resource)
        )

    def event(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """The event of API Gateway's Lambda proxy integration."""
        parts = urlsplit(path)
        resource, parameters = self._resource(parts.path)
        query = parse_qs(parts.query, keep_blank_values=True)
        return {
            "resource": resource,
            "path": parts.path,
            "httpMethod": method,
            "headers": self._headers(body),
            "multiValueHeaders": {name: [value] for name, value in self._headers(body).items()},
            "queryStringParameters": {name: values[-1] for name, values in query.items()} or None,
            "multiValueQueryStringParameters": query or None,
            "pathParameters": parameters or None,
            "stageVariables": None,
            "requestContext": {
                "resourcePath": resource,
                "httpMethod": method,
                "path": f"/v1{parts.path}",
                "stage": "v1",
                "requestId": "6b3a0e6c-0000-4000-8000-000000000001",
                "identity": {"sourceIp": self.address},
                **({"authorizer": {"principalId": self.subject}} if self.subject else {}),
            },
            "body": body if body is None or isinstance(body, str) else json.dumps(body),
            "isBase64Encoded": False,
        }

    def _headers(self, body: Any) -> dict[str, str]:
        return ({} if body is None else {"content-type": "application/json"}) | self.headers

    def _resource(self, path: str) -> tuple[str, dict[str, str]]:
        segments = path.split("/")
        for resource in sorted(self.app.routes, key=lambda item: item.count("{")):
            pattern = resource.split("/")
            pairs = list(zip(pattern, segments, strict=False))
            if len(pattern) == len(segments) and all(p == s or p.startswith("{") for p, s in pairs):
                return resource, {p[1:-1]: s for p, s in pairs if p.startswith("{")}
        raise LookupError(f"API Gateway knows no {path}.")
