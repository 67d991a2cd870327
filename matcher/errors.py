"""What can go wrong in the matcher alone; what it shares with other services is in `convenant.web.errors`.

MatcherFout
└── InstellingenFout  the operator must mend the settings; the process refuses to start
TeVeel
└── PlafondBereikt    429, with Retry-After

Texts are Dutch, say what to do, and never quote a value that was sent.
"""

from convenant.web.errors import TeVeel


class MatcherFout(Exception):
    """Base of the errors of this package."""


class InstellingenFout(MatcherFout):
    """The settings, key files or database do not allow the matcher to start."""


class PlafondBereikt(TeVeel):
    """The organisation reached a limit that the convenant sets to a calendar month (ONTWERP guarantee 10)."""

    code = "plafond-bereikt"
    titel = "Het plafond van deze maand is bereikt"
