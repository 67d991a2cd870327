"""From linkage keys to what tokens are derived from, in mode voprf: one conversation for many persons at once.

    ronde = Blindronde.prepare(afleiding, [sleutels of a person, ...])
    send ronde.punten to every sleutelhouder of the convenant
    for uitkomsten in ronde.finish([what each answered, with its pinned keys]): afleiding.tokenset(uitkomsten, ...)

No input or output: sending, waiting and trying again are for the caller.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from client_sdk.koppelsleutels import Koppelsleutel
from client_sdk.koppeltokens.afleiding import Tokenafleiding, by_code
from convenant.errors import VerkeerdAantal
from convenant.profielen import NL_1
from convenant.voprf import Blindering, Evaluatie, PubliekeOprfSleutel, Punt, Uitvoer, blind_batch, combine, finalize

Antwoord = Mapping[str, tuple[Evaluatie, PubliekeOprfSleutel]]
"""What one sleutelhouder answered, per code, each with the key that the convenant pins for it."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class _Groep:
    """The keys of one code: whose they are (positions in the batch), and their blindings in the same order."""

    personen: tuple[int, ...]
    blinderingen: tuple[Blindering, ...]


# Compared by identity: a comparison of secrets that stops at the first difference tells where it is.
@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Blindronde:
    """The blinded keys of a batch of persons, for one conversation: after a failed answer, prepare a new one.

    The points tell a sleutelhouder nothing but how many persons bear a key of each code.
    """

    _aantal: int
    _groepen: Mapping[str, _Groep]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._aantal} personen)"

    @classmethod
    def prepare(cls, afleiding: Tokenafleiding, personen: Sequence[Sequence[Koppelsleutel]]) -> Self:
        """Return the keys of each person, every one under a fresh blind of its own; a person may have none.

        Raises ValueError for two keys of one code in one person, or a code outside the profile, `VerkeerdAantal`
        where one code has more than 65535 keys.
        """
        keys = [by_code(sleutels) for sleutels in personen]
        groepen = {}
        for slot in NL_1.slots:
            dragers = tuple(i for i, per_code in enumerate(keys) if slot.code in per_code)
            if dragers:
                invoeren = (afleiding.mask(keys[i][slot.code]) for i in dragers)
                groepen[slot.code] = _Groep(dragers, blind_batch(invoeren))
        return cls(len(keys), groepen)

    @property
    def punten(self) -> Mapping[str, tuple[Punt, ...]]:
        """What is sent to every sleutelhouder: per code that occurs, in slot order, the blinded points."""
        return {code: tuple(b.punt for b in groep.blinderingen) for code, groep in self._groepen.items()}

    def finish(self, antwoorden: Sequence[Antwoord]) -> tuple[Mapping[str, Uitvoer], ...]:
        """Return per person, in order, its y per code, once every proof of every sleutelhouder holds.

        One answer per sleutelhouder of the convenant: with two, y is that of the sum of their keys. Raises
        `VoprfFout`, and then no outcome exists: `VerkeerdAantal` for no answers, or one that does not hold exactly
        the codes and numbers that were asked; `OngeldigPunt` or `OngeldigBewijs` for one that does not hold. Raises
        ValueError where two answers come with one key.
        """
        if not antwoorden or any(antwoord.keys() != self._groepen.keys() for antwoord in antwoorden):
            raise VerkeerdAantal("Het antwoord van de sleutelhouder past niet bij de aanvraag. Vraag opnieuw.")
        uitkomsten: tuple[dict[str, Uitvoer], ...] = tuple({} for _ in range(self._aantal))
        for code, groep in self._groepen.items():
            uitvoeren = _finish_code(groep, [antwoord[code] for antwoord in antwoorden])
            for persoon, uitvoer in zip(groep.personen, uitvoeren, strict=True):
                uitkomsten[persoon][code] = uitvoer
        return uitkomsten


def _finish_code(groep: _Groep, antwoorden: Sequence[tuple[Evaluatie, PubliekeOprfSleutel]]) -> tuple[Uitvoer, ...]:
    if len(antwoorden) == 1:
        return finalize(groep.blinderingen, *antwoorden[0])
    return combine(groep.blinderingen, antwoorden)
