"""Use cases on report runs, their files and their schedules."""
