"""`make run`: the whole product on this machine, until it is told to stop."""

from __future__ import annotations

import fcntl
import signal
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NoReturn

from botocore.exceptions import BotoCoreError

from infra import console
from infra.local import deploy, lived_days, sample, seed_users, stack_info
from infra.local.api import Api, Refused
from infra.local.aws import client
from infra.local.client_side.platform import Platform
from infra.local.client_side.server import ClientSide
from infra.local.demonstration import first_start
from infra.local.emulator import Emulator
from infra.local.logs import LogFollower
from infra.local.mailbox import Mailbox, SmtpSink
from infra.local.mailbox_page import MailboxPage
from infra.local.nightly import invoke_scheduled
from infra.local.sample import SampleFailed
from infra.local.settings import REGION, Sample, stack_config
from infra.local.sign_ins import access_token
from infra.local.stack_info import RunningStack, StackUser
from infra.stack import StackFailed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from infra.local.settings import StackConfig

PAUSE = 1.0
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Ctrl-C, `kill`, and a terminal that was closed."""


class Stopped(BaseException):
    """Somebody asked the stack to stop."""


def main() -> None:
    """Start, say so, follow the logs; stop cleanly on SIGINT, SIGTERM and SIGHUP."""
    signal.signal(signal.SIGINT, _stop)
    for number in STOPPING:
        signal.signal(number, _stop)
    where = stack_config()
    try:
        with _running(where) as (stack, emulator):
            print_summary(stack)
            _follow_logs(where, emulator)
    except Stopped:
        _say("Stopped.")
    except (StackFailed, SampleFailed, Refused) as error:
        raise SystemExit(str(error)) from error


def _stop(*_: int | FrameType | None) -> NoReturn:
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)
    raise Stopped


@contextmanager
def _running(where: StackConfig) -> Iterator[tuple[RunningStack, Emulator]]:
    with ExitStack() as until_stopped:
        _claim(where, until_stopped)
        lived_days.require_not_before(where)
        before = stack_info.read(where.stack_file)
        mailbox = Mailbox(where.folder / "mail")
        page, office = MailboxPage(mailbox, before.mailbox_port if before else 0), SmtpSink(mailbox)
        page.open()
        until_stopped.callback(page.close)
        office.open()
        until_stopped.callback(office.close)
        client_side = ClientSide(before.client_side_port if before else 0)
        client_side.open()
        until_stopped.callback(client_side.close)
        _say("Starting the emulator …")
        emulator = Emulator.start(where, office.port)
        until_stopped.callback(_stop_emulator, emulator)
        stack = _ready(where, page.url, client_side.url, before.users if before else ())
        client_side.platform = _platform(where, stack)
        emulator.save()
        yield stack, emulator


def _stop_emulator(emulator: Emulator) -> None:
    """Stop it and tell what is kept for the next start."""
    asked_at = time.time()
    ended_by_itself = not emulator.alive
    emulator.stop()
    saved_at = emulator.saved_at()
    if saved_at and saved_at.timestamp() >= asked_at and not ended_by_itself:
        _say("The data stays for the next start.")
    elif saved_at:
        _say(f"The data could not be saved now; the next start has that of {saved_at:%Y-%m-%d %H:%M:%S}.")
    else:
        _say("The data could not be saved; the next start begins anew.")


def _claim(where: StackConfig, until_stopped: ExitStack) -> None:
    """One stack a folder."""
    where.folder.mkdir(parents=True, exist_ok=True)
    lock = until_stopped.enter_context((where.folder / "lock").open("w"))
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SystemExit(f"A stack runs in {where.folder} already. Choose another: PORT=… DATA_DIR=…") from None


def _ready(where: StackConfig, mailbox_url: str, client_side_url: str, existing: tuple[StackUser, ...]) -> RunningStack:
    _say("Packaging and deploying …")
    outputs = deploy.deploy(where, client_side_url)
    if console.built():
        console.publish(client(where, "s3"), outputs["ConsoleBucket"], _told(where, outputs))
    users = seed_users.seed(where, outputs["UserPoolId"], existing)
    stack = RunningStack(
        api_url=f"{where.endpoint}/v1",
        console_url=f"{where.endpoint}/console/",
        mailbox_url=mailbox_url,
        endpoint_url=where.endpoint,
        region=REGION,
        user_pool_id=outputs["UserPoolId"],
        user_pool_client_id=outputs["UserPoolClientId"],
        partner_id=users[0].partner_id or "",
        users=users,
        client_side_url=client_side_url,
    )
    if where.sample is Sample.DEMONSTRATION:
        first_start.load(where, stack, _say)
    elif where.sample is Sample.SOURCE:
        _load_source(where, stack)
    stack.write(where.stack_file)
    return stack


def _platform(where: StackConfig, stack: RunningStack) -> Platform:
    def token(role: str) -> str:
        user = stack.user(role)
        return access_token(where, stack.user_pool_client_id, user.username, user.password)

    def today() -> date:
        return date.fromisoformat(where.today) if where.today else datetime.now(UTC).date()

    return Platform(stack.api_url, token, today)


def _told(where: StackConfig, outputs: dict[str, str]) -> console.Configuration:
    return console.Configuration(
        api_url=f"{where.endpoint}/v1",
        cognito_endpoint=f"{where.endpoint}/",
        client_id=outputs["UserPoolClientId"],
        user_pool_id=outputs["UserPoolId"],
        auth_flow="password",
    )


def _load_source(where: StackConfig, stack: RunningStack) -> None:
    operator = stack.user("operator")
    token = access_token(where, stack.user_pool_client_id, operator.username, operator.password)
    _say("Importing the sample portfolio …")
    api = Api(stack.api_url, token, {"Partner-Id": stack.partner_id})
    content = sample.PORTFOLIO.read_bytes()
    done = sample.load_portfolio(api, content, recover=lambda: invoke_scheduled(where, "Sweeper"))
    if done:
        _say(sample.in_words(done))


def print_summary(stack: RunningStack) -> None:
    _say(
        f"\n  API      {stack.api_url}\n  console  {stack.console_url}\n  mail     {stack.mailbox_url}"
        f"\n  clients  {stack.client_side_url}\n\n  sign-ins"
    )
    for user in stack.users:
        _say(f"    {user.role:16} {user.username:20} {user.password}  {user.partner_id or ''}")
    _say(f"\nready: {stack.console_url if console.built() else stack.api_url}")


def _follow_logs(where: StackConfig, emulator: Emulator) -> None:
    follower = LogFollower(where)
    while emulator.alive:
        with suppress(BotoCoreError):  # It may have ended since; then the loop ends too.
            for line in follower.new_lines():
                _say(line)
        time.sleep(PAUSE)
    log = where.folder / "emulator.log"
    raise StackFailed(f"The emulator ended by itself; {log} may say why. Start it again: make run")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
