"""Use cases on mail."""
