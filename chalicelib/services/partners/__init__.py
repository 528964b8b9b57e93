"""Use cases on partners, their teams and limits."""
