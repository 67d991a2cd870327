"""`python -m koppelradar`, the same as the command `koppelradar`."""

from koppelradar.cli import main

main()
