"""A stand-in for the platform, for trying things out: what a client sees, calling the API as the platform does.

It belongs to the embedded stack alone, and ships nowhere.
"""
