"""`make unused-sign-ins`: lists who can sign in and is nobody's member any more; REMOVE=1 deletes those sign-ins.

The user pool keeps the address and name of everybody who ever joined. No deployed function may delete a sign-in, as it
could delete an operator's too; so this works like `make operator`, with rights to the user pool. A sign-in younger than
an invitation is left alone: its person may be about to join.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from infra.operators import of_stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from infra.operators import Operators


@dataclass(frozen=True, slots=True)
class SignIn:
    """One person of the user pool."""

    subject: str
    email: str


def unused(stage: Operators) -> Iterator[SignIn]:
    """Yield the sign-ins that are older than an invitation lives, on no team, and no operator's."""
    from chalicelib.domain.partners.invitations import LIFETIME

    pages = stage.pool.get_paginator("list_users").paginate(UserPoolId=stage.pool_id)
    for person in (item for page in pages for item in page["Users"]):
        reported = {item["Name"]: item.get("Value", "") for item in person["Attributes"]}
        is_new = person["UserCreateDate"] > stage.ports.clock() - LIFETIME
        if not is_new and not _is_somebody(stage, reported["sub"]):
            yield SignIn(reported["sub"], reported.get("email", ""))


def remove(stage: Operators, sign_in: SignIn) -> bool:
    """Delete one, unless its person has joined a team since; returns whether it did. Gone already is as good."""
    if _is_somebody(stage, sign_in.subject):
        return False
    with suppress(stage.pool.exceptions.UserNotFoundException):
        stage.pool.admin_delete_user(UserPoolId=stage.pool_id, Username=sign_in.subject)
    return True


def _is_somebody(stage: Operators, subject: str) -> bool:
    return bool(stage.ports.members.of_subject(subject) or stage.ports.operators.get(subject))


def main(chosen: Mapping[str, str]) -> None:
    """List them, or delete them one by one; each is named before it is."""
    stage = of_stage(chosen.get("STAGE") or "local")
    found = sorted(unused(stage), key=lambda entry: entry.email)
    for item in found:
        sys.stdout.write(f"{item.email}\n")
    if chosen.get("REMOVE") != "1":
        sys.stdout.write(f"{len(found)} sign-ins belong to nobody. REMOVE=1 deletes them.\n")
        return
    sys.stdout.write(f"{sum(remove(stage, entry) for entry in found)} sign-ins were deleted.\n")


if __name__ == "__main__":
    main(os.environ)
