"""Settings that cannot be used are refused in a sentence, without telling what is secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from shopper.config import BadSetting, read

MAIL = {
    "SHOPPER_SMTP": "smtps://user:pa%2Fss@mail.example.org",
    "SHOPPER_MAIL_FROM": "Agency <office@example.org>",
    "SHOPPER_ADDRESS": "https://shopper.example.org/",
}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"SHOPPER_SMTP": "mail.example.org"}, "SHOPPER_SMTP cannot be used"),
        ({"SHOPPER_SMTP": "smtp://user:s3cr/et@mail.example.org"}, "SHOPPER_SMTP cannot be used"),
        ({"SHOPPER_SMTP": "smtp://s3cret@mail.example.org"}, "a user needs a password"),
        ({"SHOPPER_MAIL_FROM": ""}, "SHOPPER_MAIL_FROM must be set too"),
        ({"SHOPPER_ADDRESS": ""}, "SHOPPER_ADDRESS must be set too"),
        ({"SHOPPER_MAIL_FROM": "nobody"}, "SHOPPER_MAIL_FROM is 'nobody'"),
        ({"SHOPPER_MAIL_FROM": "a@example.org\nBcc: b@example.org"}, "SHOPPER_MAIL_FROM is"),
        ({"SHOPPER_ADDRESS": "shopper.example.org"}, "SHOPPER_ADDRESS is 'shopper.example.org'"),
        ({"SHOPPER_ADDRESS": "https://example.org/shop"}, "SHOPPER_ADDRESS is"),
    ],
)
def test_mail_settings_that_cannot_be_used_are_refused(tmp_path: Path, changed: dict[str, str], words: str):
    with pytest.raises(BadSetting) as refused:
        read({"SHOPPER_INSTANCE": str(tmp_path)} | MAIL | changed)
    assert words in str(refused.value)
    assert "s3cr" not in str(refused.value)


def test_mail_settings_are_read(tmp_path: Path):
    config = read({"SHOPPER_INSTANCE": str(tmp_path)} | MAIL)
    assert (config.smtp, config.mail_from) == (MAIL["SHOPPER_SMTP"], MAIL["SHOPPER_MAIL_FROM"])
    assert config.address == "https://shopper.example.org"


def test_without_mail_settings_mail_goes_to_the_instances_folder(tmp_path: Path):
    config = read({"SHOPPER_INSTANCE": str(tmp_path)})
    assert (config.smtp, config.address, config.mail) == (None, None, tmp_path / "mail")
