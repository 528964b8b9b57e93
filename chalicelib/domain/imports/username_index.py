"""Which line of a file named a username first, for a million rows in 25 MB: hashes in a table of fixed-size cells."""

from __future__ import annotations

from array import array

SMALLEST = 1 << 10
MASK = (1 << 64) - 1
EMPTY = 0


class UsernameIndex:
    """An open-addressing table from 64-bit hashes to line numbers.

    Only hashes are kept, so two of a million usernames are mistaken for one another once in forty million such files.
    """

    def __init__(self) -> None:
        self._count = 0
        self._hashes = array("Q", bytes(8 * SMALLEST))
        self._lines = array("I", bytes(4 * SMALLEST))

    def first(self, username: str, line: int) -> int:
        """Return the line that named the username first, whatever its case: this one if none did before."""
        if 3 * self._count > 2 * len(self._lines):
            self._grow()
        hashed = hash(username.casefold()) & MASK
        slot = self._slot(hashed)
        if self._lines[slot] == EMPTY:
            self._put(slot, hashed, line)
            self._count += 1
        return self._lines[slot]

    def _slot(self, hashed: int) -> int:
        """Return where the hash stands, or the empty place where it is to stand."""
        last = len(self._lines) - 1
        slot = hashed & last
        while self._lines[slot] != EMPTY and self._hashes[slot] != hashed:
            slot = (slot + 1) & last
        return slot

    def _put(self, slot: int, hashed: int, line: int) -> None:
        self._hashes[slot] = hashed
        self._lines[slot] = line

    def _grow(self) -> None:
        hashes, lines = self._hashes, self._lines
        self._hashes = array("Q", bytes(16 * len(lines)))
        self._lines = array("I", bytes(8 * len(lines)))
        for hashed, line in zip(hashes, lines, strict=True):
            if line != EMPTY:
                self._put(self._slot(hashed), hashed, line)
