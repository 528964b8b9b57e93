"""Puts the built console into its bucket, with what the deployment tells it."""

from __future__ import annotations

import json
import mimetypes
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from infra.package import ROOT

if TYPE_CHECKING:
    from pathlib import Path

DIST = ROOT / "console/dist"
FOR_EVER, NEVER = "public, max-age=31536000, immutable", "no-cache"
TYPES = {".js": "text/javascript", ".woff2": "font/woff2"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """What the console reads before its first page, as `assets/config.json`."""

    api_url: str
    cognito_endpoint: str
    client_id: str
    user_pool_id: str
    auth_flow: str
    """`srp` wherever passwords must not travel; `password` on the embedded stack."""


def built() -> bool:
    """Tell whether there is a console to show."""
    return (DIST / "index.html").exists()


def publish(s3: Any, bucket: str, configuration: Configuration) -> None:
    """Upload it: assets first, so that no page ever names one that is not there yet."""
    s3.put_object(
        Bucket=bucket,
        Key="assets/config.json",
        Body=json.dumps(asdict(configuration)).encode(),
        ContentType="application/json",
        CacheControl=NEVER,
    )
    files = [path for path in DIST.rglob("*") if path.is_file()]
    for path in sorted(files, key=lambda path: path.suffix == ".html"):
        kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        with path.open("rb") as content:
            s3.put_object(
                Bucket=bucket,
                Key=path.relative_to(DIST).as_posix(),
                Body=content,
                ContentType=kind,
                CacheControl=_caching(path),
            )


def _caching(path: Path) -> str:
    """Vite names a built file after its content, `index-BxY2k3Qz.js`; only those may be kept for ever."""
    return FOR_EVER if path.parent.name == "assets" and "-" in path.stem else NEVER
