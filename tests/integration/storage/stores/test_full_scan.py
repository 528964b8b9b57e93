"""The restore drill: whatever is dropped from a table, a recount finds it, and mends it or says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import BonusStatus, RegistrationStatus
from chalicelib.domain.accounts.counters import Summary
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.accounts.query import AccountQuery
from chalicelib.domain.changes import Change, Insert, Put, Remove, Replace
from chalicelib.domain.data_check import Kind
from chalicelib.domain.kernel.usernames import claim
from chalicelib.services import invites
from chalicelib.services.accounts import accounts, add_ons, lifecycle, sms_registrations
from chalicelib.services.data_check import findings
from chalicelib.services.transactions import retry_on_conflict
from chalicelib.storage.stores.account_words import AccountWords, words_of_account
from chalicelib.storage.stores.accounts_table import Accounts
from chalicelib.storage.stores.bonuses import Bonuses
from chalicelib.storage.stores.counters import Counters
from chalicelib.storage.stores.invites import InviteSlugs
from infra.check_data import check_data, chosen
from tests.factories import a_bonus, a_member, a_partner, a_trial, an_account, an_actor
from tests.scenario import FORM, REASON

if TYPE_CHECKING:
    from chalicelib.bootstrap import Container
    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.changes import Write


class Drill:
    """A partner with a trial, an account with SMS, a cancelled one, an invite and an admin; then something is lost."""

    def __init__(self, ports: Container, partner_id: str) -> None:
        self.ports, self.partner_id = ports, partner_id
        self.admin = an_actor(partner_id=partner_id)
        self.write(Insert(a_partner(partner_id=partner_id, admin_count=1)), Insert(a_member(partner_id=partner_id)))
        self.trial, self.open, self.gone = map(self.create, (Plan.TRIAL, Plan.LITE, Plan.LITE))
        self.do(sms_activated, self.open.account_id)
        self.do(sms_registrations.edit, self.open.account_id, 0, FORM)
        self.do(lifecycle.cancel, self.gone.account_id, REASON)
        self.do(invites.set_up, 0, invites.InviteForm(slug=self.slug))

    @property
    def slug(self) -> str:
        return self.partner_id.lower().replace("_", "-")

    def do(self, use_case: Callable[..., Change[Any]], *args: Any) -> Any:
        return retry_on_conflict(self.ports.transaction_writer, lambda: use_case(self.ports, self.admin, *args))

    def create(self, plan: Plan) -> Account:
        profile = accounts.profile_of(a_trial())
        name = f"{plan}-{an_account().account_id[-12:]}"
        made: Account = self.do(accounts.create, accounts.NewAccount(username=name, profile=profile, plan=plan))
        return made

    def write(self, *writes: Write) -> None:
        self.ports.transaction_writer.write(Change(writes, None))

    def stored(self, account: Account) -> Account:
        return self.ports.accounts.get(self.partner_id, account.account_id)

    def found(self) -> set[Kind]:
        found = list(findings(self.ports, self.ports.full_scan))
        assert {item.partner_id for item in found} <= {self.partner_id, "prt_of_nobody"}
        return {item.kind for item in found}


def sms_activated(ports: Container, actor: Any, account_id: str) -> Change[Any]:
    return add_ons.activate(ports, actor, account_id, AddOn.SMS)


@pytest.fixture
def drill(dynamo: Container, partner_id: str) -> Drill:
    return Drill(dynamo, partner_id)


def test_nothing_is_found_where_nothing_is_wrong(drill: Drill) -> None:
    assert drill.found() == set()
    assert check_data(drill.ports, repair=False) == 0


def lose_counters(drill: Drill) -> None:
    drill.ports._connection.bind(Counters)
    for row in list(Counters.query(drill.partner_id)):
        row.delete()


def lose_username(drill: Drill) -> None:
    drill.write(Remove(claim(drill.open.username, drill.partner_id, drill.open.account_id)))


def username_points_elsewhere(drill: Drill) -> None:
    current = claim(drill.gone.username, drill.partner_id, drill.gone.account_id)
    drill.write(Replace(current, claim(drill.gone.username, drill.partner_id, "acct_none")))


def username_of_nothing(drill: Drill) -> None:
    drill.write(Insert(claim("left-behind", drill.partner_id, "acct_none")))


def lose_slug(drill: Drill) -> None:
    drill.ports._connection.bind(InviteSlugs)
    InviteSlugs.get(drill.slug).delete()


def lose_admin(drill: Drill) -> None:
    drill.write(Insert(a_member(partner_id=drill.partner_id, subject=f"second-{drill.partner_id}")))


def lose_departure(drill: Drill) -> None:
    (departure,) = drill.ports.departures.of_account(drill.gone.account_id)
    drill.write(Remove(departure))


def lose_registration(drill: Drill) -> None:
    registration = drill.ports.sms_registrations.get(drill.partner_id, drill.open.account_id)
    drill.write(Remove(registration))


def misfile(drill: Drill) -> None:
    drill.ports._connection.bind(Accounts)
    item = Accounts(drill.partner_id, drill.trial.account_id)
    item.update(actions=[Accounts.due.remove(), Accounts.list_sort_key.set("O#managed#elsewhere")])


def lose_from_the_unpaid(drill: Drill) -> None:
    drill.ports._connection.bind(Bonuses)
    bonus = a_bonus(partner_id=drill.partner_id)
    drill.write(Insert(bonus))
    Bonuses(bonus.account_id).update(actions=[Bonuses.unpaid_partner.remove()])


def lose_a_word(drill: Drill) -> None:
    drill.ports._connection.bind(AccountWords)
    row = min(words_of_account(drill.stored(drill.open)), key=lambda word: word.word)
    AccountWords.get(row.partner_letter, row.word_account).delete()


def word_of_nothing(drill: Drill) -> None:
    drill.ports._connection.bind(AccountWords)
    AccountWords(f"{drill.partner_id}#g", "ghost\x01acct_none", words="\nghost").save()


LOSSES: dict[Callable[[Drill], None], Kind] = {
    lose_counters: Kind.COUNTERS,
    lose_username: Kind.USERNAME_MISSING,
    username_of_nothing: Kind.USERNAME_OF_NOTHING,
    username_points_elsewhere: Kind.USERNAME_ELSEWHERE,
    lose_slug: Kind.SLUG_MISSING,
    lose_admin: Kind.ADMIN_COUNT,
    lose_departure: Kind.DEPARTURE_MISSING,
    lose_registration: Kind.REGISTRATION_MISSING,
    misfile: Kind.STALE_INDEX_KEYS,
    lose_from_the_unpaid: Kind.UNPAID_INDEX,
    lose_a_word: Kind.STALE_WORDS,
    word_of_nothing: Kind.WORDS_OF_NOTHING,
}


def test_whatever_is_lost_is_found_and_mended_until_all_is_as_it_was(drill: Drill) -> None:
    before: Summary = drill.ports.counters.summary(drill.partner_id)
    for lose in LOSSES:
        lose(drill)
    assert drill.found() == set(LOSSES.values())
    assert check_data(drill.ports, repair=False) >= len(LOSSES), "Looking changes nothing."
    check_data(drill.ports, repair=True)
    assert check_data(drill.ports, repair=True) == 0
    assert drill.ports.counters.summary(drill.partner_id).counts == before.counts
    assert drill.ports.usernames.find(drill.open.username) is not None
    assert len(drill.ports.bonuses.unpaid(drill.partner_id, 5)) == 1
    ends = drill.trial.trial_ends_on
    assert ends is not None
    assert drill.trial.account_id in [item.account_id for item in drill.ports.accounts.due(drill.partner_id, ends)]
    assert drill.stored(drill.open).sms_registration is RegistrationStatus.NOT_STARTED


def test_accounts_written_before_there_was_an_index_are_put_into_it(drill: Drill) -> None:
    drill.ports._connection.bind(AccountWords)
    for row in words_of_account(drill.stored(drill.trial)):
        AccountWords.get(row.partner_letter, row.word_account).delete()
    query = AccountQuery(q=drill.trial.username[:6])

    def found() -> list[str]:
        page = drill.ports.accounts.search(drill.partner_id, query, None, 10)
        return [item.account_id for item in page.items]

    assert drill.trial.account_id not in found()
    assert drill.found() == {Kind.STALE_WORDS}
    assert check_data(drill.ports, repair=True) == 0
    assert drill.trial.account_id in found()


def test_words_are_not_repaired_by_an_account_that_has_changed_since(drill: Drill) -> None:
    seen = drill.stored(drill.trial)
    drill.write(Replace(seen, replace(seen, organization="Renamed", version=seen.version + 1)))
    stale = replace(seen, organization="Somebody else's")
    assert drill.ports.full_scan.rewrite_words(stale, ()) is False
    assert drill.found() == set()


def test_a_lost_account_leaves_its_username_and_its_place_in_the_numbers_behind(drill: Drill) -> None:
    drill.write(Remove(drill.stored(drill.trial)))
    assert drill.found() == {Kind.COUNTERS, Kind.USERNAME_OF_NOTHING}
    assert check_data(drill.ports, repair=True) == 0
    assert drill.ports.usernames.find(drill.trial.username) is None


def test_what_cannot_be_known_needs_a_decision(drill: Drill, capsys: pytest.CaptureFixture[str]) -> None:
    current = drill.stored(drill.open)
    earned = {"bonus_status": BonusStatus.EARNED, "bonus_earned_on": current.initial_upgrade_on}
    drill.write(Replace(current, replace(current, **earned, version=current.version + 1)))
    assert drill.found() == {Kind.BONUS_MISSING}
    assert check_data(drill.ports, repair=True) == 1
    assert "(needs a decision)" in capsys.readouterr().out
    drill.write(Put(replace(current, version=current.version + 2)))


def test_the_command_looks_unless_it_is_told_to_mend() -> None:
    assert chosen({}.items()) == ("local", False)
    assert chosen({"STAGE": "prod", "REPAIR": "1"}.items()) == ("prod", True)
    assert chosen({"STAGE": "", "REPAIR": "no"}.items()) == ("local", False)


def test_search_keys_of_an_older_form_are_found_and_brought_up_to_date(drill: Drill) -> None:
    """As accounts were stored before names were folded for searching: by case alone, first and last name apart."""
    stored = drill.stored(drill.open)
    drill.write(
        Replace(
            stored,
            replace(
                stored,
                organization="ＩＮＦＯ İst",
                owner=replace(stored.owner, first_name="Ada", last_name="Hopper"),
                version=stored.version + 1,
            ),
        )
    )
    drill.ports._connection.bind(Accounts)
    item = Accounts(drill.partner_id, drill.open.account_id)
    item.update(
        actions=[
            Accounts.search.set("ｉｎｆｏ i̇st\nada hopper"),
            Accounts.list_sort_key.set("O#managed#ｉｎｆｏ i̇st\x01#x"),
        ]
    )
    asked = (AccountQuery(q="Ada Hopper"), AccountQuery(q="info ist"))
    assert [drill.ports.accounts.page(drill.partner_id, entry, None, 10).items for entry in asked] == [(), ()]
    assert Kind.STALE_INDEX_KEYS in drill.found()
    check_data(drill.ports, repair=True)
    found = [drill.ports.accounts.page(drill.partner_id, entry, None, 10).items for entry in asked]
    assert [[entry.account_id for entry in items] for items in found] == [[drill.open.account_id]] * 2
    assert Kind.STALE_INDEX_KEYS not in drill.found()
