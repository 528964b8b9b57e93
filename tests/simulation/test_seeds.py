"""Some months of random work, a few seeds of them; `make simulate SEEDS=2000` plays more, `SEED=n` one again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.accounts import lifecycle, scheduled_changes
from chalicelib.domain.accounts.accounts import Account
from chalicelib.services.accounts import changes, due_changes
from chalicelib.services.nightly_runs import bonus_notifications
from tests.simulation.runner import play

FEW = 30


@pytest.mark.parametrize("seed", range(FEW))
def test_whatever_happens_the_book_holds_and_in_the_end_everything_is_done(seed: int) -> None:
    outcome = play(seed)
    assert not outcome.wrong, "\n".join(outcome.reported[-20:])


def test_a_seed_replays() -> None:
    assert play(1, keep=True).reported == play(1, keep=True).reported


def broken_seeds() -> Iterator[str]:
    return (play(seed).wrong for seed in range(2 * FEW))


def uncounted(*_: object) -> tuple[()]:
    return ()


def still_charged(account: Account, *rest: Any) -> Account:
    return replace(CANCELLED(account, *rest), add_ons=account.add_ons)


def stamped_again(account: Account, *rest: Any) -> Account:
    return replace(UPGRADED(account, *rest), initial_upgrade_on=rest[0])


def unseen(*_: object) -> bool:
    return True


CANCELLED, UPGRADED = scheduled_changes.cancelled, lifecycle._upgraded
DEFECTS: list[tuple[Any, str, Callable[..., Any], str]] = [
    (changes, "counted", uncounted, "counters_are_exact"),
    (changes, "_registration", uncounted, "registrations_are_their_accounts_own"),
    (changes, "_departure", uncounted, "cancelled_accounts_have_one_departure"),
    (scheduled_changes, "cancelled", still_charged, "is charged for"),
    (lifecycle, "_upgraded", stamped_again, "the_first_payment_is_stamped_once"),
    (bonus_notifications, "_waits", unseen, "mailed"),
    (due_changes, "settle_all", uncounted, "overdue"),
]


@pytest.mark.parametrize(("module", "name", "defect", "found"), DEFECTS, ids=[item[1] for item in DEFECTS])
def test_a_planted_defect_is_found(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str, defect: Callable[..., Any], found: str
) -> None:
    monkeypatch.setattr(module, name, defect)
    assert any(found in wrong for wrong in broken_seeds())
