"""The command line in Dutch: help, wrong use and breaking off.

typer writes these texts in English and only some of them pass through gettext, which moreover follows the language
of somebody's computer. Therefore the commands get classes of our own, through typer's parameter `cls`.
"""

from koppelradar.taal.commando import Commando, Groep, use_dutch

__all__ = ["Commando", "Groep", "use_dutch"]
