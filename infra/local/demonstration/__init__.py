"""The demonstration: the sample portfolio with living names and dates, and a desk on which everything has happened."""
