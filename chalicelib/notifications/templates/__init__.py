"""What mails say, and how they look."""
