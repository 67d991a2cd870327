"""`koppelradar kanalen`."""

import json
from pathlib import Path
from typing import Any

import pytest

ID = "00000000-0000-0000-0000-000000000001"
WEBHOOK = {
    "id": ID,
    "url": "https://ons.example/haak",
    "status": "wacht-op-handdruk",
    "aangemaaktOp": "2026-03-01T12:00:00Z",
    "verwerktTot": "0000000012",
    "mislukt": 1,
    "dodeLetters": 2,
}


@pytest.fixture(autouse=True)
def kanalen(matcher: Any) -> None:
    mail: dict[str, Any] = {"aan": False, "wijze": "direct", "tijdstip": "08:00", "stilVan": None, "stilTot": None}

    def put(query: dict[str, str], body: Any) -> tuple[int, Any]:
        mail.update(body)
        return 200, mail

    routes = matcher.routes
    routes["GET", "/v1/emailkanaal"] = lambda query, body: (200, mail)
    routes["PUT", "/v1/emailkanaal"] = put
    routes["GET", "/v1/webhooks"] = lambda query, body: (200, {"webhooks": [WEBHOOK]})
    routes["POST", "/v1/webhooks"] = lambda query, body: (201, WEBHOOK)
    routes["DELETE", f"/v1/webhooks/{ID}"] = lambda query, body: (204, None)
    routes["POST", f"/v1/webhooks/{ID}/hervattingen"] = lambda query, body: (201, WEBHOOK | {"status": "actief"})
    routes["POST", f"/v1/webhooks/{ID}/herbezorgingen"] = lambda query, body: (201, {})
    routes["GET", f"/v1/webhooks/{ID}/dode-letters"] = lambda query, body: (
        200,
        {"dodeLetters": [{"sequence": "0000000009", "id": "a"}]},
    )


class TestMail:
    def test_is_shown_and_set(self, shell: Any) -> None:
        assert shell("kanalen", "email").output == "U krijgt geen e-mail.\n"
        assert shell("kanalen", "email", "aan").output == "U krijgt e-mail bij elk bericht.\n"
        args = ["--wijze", "dagelijks", "--tijdstip", "08:30", "--stil-van", "18:00", "--stil-tot", "07:00"]
        output = shell("kanalen", "email", "aan", *args).output
        assert output == "U krijgt e-mail elke dag om 08:30, maar niet van 18:00 tot 07:00.\n"
        shown = json.loads(shell("kanalen", "email", "--json").stdout)
        assert (shown["tijdstip"], shown["stilVan"]) == ("08:30", "18:00")
        assert shell("kanalen", "email", "uit").output == "U krijgt geen e-mail.\n"


class TestWebhooks:
    def test_are_listed(self, shell: Any) -> None:
        output = shell("kanalen", "webhook", "lijst").output

        assert ID in output
        assert "wacht tot uw systeem de handdruk beantwoordt" in output
        assert "1 webhook." in output
        assert json.loads(shell("kanalen", "webhook", "lijst", "--json").stdout) == [WEBHOOK]

    def test_are_made_with_a_secret_that_is_not_on_the_command_line(
        self, shell: Any, matcher: Any, tmp_path: Path
    ) -> None:
        (tmp_path / "geheim").write_text("een-geheim\n", encoding="utf-8")
        args = ["kanalen", "webhook", "maak", "https://ons.example/haak"]
        result = shell(*args, "--geheim", str(tmp_path / "geheim"))

        assert result.exit_code == 0
        assert "een-geheim" not in result.output
        body = json.loads(matcher.requests("/v1/webhooks")[0].body)
        assert body == {"url": "https://ons.example/haak", "bearer": "een-geheim"}
        for wrong in ("", " \n"):
            assert shell(*args, "--geheim", "-", stdin=wrong).exit_code == 1
        assert shell(*args, "--geheim", str(tmp_path / "weg")).exit_code == 1

    def test_are_resumed_removed_and_redelivered(self, shell: Any, matcher: Any) -> None:
        assert "actief" in shell("kanalen", "webhook", "hervat", ID).output
        assert "0000000009" in shell("kanalen", "webhook", "dode-letters", ID).output
        [letter] = json.loads(shell("kanalen", "webhook", "dode-letters", ID, "--json").stdout)
        assert letter["id"] == "a"
        assert "opnieuw bezorgd" in shell("kanalen", "webhook", "herbezorg", ID).output
        assert "verwijderd" in shell("kanalen", "webhook", "verwijder", ID).output
        assert json.loads(shell("kanalen", "webhook", "verwijder", ID, "--json").stdout) == {
            "id": ID,
            "verwijderd": True,
        }
