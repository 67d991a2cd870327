"""Storage of the matcher: PostgreSQL and nothing else."""
