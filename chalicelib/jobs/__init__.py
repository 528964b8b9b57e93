"""The event edge: one function a file."""
