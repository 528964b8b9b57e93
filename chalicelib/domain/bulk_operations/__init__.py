"""Bulk operations: one change of many accounts, carried out by the server."""
