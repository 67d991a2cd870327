"""The HTTP edge that our services share: access tokens, problem documents, headers, and the published description.

For the services alone: it needs FastAPI, which a plain install does not bring. Nothing here knows what a service does.
"""
