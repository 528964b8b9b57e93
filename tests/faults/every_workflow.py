"""Every workflow there is: the product's main jobs, each other operation that writes, the other jobs, rare branches."""

from __future__ import annotations

from tests.faults.branches import BRANCHES
from tests.faults.jobs import JOBS_ALONE
from tests.faults.operations import OPERATIONS_ALONE
from tests.faults.workflows import WORKFLOWS as MAIN

WORKFLOWS = {**MAIN, **OPERATIONS_ALONE, **JOBS_ALONE, **BRANCHES}
