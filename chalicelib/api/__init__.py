"""The HTTP edge: one blueprint a resource."""
