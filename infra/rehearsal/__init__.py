"""Rehearses deployments without an account: the product's own commands against stubs that keep AWS's rules."""
