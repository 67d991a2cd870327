"""All signatures at once, for who has everybody's keys: a trial on one machine."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from joserfc.jwk import OKPKey

from convenant.laden import convenant_from_document
from convenant.ondertekening.model import Bundel
from convenant.ondertekening.slot import seal
from convenant.ondertekening.types import Verklaringsoort
from convenant.ondertekening.verklaring import sign_verklaring
from convenant.types import Oin

_BRON: Final = "het document"


def sign_together(document: dict[str, Any], sleutels: Mapping[Oin, OKPKey], *, op: datetime) -> Bundel:
    """Return a sealed bundle that every party of `sleutels` accepts; the convenanthouder must be among them.

    The keys are private ones. Raises what `sign_verklaring` and `seal` raise.
    """
    convenant = convenant_from_document(document, bron=_BRON)
    verklaringen = tuple(
        sign_verklaring(convenant, oin=oin, soort=Verklaringsoort.AANVAARDEN, ondertekenaar=sleutel, op=op)
        for oin, sleutel in sleutels.items()
    )
    bundel = Bundel(document=document, verklaringen=verklaringen)
    return seal(bundel, ondertekenaar=sleutels[convenant.convenanthouder], bron=_BRON, op=op)
