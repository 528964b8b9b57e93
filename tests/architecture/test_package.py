"""The zip: small, complete with what Lambda has by itself; nothing happens while a function's module is imported."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from importlib.util import cache_from_source, find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from infra.finish import finish
from tests.architecture.template_reading import of_type

if TYPE_CHECKING:
    from infra.package import Package

LARGEST = 8_500_000
IN_LAMBDA = ("boto3", "botocore", "dateutil", "jmespath", "s3transfer", "six", "urllib3")
ENCODERS = tuple(f"chalicelib.reports.formats.{name}" for name in ("csv", "html", "pdf", "xls", "xlsx"))
HEAVY = ("isal", "cryptography", *ENCODERS)
"""What is only loaded by what needs it: no cold start pays for it."""
IMPORTED_ALONE = """
import builtins, os, socket, sys
from importlib import import_module

def refuse(*args, **kwargs):
    raise AssertionError(f"something happens at import: {args} {kwargs}")

sys.path[:0] = sys.argv[1:3]
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
module, name = sys.argv[3].rsplit(".", 1)
assert callable(getattr(import_module(module), name))
print(*sys.modules)
"""

ALL_OF_IT = """
import sys
from importlib import import_module
from pathlib import Path

sys.path[:0] = sys.argv[1:3]
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
UNCHECKED_HASH = b"\x01\0\0\0"
"""A pyc's flags: it is found by its source's hash, which is not looked at (PEP 552)."""


@pytest.fixture(scope="session")
def unpacked(packaged: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("function")
    with zipfile.ZipFile(packaged.zip) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="session")
def lambdas_own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The libraries that Lambda's runtime has, and no other."""
    folder = tmp_path_factory.mktemp("runtime")
    for name in IN_LAMBDA:
        spec = find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        origin = Path(spec.origin)
        source = origin.parent if spec.submodule_search_locations else origin
        (folder / source.name).symlink_to(source)
    return folder


def test_the_zip_is_small_and_leaves_out_what_lambda_has(packaged: Package) -> None:
    assert packaged.zip.stat().st_size <= LARGEST
    with zipfile.ZipFile(packaged.zip) as archive:
        top = {name.split("/")[0] for name in archive.namelist()}
    assert not top & {*IN_LAMBDA, "pip", "pytest", "moto"}
    assert {"app.py", "chalice", "chalicelib"} <= top


def test_the_zip_has_bytecode_that_nobody_checks_and_nothing_of_this_machine(packaged: Package) -> None:
    """Without it each cold start would compile what it imports; Lambda's file system is read-only."""
    with zipfile.ZipFile(packaged.zip) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    sources = {name for name in files if name.endswith(".py")}
    assert {name.split("/")[0] for name in sources} == {"app.py", "chalicelib"}
    assert {cache_from_source(name) for name in sources} <= files.keys()
    assert {content[4:8] for name, content in files.items() if name.endswith(".pyc")} == {UNCHECKED_HASH}
    assert not [name for name, content in files.items() if str(Path.cwd()).encode() in content]


def test_the_same_files_give_the_same_zip(packaged: Package, tmp_path: Path) -> None:
    """Its content is its name where it is uploaded: what has not changed is not deployed again."""
    made = []
    for name in ("one", "two"):
        copy = tmp_path / name
        with zipfile.ZipFile(packaged.zip) as source, zipfile.ZipFile(copy, "w") as target:
            for each in source.namelist():
                if each.startswith(("chalicelib/", "chalice/")) and not each.endswith(".pyc"):
                    target.writestr(each, source.read(each))
        finish(copy)
        made.append(copy.read_bytes())
    assert made[0] == made[1]


def test_all_of_the_product_can_be_imported_and_used_from_the_zip_alone(unpacked: Path, lambdas_own: Path) -> None:
    """Also what functions import only when they use it."""
    command = [sys.executable, "-I", "-S", "-B", "-W", "ignore", "-c", ALL_OF_IT, str(unpacked), str(lambdas_own)]
    done = subprocess.run(command, cwd=unpacked, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr


def test_each_function_is_imported_from_the_zip_alone_and_nothing_happens(
    template: dict[str, Any], unpacked: Path, lambdas_own: Path
) -> None:
    for name, function in of_type(template, "Lambda::Function").items():
        loaded = modules_loaded(str(function["Handler"]), unpacked, lambdas_own)
        assert not [module for module in loaded if module.startswith(HEAVY)], name
        if name not in ("APIHandler", "Authorizer"):
            assert not [module for module in loaded if module.startswith("chalicelib.api")], name


def modules_loaded(handler: str, *path: Path) -> list[str]:
    command = [sys.executable, "-I", "-S", "-B", "-c", IMPORTED_ALONE, *map(str, path), handler]
    done = subprocess.run(command, cwd=path[0], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, f"{handler}: {done.stderr}"
    return done.stdout.split()
