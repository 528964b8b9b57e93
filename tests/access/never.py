"""What no code of a function may ever reach, whatever it does else: more than a policy can say of itself."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

WRITES = ("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem")
CHANGES = ("dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem")
REMOVALS = ("dynamodb:DeleteItem", "dynamodb:BatchWriteItem")
ERASING = ("settle_worker",)
"""The function that carries erasures out (decision 29)."""


@dataclass(frozen=True)
class Never:
    """Actions on a resource that are kept from all functions, or from all but some."""

    why: str
    actions: tuple[str, ...] = ("*",)
    resource: str = "*"
    but: tuple[str, ...] = ()
    """The functions that may."""
    only: tuple[str, ...] = ()
    """Where not all are meant: the functions that may not."""

    def forbids(self, function: str, action: str, resource: str) -> bool:
        """Whether this permission is one of them."""
        meant = function in self.only if self.only else function not in self.but
        return (
            meant and any(fnmatchcase(action, item) for item in self.actions) and fnmatchcase(resource, self.resource)
        )


NEVER = (
    Never("the audit trail is added to, and what names an erased person taken out", CHANGES, "AuditTable", ERASING),
    Never("nothing of the audit trail is removed", REMOVALS, "AuditTable"),
    Never("what an account earned is never taken away", ("dynamodb:DeleteItem",), "BonusesTable"),
    Never("who operates is decided outside of the product", WRITES, "OperatorsTable"),
    Never("the authorizer asks AWS for nothing", only=("authorizer",)),
    Never("one function sends mail", ("ses:*",), but=("delivery_worker",)),
    Never("a password is set where its mail is sent", ("cognito-idp:AdminSetUserPassword",), but=("delivery_worker",)),
    Never(
        "people come and go by requests alone",
        ("cognito-idp:AdminCreateUser", "cognito-idp:AdminEnableUser", "cognito-idp:AdminDisableUser"),
        but=("api",),
    ),
    Never("the team is changed by requests alone", WRITES, "MembersTable", but=("api",)),
    Never("nobody reads a whole table but of the partners", ("dynamodb:Scan",), "[!P]*"),
)
