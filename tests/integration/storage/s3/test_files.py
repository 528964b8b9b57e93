"""What is written is what is read, whole or not at all; the S3 store keeps the same contract as the fake."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zlib import crc32

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, EndpointConnectionError, ResponseStreamingError
from moto import mock_aws

from chalicelib.domain.kernel.errors import NotFound, StaleVersion, Unavailable
from chalicelib.domain.kernel.files import FileStore, FileWriter, UploadForm
from chalicelib.storage.s3 import files as files_module
from chalicelib.storage.s3.files import CLIENT_OPTIONS, S3Files
from chalicelib.storage.s3.multipart import PART, ObjectWriter

BUCKET = "partnerbook-files"
MIB = 1024 * 1024


class Kept(bytearray):
    """A FileWriter in memory."""

    write = bytearray.extend
    size = property(len)


class FilesInMemory:
    """The fake that the unit tests of others may use."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    @contextmanager
    def create(self, key: str, content_type: str) -> Iterator[FileWriter]:
        writer = Kept()
        yield writer  # type: ignore[misc]
        self.kept[key] = bytes(writer)

    def read(self, key: str, start: int = 0) -> Iterator[bytes]:
        if key not in self.kept:
            raise NotFound("There is no such file.")
        if self.kept[key][start:]:
            yield self.kept[key][start:]

    def folders(self, prefix: str) -> Iterator[str]:
        below = (key.removeprefix(prefix) for key in self.kept if key.startswith(prefix))
        return iter(sorted({f"{prefix}{rest.partition('/')[0]}/" for rest in below if "/" in rest}))

    def delete_all(self, prefix: str) -> int:
        if len(prefix) < 2 or not prefix.endswith("/"):
            raise ValueError(prefix)
        return len([self.kept.pop(key) for key in list(self.kept) if key.startswith(prefix)])

    def download_url(self, key: str, filename: str, content_type: str, seconds: int = 300) -> str:
        return f"memory:{key}?{filename}"

    def upload_form(self, key: str, content_type: str, largest: int) -> UploadForm:
        return UploadForm("memory:", {"key": key})


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setattr("time.sleep", lambda _: None)
    with mock_aws():
        client = boto3.client(
            "s3",
            region_name="eu-west-1",
            aws_access_key_id="x",
            aws_secret_access_key="x",
            config=Config(**CLIENT_OPTIONS),
        )
        client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
        yield client
        client.close()


@pytest.fixture(params=["fake", "s3"])
def store(request: pytest.FixtureRequest) -> FileStore:
    if request.param == "fake":
        return FilesInMemory()
    return S3Files(request.getfixturevalue("s3"), BUCKET)


def put(store: FileStore, key: str, *pieces: bytes, then: Exception | None = None) -> None:
    with store.create(key, "text/csv") as writer:
        for piece in pieces:
            writer.write(piece)
        assert writer.size == sum(map(len, pieces))
        if then:
            raise then


def read(store: FileStore, key: str, start: int = 0) -> bytes:
    return b"".join(store.read(key, start))


def open_uploads(s3: Any) -> list[Any]:
    return list(s3.list_multipart_uploads(Bucket=BUCKET).get("Uploads", []))


def failing(times: int, error: Exception) -> Callable[..., None]:
    """A botocore hook that fails so many times."""
    left = [error] * times

    def fail(**_: Any) -> None:
        if left:
            raise left.pop()

    return fail


# The contract


def test_a_file_reads_as_it_was_written_from_any_byte_on(store: FileStore) -> None:
    put(store, "reports/p/r/a.csv", b"one,", b"", b"two,", b"three")
    assert read(store, "reports/p/r/a.csv") == b"one,two,three"
    assert read(store, "reports/p/r/a.csv", 4) == b"two,three"
    assert read(store, "reports/p/r/a.csv", 13) == b""
    assert read(store, "reports/p/r/a.csv", 99) == b""


def test_an_empty_file_is_a_file(store: FileStore) -> None:
    put(store, "reports/p/r/empty.csv")
    assert read(store, "reports/p/r/empty.csv") == b""


def test_a_file_whose_writing_fails_is_not_there(store: FileStore) -> None:
    with pytest.raises(ZeroDivisionError):
        put(store, "reports/p/r/a.csv", b"half", then=ZeroDivisionError())
    with pytest.raises(NotFound):
        read(store, "reports/p/r/a.csv")


def test_only_what_is_below_the_prefix_is_deleted(store: FileStore) -> None:
    for key in ("reports/p1/r/a", "reports/p1/r/b", "reports/p10/r/a"):
        put(store, key, b"x")
    assert store.delete_all("reports/p1/") == 2
    assert store.delete_all("reports/p1/") == 0
    assert read(store, "reports/p10/r/a") == b"x"


def test_folders_are_those_right_below_the_prefix(store: FileStore) -> None:
    for key in ("reports/p1/r1/1/a", "reports/p1/r1/2/a", "reports/p1/r2/1/a", "reports/p10/r3/1/a"):
        put(store, key, b"x")
    assert list(store.folders("reports/p1/")) == ["reports/p1/r1/", "reports/p1/r2/"]
    assert list(store.folders("reports/p2/")) == []


@pytest.mark.parametrize("prefix", ["", "/", "reports/p1"])
def test_a_prefix_that_may_meet_other_partners_is_refused(store: FileStore, prefix: str) -> None:
    with pytest.raises(ValueError, match=r"^$|/"):
        store.delete_all(prefix)


# Writing to S3


@pytest.mark.parametrize("size", [PART - 1, PART, PART + 1, 2 * PART, 2 * PART + 5])
def test_a_file_of_any_number_of_parts_is_whole_and_has_its_checksum(s3: Any, size: int) -> None:
    content = os.urandom(MIB) * (size // MIB + 1)
    with S3Files(s3, BUCKET).create("reports/a", "text/csv") as writer:
        for start in range(0, size, 3 * MIB):
            writer.write(content[start : min(start + 3 * MIB, size)])
    found = s3.get_object(Bucket=BUCKET, Key="reports/a")
    assert found["Body"].read() == content[:size]
    assert found["ContentType"] == "text/csv"
    assert open_uploads(s3) == []


def test_each_part_carries_its_crc32_and_no_sha256_of_the_payload(s3: Any) -> None:
    sent: list[tuple[str, str, str]] = []

    def note(request: Any, operation_name: str, **_: Any) -> None:
        reported = request.headers.get("x-amz-checksum-crc32", b"").decode()
        sent.append((operation_name, reported, request.headers.get("X-Amz-Content-SHA256", b"").decode()))

    s3.meta.events.register("before-send.s3", lambda request, **_: note(request, request.method))
    with ObjectWriter(s3, BUCKET, "a", "text/csv", part=5 * MIB) as writer:
        writer.write(b"a" * 5 * MIB)
        writer.write(b"b")
    reported = [base64.b64encode(crc32(part).to_bytes(4, "big")).decode() for part in (b"a" * 5 * MIB, b"b")]
    assert [checksum for _, checksum, _ in sent] == ["", *reported, ""]
    assert [payload for method, _, payload in sent if method == "PUT"] == ["UNSIGNED-PAYLOAD"] * 2


def test_a_part_is_not_kept_after_it_is_sent(s3: Any) -> None:
    with ObjectWriter(s3, BUCKET, "a", "text/csv", part=5 * MIB) as writer:
        for _ in range(12):
            writer.write(b"x" * MIB)
            assert writer._held.tell() <= 5 * MIB


@pytest.mark.parametrize("operation", ["UploadPart", "CompleteMultipartUpload"])
def test_a_failed_request_leaves_no_file_and_no_parts(s3: Any, operation: str) -> None:
    s3.meta.events.register(f"before-call.s3.{operation}", failing(1, OSError("no way")))
    with pytest.raises(OSError, match="no way"), S3Files(s3, BUCKET).create("reports/a", "text/csv") as writer:
        writer.write(b"x" * (PART + 1))
    assert open_uploads(s3) == []
    with pytest.raises(NotFound):
        read(S3Files(s3, BUCKET), "reports/a")


def test_a_failure_between_parts_leaves_no_file_and_no_parts(s3: Any) -> None:
    with pytest.raises(ZeroDivisionError):
        put(S3Files(s3, BUCKET), "reports/a", b"x" * (PART + 1), then=ZeroDivisionError())
    assert open_uploads(s3) == []


def test_the_first_error_is_told_even_if_dropping_the_parts_fails_too(s3: Any) -> None:
    denied = ClientError({"Error": {"Code": "AccessDenied"}}, "AbortMultipartUpload")
    s3.meta.events.register("before-call.s3.AbortMultipartUpload", failing(1, denied))
    with pytest.raises(ZeroDivisionError):
        put(S3Files(s3, BUCKET), "reports/a", b"x" * (PART + 1), then=ZeroDivisionError())


def test_a_completion_whose_answer_was_lost_is_found_done(s3: Any) -> None:
    lost = s3.exceptions.NoSuchUpload({"Error": {"Code": "NoSuchUpload"}}, "CompleteMultipartUpload")
    s3.meta.events.register("after-call.s3.CompleteMultipartUpload", failing(1, lost))
    content = b"x" * (PART + 1)
    put(S3Files(s3, BUCKET), "reports/a", content)
    assert read(S3Files(s3, BUCKET), "reports/a") == content


def test_a_lost_upload_is_not_taken_for_done_because_another_file_is_there(s3: Any) -> None:
    put(S3Files(s3, BUCKET), "reports/a", b"y" * (PART + 1))
    lost = s3.exceptions.NoSuchUpload({"Error": {"Code": "NoSuchUpload"}}, "CompleteMultipartUpload")
    s3.meta.events.register("before-call.s3.CompleteMultipartUpload", failing(1, lost))
    with pytest.raises(ClientError, match="NoSuchUpload"):
        put(S3Files(s3, BUCKET), "reports/a", b"x" * (PART + 1))


# Reading from S3


def test_a_large_file_is_read_in_ranges(s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_module, "PIECE", 10)
    store = S3Files(s3, BUCKET)
    put(store, "imports/a", b"0123456789abcdefghij_")
    assert list(store.read("imports/a", 5)) == [b"56789abcde", b"fghij_"]


@pytest.mark.parametrize(("failures", "succeeds"), [(2, True), (3, False)])
def test_a_stream_that_breaks_is_asked_for_again_from_where_it_was(s3: Any, failures: int, succeeds: bool) -> None:
    store = S3Files(s3, BUCKET)
    put(store, "imports/a", b"content")
    s3.meta.events.register("after-call.s3.GetObject", failing(failures, ResponseStreamingError(error="cut")))
    if succeeds:
        assert read(store, "imports/a") == b"content"
    else:
        with pytest.raises(Unavailable):
            read(store, "imports/a")


def test_a_file_replaced_while_it_is_read_is_told(s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_module, "PIECE", 4)
    store = S3Files(s3, BUCKET)
    put(store, "imports/a", b"old content")
    pieces = store.read("imports/a")
    assert next(pieces) == b"old "
    put(store, "imports/a", b"new content")
    with pytest.raises(StaleVersion):
        next(pieces)


def test_what_may_not_be_read_is_not_taken_for_missing(s3: Any) -> None:
    denied = ClientError({"Error": {"Code": "403"}}, "HeadObject")
    s3.meta.events.register("before-call.s3.HeadObject", failing(1, denied))
    with pytest.raises(ClientError):
        read(S3Files(s3, BUCKET), "imports/a")


def test_deletions_that_are_refused_one_by_one_are_told(s3: Any) -> None:
    store = S3Files(s3, BUCKET)
    put(store, "reports/p/a", b"x")
    s3.meta.events.register(
        "after-call.s3.DeleteObjects", lambda parsed, **_: parsed.update(Errors=[{"Code": "AccessDenied"}])
    )
    with pytest.raises(OSError, match="1 of 1 files could not be deleted: AccessDenied"):
        store.delete_all("reports/p/")


# Handing out and taking in


def test_a_download_url_saves_under_the_name_for_at_most_five_minutes(s3: Any) -> None:
    url = urlsplit(S3Files(s3, BUCKET).download_url("reports/p/r/a.csv", 'Ω "x"\r\n.csv', "text/csv", seconds=9999))
    asked = {name: value for name, [value] in parse_qs(url.query).items()}
    assert url.path.endswith("/reports/p/r/a.csv")
    assert asked["X-Amz-Algorithm"] == "AWS4-HMAC-SHA256"
    assert asked["X-Amz-Expires"] == "300"
    assert asked["response-content-type"] == "text/csv"
    assert (
        asked["response-content-disposition"] == "attachment; filename=\" x .csv\"; filename*=UTF-8''%CE%A9%20x%20.csv"
    )


@pytest.mark.aws("B4")
@pytest.mark.parametrize("region", ["us-east-1", "us-west-2", "eu-central-1", "ap-south-1"])
def test_links_and_forms_name_the_host_that_cloudformation_calls_regional(region: str) -> None:
    """The console's content security policy allows `FilesBucket.RegionalDomainName` and no other host of S3."""
    keys = {"aws_access_key_id": "x", "aws_secret_access_key": "x"}
    client = boto3.client("s3", region_name=region, config=Config(**CLIENT_OPTIONS), **keys)
    store = S3Files(client, BUCKET)
    links = [store.download_url("reports/p/r/a.csv", "a.csv", "text/csv"), store.upload_form("k", "text/csv", 1).url]
    client.close()
    assert {urlsplit(link).netloc for link in links} == {f"{BUCKET}.s3.{region}.amazonaws.com"}


def test_an_upload_form_is_for_one_key_one_type_one_size_and_fifteen_minutes(s3: Any) -> None:
    form = S3Files(s3, BUCKET).upload_form("imports/p/i.csv", "text/csv", largest=1000)
    policy = json.loads(base64.b64decode(form.fields["policy"]))
    conditions = policy["conditions"]
    assert {"key": "imports/p/i.csv"} in conditions
    assert {"Content-Type": "text/csv"} in conditions
    assert ["content-length-range", 0, 1000] in conditions
    assert {"bucket": BUCKET} in conditions
    assert form.fields["Content-Type"] == "text/csv"
    assert form.fields["key"] == "imports/p/i.csv"
    assert not any("starts-with" in condition for condition in conditions)


def test_a_file_is_known_by_its_size_and_a_tag_that_another_file_has_not(s3: Any) -> None:
    store = S3Files(s3, BUCKET)
    put(store, "imports/a", b"12345")
    before = store.look_up("imports/a")
    put(store, "imports/a", b"54321")
    assert before.bytes == 5
    assert store.look_up("imports/a").tag != before.tag
    with pytest.raises(StaleVersion):
        b"".join(store.read("imports/a", tag=before.tag))


def test_looking_up_a_file_that_is_not_there_says_so(s3: Any) -> None:
    with pytest.raises(NotFound):
        S3Files(s3, BUCKET).look_up("imports/none")


# When S3 cannot right now


def slow_down() -> ClientError:
    refused = {"Error": {"Code": "SlowDown"}, "ResponseMetadata": {"HTTPStatusCode": 503}}
    return ClientError(refused, "any")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("operation", "use"),
    [
        ("HeadObject", lambda store: store.look_up("reports/a")),
        ("HeadObject", lambda store: read(store, "reports/a")),
        ("GetObject", lambda store: read(store, "reports/a")),
        ("ListObjectsV2", lambda store: store.delete_all("reports/")),
        ("DeleteObjects", lambda store: store.delete_all("reports/")),
        ("PutObject", lambda store: put(store, "reports/b", b"x")),
        ("CreateMultipartUpload", lambda store: put(store, "reports/b", b"x" * (2 * PART + 1))),
        ("UploadPart", lambda store: put(store, "reports/b", b"x" * (2 * PART + 1))),
        ("CompleteMultipartUpload", lambda store: put(store, "reports/b", b"x" * (2 * PART + 1))),
    ],
)
@pytest.mark.parametrize(
    "failure", [slow_down(), EndpointConnectionError(endpoint_url="https://s3")], ids=["slow", "off"]
)
def test_a_fault_of_s3_that_passes_is_told_as_such(s3: Any, operation: str, use: Any, failure: Exception) -> None:
    store = S3Files(s3, BUCKET)
    put(store, "reports/a", b"content")
    s3.meta.events.register(f"before-call.s3.{operation}", failing(1, failure))
    with pytest.raises(Unavailable):
        use(store)
    assert open_uploads(s3) == []


def test_deletions_that_are_put_off_one_by_one_are_told_as_such(s3: Any) -> None:
    store = S3Files(s3, BUCKET)
    put(store, "reports/p/a", b"x")
    s3.meta.events.register(
        "after-call.s3.DeleteObjects", lambda parsed, **_: parsed.update(Errors=[{"Code": "InternalError"}])
    )
    with pytest.raises(Unavailable):
        store.delete_all("reports/p/")
