"""How long the server works for each act of a designer at a checklist of 150 questions.

What is measured is the processor time of the server for the whole act, from the form that is sent to the page that
comes back after it: on a busy machine the clock on the wall tells of the others. An act is over the limit when the
median of its rounds is.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from html import unescape
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from evaluations.clock import now
from evaluations.database import connect, upgrade, writing
from evaluations.designing import drafts
from evaluations.document.tree import (
    AnyQuestion,
    Document,
    Is,
    Lens,
    Narrative,
    Number,
    Option,
    Phase,
    PointBand,
    Rating,
    SingleChoice,
    Touchpoint,
    YesNo,
)
from evaluations.models import Role, Version
from shopper.app import create_app
from shopper.config import Config
from tests.builders import a_person
from tests.shopper.admin.checklists.paper import Paper
from tests.shopper.browsing import Visitor

QUESTIONS = 150
TOUCHPOINTS = 10
ROUNDS = int(os.environ.get("ROUNDS", "15"))
LIMIT_MS = 100
HERE = "stop_5"
ONE = f"{HERE}_q3"


def asked(stop: str, place: int) -> AnyQuestion:
    """A question in two languages, of one kind after the other, every third of which depends on the one before."""
    key = f"{stop}_q{place}"
    text = {
        "en": f"Was thing {place} of {stop} as it should be?",
        "es": f"¿Estaba bien la cosa {place} de {stop}?",
    }
    both = {
        "key": key,
        "text": text,
        "help": {"en": "Look closely.", "es": "Mire bien."},
        "na_allowed": place % 4 == 0,
    }
    before = f"{stop}_q{place - place % 5}"
    if place % 5 == 1:
        both["show_if"] = Is(question=before, answer="yes")
    if place % 5 == 2:
        ends = {"lo_text": {"en": "cold", "es": "frío"}, "hi_text": {"en": "warm", "es": "cálido"}}
        return Rating(**both, **ends, explain_on=("1", "2"))
    if place % 5 == 3:
        options = tuple(
            Option(key=f"o{n}", text={"en": f"Way {n}", "es": f"Modo {n}"}, points=Decimal(n))
            for n in range(5)
        )
        return SingleChoice(**both, options=options)
    if place % 10 == 4:
        return Number(**both, bands=(PointBand(up_to=Decimal(5), points=Decimal(10)), PointBand()))
    if place % 10 == 9:
        return Narrative(**both, min_length=100)
    return YesNo(**both, explain_on=("no",), lenses=(Lens.SIMPLICITY,))


def checklist() -> Document:
    """A checklist of 150 questions in ten touchpoints and two languages."""
    phases = list(Phase)
    stops = [
        Touchpoint(
            key=f"stop_{number}",
            name={"en": f"Moment {number}", "es": f"Momento {number}"},
            phase=phases[number * 3 // TOUCHPOINTS],
            questions=tuple(asked(f"stop_{number}", place) for place in range(QUESTIONS // TOUCHPOINTS)),
        )
        for number in range(TOUCHPOINTS)
    ]
    return Document(
        title={"en": "Spring", "es": "Primavera"},
        languages=("en", "es"),
        briefing={"en": "Come as a customer.", "es": "Venga como cliente."},
        touchpoints=tuple(stops),
    )


class Unheeding(Visitor):
    """A visitor who looks at no page: looking would be timed as well."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Make a request and nothing else."""
        return FlaskClient.open(self, *args, **kwargs)


class Bench:
    """A designer at the draft, whose every act is timed."""

    def __init__(self, visitor: Visitor, base: str) -> None:
        self.visitor, self.base = visitor, f"{base}/draft"
        self.taken: dict[str, list[float]] = {}

    def opens(self, name: str, path: str) -> str:
        """Open a page; answers it."""
        started = process_time()
        answer = self.visitor.get(f"{self.base}{path}")
        self._note(name, started)
        assert answer.status_code == 200, (name, answer.status)
        return unescape(answer.text)

    def does(self, name: str, on: str, to: str, form: str = "", **changes: str | list[str]) -> str:
        """Send the form for `form` (else for `to`) of the page `on`, and open what comes after."""
        page = f"{self.base}{on}"
        fields = Paper(self.visitor.get(page).text, page).fields(f"{self.base}{form or to}")
        for key, value in changes.items():
            fields.setlist(key.replace("__", "-"), value if isinstance(value, list) else [value])
        started = process_time()
        answer = self.visitor.post(f"{self.base}{to}", data=fields)
        while answer.status_code == 303:
            answer = self.visitor.get(answer.location)
        self._note(name, started)
        assert answer.status_code == 200, (name, answer.status, said_in(answer.text))
        return unescape(answer.text)

    def _note(self, name: str, started: float) -> None:
        self.taken.setdefault(name, []).append((process_time() - started) * 1000)


def said_in(page: str) -> list[str]:
    """What a page refuses, for who has to mend this measurement."""
    return re.findall(r'class="(?:refusal|refusals)".*?<p>(.*?)</p>', page, re.DOTALL)


def a_round(bench: Bench, number: int) -> None:
    """Every act once; what they add they take away again."""
    here, one = f"/touchpoints/{HERE}", f"/questions/{ONE}"
    every = [f"{HERE}_q{place}" for place in range(QUESTIONS // TOUCHPOINTS)]
    everywhere = [f"stop_{stop}_q{place}" for stop in range(TOUCHPOINTS) for place in (0, 5, 10)]
    bench.opens("open a touchpoint", here)
    bench.opens("open a question", one)
    bench.opens("open all questions", "/questions")
    bench.opens("open the check", "/check")
    bench.opens("open the settings", "/settings")
    bench.opens("open the library", "/library")
    bench.does("save a question as it is typed", one, one, text__en=f"Was it so {number}?", stay="1")
    bench.does("save a touchpoint as it is typed", here, here, name__en=f"Moment {number}", stay="1")
    bench.does("move a question", here, f"{one}/moves", place="0", step="later")
    bench.does("move a touchpoint", here, f"{here}/moves", step="earlier", here=HERE)
    bench.does("duplicate a question", one, f"{one}/copies")
    bench.does("undo", here, "/undos")
    bench.does("redo", here, "/redos")
    bench.does("undo once more", here, "/undos")
    bench.does("duplicate a touchpoint", here, f"{here}/copies")
    bench.does("undo a touchpoint", here, "/undos")
    many = "/question-changes"
    bench.does("change 30 questions", "/questions", many, questions=everywhere, many__required="no")
    bench.does("undo 30 questions", "/questions", "/undos")
    bench.does("copy 15 questions", here, "/clippings", many, questions=every)
    bench.does("paste 15 questions", here, "/pastes")
    bench.does("undo a paste", here, "/undos")
    bench.does("move 15 questions", here, "/question-moves", many, questions=every, many__touchpoint="stop_6")
    bench.does("undo a move", here, "/undos")
    bench.does("remove 15 questions", here, "/question-removals", many, questions=every)
    bench.does("undo a removal", here, "/undos")


def rounds(folder: Path) -> Iterator[tuple[str, list[float]]]:
    """The milliseconds of every act."""
    config = Config(
        instance=folder, database_url=f"sqlite:///{folder / 'shopper.db'}", secret="a secret of the bench"
    )
    engine = connect(config.database_url)
    upgrade(engine)
    app = create_app(config, engine)
    with Session(writing(engine)) as session:
        ana = a_person(session, Role.DESIGNER, name="Ana")
        drafts.start(session, "Spring", checklist(), by=ana, at=now())
        session.commit()
        base = f"/office/checklists/{session.scalars(select(Version)).one().checklist_id}"
        designer = ana.id
    app.test_client_class = Unheeding
    visitor = app.test_client()
    assert isinstance(visitor, Visitor)
    bench = Bench(visitor.signs_in(designer), base)
    a_round(bench, 0)  # templates are compiled and rules read
    bench.taken.clear()
    for number in range(1, ROUNDS + 1):
        a_round(bench, number)
    engine.dispose()
    return iter(bench.taken.items())


def main() -> int:
    """Measure, print a table with the slowest first, and answer whether all stayed under the limit."""
    with tempfile.TemporaryDirectory(prefix="shopper-designer-") as name:
        results = sorted(rounds(Path(name)), key=lambda result: -median(result[1]))
    print(
        f"A checklist of {QUESTIONS} questions: processor time of the server, {ROUNDS} rounds, limit {LIMIT_MS} ms"
    )
    print(f"{'act':<34} {'median':>8} {'fastest':>8} {'slowest':>8} {'of limit':>9}")
    late = 0
    for act, taken in results:
        late += median(taken) > LIMIT_MS
        figures = (
            f"{median(taken):>8.1f} {min(taken):>8.1f} {max(taken):>8.1f} {median(taken) / LIMIT_MS:>8.0%}"
        )
        print(f"{act:<34} {figures}{'  OVER THE LIMIT' if median(taken) > LIMIT_MS else ''}")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
