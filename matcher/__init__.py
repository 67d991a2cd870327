"""The central service that finds matches without learning who they are about."""
