"""Transactions: one change of the domain becomes one TransactWriteItems over the tables of many stores."""
