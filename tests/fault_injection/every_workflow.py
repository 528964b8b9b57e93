"""Every workflow there is: the product's main jobs, each other operation that writes, the other jobs, rare branches."""

from __future__ import annotations

from tests.fault_injection.branches import BRANCHES
from tests.fault_injection.jobs import JOBS_ALONE
from tests.fault_injection.operations import OPERATIONS_ALONE
from tests.fault_injection.workflows import WORKFLOWS as MAIN

WORKFLOWS = {**MAIN, **OPERATIONS_ALONE, **JOBS_ALONE, **BRANCHES}
