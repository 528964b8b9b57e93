"""Partnerbook: the back end of a partner programme."""
