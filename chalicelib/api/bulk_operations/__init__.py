"""HTTP: bulk operations."""
