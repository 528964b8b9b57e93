"""A client generated from docs/openapi.json takes an account from its creation to its SMS registration."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from infra.local.sign_ins import access_token
from tests.e2e.stack import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from tests.e2e.stack import EmbeddedStack

PACKAGE = "generated_partnerbook_client"
FORM = {
    "legal_business_name": "Generated LLC",
    "business_type": "private_profit",
    "ein": "123456789",
    "street": "1 Main Street",
    "city": "Springfield",
    "state": "MA",
    "zip_code": "01101",
    "website": "https://generated.example",
    "privacy_policy_url": "https://generated.example/privacy",
    "terms_url": "https://generated.example/terms",
    "contact_name": "Gen Erated",
    "contact_phone": "+1 555 0100",
    "contact_email": "gen@generated.example",
    "opt_in_type": "web_form",
    "use_case": "marketing",
    "sample_message": "Hello.",
    "sender_name": "Generated",
}


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The client's folder, importable; a warning of the generator's is a failure, as it leaves things out."""
    folder = tmp_path_factory.mktemp("client")
    command = [str(Path(sys.executable).with_name("openapi-python-client")), "generate", "--meta", "none"]
    command += ["--path", str(ROOT / "docs/openapi.json"), "--output-path", str(folder / PACKAGE), "--fail-on-warning"]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    made = subprocess.run(command, cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True)
    assert made.returncode == 0, made.stdout + made.stderr
    sys.path.insert(0, str(folder))
    yield folder / PACKAGE
    sys.path.remove(str(folder))


def module(name: str) -> ModuleType:
    return importlib.import_module(f"{PACKAGE}.{name}")


def model(name: str, content: dict[str, Any]) -> Any:
    """A body by the client's own model of it."""
    words = "".join(f"_{item.lower()}" if item.isupper() else item for item in name).lstrip("_")
    return getattr(module(f"models.{words}"), name).from_dict(content)


@pytest.fixture
def client(generated: Path, stack: EmbeddedStack) -> Iterator[Any]:
    """The generated client, as an operator; its connections end with the test."""
    operator = stack.info.user("operator")
    token = access_token(stack.place, stack.info.user_pool_client_id, operator.username, operator.password)
    made = module("client").AuthenticatedClient
    with made(base_url=stack.info.api_url, token=token, raise_on_unexpected_status=True) as opened:
        yield opened


@pytest.mark.stack
def test_a_generated_client_takes_an_account_from_its_creation_to_its_registration(
    generated: Path, client: Any
) -> None:
    """For a partner of its own, so that the sample stays as it is."""

    def call(name: str, *path: str, **output: Any) -> Any:
        (where,) = generated.glob(f"api/*/{name}.py")
        function = module(f"api.{where.parent.name}.{name}")
        answer = function.sync_detailed(*path, client=client, **output)
        assert answer.status_code < 300, answer.content
        return answer.parsed

    partner = call(
        "create_partner", body=model("NewPartner", {"name": "Generated"}), idempotency_key=str(uuid.uuid4())
    ).partner_id
    wanted = {"username": "generated.one", "organization": "Generated", "owner": {"email": "g@generated.example"}}
    account = call(
        "create_account",
        body=model("NewAccount", wanted),
        partner_id=partner,
        idempotency_key=str(uuid.uuid4()),
    )
    assert (account.status, account.plan) == ("T", "trial")
    own = account.account_id
    upgraded = call("change_plan", own, body=model("PlanChange", {"plan": "standard"}), partner_id=partner)
    assert (upgraded.status, upgraded.billing_mode, upgraded.bonus.status) == ("O", "single_bill", "tracking")
    sms = module("models.add_on").AddOn("sms")
    active = call("activate_add_on", own, sms, partner_id=partner)
    assert (active.add_ons.sms.entitlement, active.add_ons.sms.usable) == ("active", False)
    assert [next_step.code for next_step in active.next_steps] == ["sms-registration"]
    form = model("RegistrationBody", FORM)
    draft = call("edit_sms_registration", own, body=form, if_match='"0"', partner_id=partner)
    assert draft.status == "draft"
    submitted = call("submit_sms_registration", own, idempotency_key=str(uuid.uuid4()), partner_id=partner)
    assert submitted.status == "submitted"
    assert submitted.form.to_dict()["ein"] == "123456789"


def test_the_document_names_no_module_of_ours() -> None:
    assert "chalicelib" not in (ROOT / "docs/openapi.json").read_text()
