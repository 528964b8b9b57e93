"""Partnerbook: the back end of a partner programme."""

import gc

gc.set_threshold(100_000, 20, 50)
"""Importing makes a hundred thousand objects that all stay. Looking through them for garbage, which Python's own
threshold of 700 does 190 times, takes a fifth of a cold start's CPU (decision 9)."""
