"""A designer at work on a checklist of a few touchpoints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, undefer
from werkzeug.test import TestResponse

from evaluations.designing import drafts
from evaluations.document import canonical
from evaluations.document.tree import Document
from evaluations.models import Person, Role, Version
from tests.builders import NOON, a_person
from tests.evaluations.designing.documents import journey
from tests.shopper.admin.checklists.paper import filled, sent
from tests.shopper.browsing import Visitor


@dataclass
class Designer:
    """Somebody at a draft: opens its pages, sends its forms, and can look at what was kept."""

    visitor: Visitor
    engine: Engine
    base: str

    def opens(self, path: str = "") -> TestResponse:
        """Open a page of the draft."""
        return self.visitor.get(f"{self.base}/draft{path}")

    def sends(self, path: str, to: str | None = None, **changes: str | list[str] | None) -> TestResponse:
        """Fill in the form on the page `path` that goes to `to` (else to the page itself), and send it."""
        address = f"{self.base}{to}" if to else None
        return sent(self.visitor, f"{self.base}/draft{path}", address, **changes)

    def fills(
        self, path: str, to: str | None = None, **changes: str | list[str] | None
    ) -> Callable[[], TestResponse]:
        """Fill in a form now, to be sent later."""
        page = f"{self.base}/draft{path}"
        address = f"{self.base}{to}" if to else page
        fields = filled(self.visitor, page, address, **changes)
        return lambda: self.visitor.post(address, data=fields)

    @property
    def versions(self) -> list[Version]:
        """All versions as they are in the database now."""
        query = select(Version).order_by(Version.number).options(undefer(Version.document))
        with Session(self.engine) as session:
            return list(session.scalars(query))

    @property
    def seal(self) -> str:
        """How forms name the draft as it stands now."""
        return f"{self.versions[-1].id}:{self.versions[-1].edition}"

    @property
    def document(self) -> Document:
        """The newest version's document as it is in the database now."""
        return canonical.read(self.versions[-1].document)


@pytest.fixture
def ana(store: Session) -> Person:
    person = a_person(store, Role.DESIGNER, name="Ana")
    store.commit()
    return person


@pytest.fixture
def ben(store: Session) -> Person:
    person = a_person(store, Role.DESIGNER, name="Ben")
    store.commit()
    return person


@pytest.fixture
def begin(store: Session, engine: Engine, ana: Person, visitor: Visitor) -> Callable[[Document], Designer]:
    """Makes Ana a checklist with the given draft."""

    def begin(document: Document) -> Designer:
        draft = drafts.start(store, "Spring", document, by=ana, at=NOON)
        store.commit()
        return Designer(visitor.signs_in(ana), engine, f"/office/checklists/{draft.checklist_id}")

    return begin


@pytest.fixture
def designer(begin: Callable[[Document], Designer]) -> Designer:
    """Ana, at a draft of four touchpoints in English."""
    return begin(journey())


@pytest.fixture
def colleague(designer: Designer, ben: Person, visitors: Callable[[], Visitor]) -> Designer:
    """Ben, at the same draft in a browser of his own."""
    return Designer(visitors().signs_in(ben), designer.engine, designer.base)
