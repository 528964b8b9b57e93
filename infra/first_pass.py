"""Makes the template of a stack's first pass: without deletion protection, so that a failed create leaves nothing.

A rollback deletes what was just made, and a protected table or pool refuses to be deleted (ResourceInUseException of
DynamoDB, InvalidParameterException of Cognito): the stack would end in ROLLBACK_FAILED, with tables under names that
the next try needs. The second pass, which follows at once, protects them (decision 20).
"""

from __future__ import annotations

import copy
from typing import Any

OFF = {
    "AWS::DynamoDB::Table": {"DeletionProtectionEnabled": False},
    "AWS::Cognito::UserPool": {"DeletionProtection": "INACTIVE"},
}


def unprotected(template: dict[str, Any]) -> dict[str, Any]:
    """Return the template with deletion protection off."""
    result = copy.deepcopy(template)
    for node in result["Resources"].values():
        if off := OFF.get(node["Type"]):
            node["Properties"] |= off
    return result
