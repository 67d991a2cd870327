"""Every example convenant in mode voprf drives real services: signed by all, verified, and obeyed."""

from collections.abc import Iterator
from datetime import date
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from client_sdk.persoon import Persoon
from client_sdk.register import SignaalStatus
from convenant.beleid import Vraag, beslis
from convenant.laden import parse_convenant
from convenant.model import Convenant
from convenant.pg.ingebed import EmbeddedPostgres
from convenant.types import Gebeurtenis, Niveau, Oin
from convenant.voorbeelden import example_text
from koppelradar.omgeving import make_proefomgeving
from koppelradar.omgeving.starten import running_diensten
from koppelradar.processen import free_port

PERSOON = Persoon(voornamen="Anna Maria", voorvoegsel="", geslachtsnaam="Zandstra", geboortedatum="2015-03-04")


def _told(convenant: Convenant) -> Iterator[tuple[Oin, str, Oin, str]]:
    """Who, with a signal of this kind, is told that who else has one, of that kind."""
    for een, ander in permutations((partij.oin for partij in convenant.partijen), 2):
        for soort in convenant.signaalsoorten:
            if not (convenant.may_submit(een, soort.code) and convenant.may_submit(ander, soort.code)):
                continue
            vraag = Vraag(
                gebeurtenis=Gebeurtenis.MATCH,
                niveau=Niveau.ZEKER,
                ontvanger=een,
                over=ander,
                signaalsoort=soort.code,
                eigen_signaalsoorten=frozenset({soort.code}),
                op=date.today(),
            )
            if beslis(convenant, vraag).toegestaan:
                yield een, soort.code, ander, soort.code


@pytest.mark.slow
@pytest.mark.parametrize("voorbeeld", ["flevoland", "noord-holland-noord", "vt-register"])
def test_two_parties_of_an_example_find_each_other(voorbeeld: str) -> None:
    convenant = parse_convenant(example_text(voorbeeld), bron=voorbeeld)
    een, soort, ander, andere_soort = next(_told(convenant))
    with TemporaryDirectory(prefix="koppelradar-voorbeeld-") as name, EmbeddedPostgres(Path(name) / "pg") as postgres:
        omgeving = make_proefomgeving(
            Path(name) / "omgeving",
            postgres,
            organisaties=(een, ander),
            poort=free_port(),
            sleutelhouder_poorten=(free_port(),),
            voorbeeld=voorbeeld,
        )
        with running_diensten(omgeving, postgres, Path(name)):
            for oin, code in ((ander, andere_soort), (een, soort)):
                with omgeving.open(oin) as dienst:
                    signaal = dienst.submit(PERSOON, clientnummer="C-1", signaalsoort=code)
                    assert signaal.status is SignaalStatus.ONTVANGEN
            with omgeving.open(een) as dienst:
                [match] = dienst.matches()
                assert len(match.match.partijen) == 1
