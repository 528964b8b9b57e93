"""Whether a stage answers under its address after a deployment (docs/aws.md, row N3)."""

from __future__ import annotations

import socket
import urllib.error

import pytest

from infra import reachable

OWN = {"PublicUrl": "https://partners.example.com", "DnsTarget": "d1.cloudfront.net"}


def test_a_stage_that_answers_is_said() -> None:
    asked = []
    assert reachable.note(OWN, lambda address: asked.append(address) or b'{"status": "ok"}') == f"{asked[0]} answers."
    assert asked == ["https://partners.example.com/v1/health"]


def missing_name(_: str) -> bytes:
    raise urllib.error.URLError(socket.gaierror("Name or service not known"))


@pytest.mark.aws("N3")
def test_a_domain_without_its_record_is_told_where_it_must_point() -> None:
    output = reachable.note(OWN, missing_name)
    assert "does not answer yet (Name or service not known)" in output
    assert "Make partners.example.com a CNAME (at the top of a zone an alias) of d1.cloudfront.net" in output


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"status": "other"}'])
def test_a_page_of_somebody_else_is_no_answer(body: bytes) -> None:
    assert "run make deploy again" in reachable.note(OWN, lambda _: body)


def test_cloudfront_s_own_name_needs_no_record() -> None:
    output = reachable.note({"PublicUrl": "https://d1.cloudfront.net"}, missing_name)
    assert "CNAME" not in output
