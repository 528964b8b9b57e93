"""Routes of report runs, schedules and downloads."""
