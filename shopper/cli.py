"""The command line: `shopper serve | worker | upgrade | demo | check | person | score | backup | …`."""

from __future__ import annotations

import hashlib
import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn
from uuid import UUID

import click
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from evaluations.clock import now
from evaluations.database import connect, upgrade, writing
from evaluations.document.tree import Language
from evaluations.errors import Refusal
from evaluations.models import Role
from shopper import config as configuration


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Shopper: mystery shopping from the touchpoint script to the scorecard."""


def _in_words(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn what a command refuses into one sentence and exit status 1."""

    @wraps(command)
    def careful(*args: Any, **kwargs: Any) -> Any:
        from shopper.errors import words_of
        from shopper.operating import CannotBeDone
        from shopper.serving import CannotServe

        try:
            return command(*args, **kwargs)
        except Refusal as refusal:
            where = f"{refusal.field}: " if refusal.field else ""
            raise click.ClickException(where + words_of(refusal)) from refusal
        except (configuration.BadSetting, CannotServe, CannotBeDone) as error:
            raise click.ClickException(str(error)) from error

    return careful


@contextmanager
def _session(config: configuration.Config) -> Iterator[Session]:
    engine = connect(config.database_url)
    try:
        _bring_up_to_date(engine, config)
        with Session(writing(engine)) as session, session.begin():
            yield session
    finally:
        engine.dispose()


@main.command()
@click.option("--no-worker", is_flag=True, help="Start the web server alone.")
@_in_words
def serve(no_worker: bool) -> None:
    """Start the web server and the worker; Ctrl-C stops both."""
    from shopper import demo, serving
    from shopper.operating import certificate, reaching

    config = configuration.read()
    serving.refuse_a_busy_port(config)
    with _session(config) as session:
        if config.demo and demo.is_wanted(session):
            click.echo("Making the demo agency …")
            demo.make(session, config, now())

    own = certificate.own(config.instance, reaching.names(config), now()) if config.https else None

    def ready() -> None:
        click.echo(f"\n{reaching.said(config, own)}\n")
        click.echo(demo.sign_ins(config) if config.demo else "")

    sys.exit(serving.serve(config, certificate=own, with_worker=not no_worker, ready=ready))


@main.command()
@_in_words
def worker() -> None:
    """Do what is owed (reports, files, mail) until told to stop; on as many machines as you like."""
    from shopper import worker as worker_module

    worker_module.run(configuration.read())


def _bring_up_to_date(engine: Engine, config: configuration.Config) -> None:
    from shopper import queueing

    upgrade(engine)
    queueing.of(config).prepare(engine)


@main.command("upgrade")
@_in_words
def upgrade_tables() -> None:
    """Bring the database to this version's tables."""
    config = configuration.read()
    engine = connect(config.database_url)
    _bring_up_to_date(engine, config)
    engine.dispose()
    click.echo("The database is up to date.")


@main.command("demo")
@_in_words
def make_demo() -> None:
    """Make the demo agency in an empty installation."""
    from shopper import demo

    config = configuration.read()
    with _session(config) as session:
        if not demo.is_wanted(session):
            raise click.ClickException("There are people here already; the demo wants an empty installation.")
        demo.make(session, config, now())
    click.echo(demo.sign_ins(config))


@main.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_in_words
def check(file: Path | None) -> None:
    """Say whether libraries, database, storage and worker are in order.

    With a PDF in FILE: whether it is a genuine report of this installation, and the edition that holds.
    """
    from shopper import checking

    if file is not None:
        _check_report(file)

    findings = checking.look(configuration.read(), now())
    for finding in findings:
        click.echo(f"{'ok     ' if finding.is_fine else 'PROBLEM'} {finding.subject}: {finding.sentence}")
    sys.exit(0 if all(finding.is_fine for finding in findings) else 1)


def _check_report(file: Path) -> NoReturn:
    """Say how the report in `file` stands; the exit status is 0 only where it holds."""
    from evaluations.queries import genuine

    with file.open("rb") as pdf, _session(configuration.read()) as session:
        found = genuine.check(session, None, hashlib.file_digest(pdf, "sha256").hexdigest())
    since = f" since {found.at:%Y-%m-%d}" if found.at else ""
    click.echo(f"{file}: {found.standing.value}{since}")
    sys.exit(0 if found.standing is genuine.Standing.CURRENT else 1)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--despite-damage", is_flag=True, help="Leave out photos and reports that are damaged, and say which."
)
@_in_words
def backup(file: Path, despite_damage: bool) -> None:
    """Write database, photos and reports to FILE while the product runs."""
    from shopper.operating import backup as making

    with _undone_when_ended():
        made = making.make(configuration.read(), file, at=now(), despite_damage=despite_damage)
    click.echo(
        f"{file}: {made.bytes:,} bytes; database, {made.photos} distinct photos, {made.reports} reports, all verified."
    )
    if made.lacking:
        click.echo(f"Left out, because missing or damaged: {', '.join(made.lacking)}", err=True)
        sys.exit(1)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@_in_words
def restore(file: Path) -> None:
    """Put the backup FILE in place, in an empty instance and an empty database."""
    from shopper.operating import restore as restoring

    config = configuration.read()
    with _undone_when_ended():
        found = restoring.restore(config, file)
    engine = connect(config.database_url)
    upgrade(engine)
    engine.dispose()
    click.echo(
        f"Restored as of {found.made_at}: database, {found.photos} distinct photos, {found.reports} reports."
    )
    click.echo("Everybody signs in again, because a backup holds no secret.")
    if found.lacking:
        click.echo(f"The backup itself lacked: {', '.join(found.lacking)}", err=True)


@main.command()
@click.option("--to", "target", required=True, metavar="URL", help="An empty database, postgresql://…")
@_in_words
def move(target: str) -> None:
    """Copy the rows from SQLite to PostgreSQL, and compare them; stop the product first."""
    from shopper.operating import comparing, moving

    def show(compared: list[comparing.Compared]) -> None:
        for line in comparing.as_lines(compared):
            click.echo(line)

    try:
        with _undone_when_ended():
            show(moving.move(configuration.read().database_url, target))
    except moving.Differs as differs:
        show(differs.compared)
        raise
    click.echo("Nothing differs. From now on start Shopper with SHOPPER_DATABASE set to the new address.")


@contextmanager
def _undone_when_ended() -> Iterator[None]:
    """Let a request to end be an exception, so that drafts are removed and transactions rolled back."""

    def leave(_signal: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + signal.SIGTERM)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@main.group()
def person() -> None:
    """People of this installation."""


@person.command("add")
@click.argument("email")
@click.option("--name", required=True)
@click.option(
    "--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role])
)
@click.option("--client", "client_name", help="The client's name, for a client user.")
@click.option("--language", type=click.Choice(["en", "es"]), default="en")
@_in_words
def add_person(email: str, name: str, roles: tuple[str, ...], client_name: str | None, language: str) -> None:
    """Add somebody and print a first password."""
    from shopper.identity import adding

    with _session(configuration.read()) as session:
        client = adding.client_named(session, client_name) if client_name else None
        password = adding.add(
            session,
            adding.Newcomer(
                email=email,
                name=name,
                roles=frozenset(map(Role, roles)),
                client_id=client.id if client else None,
                language=language,
            ),
            by=None,
            at=now(),
        )[1]
    click.echo(f"{email} may sign in with the password {password}")


@main.group()
def checklist() -> None:
    """Checklists as files: XLSForm workbooks (.xlsx) and our own JSON, alone or in a ZIP with their pictures."""


@checklist.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", "email", required=True, help="The e-mail of the designer whose draft it becomes.")
@click.option("--name", help="Its name in the office, else the file's.")
@click.option(
    "--language", type=click.Choice(["en", "es"]), default="en", help="Of words whose language is not said."
)
@_in_words
def import_checklist(file: Path, email: str, name: str | None, language: Language) -> None:
    """Start a checklist from FILE, or say everything in it that cannot be kept."""
    from evaluations.designing import files
    from evaluations.photos import pictures
    from evaluations.photos.store import PhotoStore
    from shopper.wordings.xlsform import with_place

    config = configuration.read()
    with _session(config) as session:
        held = pictures.all_held(session)
    found = files.read(file.read_bytes(), file.name, language=language, held=held)
    for finding in (*found.faults, *found.notes):
        click.echo(with_place(finding), err=True)
    with _session(config) as session:
        by = files.designer(session, email)
        if found.document is not None:
            pictures.keep(PhotoStore(config.photos), found.pictures)
        draft = files.start(
            session, name or files.title_of(file.name), found, file_name=file.name, by=by, at=now()
        )
        session.flush()
        click.echo(str(draft.checklist_id))


@checklist.command("export")
@click.argument("checklist_id", type=click.UUID)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option(
    "--version", "number", type=int, help="Else its draft, or its newest version where it has none."
)
@_in_words
def export_checklist(checklist_id: UUID, output: Path, number: int | None) -> None:
    """Write a checklist to a file, as its ending says: .xlsx or .json, with its pictures .xlsx.zip or .json.zip."""
    from evaluations.designing import files
    from evaluations.photos.store import PhotoStore

    config = configuration.read()
    store = PhotoStore(config.photos)
    with _session(config) as session:
        body = files.exported(session, store, checklist_id, number, file_name=output.name)
    output.write_bytes(body)
    click.echo(f"{output}: {len(body):,} bytes")


@main.command()
def schema() -> None:
    """Print the JSON Schema of the checklist document."""
    from evaluations.document.canonical import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


@main.command()
@click.argument("document", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("answers", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_in_words
def score(document: Path, answers: Path) -> None:
    """Print the scorecard of ANSWERS.json under DOCUMENT.json."""
    from evaluations.scoring.command import score_files

    card = score_files(document.read_bytes(), answers.read_bytes())
    click.echo(json.dumps(card, indent=2, ensure_ascii=False))


@main.command()
@click.argument("visit", type=click.UUID)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--language", type=click.Choice(["en", "es"]), help="Else the programme's.")
@_in_words
def report(visit: UUID, output: Path, language: str | None) -> None:
    """Write the PDF report of a released VISIT to a file."""
    from shopper import reports

    config = configuration.read()
    with _session(config) as session:
        pdf = reports.of_visit(session, config, visit, language)
    output.write_bytes(pdf)
    click.echo(f"{output}: {len(pdf):,} bytes")


if __name__ == "__main__":
    main()
