"""What every family shares: time, text, money, identifiers, errors, paging."""
