"""The ways by which the matcher speaks outward by itself: to webhooks, and to a mail server."""
