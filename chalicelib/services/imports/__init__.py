"""Use cases on imports."""
