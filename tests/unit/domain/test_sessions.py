"""A session and the secrets of its cookie: what renews it, what ends it, and what is kept of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.partners.sealing import seal, unseal
from chalicelib.domain.partners.sessions import (
    GRACE,
    MAX_OFFERED,
    IssuedSession,
    Lifetimes,
    Session,
    SessionCookie,
    Use,
    begin,
    is_over,
    renewed,
    use_of,
)
from tests.factories import NOON

LIFETIMES = Lifetimes(timedelta(minutes=30), timedelta(hours=12))
MINUTE = timedelta(minutes=1)


def begun() -> IssuedSession:
    return begin("ada", "refresh-0", "refresh-1", LIFETIMES, NOON)


def renew(session: Session, cookie: SessionCookie, after: timedelta = MINUTE) -> IssuedSession:
    at = NOON + after
    assert use_of(session, cookie, at) is Use.GOOD
    return renewed(session, cookie, "refresh-2", at + LIFETIMES.idle, at)


def test_what_is_kept_opens_nothing_without_the_cookie() -> None:
    issued = begun()
    kept = repr(issued.session)
    assert issued.cookie.secret not in kept
    assert issued.cookie.key not in kept
    assert "refresh-1" not in kept
    assert unseal(issued.session.sealed_token, issued.cookie.key) == "refresh-1"
    assert unseal(issued.session.sealed_token, "another key") is None
    assert seal("refresh-1", "k") != seal("refresh-1", "k"), "each sealing has a nonce of its own"


def test_each_renewal_gives_another_secret_and_the_former_ones_are_of_no_use() -> None:
    first = begun()
    second = renew(first.session, first.cookie)
    third = renew(second.session, second.cookie, 5 * MINUTE)
    assert len({first.cookie.secret, second.cookie.secret, third.cookie.secret}) == 3
    assert use_of(third.session, third.cookie, NOON + 9 * MINUTE) is Use.GOOD
    assert use_of(third.session, first.cookie, NOON + 9 * MINUTE) is Use.REUSED


def test_a_session_that_is_begun_again_is_the_same_with_another_cookie() -> None:
    first, again = begun(), begun()
    assert first.session.session_id == again.session.session_id
    assert first.cookie.key != again.cookie.key


def test_an_answer_that_was_lost_costs_nothing_however_late_it_is_asked_for_again() -> None:
    first = begun()
    lost = renew(first.session, first.cookie)
    again = renew(lost.session, first.cookie, 25 * MINUTE)
    assert use_of(again.session, again.cookie, NOON + 26 * MINUTE) is Use.GOOD


def test_tabs_that_renew_at_the_same_moment_may_keep_either_answer() -> None:
    first = begun()
    one = renew(first.session, first.cookie)
    other = renew(one.session, first.cookie)
    for kept in (one, other):
        following = renew(other.session, kept.cookie, 5 * MINUTE)
        assert use_of(following.session, following.cookie, NOON + 6 * MINUTE) is Use.GOOD


def test_a_request_that_was_on_its_way_is_taken_for_a_moment_and_then_is_a_reuse() -> None:
    first = begun()
    second = renew(first.session, first.cookie)
    third = renew(second.session, second.cookie, 5 * MINUTE)
    moment = NOON + 5 * MINUTE + GRACE
    assert use_of(third.session, first.cookie, moment - timedelta(seconds=1)) is Use.GOOD
    assert use_of(third.session, first.cookie, moment) is Use.REUSED


@pytest.mark.parametrize("thief_is_first", [True, False])
def test_a_copied_cookie_is_noticed_whoever_uses_it_first(thief_is_first: bool) -> None:
    copied = begun()
    thief = renew(copied.session, copied.cookie)
    owner = renew(thief.session, copied.cookie)
    quick, slow = (thief, owner) if thief_is_first else (owner, thief)
    taken = renew(owner.session, quick.cookie, 5 * MINUTE)
    assert use_of(taken.session, slow.cookie, NOON + 6 * MINUTE) is Use.REUSED


def test_only_so_many_answers_may_be_lost() -> None:
    first = begun()
    session, cookies = first.session, [first.cookie]
    for _ in range(MAX_OFFERED + 3):
        issued = renew(session, first.cookie)
        session = issued.session
        cookies.append(issued.cookie)
    assert len(session.offered) == MAX_OFFERED
    assert use_of(session, cookies[-1], NOON + MINUTE) is Use.GOOD
    assert use_of(session, cookies[1], NOON + MINUTE) is Use.REUSED


def test_a_session_is_over_when_nobody_used_it_or_it_has_lasted_long_enough() -> None:
    session = begun().session
    assert not is_over(session, NOON + timedelta(minutes=29, seconds=59))
    assert is_over(session, NOON + timedelta(minutes=30))
    used = replace(session, idle_ends_at=NOON + timedelta(days=1))
    assert not is_over(used, NOON + timedelta(hours=11, minutes=59))
    assert is_over(used, NOON + timedelta(hours=12))


def test_the_browser_forgets_the_cookie_when_the_session_is_over() -> None:
    first = begun()
    assert first.cookie_ends_at == NOON + LIFETIMES.idle
    late = NOON + timedelta(hours=11, minutes=50)
    assert (
        renewed(first.session, first.cookie, "r", late + LIFETIMES.idle, late).cookie_ends_at == NOON + LIFETIMES.whole
    )
