"""Derives from the code which permissions each deployed function needs, and compares them with its policy.

`program` reads the code by mypy, so that what every expression is is known; `calls` finds what each function refers to,
and `effects` what it asks of AWS; `derivation` follows the references from each function's handler; `policies` has what
is allowed. What is over-approximated, and why, is in docs/decisions/0026.
"""
