"""What can go wrong in putting the parts together.

OmgevingFout
├── ProcesFout        a process of ours did not start, or stopped by itself
└── OnderdeelOntbreekt  a part that this command needs is not installed
"""


class OmgevingFout(Exception):
    """Base of the errors of this package; the text is Dutch and says what to do."""


class ProcesFout(OmgevingFout):
    """A child process did not come up; its log file says why."""


class OnderdeelOntbreekt(OmgevingFout):
    """An optional part is not installed."""
