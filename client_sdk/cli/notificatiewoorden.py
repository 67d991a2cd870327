"""What an event is called, in plain words."""

from collections.abc import Mapping
from typing import Final

from client_sdk.client.model import NotificatieSoort

WORDS: Final[Mapping[NotificatieSoort, str]] = {
    NotificatieSoort.MATCH_ONTSTAAN: "Nieuwe match",
    NotificatieSoort.MATCH_UITGEBREID: "Match uitgebreid",
    NotificatieSoort.MATCH_GEKROMPEN: "Match kleiner geworden",
    NotificatieSoort.MATCH_VERVALLEN: "Match vervallen",
    NotificatieSoort.MATCH_ONJUIST: "Match onjuist gemeld en verbroken",
    NotificatieSoort.MOGELIJKE_MATCH_ONTSTAAN: "Nieuwe mogelijke match",
    NotificatieSoort.MOGELIJKE_MATCH_BEVESTIGD: "Mogelijke match bevestigd",
    NotificatieSoort.MOGELIJKE_MATCH_AFGEWEZEN: "Mogelijke match voorbij",
    NotificatieSoort.MOGELIJKE_MATCH_VERVALLEN: "Mogelijke match vervallen",
    NotificatieSoort.VROEG_INGETROKKEN: "Een signaal is kort na een match ingetrokken; beoordeel dit",
    NotificatieSoort.ACUUT_BEVESTIGD: "Mogelijke match wegens acuut gevaar door één kant bevestigd; beoordeel dit",
    NotificatieSoort.KAART_GEVRAAGD: "Een organisatie vraagt uw contactkaart",
    NotificatieSoort.KAART_VRIJGEGEVEN: "U kreeg een contactkaart",
    NotificatieSoort.SIGNAAL_ONTVANGEN: "Uw signaal is ontvangen",
    NotificatieSoort.SIGNAAL_VERLOOPT_BINNENKORT: "Uw signaal verloopt binnenkort",
    NotificatieSoort.SIGNAAL_VERLOPEN: "Uw signaal is verlopen en telt niet meer mee",
    NotificatieSoort.CONTACT_VASTGELEGD: "Een organisatie heeft contact vastgelegd",
    NotificatieSoort.REGIE_VOORGESTELD: "Er is een regisseur voorgesteld",
    NotificatieSoort.REGIE_VASTGESTELD: "Er is een regisseur",
    NotificatieSoort.REGIE_OVERGEDRAGEN: "De regie is overgedragen",
    NotificatieSoort.MOMENT_AFGESPROKEN: "Het volgende moment is afgesproken",
    NotificatieSoort.HULP_GEMELD: "Een organisatie meldt hoe haar hulp gaat",
    NotificatieSoort.OPVOLGING_AFGESLOTEN: "Een organisatie heeft de opvolging afgesloten",
    NotificatieSoort.TERMIJN_NADERT: "Een termijn loopt bijna af",
    NotificatieSoort.TERMIJN_VERSTREKEN: "Een termijn is verstreken",
    NotificatieSoort.GEESCALEERD: "Een verstreken termijn is bij u terechtgekomen",
    NotificatieSoort.GEZINSMATCH_ONTSTAAN: "Nieuwe gezinsmatch: een signaal over iemand uit hetzelfde gezin",
    NotificatieSoort.GEZINSMATCH_VERVALLEN: "Gezinsmatch vervallen",
    NotificatieSoort.RADARTREFFER: "Nieuw op de radar: een signaal bij een casus van u",
    NotificatieSoort.TERUGKOPPELING: "Terugkoppeling van Veilig Thuis",
    NotificatieSoort.BEKENDHEIDSVRAAG: "Een organisatie vraagt wie iemand kent",
    NotificatieSoort.BEKENDHEIDSANTWOORD: "Een organisatie kent iemand naar wie u vroeg",
    NotificatieSoort.CONVENANT_GEWIJZIGD: "Er is nieuws over het convenant",
}
