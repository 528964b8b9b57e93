"""The zips fit what runs them: Lambda's Python on both processors, and this machine's own (docs/aws.md, row N6)."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from importlib.util import MAGIC_NUMBER
from typing import TYPE_CHECKING, Any

import pytest

from infra import interpreter
from infra.package import Package, package
from infra.strip_zip import finish
from infra.target import ARCHITECTURES, LAMBDA_PYTHON, Target, aws, embedded
from infra.template import deployable
from tests.architecture.template_reading import of_type
from tests.architecture.test_package import ALL_OF_IT, LARGEST, extracted

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.aws("N6")
ELF_MACHINES = {"x86_64": 62, "arm64": 183}
"""ELF specification, e_machine: EM_X86_64, EM_AARCH64."""
PYTHON_313_MAGIC = (3571).to_bytes(2, "little") + b"\r\n"
"""CPython 3.13, pycore_magic_number.h."""
TARGETS = [*(aws(architecture) for architecture in ARCHITECTURES), embedded()]


@pytest.fixture(scope="module", params=TARGETS, ids=lambda target: f"{target.runtime}-{target.architecture}")
def made(request: pytest.FixtureRequest) -> Package:
    return package(request.param)


def test_functions_on_aws_run_on_the_python_that_the_zip_is_made_for(
    packaged: Package, template: dict[str, Any], local_template: dict[str, Any]
) -> None:
    assert {item["Runtime"] for item in of_type(template, "Lambda::Function").values()} == {f"python{LAMBDA_PYTHON}"}
    assert packaged.target == aws()
    own = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    assert {item["Runtime"] for item in of_type(local_template, "Lambda::Function").values()} == {own}


def test_the_stack_s_parameter_says_which_processor_functions_run_on(template: dict[str, Any]) -> None:
    functions = of_type(template, "Lambda::Function").values()
    assert all(function["Architectures"] == [{"Ref": "Architecture"}] for function in functions)
    parameter = template["Parameters"]["Architecture"]
    assert (parameter["Default"], parameter["AllowedValues"]) == ("x86_64", list(ARCHITECTURES))


def test_every_extension_module_is_for_its_python_and_its_processor(made: Package) -> None:
    assert modules_of_another(made.zip, made.target) == []


def test_bytecode_is_the_runtime_s_own_or_there_is_none(made: Package) -> None:
    with zipfile.ZipFile(made.zip) as archive:
        bytecode = {name: archive.read(name)[:4] for name in archive.namelist() if name.endswith(".pyc")}
    own = PYTHON_313_MAGIC if made.target.python == LAMBDA_PYTHON else MAGIC_NUMBER
    assert set(bytecode.values()) <= {own}
    assert bool(bytecode) is bool(interpreter.find(made.target.python))
    assert bool(made.warning) is not bool(bytecode)


def test_the_zip_is_no_larger_than_agreed(made: Package) -> None:
    assert made.zip.stat().st_size <= LARGEST


def test_a_module_of_another_python_or_processor_is_found(packaged: Package, tmp_path: Path) -> None:
    """The rule above can fail."""
    assert modules_of_another(packaged.zip, aws("arm64"))
    assert modules_of_another(packaged.zip, Target("3.14"))
    planted = tmp_path / "planted.zip"
    with zipfile.ZipFile(planted, "w") as archive:
        archive.writestr("any.cpython-311-x86_64-linux-gnu.so", elf(62))
        archive.writestr("any.abi3.so", elf(183))
    assert len(modules_of_another(planted, aws())) == 2


def test_without_an_interpreter_of_the_runtime_s_version_every_source_stays(tmp_path: Path) -> None:
    folder = tmp_path / "code"
    for name in ("library/core.py", "chalicelib/ours.py", "chalicelib/__pycache__/ours.cpython-311.pyc"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("")
    finish(folder, tmp_path / "made.zip", None)
    with zipfile.ZipFile(tmp_path / "made.zip") as archive:
        assert archive.namelist() == ["chalicelib/ours.py", "library/core.py"]


def test_a_zip_without_bytecode_says_what_that_costs_and_what_to_do(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "deployment.zip", "w") as archive:
        archive.writestr("app.py", "")
    output = Package(tmp_path, aws()).warning
    assert f"no Python {LAMBDA_PYTHON} was found on the PATH" in output
    assert "two to three times the processor time" in output
    assert f"Install Python {LAMBDA_PYTHON} and run this again." in output


def test_the_zip_for_aws_is_imported_and_used_by_the_runtime_s_own_python(packaged: Package, tmp_path: Path) -> None:
    own = interpreter.find(LAMBDA_PYTHON)
    if not own:
        pytest.skip(f"there is no Python {LAMBDA_PYTHON} here")
    folder = extracted(packaged, tmp_path)
    command = [own, "-I", "-S", "-B", "-W", "ignore", "-c", ALL_OF_IT, str(folder)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr


def test_both_targets_of_a_tree_are_kept_side_by_side(packaged: Package, packaged_here: Package) -> None:
    assert packaged.folder != packaged_here.folder
    assert deployable(packaged, "aws")["Resources"]["APIHandler"]["Properties"]["Runtime"] == "python3.13"


def modules_of_another(made: Path, target: Target) -> list[str]:
    """The extension modules that this target would not load."""
    own = f"cpython-{target.python.replace('.', '')}-{target.machine}-linux-gnu.so"
    with zipfile.ZipFile(made) as archive:
        modules = {name: archive.read(name) for name in archive.namelist() if ".so" in name}
    assert modules
    return [
        name
        for name, content in modules.items()
        if name.rpartition("/")[2].partition(".")[2] not in (own, "abi3.so")
        or content[:4] != b"\x7fELF"
        or int.from_bytes(content[18:20], "little") != ELF_MACHINES[target.architecture]
    ]


def elf(machine: int) -> bytes:
    return b"\x7fELF" + bytes(14) + machine.to_bytes(2, "little")
