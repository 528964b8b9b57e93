"""Adapters to SES and SQS, and the messages themselves."""
