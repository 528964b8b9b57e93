"""Every workflow there is: those of the product's main jobs, and one for each other operation that writes."""

from __future__ import annotations

from tests.faults.operations import OPERATIONS_ALONE
from tests.faults.workflows import WORKFLOWS as MAIN

WORKFLOWS = {**MAIN, **OPERATIONS_ALONE}
