"""Stores: one file a thing, with its table, its mapper and its queries."""
