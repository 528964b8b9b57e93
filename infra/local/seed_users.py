"""Settles the sample's people and their two partners in: sign-ins in the pool, rows in the tables."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from infra.local import sign_ins
from infra.local.aws import client
from infra.local.settings import REGION, STACK
from infra.local.stack_info import StackUser
from infra.package import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from infra.local.settings import StackConfig
    from infra.local.sign_ins import SignIn


def seed(place: StackConfig, pool_id: str, before: Iterable[StackUser]) -> tuple[StackUser, ...]:
    """Everybody, with the passwords that they had before."""
    existing = {user.username: user.password for user in before}
    accounts = [
        sign_ins.create(place, pool_id, person, existing.get(person.email) or sign_ins.new_password())
        for person in sign_ins.PEOPLE
    ]
    _write_first_rows(place, accounts)
    return tuple(
        StackUser(account.person.email, account.password, account.person.role, account.person.partner_id)
        for account in accounts
    )


def _write_first_rows(place: StackConfig, accounts: list[SignIn]) -> None:
    """In a process of its own, with a function's environment: the product's own code writes to this stack's tables."""
    rows = json.dumps([account.as_row() for account in accounts])
    environment = {**os.environ, **_environment_of_a_function(place), **_as_root(place)}
    command = [sys.executable, "-m", "infra.local.seed_rows"]
    done = subprocess.run(command, cwd=ROOT, env=environment, input=rows, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"The first rows were not written.\n{done.stderr}")


def _environment_of_a_function(place: StackConfig) -> dict[str, str]:
    resource = client(place, "cloudformation").describe_stack_resource(StackName=STACK, LogicalResourceId="APIHandler")
    name = resource["StackResourceDetail"]["PhysicalResourceId"]
    configuration = client(place, "lambda").get_function_configuration(FunctionName=name)
    variables: dict[str, str] = configuration["Environment"]["Variables"]
    return variables


def _as_root(place: StackConfig) -> dict[str, str]:
    return {
        "AWS_ENDPOINT_URL": place.endpoint,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": REGION,
    }
