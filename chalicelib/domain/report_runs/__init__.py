"""Report runs and the schedules that start them."""
