"""Accounts: what they are, who pays for what, and what time and people do to them."""
