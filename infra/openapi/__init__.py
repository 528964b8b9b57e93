"""Makes the OpenAPI document from routes, types, the table of roles, and the docstrings of the source."""
