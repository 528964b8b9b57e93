"""DynamoDB: the connection, queries and mappers that every store uses."""
