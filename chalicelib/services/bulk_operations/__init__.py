"""Use cases on bulk operations."""
