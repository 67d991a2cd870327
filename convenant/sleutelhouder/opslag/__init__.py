"""Tables, migrations and queries of the sleutelhouder."""
