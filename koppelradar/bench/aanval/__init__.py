"""Attacks on what each role can see, and how many persons they re-identify (docs/aanvallen.md)."""
