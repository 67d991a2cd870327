import base64
import hashlib
import json
import os
import stat
from pathlib import Path

import pytest
from joserfc.jwk import OKPKey
from pydantic import ValidationError

from convenant.web.errors import StartFout
from matcher.errors import InstellingenFout
from matcher.instellingen import Instellingen, make_sleutels, read_logsleutel, read_pepper, read_sleutel, read_smtp
from matcher.uitgaand.post import SmtpTls

FIRST, SECOND = (hashlib.sha256(seed).digest() for seed in (b"1", b"2"))
GOOD, NEWER = (base64.urlsafe_b64encode(key).rstrip(b"=").decode() for key in (FIRST, SECOND))


def secret(tmp_path: Path, content: str, mode: int = 0o600) -> Path:
    path = tmp_path / "sleutel"
    path.write_text(content, encoding="utf-8")
    path.chmod(mode)
    return path


def test_made_keys_can_be_read_by_the_owner_only(tmp_path: Path) -> None:
    made = make_sleutels(tmp_path / "nieuw")
    assert read_pepper(made.pepper_bestand).versie == 1
    assert read_sleutel(made.sleutel_bestand).is_private
    assert len(read_logsleutel(made.logsleutel_bestand)) == 32
    for path in (made.pepper_bestand, made.sleutel_bestand, made.logsleutel_bestand):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_every_installation_has_keys_of_its_own(tmp_path: Path) -> None:
    een, ander = (make_sleutels(tmp_path / naam) for naam in ("een", "ander"))
    assert read_pepper(een.pepper_bestand) != read_pepper(ander.pepper_bestand)
    assert read_logsleutel(een.logsleutel_bestand) != read_logsleutel(ander.logsleutel_bestand)
    assert read_sleutel(een.sleutel_bestand).thumbprint() != read_sleutel(ander.sleutel_bestand).thumbprint()


@pytest.mark.parametrize("bestand", ["pepper.sleutel", "matcher.jwk", "logboek.sleutel"])
def test_existing_keys_are_never_overwritten(tmp_path: Path, bestand: str) -> None:
    (tmp_path / bestand).write_text("van vroeger")
    with pytest.raises(InstellingenFout, match="bestaat al"):
        make_sleutels(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [bestand]
    assert (tmp_path / bestand).read_text() == "van vroeger"


def test_a_second_pepper_stands_below_the_first(tmp_path: Path) -> None:
    pepper = read_pepper(secret(tmp_path, f"{GOOD}\n\n{NEWER}\n"))
    assert pepper.sleutels == (FIRST, SECOND)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644], ids=oct)
def test_a_key_that_others_can_reach_is_refused(tmp_path: Path, mode: int) -> None:
    path = secret(tmp_path, GOOD, mode)
    for read in (read_pepper, read_logsleutel, read_sleutel):
        with pytest.raises(StartFout, match="chmod 600"):
            read(path)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("", id="empty"),
        pytest.param("\n \n", id="blank lines"),
        pytest.param("geheim", id="too short"),
        pytest.param(GOOD + "AAAA", id="too long"),
        pytest.param(GOOD[:-1] + "!", id="other letters"),
        pytest.param(f"{GOOD}\ngeheim", id="second line short"),
        pytest.param("gehéim", id="not ascii"),
    ],
)
def test_a_key_file_without_whole_keys_is_refused_without_showing_it(tmp_path: Path, content: str) -> None:
    for read in (read_pepper, read_logsleutel):
        with pytest.raises(StartFout) as caught:
            read(secret(tmp_path, content))
        assert "sleutel" in str(caught.value) or "pepper" in str(caught.value)
        assert not content.strip() or content.strip() not in str(caught.value)


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    for read in (read_pepper, read_logsleutel, read_sleutel):
        with pytest.raises(StartFout, match="koppelradar matcher sleutels"):
            read(tmp_path / "nergens")


@pytest.mark.parametrize(
    "jwk",
    [
        pytest.param("geen json", id="no json"),
        pytest.param("[]", id="no object"),
        pytest.param("{}", id="no key"),
        pytest.param(json.dumps({"kty": "oct", "k": "AAAA"}), id="symmetric"),
        pytest.param(json.dumps(OKPKey.generate_key("Ed25519").as_dict(private=False)), id="public"),
        pytest.param(json.dumps(OKPKey.generate_key("X25519").as_dict(private=True)), id="other curve"),
    ],
)
def test_only_a_private_ed25519_key_signs(tmp_path: Path, jwk: str) -> None:
    with pytest.raises(StartFout, match="Ed25519"):
        read_sleutel(secret(tmp_path, jwk))


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOPPELRADAR_PUBLIEKE_URL", "https://matcher.example.nl/")
    monkeypatch.setenv("KOPPELRADAR_DATABASE_URL", "postgresql+psycopg://x:geheim@db/k")
    made = Instellingen()
    assert made.token_url == "https://matcher.example.nl/v1/token"
    assert "geheim" not in repr(made)


def test_settings_out_of_bounds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOPPELRADAR_VERBINDINGEN", "0")
    with pytest.raises(ValidationError):
        Instellingen()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root reads every file")
def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StartFout, match="kan niet worden gelezen"):
        read_pepper(secret(tmp_path, GOOD, 0o000))


SMTP = {"smtp_host": "post.example.nl", "smtp_afzender": "koppelradar@example.nl"}


def test_without_a_mail_server_there_is_none() -> None:
    assert read_smtp(Instellingen()) is None


def test_a_mail_server_is_used_with_tls_unless_told_otherwise(tmp_path: Path) -> None:
    login = {"smtp_gebruiker": "iemand", "smtp_wachtwoord_bestand": secret(tmp_path, "geheim\n")}
    smtp = read_smtp(Instellingen.model_validate({**SMTP, **login}))
    assert smtp is not None
    assert (smtp.port, smtp.tls, smtp.gebruiker, smtp.wachtwoord) == (587, SmtpTls.STARTTLS, "iemand", "geheim")


@pytest.mark.parametrize(
    "changes",
    [
        {"smtp_afzender": None},
        {"smtp_tls": "geen", "omgeving": "productie"},
        {"smtp_gebruiker": "iemand"},
        {"smtp_wachtwoord_bestand": "wachtwoord"},
    ],
)
def test_a_mail_server_that_is_set_by_half_keeps_the_matcher_from_starting(changes: dict[str, object]) -> None:
    with pytest.raises(InstellingenFout):
        read_smtp(Instellingen.model_validate({**SMTP, **changes}))


def test_a_password_that_others_can_read_is_refused_without_showing_it(tmp_path: Path) -> None:
    login = {"smtp_gebruiker": "iemand", "smtp_wachtwoord_bestand": secret(tmp_path, "geheim", 0o644)}
    with pytest.raises(StartFout) as caught:
        read_smtp(Instellingen.model_validate({**SMTP, **login}))
    assert "geheim" not in str(caught.value)
