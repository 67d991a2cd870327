"""What can go wrong in the matcher alone; what it shares with other services is in `convenant.web.errors`.

MatcherFout
└── InstellingenFout  the operator must mend the settings; the process refuses to start

Texts are Dutch, say what to do, and never quote a value that was sent.
"""


class MatcherFout(Exception):
    """Base of the errors of this package."""


class InstellingenFout(MatcherFout):
    """The settings, key files or database do not allow the matcher to start."""
