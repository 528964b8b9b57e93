"""Adapters to DynamoDB and S3.

To keep another kind of thing: its model, mapper and store in a file in `stores` that is named as the domain's (and its
table in the template), and one line in `bootstrap`. A store reads through
`Reader`: `get` by key, `page` and `all` by a `KeyQuery` of one partition. `members` is the shortest whole
example, `accounts` the longest. On the side of the tests: a line in `tests/fakes/book.KEYS`, a store in
`tests/fakes/stores`, and a contract in `tests/integration/storage` that both keep.
"""
