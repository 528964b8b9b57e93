"""Fair shares: a token bucket for each partner and each public address.

Each function instance has its own buckets, so the limits are approximate; the stage's and the firewall's stand before.
"""

from __future__ import annotations

import ipaddress
import math
import time
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from chalicelib.config import settings
from chalicelib.domain.kernel.errors import TooManyRequests

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalice.app import Request

MOST_BUCKETS = 10_000


@dataclass(slots=True)
class Buckets:
    """Buckets that hold `burst` requests and fill at `rate` a second, by name."""

    rate: float
    burst: int
    now: Callable[[], float] = time.monotonic
    _full_at: dict[str, float] = field(default_factory=dict)
    """When each bucket will be full again; what is not in here is full."""

    def acquire(self, name: str) -> None:
        """Take one request's share; raises `TooManyRequests` if there is none."""
        updated = self.now()
        full_at = max(self._full_at.pop(name, updated), updated) + 1 / self.rate
        wait = full_at - updated - self.burst / self.rate
        if wait > 1e-9:
            self._full_at[name] = full_at - 1 / self.rate
            raise TooManyRequests("Too many requests at once. Wait as long as Retry-After says.", math.ceil(wait))
        self._full_at[name] = full_at
        if len(self._full_at) > MOST_BUCKETS:
            self._forget(updated)

    def _forget(self, now: float) -> None:
        """Keep the buckets that are not full, and of those the ones last used."""
        kept = [(name, at) for name, at in self._full_at.items() if at > now]
        self._full_at = dict(kept[-MOST_BUCKETS // 2 :])


@dataclass(frozen=True, slots=True)
class RateLimiters:
    """The buckets of this process."""

    partners: Buckets
    addresses: Buckets


@lru_cache(maxsize=1)
def rate_limiters() -> RateLimiters:
    """Return the buckets, made when the first request comes."""
    limits = settings()
    return RateLimiters(
        Buckets(limits.partner_rate, limits.partner_burst),
        Buckets(limits.address_rate, limits.address_burst),
    )


def client_address(raw: Request) -> str:
    """Tells who asks: behind CloudFront the connection is an edge's, so CloudFront says it in a header."""
    header = settings().viewer_address_header
    return str(raw.headers.get(header, "") if header else raw.context["identity"].get("sourceIp", ""))


def client_network(address: str) -> str:
    """Return what counts as one public address: of IPv6 the first 64 bits, which one household has."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network((int(parsed) >> 64 << 64, 64)))
