"""PostgreSQL for our services: transactions, migrations, the checks at the start, and a server from a wheel.

For the services alone: it needs SQLModel and psycopg, which a plain install does not bring. Every service has a
database and a `MetaData` of its own; nothing here names a table.
"""
