"""What a service knows of who calls it."""

from typing import NewType

from convenant.types import Oin

Client = NewType("Client", Oin)
"""The OIN of an organisation whose client assertion or access token was verified."""
