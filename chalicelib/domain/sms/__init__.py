"""SMS registrations and their form."""
