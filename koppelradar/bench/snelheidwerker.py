"""Another program's tokens, timed in a process and an environment of their own.

Run as a file by the Python of that environment, so it imports nothing but the standard library and the package that is
measured. Speaks JSON, one object a line: on start what it is ({"versies": ...}, or {"ontbreekt": true}); then for each
line of persons ([[voornamen, achternaam, geboortedatum], ...]) its figures ({"personen", "tokens", "seconden"}).

Each package is used as its own documentation and benchmark do, on one core. What the population does not know and
openlinktoken needs (sex, social security number, postal code) is invented, valid and different per person, before the
clock starts. Seconds are of processor time: what other programs do meanwhile does not count.
"""

import gc
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from itertools import count
from time import process_time
from typing import Any, Final

Regel = Sequence[str]
"""Given names, surname with its voorvoegsel, and birth date as year-month-day."""
Tel = Callable[[Sequence[Any]], int]
"""Makes the tokens of a row of persons and returns how many there are."""
Bereid = Callable[[Sequence[Regel]], Sequence[Any]]
"""Returns a row of persons the way the package wants them."""

_SLEUTEL: Final = "alleen voor deze meting, geheim."
_POSTAL_CODES: Final = ("90210", "10001", "60614", "73301", "30301")


def _invented_ssn(nummer: int) -> str:
    # Areas 600 to 659, groups 02 to 91, serials from 2000: none of the numbers that openlinktoken refuses.
    rest, serial = divmod(nummer, 7000)
    area, group = divmod(rest, 90)
    return f"{600 + area % 60}-{2 + group:02}-{2000 + serial}"


def _openlinktoken() -> tuple[Bereid, Tel]:
    generator = import_module("openlinktoken.tokens.token_generator").TokenGenerator
    definition = import_module("openlinktoken.tokens.token_definition").TokenDefinition
    # Hashing under a secret, without the encryption that can follow: its fastest way that keeps the names secret.
    transformer = import_module("openlinktoken.tokentransformer.hash_token_transformer").HashTokenTransformer
    tokens_of = generator.from_transformers(definition(), [transformer(_SLEUTEL)]).get_all_tokens_via_field_id
    nummers = count()

    def prepare(regels: Sequence[Regel]) -> Sequence[Any]:
        return [_with_invented(regel, next(nummers)) for regel in regels]

    def make(personen: Sequence[Any]) -> int:
        return sum(sum(map(bool, tokens_of(persoon).tokens.values())) for persoon in personen)

    return prepare, make


def _with_invented(regel: Regel, nummer: int) -> dict[str, str]:
    voornamen, achternaam, geboortedatum = regel
    return {
        "FirstName": voornamen,
        "LastName": achternaam,
        "BirthDate": geboortedatum,
        "Sex": ("Male", "Female")[nummer % 2],
        "SocialSecurityNumber": _invented_ssn(nummer),
        "PostalCode": _POSTAL_CODES[nummer % len(_POSTAL_CODES)],
    }


def _feature(naam: str) -> dict[str, Any]:
    return {
        "identifier": naam,
        "format": {"type": "string", "encoding": "utf-8", "case": "mixed", "minLength": 0},
        "hashing": {
            "comparison": {"type": "ngram", "n": 2},
            "strategy": {"bitsPerFeature": 200},
            "hash": {"type": "blakeHash"},
        },
    }


def _clkhash() -> tuple[Bereid, Tel]:
    generate = import_module("clkhash.clk").generate_clks
    schema = import_module("clkhash.schema").from_json_dict(
        {
            "version": 3,
            "clkConfig": {"l": 1024, "kdf": {"type": "HKDF", "hash": "SHA256", "keySize": 64}},
            "features": [_feature(naam) for naam in ("voornamen", "achternaam", "geboortedatum")],
        }
    )

    def make(personen: Sequence[Any]) -> int:
        return len(generate(personen, schema, _SLEUTEL, max_workers=1))

    return list, make


_PAKKETTEN: Final = {"openlinktoken": _openlinktoken, "clkhash": _clkhash}


def _timed(make: Tel, personen: Sequence[Any]) -> dict[str, float]:
    gc.collect()
    start = process_time()
    tokens = make(personen)
    return {"personen": len(personen), "tokens": tokens, "seconden": process_time() - start}


def _answers(naam: str, lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    try:
        prepare, make = _PAKKETTEN[naam]()
        versies = {pakket: version(pakket) for pakket in (naam, "cryptography")}
    except (ImportError, PackageNotFoundError):
        yield {"ontbreekt": True}
        return
    yield {"versies": versies}
    for line in lines:
        yield _timed(make, prepare(json.loads(line)))


def main() -> None:
    """Answer line by line until the input ends."""
    # What the package prints itself would break the conversation.
    out, sys.stdout = sys.stdout, sys.stderr
    for answer in _answers(sys.argv[1], iter(sys.stdin)):
        print(json.dumps(answer), file=out, flush=True)


if __name__ == "__main__":
    main()
