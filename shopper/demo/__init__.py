"""A demo agency with two brands, thirty locations and three waves, made from a fixed seed."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from evaluations.document import canonical
from evaluations.fieldwork import planning, programmes
from evaluations.fieldwork.programmes import Settings
from evaluations.models import Area, Client, Person, Release, Report
from evaluations.photos.store import PhotoStore
from shopper.config import Config
from shopper.demo import checklists, people, places
from shopper.demo.camera import Camera
from shopper.demo.course import Course
from shopper.demo.fieldwork import Stage
from shopper.demo.people import Hiring, Team
from shopper.demo.places import MARISOL, MIRANDA, Brand
from shopper.demo.words import Dealer
from shopper.identity import changing

BRANDS = (MARISOL, MIRANDA)
PROGRAMMES = {"marisol": "Store experience", "miranda": "Experiencia en óptica"}
WITH_ITS_WAVES = Settings(name=PROGRAMMES["miranda"], release=Release.WITH_WAVE, report_language="es")
"""The opticians see a wave when all of it is decided; the other brand sees each visit at once."""
LANGUAGES = {"marisol": "en", "miranda": "es"}
LIMITED_TO = "South and East"
BEGAN = timedelta(days=290)


def is_wanted(session: Session) -> bool:
    """Whether the installation is empty, so that a demo harms nobody."""
    return session.scalars(select(Person.id).limit(1)).first() is None


def make(session: Session, config: Config, at: datetime, *, brands: tuple[Brand, ...] = BRANDS) -> None:
    """Make the whole agency as it stands at the moment `at`, working for these brands."""
    with Camera.ready(PhotoStore(config.photos), brands) as camera:
        hiring = Hiring(session, at - BEGAN)
        team = hiring.team()
        for brand in brands:
            client, course = _commissioned(session, team, brand, camera, at)
            _readers(session, hiring, team, brand, client)
            course.play()
    session.execute(delete(Report))  # the demo's reports are rendered when somebody asks for one
    people.keep(config.instance, hiring.sign_ins)


def sign_ins(config: Config) -> str:
    """The demo's sign-ins, at least one per role, as lines to print."""
    return people.kept(config.instance)


def _commissioned(
    session: Session, team: Team, brand: Brand, camera: Camera, at: datetime
) -> tuple[Client, Course]:
    """The brand as a client, with its checklist and its standing commission."""
    began = at - BEGAN
    client, shops = places.add(session, brand, by=team.scheduler, at=began)
    session.flush()
    version = checklists.publish(session, brand, by=team.designer, at=began + timedelta(days=3))
    programme = planning.add_programme(
        session, client, name=PROGRAMMES[brand.key], by=team.scheduler, at=began + timedelta(days=4)
    )
    session.flush()
    if brand is MIRANDA:
        by, settled = team.scheduler, began + timedelta(days=5)
        programmes.change_programme(session, programme, WITH_ITS_WAVES, by=by, at=settled)
    stage = Stage(session, team, brand, canonical.read(version.document), camera, Dealer(), at)
    return client, Course(stage, programme, version, shops, LANGUAGES[brand.key])


def _readers(session: Session, hiring: Hiring, team: Team, brand: Brand, client: Client) -> None:
    """Who reads the results: all of them, those of one region, and in Spanish."""
    if brand is MIRANDA:
        hiring.client_user("cliente", "Rocío Beltrán", client, language="es")
        return
    hiring.client_user("client", "Marta Solé", client)
    manager = hiring.client_user("region", "Andrew Whelan", client)
    area = session.scalars(select(Area).where(Area.client_id == client.id, Area.name == LIMITED_TO)).one()
    changing.limit(session, manager, areas=[area.id], locations=[], by=team.owner, at=hiring.at)
