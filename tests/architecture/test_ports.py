"""Use cases name what they need from outside: none takes everything, and everything that they name exists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chalicelib.bootstrap import Container, Ports
from chalicelib.config import Settings
from chalicelib.services import ports as use_cases
from tests.fakes import FakePorts

if TYPE_CHECKING:
    from types import ModuleType


def members(kind: type[Any]) -> set[str]:
    """The ports that a Protocol names."""
    return {name for base in kind.__mro__ for name, value in vars(base).items() if isinstance(value, property)}


def protocols(module: ModuleType) -> list[type[Any]]:
    return [
        kind for kind in vars(module).values() if getattr(kind, "_is_protocol", False) and kind.__name__ != "Protocol"
    ]


FAMILIES = [kind for kind in Ports.__mro__ if members(kind) and kind is not Ports]
NARROW = {kind.__name__: members(kind) for kind in (*FAMILIES, *protocols(use_cases))}


def test_no_use_case_can_touch_nearly_everything() -> None:
    """Three quarters is what the erasure of a person needs; all of them together are the edges' alone."""
    most = len(members(Ports)) * 3 // 4
    assert {name: len(named) for name, named in NARROW.items() if len(named) > most} == {}


def test_the_edges_hand_on_every_port_that_a_use_case_can_name() -> None:
    assert set().union(*NARROW.values()) == members(Ports)


def test_every_port_is_named_by_one_family() -> None:
    owners = [(name, kind.__name__) for kind in FAMILIES for name in vars(kind) if name in members(kind)]
    assert sorted(name for name, _ in owners) == sorted(members(Ports))


def test_the_container_and_the_fakes_have_every_port() -> None:
    assert members(Ports) - set(dir(FakePorts())) == set()
    assert members(Ports) - set(dir(Container(Settings()))) == set()
