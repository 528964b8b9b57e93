"""A small client of the product's own API, for loading the sample and for tests on the running stack."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from email.message import Message

TIMEOUT = 60
WAITS = (0.5, 1.0, 3.0, 8.0, 15.0)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the API answered, whatever the status."""

    status: int
    headers: Message
    content: bytes

    def json(self) -> Any:
        """Return the body as JSON."""
        return json.loads(self.content)


class Refused(Exception):
    """What the API refused, in its own words."""

    def __init__(self, answer: Answer) -> None:
        try:
            problem = answer.json()
        except ValueError:
            problem = {}
        errors = " ".join(str(error.get("detail", "")) for error in problem.get("errors", []))
        super().__init__(f"{problem.get('detail') or problem.get('title') or answer.status} {errors}".strip())


def must(answer: Answer) -> Any:
    """Return what was answered, or raise what was refused."""
    if answer.status >= 300:
        raise Refused(answer)
    return answer.json() if answer.content else None


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """A redirect is an answer like any other."""


_opener = urllib.request.build_opener(_NoRedirects, urllib.request.ProxyHandler({}))


def send(method: str, url: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
    """Return one request as it stands; a redirect is an answer like any other."""
    request = urllib.request.Request(url, body, headers or {}, method=method)
    try:
        with _opener.open(request, timeout=TIMEOUT) as response:
            return Answer(response.status, response.headers, response.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())


@dataclass(frozen=True, slots=True)
class Api:
    """The API as one caller sees it."""

    url: str
    token: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def request(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Send one request; a POST gets an `Idempotency-Key` of its own unless one is given (`Idempotency_Key=…`)."""
        values = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {**self._usual_headers(method, body), **self.headers, **values}
        return send(method, self.url + path, None if body is None else json.dumps(body).encode(), sent)

    def _usual_headers(self, method: str, body: Any) -> dict[str, str]:
        sent = {"Accept": "application/json"}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        if method == "POST":
            sent["Idempotency-Key"] = str(uuid.uuid4())
        if body is not None:
            sent["Content-Type"] = "application/json"
        return sent

    def get(self, path: str, **headers: str) -> Answer:
        """GET."""
        return self.request("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Answer:
        """POST; without a body an empty object is sent."""
        return self.request("POST", path, {} if body is None else body, **headers)

    def put(self, path: str, body: Any = None, **headers: str) -> Answer:
        """PUT."""
        return self.request("PUT", path, body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> Answer:
        """PATCH."""
        return self.request("PATCH", path, body, **headers)

    def delete(self, path: str, **headers: str) -> Answer:
        """DELETE."""
        return self.request("DELETE", path, **headers)


@dataclass(frozen=True, slots=True)
class PatientApi(Api):
    """Asks again where the API has too much to do, as a client should; a repeated POST has the same key."""

    def request(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Send one request, up to six times within half a minute."""
        if method == "POST":
            headers.setdefault("Idempotency_Key", str(uuid.uuid4()))
        for seconds in WAITS:
            answer = Api.request(self, method, path, body, **headers)
            if answer.status not in (429, 503):
                return answer
            time.sleep(seconds)
        return Api.request(self, method, path, body, **headers)


def upload(form: dict[str, Any], content: bytes, filename: str = "upload.csv") -> Answer:
    """Send a file by a presigned form, as a browser does."""
    boundary = uuid.uuid4().hex
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in form["fields"].items()
    ]
    parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{filename}"\r\n\r\n')
    body = "".join(parts).encode() + content + f"\r\n--{boundary}--\r\n".encode()
    return send("POST", form["url"], body, {"Content-Type": f"multipart/form-data; boundary={boundary}"})
