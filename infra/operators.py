"""`make operator`: lets one of the platform's staff, or the platform itself, sign in; lists them, or removes one.

It works on the running stack (PORT, DATA_DIR), or on AWS with STAGE=prod and rights to the user pool and the table of
operators, which no deployed function may write. The password is set for good, never a temporary one: AdminCreateUser,
which the API may call, can renew a temporary password of somebody who has not signed in yet.
"""

from __future__ import annotations

import os
import secrets
import string
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from infra.account import aws_session
from infra.check_data import container
from infra.local import aws
from infra.local.settings import STACK, stack_config
from infra.stack import Stack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chalicelib.bootstrap import Ports
    from chalicelib.domain.partners.operators import Operator

ROLES = ("operator", "platform")
USAGE = """Say who: make operator STAGE=prod EMAIL=otto@example.com NAME="Otto Operator" [ROLE=operator|platform]
To list all: make operator STAGE=prod LIST=1
To remove one: make operator STAGE=prod EMAIL=otto@example.com REMOVE=1"""


@dataclass(frozen=True, slots=True)
class Operators:
    """The operators of one stage: their sign-ins in the pool, their records in the table."""

    ports: Ports
    pool: Any
    """A client of Cognito."""
    pool_id: str

    def add(self, email: str, name: str, role: str) -> str:
        """Create the sign-in and the record; gives the password. Whoever has the address already gets a new one."""
        from chalicelib.domain.access import Role
        from chalicelib.domain.changes import Change, Insert
        from chalicelib.domain.partners.operators import Operator

        if self._found(email):
            raise SystemExit(f"{email} is an operator already. Remove it first to change it.")
        password = new_password()
        subject = self._sign_in(email, name, password)
        if self.ports.members.of_subject(subject):
            raise SystemExit(
                f"{email} is on a partner's team. An operator needs a sign-in of its own: use another address."
            )
        self.pool.admin_set_user_password(UserPoolId=self.pool_id, Username=subject, Password=password, Permanent=True)
        self.pool.admin_user_global_sign_out(UserPoolId=self.pool_id, Username=subject)
        operator = Operator(subject=subject, role=Role(role), email=email, name=name, since=self.ports.clock())
        self.ports.transaction_writer.write(Change((Insert(operator),), None))
        return password

    def remove(self, email: str) -> None:
        """Delete the sign-in, then the record: where the first fails, the command can be given again."""
        from chalicelib.domain.changes import Change, Remove

        operator = self._found(email)
        if operator is None:
            raise SystemExit(f"{email} is no operator.")
        with suppress(self.pool.exceptions.UserNotFoundException):
            self.pool.admin_delete_user(UserPoolId=self.pool_id, Username=operator.subject)
        self.ports.transaction_writer.write(Change((Remove(operator),), None))

    def listed(self) -> list[Operator]:
        """Return all, by role and address."""
        return sorted(self.ports.operators.all(), key=lambda item: (item.role, item.email))

    def _found(self, email: str) -> Operator | None:
        existing = (item for item in self.ports.operators.all() if item.email.casefold() == email.casefold())
        return next(existing, None)

    def _sign_in(self, email: str, name: str, password: str) -> str:
        """Return the subject of the sign-in with this address, made where there is none."""
        attributes = {"email": email, "email_verified": "true", "name": name}
        try:
            made = self.pool.admin_create_user(
                UserPoolId=self.pool_id,
                Username=email,
                MessageAction="SUPPRESS",
                TemporaryPassword=password,
                UserAttributes=[{"Name": key, "Value": value} for key, value in attributes.items()],
            )["User"]["Attributes"]
        except self.pool.exceptions.UsernameExistsException:
            made = self.pool.admin_get_user(UserPoolId=self.pool_id, Username=email)["UserAttributes"]
        return next(str(item["Value"]) for item in made if item["Name"] == "sub")


def new_password() -> str:
    """Return one that every policy takes."""
    alphabet = string.ascii_letters + string.digits
    return "Aa1-" + "".join(secrets.choice(alphabet) for _ in range(24))


def of_stage(stage: str) -> Operators:
    """Return the operators of the running stack, or of a stage on AWS."""
    ports = container(stage)
    name = STACK if stage == "local" else f"partnerbook-{stage}"
    outputs = Stack(_client(stage, "cloudformation"), name, 1).outputs()
    return Operators(ports, _client(stage, "cognito-idp"), outputs["UserPoolId"])


def _client(stage: str, service: str) -> Any:
    return aws.client(stack_config(), service) if stage == "local" else aws_session().client(service)


def main(chosen: Mapping[str, str]) -> None:
    """Do what the variables say."""
    stage, email = chosen.get("STAGE") or "local", chosen.get("EMAIL", "").strip().lower()
    if chosen.get("LIST") == "1":
        for item in of_stage(stage).listed():
            sys.stdout.write(f"{item.role:10} {item.email:40} {item.name}\n")
        return
    if chosen.get("REMOVE") == "1" and email:
        of_stage(stage).remove(email)
        sys.stdout.write(f"{email} is no operator any more.\n")
        return
    name, role = wanted(email, chosen)
    password = of_stage(stage).add(email, name, role)
    sys.stdout.write(f"{email} can sign in as {role}. The password, shown only now: {password}\n")


def wanted(email: str, chosen: Mapping[str, str]) -> tuple[str, str]:
    """Return the name and role; ends with a sentence where something is missing or wrong."""
    from chalicelib.domain.kernel import email_addresses

    name, role = chosen.get("NAME", "").strip(), chosen.get("ROLE") or "operator"
    if not email or not name:
        raise SystemExit(USAGE)
    if not email_addresses.valid(email):
        raise SystemExit(f"EMAIL is an address such as otto@example.com; not {email!r}.")
    if role not in ROLES:
        raise SystemExit(f"ROLE is operator or platform; not {role!r}.")
    return name, role


if __name__ == "__main__":
    main(os.environ)
