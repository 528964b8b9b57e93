"""Mail: deliveries, what they say, and whom they must not reach."""
