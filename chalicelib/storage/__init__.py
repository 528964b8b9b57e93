"""Adapters to DynamoDB and S3."""
