"""What was seen under load: answers by kind and how long they took."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from statistics import quantiles
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.local.api import Answer


@dataclass
class Figures:
    """Counted by all clients together."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: Counter[int] = field(default_factory=Counter)
    ours: Counter[str] = field(default_factory=Counter)
    """5xx that the product itself answered, by what was asked: there must be none."""
    emulators: Counter[str] = field(default_factory=Counter)
    """5xx without a problem of ours, and connections that it broke off."""
    _lock: Lock = field(default_factory=Lock)

    def note(self, kind: str, answer: Answer | None, seconds: float) -> None:
        """One request and its answer; None where the connection broke."""
        with self._lock:
            self.seconds[kind].append(seconds)
            self.statuses[answer.status if answer else 0] += 1
            if answer is None or answer.status >= 500:
                self._note_failure(kind, answer)

    def _note_failure(self, kind: str, answer: Answer | None) -> None:
        if answer and b'"/problems/' in answer.content:
            self.ours[f"{answer.status} {kind}"] += 1
        else:
            self.emulators[f"{answer.status if answer else 'broken off'} {kind}"] += 1

    @property
    def requests(self) -> int:
        """All of them."""
        return sum(self.statuses.values())

    def lines(self, elapsed: float) -> Iterator[str]:
        """What to print."""
        yield f"{self.requests} requests in {elapsed:.0f} s, {self.requests / elapsed:.1f} a second"
        yield f"  by status: {dict(sorted(self.statuses.items()))}"
        for kind, times in sorted(self.seconds.items()):
            cuts = quantiles(times, n=20) if len(times) > 1 else times * 19
            yield f"  {kind:10} {len(times):6}  median {cuts[9]:6.2f} s  95 of 100 within {cuts[18]:6.2f} s"
        yield f"  5xx of the product: {sum(self.ours.values())} {dict(self.ours) or ''}".rstrip()
        yield f"  5xx of the emulator: {sum(self.emulators.values())} {dict(self.emulators) or ''}".rstrip()
