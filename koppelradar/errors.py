"""What can go wrong in putting the parts together.

OmgevingFout
├── ProcesFout          a process of ours did not start, or stopped by itself
├── OnderdeelOntbreekt  a part that this command needs is not installed
├── BevolkingFout       the sizes of a population cannot go together, or there is no room to write
└── BronFout            a file with records or links for a measurement cannot be used
"""


class OmgevingFout(Exception):
    """Base of the errors of this package; the text is Dutch and says what to do."""


class ProcesFout(OmgevingFout):
    """A child process did not come up; its log file says why."""


class OnderdeelOntbreekt(OmgevingFout):
    """An optional part is not installed."""


class BevolkingFout(OmgevingFout):
    """A population cannot be made as it was asked for."""


class BronFout(OmgevingFout):
    """A file with records or links cannot be used for measuring."""
