"""The convenant key K: made once per epoch by the sleutelbewaarder, and handed to each party under its own seal."""

from convenant.sleutelbewaarder.uitgifte import Uitgifte, give_out, open_uitgifte, vingerafdruk

__all__ = ["Uitgifte", "give_out", "open_uitgifte", "vingerafdruk"]
