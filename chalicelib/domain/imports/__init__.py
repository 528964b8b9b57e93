"""Imports: an upload becomes rows, and rows become accounts."""
