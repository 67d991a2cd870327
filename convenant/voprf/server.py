"""The side of the sleutelhouder: multiply blinded points by the secret key, and prove it."""

from collections.abc import Sequence

from convenant.voprf import groep
from convenant.voprf.bewijs import Evaluatie, check_batch, generate_bewijs
from convenant.voprf.groep import Puntcodering, Scalar
from convenant.voprf.sleutel import OprfSleutel


def _evaluate_with(sleutel: OprfSleutel, punten: Sequence[Puntcodering], *, r: Scalar) -> Evaluatie:
    # Apart from `evaluate` so that the vectors of the RFC can choose r; nobody else may.
    check_batch(len(punten))
    blinded = groep.parse_punten(punten)
    evaluated = tuple(groep.multiply(sleutel.scalar, punt) for punt in blinded)
    return Evaluatie(evaluated, generate_bewijs(sleutel, blinded, evaluated, r=r))


def evaluate(sleutel: OprfSleutel, punten: Sequence[Puntcodering]) -> Evaluatie:
    """Return an evaluation of each point, in order, under one proof (BlindEvaluate, RFC 9497, section 3.3.2).

    Checks the points; learns nothing of what is blinded in them. Counting and limiting who may ask is for the caller:
    each point is one guess. Raises `VerkeerdAantal` unless there are 1 to 65535 points, `OngeldigPunt` with the
    position of a bad one.
    """
    return _evaluate_with(sleutel, punten, r=groep.random_scalar())
