"""Adapters to DynamoDB and S3.

To keep another kind of thing: its model in `tables` (and its table in the template), its codec and its store in a file
of the thing's name, one line in `registry` (the journal then writes it) and one property in `bootstrap`. A store reads
through `Reader`: `get` by key, `page` and `all` by a `Selection` of one partition. `members` is the shortest whole
example, `accounts` the longest. On the side of the tests: a line in `tests/fakes/book.KEYS`, a store in
`tests/fakes/stores`, and a contract in `tests/integration/storage` that both keep.
"""
