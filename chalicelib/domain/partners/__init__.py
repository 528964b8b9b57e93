"""Partners: their terms, settings, team and invites."""
