"""The emulator is held to what AWS does: raw paths, mail, and the console's headers."""

from __future__ import annotations

import asyncio
import gzip
import json
import subprocess
import sys
import threading
import time
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from infra.local import response_headers
from infra.local.emulator_patches import compression, console_headers, expiry, files_origin, mail, raw_paths
from infra.local.settings import StackConfig

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.aws("W6")
@pytest.mark.parametrize(
    ("raw", "decoded", "expected"),
    [
        ("/v1/usernames/ada%40example.com", "/usernames/ada@example.com", "/usernames/ada%40example.com"),
        ("/v1/usernames/ada@example.com", "/usernames/ada@example.com", "/usernames/ada@example.com"),
        ("/v1/usernames/a%2Fb", "/usernames/a/b", "/usernames/a%2Fb"),
        ("/v1/usernames/a%2540b", "/usernames/a%40b", "/usernames/a%2540b"),
        ("/v1/a/a", "/a", "/a"),
        ("/console/", "/", "/"),
        ("", "/accounts", "/accounts"),
    ],
)
def test_a_path_is_handed_over_as_it_was_sent(raw: str, decoded: str, expected: str) -> None:
    assert raw_paths.raw_tail(raw, decoded) == expected


@pytest.mark.aws("N1")
@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "gzip"),
        ("deflate", "deflate"),
        ("br;q=1, gzip;q=0.8", "identity"),
        ("gzip;q=0", "identity"),
        ("*", "gzip"),
        ("identity", "identity"),
        ("", "identity"),
    ],
)
def test_an_answer_is_compressed_by_what_the_client_prefers_if_api_gateway_supports_it(
    accepted: str, coding: str
) -> None:
    assert compression.chosen(accepted) == coding


@pytest.mark.aws("N1")
def test_an_answer_is_compressed_from_the_size_on_that_the_api_says_and_keeps_its_etag() -> None:
    async def execute(api_id: str, *_: Any) -> tuple[int, dict[str, str], bytes]:
        return 200, {"ETag": '"3"', "Content-Length": "2000"}, b"x" * (2000 if api_id == "long" else 10)

    sizes: dict[str, int | None] = {"long": 1024, "short": 1024}
    serve = compression.compressing(execute, lambda api_id: sizes[api_id])
    status, headers, body = asyncio.run(serve("long", "v1", "GET", "/", {"Accept-Encoding": "gzip"}))
    assert (status, headers) == (200, {"ETag": '"3"', "Content-Encoding": "gzip"})
    assert gzip.decompress(body) == b"x" * 2000
    for api_id, minimum, accepted in (("short", 1024, "gzip"), ("long", None, "gzip"), ("long", 1024, "br")):
        sizes[api_id] = minimum
        plain = asyncio.run(serve(api_id, "v1", "GET", "/", {"accept-encoding": accepted}))
        assert "Content-Encoding" not in plain[1]


@pytest.mark.aws("W5")
def test_the_topic_of_a_new_event_destination_is_tried_with_the_text_of_ses() -> None:
    published: list[tuple[str, ...]] = []
    answers = [None, "AlreadyExists"]
    put = mail.trying_topic(lambda *_, **__: answers.pop(0), lambda *message: published.append(message))
    destination = {"SnsDestination": {"TopicArn": "arn:aws:sns:topic"}}
    put("partnerbook", "bounces", destination, create=True)
    put("partnerbook", "bounces", destination, create=True)
    assert published == [("arn:aws:sns:topic", mail.VALIDATION, mail.SUBJECT)]
    assert mail.VALIDATION == "Successfully validated SNS topic for Amazon SES event publishing."


def test_mail_with_a_configuration_set_that_is_not_there_is_refused() -> None:
    ses = SimpleNamespace(
        _p=lambda params, name: params.get(name), _error=lambda *error: error, _configuration_sets={"ours": {}}
    )
    send = mail.knowing_configuration_sets(lambda _: "sent", ses, SimpleNamespace(_config_sets={"ours-2": {}}))
    assert send({"ConfigurationSetName": "other"})[0] == "ConfigurationSetDoesNotExist"
    assert [send({"ConfigurationSetName": name}) for name in ("ours", "ours-2", "")] == ["sent"] * 3


@pytest.mark.aws("W14")
def test_the_emulator_refuses_a_sender_that_is_not_verified_in_the_words_that_are_waited_for() -> None:
    code = (
        "from ministack.services import ses; print(ses._message_rejection('a@unverified.example', ['b@example.com']))"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60).stdout
    from chalicelib.notifications.email import NOT_VERIFIED

    assert NOT_VERIFIED in output
    assert "a@unverified.example" in output


@pytest.mark.aws("B3")
@pytest.mark.aws("B4")
def test_the_console_is_sent_with_the_policy_of_the_template_for_aws_and_this_machines_hosts(tmp_path: Path) -> None:
    place = StackConfig(4566, tmp_path)
    response_headers.write(place)
    headers = json.loads(place.console_headers.read_text())
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["connect-src"] == "'self' http://127.0.0.1:4566 http://127.0.0.1:4567"
    assert policy["default-src"] == "'none'"
    assert "${" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"


def test_what_the_proxy_answers_has_the_headers_and_a_failure_of_the_gateway_stays_what_it_is(tmp_path: Path) -> None:
    file = tmp_path / "headers.json"
    answers: list[Any] = [(200, {"Content-Type": "text/html"}, b""), (200, {}, b""), object()]
    failure = answers[-1]

    async def serve(*_: Any) -> Any:
        return answers.pop(0)

    served = console_headers.with_headers(serve, file)
    assert asyncio.run(served()) == (200, {"Content-Type": "text/html"}, b"")
    file.write_text('{"X-Frame-Options": "DENY"}')
    assert asyncio.run(served()) == (200, {"X-Frame-Options": "DENY"}, b"")
    assert asyncio.run(served()) is failure


@pytest.mark.aws("B4")
def test_files_are_served_on_a_port_of_their_own(tmp_path: Path) -> None:
    served: list[list[str]] = []
    config = SimpleNamespace(bind=["127.0.0.1:4566"])
    files_origin.with_second_port(lambda _, config: served.append(config.bind), "4567")(object(), config)
    assert served == [["127.0.0.1:4566", "127.0.0.1:4567"]]
    assert StackConfig(4566, tmp_path).files_origin == "http://127.0.0.1:4567"


def test_items_expire_by_the_day_of_the_stack() -> None:
    """A record of a repeated request must not go because the stack lives on an earlier day than its host."""
    clock = expiry.StackTime(date(2026, 11, 5))
    seen: list[float] = []
    reaper = threading.Thread(target=lambda: seen.append(clock.time()), name=expiry.REAPER)
    reaper.start()
    reaper.join()
    assert datetime.fromtimestamp(seen[0], UTC).date() == date(2026, 11, 5)
    assert abs(clock.time() - time.time()) < 60
    assert clock.sleep is time.sleep


def test_the_emulator_has_the_thread_that_the_clock_is_for() -> None:
    code = (
        "from ministack.services import dynamodb, ses; import threading; print([t.name for t in threading.enumerate()])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert expiry.REAPER in done.stdout
