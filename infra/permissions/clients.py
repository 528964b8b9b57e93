"""Finds calls of botocore's clients, and which permissions each takes."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from mypy.nodes import CallExpr, MemberExpr, StrExpr

from infra.permissions import requests_to_aws
from infra.permissions.program import NotDerivable
from infra.permissions.traversal import walk

if TYPE_CHECKING:
    from mypy.nodes import Expression, TypeInfo

    from infra.permissions.graph import Permission
    from infra.permissions.program import Program
    from infra.permissions.resolution import Resolver

MAKES_CLIENTS = "chalicelib.bootstrap.aws_client"


class Clients:
    """Knows the clients of one program."""

    def __init__(self, program: Program, resolver: Resolver) -> None:
        self._program = program
        self._resolver = resolver

    def asked(self, call: CallExpr) -> list[Permission] | None:
        """Return the permissions that a call takes; None where it is no client's."""
        callee = call.callee
        if not isinstance(callee, MemberExpr) or self._resolver.is_defined(callee) or not self._is_client(callee.expr):
            return None
        method, presigned = callee.name, callee.name == "generate_presigned_url"
        if method in requests_to_aws.INDIRECT and call.args and isinstance(call.args[0], StrExpr):
            method = call.args[0].value
        services = requests_to_aws.operations(self._services).get(method)
        if services is None:
            return None
        if len(services) > 1 or services & requests_to_aws.HANDLED:
            raise NotDerivable(f"{method} is asked of a client here, of one of {', '.join(sorted(services))}.")
        try:
            return requests_to_aws.permissions(next(iter(services)), method, presigned=presigned)
        except KeyError:
            where = "infra/permissions/requests_to_aws.py"
            raise NotDerivable(f"Nobody has said which permission {method} takes: say it in {where}.") from None

    def _is_client(self, expression: Expression) -> bool:
        """Tell whether it may be a client: of no type, of one from the stubs, of a protocol that nothing here keeps."""
        return all(self._stands_for_client(item) for item in self._resolver.classes_of(expression))

    def _stands_for_client(self, info: TypeInfo) -> bool:
        unkept = info.is_protocol and not self._resolver.implementations.get(info.fullname)
        return info.fullname.startswith("mypy_boto3_") or (unkept and info.fullname in self._program.classes)

    @cached_property
    def _services(self) -> frozenset[str]:
        """Those of which the program makes clients."""
        code = (node for unit in self._program.units.values() for item in unit.code for node in walk(item))
        made = (
            item for item in code if isinstance(item, CallExpr) and MAKES_CLIENTS in self._resolver.named(item.callee)
        )
        return frozenset(("dynamodb", *(item.args[0].value for item in made if isinstance(item.args[0], StrExpr))))
