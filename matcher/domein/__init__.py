"""Pure rules of the matcher: no clock, no database, no network."""
