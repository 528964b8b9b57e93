"""Routes of partners, teams and settings."""
