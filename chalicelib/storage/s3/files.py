"""Files in one S3 bucket."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from chalicelib.aws_errors import TRANSIENT_CODES, unavailable_if_transient
from chalicelib.domain.kernel.errors import NotFound, StaleVersion, Unavailable
from chalicelib.domain.kernel.files import DOWNLOAD_SECONDS, UPLOAD_SECONDS, StoredFile, UploadForm, attachment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_s3.client import S3Client

    from chalicelib.storage.s3.multipart import ObjectWriter

CLIENT_OPTIONS: dict[str, Any] = {
    "signature_version": "s3v4",
    "s3": {
        "payload_signing_enabled": False,
        "addressing_style": "virtual",
        "us_east_1_regional_endpoint": "regional",
    },
}
"""For the client's botocore Config: presigned URLs at the bucket's own region (us-east-1 included), the host that the
console's content security policy allows; checksums in place of payload hashes."""
PIECE = 4 * 1024 * 1024
TRIES = 3


class S3Files:
    """A FileStore on S3."""

    def __init__(self, client: S3Client, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def create(self, key: str, content_type: str) -> ObjectWriter:
        """Return a block that writes one object."""
        from chalicelib.storage.s3.multipart import ObjectWriter

        return ObjectWriter(self._client, self._bucket, key, content_type)

    def look_up(self, key: str) -> StoredFile:
        """Return the object's size and ETag."""
        from botocore.exceptions import ClientError

        try:
            with unavailable_if_transient():
                head = self._client.head_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if error.response["Error"]["Code"] in {"404", "NoSuchKey"}:
                raise NotFound("There is no such file.") from error
            raise
        return StoredFile(head["ContentLength"], head["ETag"])

    def read(self, key: str, start: int = 0, tag: str | None = None) -> Iterator[bytes]:
        """Yield the object in ranges, each asked for again if its connection breaks."""
        head = self.look_up(key)
        while start < head.bytes:
            piece = self._range(key, start, tag or head.tag)
            yield piece
            start += len(piece)

    def folders(self, prefix: str) -> Iterator[str]:
        """Yield the common prefixes up to the next slash."""
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=prefix, Delimiter="/"
        )
        for page in pages:
            yield from (found["Prefix"] for found in page.get("CommonPrefixes", []))

    def delete_all(self, prefix: str) -> int:
        """Remove every object below the prefix."""
        if len(prefix) < 2 or not prefix.endswith("/"):
            raise ValueError(
                "A prefix names a folder and ends in /, lest a partner's name that begins alike is met too."
            )
        with unavailable_if_transient():
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix)
            return sum(self._delete([found["Key"] for found in page.get("Contents", [])]) for page in pages)

    def download_url(self, key: str, filename: str, content_type: str, seconds: int = DOWNLOAD_SECONDS) -> str:
        """Return a presigned GET."""
        return self._client.generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self._bucket,
                "Key": key,
                "ResponseContentDisposition": attachment(filename),
                "ResponseContentType": content_type,
            },
            ExpiresIn=min(seconds, DOWNLOAD_SECONDS),
        )

    def upload_form(self, key: str, content_type: str, largest: int) -> UploadForm:
        """Return a presigned POST; the policy names key, type and size, so that nothing else is taken."""
        form = self._client.generate_presigned_post(
            self._bucket,
            key.replace("${filename}", ""),
            Fields={"Content-Type": content_type},
            Conditions=[{"Content-Type": content_type}, ["content-length-range", 0, largest]],
            ExpiresIn=UPLOAD_SECONDS,
        )
        return UploadForm(url=form["url"], fields=form["fields"])

    def _range(self, key: str, start: int, etag: str) -> bytes:
        from botocore.exceptions import IncompleteReadError, ReadTimeoutError, ResponseStreamingError

        with unavailable_if_transient():
            for _ in range(TRIES - 1):
                with suppress(IncompleteReadError, ReadTimeoutError, ResponseStreamingError):
                    return self._get(key, start, etag)
            return self._get(key, start, etag)

    def _get(self, key: str, start: int, etag: str) -> bytes:
        from botocore.exceptions import ClientError

        place = f"bytes={start}-{start + PIECE - 1}"
        try:
            return self._client.get_object(Bucket=self._bucket, Key=key, Range=place, IfMatch=etag)["Body"].read()
        except ClientError as error:
            if error.response["Error"]["Code"] in {"PreconditionFailed", "412"}:
                raise StaleVersion("The file was replaced while it was being read.") from error
            raise

    def _delete(self, keys: list[str]) -> int:
        if not keys:
            return 0
        answer = self._client.delete_objects(
            Bucket=self._bucket, Delete={"Objects": [{"Key": key} for key in keys], "Quiet": True}
        )
        if failed := answer.get("Errors"):
            if {item.get("Code") for item in failed} <= TRANSIENT_CODES:
                raise Unavailable
            message = f"{len(failed)} of {len(keys)} files could not be deleted: {failed[0].get('Code')}."
            raise OSError(message)
        return len(keys)
