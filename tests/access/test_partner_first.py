"""No store can be asked without saying for which partner, but for the questions on a list with their reasons."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import chalicelib
from chalicelib import domain

ALL_PARTNERS = {
    "PartnerStore.all": "the nightly run's fan-out, and operators list partners",
    "MemberStore.get": "a person at a partner: the key of the table, in its order",
    "MemberStore.of_subject": "who a token's subject is, before anybody knows of which partner",
    "SessionEndingStore.waiting": "people who are on no team any more: for the sweeper",
    "SessionStore.get": "a person's session in a browser, of whatever team",
    "SessionStore.of_subject": "a person's sessions, of whatever team",
    "OperatorStore.get": "an operator has no partner",
    "OperatorStore.all": "operators have no partner: for the command that keeps them",
    "UsernameStore.find": "a username is unique over the platform",
    "UsernameStore.find_many": "a username is unique over the platform",
    "InviteStore.claim": "a slug is unique over the platform",
    "BonusStore.get": "a bonus is one in an account's whole life, under whichever partner",
    "SignInLinkStore.get": "one living link an account, whose partner is in it",
    "DownloadStore.get": "who has the token may follow the link",
    "DownloadStore.used": "the link itself is given",
    "IdempotencyStore.get": "a hash in which the partner is",
    "SuppressionStore.among": "hashes of addresses, in which the partner is where it is for one partner",
    "ConfirmationLinkStore.get": "who has the token may confirm",
    "SuppressionStore.unsubscribing": "who has the token may end the mail",
    "DepartureStore.same": "the departure itself is given, with its partner",
    "ErasureStore.of_account": "an account's erasures are with every partner it has been with: operators'",
    "ErasureStore.running": "the sweeper looks after all partners",
    "UsernameStore.retired": "usernames are unique over the whole platform",
    "DepartureStore.of_account": "an account is erased or moved with all that it left, wherever: for operators",
    "RegistrationStore.waiting": "operators review registrations of all partners",
    "AccountStore.search_of_all_partners": "operators find an account without knowing whose it is",
    "RegistrationStore.count_waiting": "operators see how many wait",
    "ServiceRequestStore.waiting": "operators work off the requests of all partners",
    "ServiceRequestStore.count_waiting": "operators see how many wait",
    "DeliveryStore.by_message": "the mail service's own id: for the bounce worker",
    "DeliveryStore.stale": "what is stuck, of all partners: for the sweeper",
    "ImportStore.running": "what is stuck, of all partners: for the sweeper",
    "BulkOperationStore.running": "what is stuck, of all partners: for the sweeper",
    "ReportRunStore.stale": "what is stuck, of all partners: for the sweeper",
    "ReportScheduleStore.due": "what is due, of all partners: for the scheduled reports",
    "NightlyRunStore.run": "the night of all partners",
    "NightlyRunStore.partners": "the night of all partners",
    "NightlyRunStore.partner": "one partner's part of a night; the night comes first",
}
"""Questions that are asked before a partner is known, or of all partners at once."""


def stores() -> Iterator[tuple[str, Any]]:
    """Each method of each store's port, by `Store.method`."""
    root = Path(str(chalicelib.__file__)).parent
    for path in sorted(Path(str(domain.__file__)).parent.rglob("*.py")):
        module = import_module(".".join(("chalicelib", *path.relative_to(root).with_suffix("").parts)))
        for name, kind in inspect.getmembers(module, inspect.isclass):
            if name.endswith("Store") and name != "FileStore" and kind.__module__ == module.__name__:
                for method, function in inspect.getmembers(kind, inspect.isfunction):
                    if not method.startswith("_"):
                        yield f"{name}.{method}", function


def takes_the_partner_first(function: Any) -> bool:
    """Whether the first argument is the partner."""
    return list(inspect.signature(function).parameters)[1:2] == ["partner_id"]


def test_every_store_takes_the_partner_first() -> None:
    found = {name for name, function in stores() if not takes_the_partner_first(function)}
    assert found == ALL_PARTNERS.keys()


def test_there_are_many_stores() -> None:
    assert len({name.partition(".")[0] for name, _ in stores()}) >= 15
