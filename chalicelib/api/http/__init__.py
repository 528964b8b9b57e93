"""What every route shares: parsing, access, problems, paging, idempotency."""
