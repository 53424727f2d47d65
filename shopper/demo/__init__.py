"""A demo agency with one brand, twelve shops and two waves, made from a fixed seed."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from random import Random

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from evaluations.fieldwork import planning
from evaluations.models import Person, Report
from evaluations.photos import intake
from evaluations.photos.store import PhotoStore
from shopper.config import Config
from shopper.demo import checklist, fieldwork, people, phone, pictures, places


def is_wanted(session: Session) -> bool:
    """Whether the installation is empty, so that a demo harms nobody."""
    return session.scalars(select(Person.id).limit(1)).first() is None


def make(session: Session, config: Config, at: datetime) -> None:
    """Make the whole agency as it stands at the moment `at`."""
    began = at - timedelta(days=170)
    hiring = people.Hiring(session, began)
    owner, designer, scheduler, editor = hiring.office()
    shoppers = hiring.shoppers()
    client, shops = places.add(session, by=scheduler, at=began)
    session.flush()
    team = people.Team(owner, designer, scheduler, editor, shoppers, hiring.client_user(client.id))
    version = checklist.publish(session, by=designer, at=began + timedelta(days=3))
    programme = planning.add_programme(
        session, client, name="Store experience", by=scheduler, at=began + timedelta(days=4)
    )
    session.flush()
    take = phone.camera(partial(intake.prepare, PhotoStore(config.photos)), _draw)
    fieldwork.play(session, team, programme, version, shops, take, at)
    session.execute(delete(Report))  # the demo's reports are rendered when somebody asks for one
    people.keep(config.instance, hiring.sign_ins)


def sign_ins(config: Config) -> str:
    """The demo's sign-ins, one per role, as lines to print."""
    return people.kept(config.instance)


def _draw(scene: str, random: Random) -> bytes:
    return pictures.draw(scene, places.BRAND.upper(), random)
