"""The zip: small, complete without anything beside it; nothing happens while a function's module is imported."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from infra import sdk
from infra.strip_zip import finish
from tests.architecture.template_reading import of_type

if TYPE_CHECKING:
    from infra.package import Package

LARGEST = 10_500_000
"""Of these are 4.6 MB cryptography's one module, and 1.9 MB the SDK (decision 22)."""
LEFT_OUT = ("boto3", "s3transfer", "pip", "pytest", "moto")
ROOT = Path(__file__).parents[2]
ENCODERS = tuple(f"chalicelib.reports.formats.{name}" for name in ("csv", "html", "pdf", "xls", "xlsx"))
HEAVY = ("isal", "cryptography", *ENCODERS)
"""What is only loaded by what needs it: no cold start pays for it."""
IMPORTED_ALONE = """
import builtins, os, socket, sys
from importlib import import_module

def refuse(*args, **kwargs):
    raise AssertionError(f"something happens at import: {args} {kwargs}")

sys.path[:0] = [sys.argv[1]]
import botocore.client
botocore.client.ClientCreator.create_client = refuse
socket.socket.connect = refuse
class Environment(dict):
    def __getitem__(self, name):
        return refuse(name) if name.isupper() and name in OURS else super().__getitem__(name)
    def get(self, name, default=None):
        return refuse(name) if name in OURS else super().get(name, default)
OURS = {"STAGE", "TABLE_PREFIX", "FILES_BUCKET", "TOKEN_ISSUER", "TODAY", "API_URL"}
os.environ = Environment(os.environ)
module, name = sys.argv[2].rsplit(".", 1)
assert callable(getattr(import_module(module), name))
print(*sys.modules)
"""

ALL_OF_IT = """
import sys
from importlib import import_module
from pathlib import Path

sys.path[:0] = [sys.argv[1]]
for path in Path(sys.argv[1], "chalicelib").rglob("*.py"):
    import_module(".".join(path.relative_to(sys.argv[1]).with_suffix("").parts).removesuffix(".__init__"))

from chalicelib import telemetry
telemetry.count("dev", "Any", 1)
telemetry.flush("dev")
telemetry.logger().info("any")

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
key = rsa.generate_private_key(65537, 2048)
key.public_key().verify(key.sign(b"any", padding.PKCS1v15(), SHA256()), b"any", padding.PKCS1v15(), SHA256())
"""
EVERY_CLIENT = """
import os, sys
from urllib.parse import urlsplit

sys.path[:0] = [sys.argv[1]]
os.environ.update(AWS_DEFAULT_REGION="eu-west-1", AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x")
from chalicelib.bootstrap import aws_client
import botocore, jmespath
from botocore.httpsession import where

assert botocore.__file__.startswith(sys.argv[1]) and jmespath.__file__.startswith(sys.argv[1])
assert os.path.getsize(where()) > 100_000
CALLS = {
    "cognito-idp": ("list_user_pools", {"MaxResults": 1}),
    "dynamodb": ("list_tables", {}),
    "s3": ("list_buckets", {}),
    "ses": ("get_send_quota", {}),
    "sqs": ("list_queues", {}),
}

class Sent(Exception):
    pass

def sent(request, **_):
    print(urlsplit(request.url).netloc)
    assert b"Signature" in request.headers["Authorization"]
    raise Sent

for service in sys.argv[2:]:
    client, (operation, arguments) = aws_client(service), CALLS[service]
    client.meta.events.register("before-send", sent)
    try:
        getattr(client, operation)(**arguments)
    except Sent:
        continue
    raise AssertionError(service)
"""
UNCHECKED_HASH = b"\x01\0\0\0"
"""A pyc's flags: it is found by its source's hash, which is not looked at (PEP 552)."""


@pytest.fixture(scope="session")
def unpacked(packaged_here: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return extracted(packaged_here, tmp_path_factory.mktemp("function"))


def test_the_zip_is_small_and_leaves_out_what_nothing_uses(packaged: Package) -> None:
    assert packaged.zip.stat().st_size <= LARGEST
    with zipfile.ZipFile(packaged.zip) as archive:
        top = {name.split("/")[0] for name in archive.namelist()}
    assert not top & {*LEFT_OUT}
    assert {"app.py", "chalice", "chalicelib", "botocore"} <= top


@pytest.mark.aws("R6")
def test_the_zip_has_the_sdk_that_is_tested_with_the_services_that_the_code_uses(packaged: Package) -> None:
    with zipfile.ZipFile(packaged.zip) as archive:
        names = archive.namelist()
    data = {name.split("/")[2] for name in names if name.startswith("botocore/data/")}
    assert data == {*sdk.ALWAYS, "cognito-idp", "dynamodb", "s3", "ses", "sqs"}
    assert f"botocore-{version('botocore')}.dist-info/METADATA" in names


@pytest.mark.aws("R6")
def test_a_service_of_which_a_client_is_made_anywhere_comes_with_the_sdk(tmp_path: Path) -> None:
    assert sdk.services(ROOT / "chalicelib") == {"cognito-idp", "dynamodb", "s3", "ses", "sqs"}
    (tmp_path / "keys.py").write_text('def keys():\n    return aws_client("kms", attempts=1)\n')
    assert sdk.services(tmp_path) == {"dynamodb", "kms"}
    (tmp_path / "keys.py").write_text("def keys(name):\n    return aws_client(name)\n")
    with pytest.raises(SystemExit, match=r"keys\.py, line 2: name the service"):
        sdk.services(tmp_path)


@pytest.mark.aws("R6")
def test_no_code_makes_a_client_past_the_function_that_packaging_looks_for() -> None:
    makers = {
        path.relative_to(ROOT).as_posix(): path.read_text().count(".create_client(")
        for path in (ROOT / "chalicelib").rglob("*.py")
    }
    assert {path: count for path, count in makers.items() if count} == {"chalicelib/bootstrap.py": 1}


@pytest.mark.aws("R6")
def test_every_client_signs_and_sends_with_the_zip_alone(unpacked: Path) -> None:
    """What a service's definition needs besides itself: partitions, endpoint rules, defaults, root certificates."""
    sent = run_in_zip(unpacked, EVERY_CLIENT, *sorted(sdk.services(ROOT / "chalicelib")))
    assert sent.split() == [
        "cognito-idp.eu-west-1.amazonaws.com",
        "dynamodb.eu-west-1.amazonaws.com",
        "s3.eu-west-1.amazonaws.com",
        "email.eu-west-1.amazonaws.com",
        "sqs.eu-west-1.amazonaws.com",
    ]


def test_the_zip_has_bytecode_that_nobody_checks_and_nothing_of_this_machine(packaged_here: Package) -> None:
    """Without it each cold start would compile what it imports; Lambda's file system is read-only."""
    with zipfile.ZipFile(packaged_here.zip) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    sources = {name for name in files if name.endswith(".py")}
    assert {name.split("/")[0] for name in sources} == {"app.py", "chalicelib"}
    assert {cache_from_source(name) for name in sources} <= files.keys()
    assert {content[4:8] for name, content in files.items() if name.endswith(".pyc")} == {UNCHECKED_HASH}
    assert not [name for name, content in files.items() if str(Path.cwd()).encode() in content]


@pytest.mark.slow
def test_the_same_files_give_the_same_zip(tmp_path: Path) -> None:
    """Its content is its name where it is uploaded: what has not changed is not deployed again."""
    made = []
    for name in ("one", "two"):
        shutil.copytree(ROOT / "chalicelib", tmp_path / name / "chalicelib")
        finish(tmp_path / name, tmp_path / f"{name}.zip", sys.executable)
        made.append((tmp_path / f"{name}.zip").read_bytes())
    assert made[0] == made[1]


def test_all_of_the_product_can_be_imported_and_used_from_the_zip_alone(unpacked: Path) -> None:
    """Also what functions import only when they use it."""
    run_in_zip(unpacked, ALL_OF_IT)


def test_each_function_is_imported_from_the_zip_alone_and_nothing_happens(
    template: dict[str, Any], unpacked: Path
) -> None:
    for name, function in of_type(template, "Lambda::Function").items():
        loaded = run_in_zip(unpacked, IMPORTED_ALONE, str(function["Handler"])).split()
        assert not [module for module in loaded if module.startswith(HEAVY)], name
        if name not in ("APIHandler", "Authorizer"):
            assert not [module for module in loaded if module.startswith("chalicelib.api")], name


def extracted(packaged: Package, folder: Path) -> Path:
    with zipfile.ZipFile(packaged.zip) as archive:
        archive.extractall(folder)
    return folder


def run_in_zip(unpacked: Path, code: str, *arguments: str) -> str:
    """What this code prints where only the standard library and the zip can be imported."""
    command = [sys.executable, "-I", "-S", "-B", "-W", "ignore", "-c", code, str(unpacked), *arguments]
    done = subprocess.run(command, cwd=unpacked, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, f"{arguments}: {done.stderr}"
    return done.stdout
