"""The business in plain Python: values, rules and the ports they need."""
