"""Pure data to bytes: what a report shows and how each format writes it."""
