"""The command line says what it did, and refuses in one sentence."""

from __future__ import annotations

import hashlib
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from evaluations import mailing
from evaluations.clock import now
from evaluations.database import writing
from evaluations.designing import files
from evaluations.document import canonical
from evaluations.document.tree import Picture
from evaluations.models import EvaluationState, Person, Report, ReportState, Role, Scorecard
from evaluations.photos import pictures
from shopper.cli import main
from shopper.identity import passwords
from tests.builders import NOON, a_client, a_document, a_person, a_question, an_evaluation, kept
from tests.evaluations.fieldwork.importing.files import xlsx_of
from tests.evaluations.photos.pictures import a_jpeg


@pytest.fixture
def shopper(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SHOPPER_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("SHOPPER_DATABASE", database_url)

    def run(*words: str) -> Result:
        result = CliRunner().invoke(main, list(words))
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run


def a_scorecard(store: Session) -> Scorecard:
    evaluation = an_evaluation(store, state=EvaluationState.RELEASED)
    return kept(
        store,
        Scorecard(
            evaluation_id=evaluation.id,
            verdict="passed",
            earned="1",
            possible="1",
            card="{}",
            released_at=NOON,
            scored_at=NOON,
        ),
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nia@example.org", "--name", "Nia", "--role", "client"), "Choose a client for a client user"),
        (("nia", "--name", "Nia", "--role", "editor"), "This is not an e-mail address."),
        (
            ("n@example.org", "--name", "Nia", "--role", "client", "--client", "Nobody"),
            "There is no client called Nobody.",
        ),
        (
            ("n@example.org", "--name", "Nia", "--role", "shopper", "--role", "owner"),
            "A shopper or a client user has no other role.",
        ),
    ],
)
def test_a_person_who_cannot_be_is_refused_in_a_sentence(shopper, words: tuple[str, ...], sentence: str):
    result = shopper("person", "add", *words)
    assert result.exit_code == 1
    assert sentence in result.output
    assert "Traceback" not in result.output


def test_a_person_is_added_with_a_password_that_opens_the_door(shopper, store: Session):
    a_client(store, name="Marisol")
    store.commit()
    result = shopper(
        *("person", "add", "Clea@Example.org", "--name", "Clea", "--role", "client", "--client", "Marisol")
    )
    assert result.exit_code == 0, result.output
    person = store.scalars(select(Person)).one()
    assert (person.email, person.roles) == ("clea@example.org", {Role.CLIENT})
    assert passwords.is_right(person.password_hash, result.output.split()[-1])


def test_the_schema_of_the_document_is_printed(shopper):
    schema = json.loads(shopper("schema").output)
    assert "touchpoints" in schema["properties"]


def test_a_scorecard_is_printed_from_two_files(shopper, tmp_path: Path):
    document, answers = tmp_path / "document.json", tmp_path / "answers.json"
    document.write_text(canonical.write(a_document(a_question("a"), a_question("b"), a_question("c"))))
    told = {
        key: {"state": "answered", "value": value}
        for key, value in zip("abc", ["yes", "no", "no"], strict=True)
    }
    answers.write_text(json.dumps(told))
    card = json.loads(shopper("score", str(document), str(answers)).output)
    assert (card["score"], card["shown"], card["verdict"]) == ("1/3", "33.3", "passed")


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"nobody": {"state": "na"}}', '{"greeted": {"state": "maybe"}}']
)
def test_answers_that_cannot_be_read_are_refused_in_a_sentence(shopper, tmp_path: Path, text: str):
    document, answers = tmp_path / "document.json", tmp_path / "answers.json"
    document.write_text(canonical.write(a_document()))
    answers.write_text(text)
    result = shopper("score", str(document), str(answers))
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert "greeted" not in text or "Error: greeted: " in result.output
    assert len(result.output.strip().splitlines()) == 1


def test_a_healthy_installation_is_told_so(shopper):
    shopper("upgrade")
    result = shopper("check")
    assert result.exit_code == 0, result.output
    assert "PROBLEM" not in result.output
    assert result.output.count("ok ") == 8


def test_mail_that_waits_for_a_worker_is_a_problem_and_mail_that_was_refused_a_moment_ago_is_none(
    shopper, engine: Engine
):
    with Session(writing(engine)) as session, session.begin():
        person = a_person(session, Role.EDITOR)
        for error, attempts in (("", 0), ("554 no", 3)):
            mail = mailing.owe(
                session, person, subject="S", text="T", link=None, at=now() - timedelta(hours=1)
            )
            mail.error, mail.attempts = error, attempts
            mail.claimed_at = now() if attempts else None
    result = shopper("check")
    assert (result.exit_code, "PROBLEM worker: 1 mails have waited" in result.output) == (1, True)


def test_a_report_that_failed_for_good_is_a_problem(shopper, store: Session):
    card = a_scorecard(store)
    store.add(Report(scorecard_id=card.id, language="en", state=ReportState.FAILED, owed_at=NOON))
    store.commit()
    result = shopper("check")
    assert result.exit_code == 1
    assert "PROBLEM reports: 1 could not be rendered" in result.output


def test_storage_that_cannot_be_written_is_a_problem(shopper, tmp_path: Path):
    shopper("upgrade")
    (tmp_path / "instance" / "photos").write_text("a file stands where the folder should be")
    result = shopper("check")
    assert result.exit_code == 1
    assert "PROBLEM photos" in result.output


def test_a_setting_that_cannot_be_used_is_named(shopper, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PORT", "eighty")
    result = shopper("check")
    assert (result.exit_code, "PORT is 'eighty'" in result.output) == (1, True)


def test_a_form_that_cannot_be_kept_is_refused_line_by_line(shopper, store: Session, tmp_path: Path):
    designer = a_person(store, Role.DESIGNER)
    store.commit()
    form = tmp_path / "form.xlsx"
    form.write_bytes(xlsx_of(["type", "name"], ["audio", "sound"], name="survey"))
    result = shopper("checklist", "import", str(form), "--by", designer.email)
    assert result.exit_code == 1
    assert "survey 2 type: A checklist has no question of the type “audio”." in result.output


def test_only_a_designer_can_be_given_a_checklist(shopper, store: Session, tmp_path: Path):
    form = tmp_path / "form.json"
    form.write_bytes(files.as_json(a_document(a_question())))
    editor = a_person(store, Role.EDITOR)
    store.commit()
    result = shopper("checklist", "import", str(form), "--by", editor.email)
    assert (result.exit_code, "No designer has the e-mail address" in result.output) == (1, True)


def test_a_checklist_goes_out_and_comes_in_by_the_command_line(shopper, store: Session, tmp_path: Path):
    designer, document = a_person(store, Role.DESIGNER), a_document(a_question())
    store.commit()
    first, second = tmp_path / "first.json", tmp_path / "second.xlsx"
    first.write_bytes(files.as_json(document))
    found = shopper("checklist", "import", str(first), "--by", designer.email).output.strip()
    shopper("checklist", "export", found, "-o", str(second))
    assert files.read(second.read_bytes(), second.name, language="en").document == document


def test_a_checklist_with_pictures_goes_out_and_comes_in_as_a_zip(shopper, store: Session, tmp_path: Path):
    designer, drawn = a_person(store, Role.DESIGNER), pictures.draw(a_jpeg())
    store.commit()
    document = a_document(a_question(pictures=(Picture(sha256=drawn.sha256),)))
    first, again, alone = tmp_path / "first.zip", tmp_path / "again.json.zip", tmp_path / "alone.json"
    alone.write_bytes(files.as_json(document))
    result = shopper("checklist", "import", str(alone), "--by", designer.email)
    assert (result.exit_code, "did not come with the file" in result.output) == (1, True)
    with zipfile.ZipFile(first, "w") as archive:
        archive.writestr("first.json", alone.read_bytes())
        archive.writestr(f"media/{drawn.sha256}.jpg", drawn.body)
    found = shopper("checklist", "import", str(first), "--by", designer.email).output.strip()
    assert shopper("checklist", "export", found, "-o", str(again)).exit_code == 0
    assert files.read(again.read_bytes(), again.name, language="en").document == document
    refused = shopper("checklist", "export", found, "-o", str(alone))
    assert (refused.exit_code, ".json.zip" in refused.output) == (1, True)


@pytest.mark.parametrize(
    ("body", "said", "status"), [(b"%PDF one", "current", 0), (b"%PDF two", "unknown", 1)]
)
def test_a_report_is_checked_by_its_bytes(
    shopper, store: Session, tmp_path: Path, body: bytes, said: str, status: int
):
    card = a_scorecard(store)
    made = hashlib.sha256(b"%PDF one").hexdigest()
    kept(
        store, Report(scorecard_id=card.id, language="en", owed_at=NOON, state=ReportState.READY, sha256=made)
    )
    store.commit()
    file = tmp_path / "report.pdf"
    file.write_bytes(body)
    result = shopper("check", str(file))
    assert (result.output.strip(), result.exit_code) == (f"{file}: {said}", status)
