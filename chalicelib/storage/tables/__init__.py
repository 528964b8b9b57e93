"""Every table as a PynamoDB model, in a file of its store's name; a table's name is bound when it is first used.

The names of attributes are the names they are stored under. What the models cannot say, such as point-in-time recovery
and the attribute `ttl` by which DynamoDB clears away, stands in the CloudFormation template.
"""
