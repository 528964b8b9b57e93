"""What the API takes of names in any script, an export carries and an import takes back, letter for letter."""

from __future__ import annotations

from dataclasses import replace
from unicodedata import normalize

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.api.accounts.accounts import NewAccount, NewOwner, _new_account
from chalicelib.api.http.text_values import checked
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.kernel.errors import Invalid
from chalicelib.services.accounts import accounts
from chalicelib.services.transactions import retry_on_conflict
from tests.unit.services.imports.importing import OPERATOR, book
from tests.unit.services.imports.test_portfolio_round_trip import again, exported

SIGNS = st.sampled_from("=+-@'\"|,;\t\n \u00a0\uff1d\u200b\u200d\u202e\u3164\u2800\u0301\ufffd\u2028\0İıß")
TEXT = st.text(st.one_of(SIGNS, st.characters(exclude_categories=("Cs",))), max_size=16)
FORMS = st.sampled_from(("NFC", "NFD", "NFKC", "NFKD"))
NAMES = st.builds(lambda form, text: normalize(form, text), FORMS, TEXT)
EMAILS = st.sampled_from(("ann@example.com", "ann@bücher.example", "Ann+x@straße.example", "a'b@例え.example"))
BODIES = st.builds(
    lambda organization, owner, known_as: NewAccount(
        username="ada_lovelace",
        organization=organization,
        owner=owner,
        plan=Plan.STANDARD,
        partner_account_id=known_as,
    ),
    NAMES,
    st.builds(NewOwner, email=EMAILS, first_name=NAMES, last_name=NAMES),
    st.none() | NAMES,
)


@settings(max_examples=150, deadline=None)
@given(BODIES)
def test_what_the_api_takes_is_the_same_after_export_and_import(body: NewAccount) -> None:
    try:
        body = checked(body)
    except Invalid:
        return
    ports = book()
    account = retry_on_conflict(ports.transaction_writer, lambda: accounts.create(ports, OPERATOR, _new_account(body)))
    fresh, counts = again(ports, exported(ports))
    assert (counts.rejected, counts.created) == (0, 1)
    (back,) = [thing for thing in fresh.book.things.values() if isinstance(thing, type(account))]
    assert accounts.profile_of(back) == replace(accounts.profile_of(account), website=None)
