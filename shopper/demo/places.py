"""The demo's brand, its regions and its twelve shops."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from evaluations.fieldwork import places
from evaluations.fieldwork.places import Particulars
from evaluations.models import Client, Location, Person

BRAND = "Marisol"
COLOUR = "#8a3b52"


@dataclass(frozen=True, slots=True)
class Shop:
    """One shop, and how well it is run on the whole (0 to 1)."""

    code: str
    name: str
    address: str
    city: str
    latitude: float
    longitude: float
    quality: float


SHOPS: dict[str, tuple[Shop, ...]] = {
    "North": (
        Shop("N01", "Gran Vía Bilbao", "Gran Vía 22", "Bilbao", 43.2630, -2.9350, 0.90),
        Shop("N02", "Calle Uría", "Calle Uría 14", "Oviedo", 43.3623, -5.8485, 0.78),
        Shop("N03", "Calle Real", "Calle Real 31", "A Coruña", 43.3703, -8.3980, 0.84),
        Shop("N04", "Avenida de la Libertad", "Avenida de la Libertad 5", "San Sebastián", 43.3208, -1.9817, 0.93),
    ),
    "Centre": (
        Shop("C01", "Calle Serrano", "Calle Serrano 48", "Madrid", 40.4277, -3.6870, 0.88),
        Shop("C02", "Fuencarral", "Calle de Fuencarral 101", "Madrid", 40.4283, -3.7020, 0.70),
        Shop("C03", "Plaza Zorrilla", "Plaza de Zorrilla 3", "Valladolid", 41.6466, -4.7298, 0.82),
        Shop("C04", "Paseo Independencia", "Paseo de la Independencia 19", "Zaragoza", 41.6488, -0.8860, 0.66),
    ),
    "Coast": (
        Shop("M01", "Calle Colón", "Calle de Colón 27", "Valencia", 39.4699, -0.3728, 0.86),
        Shop("M02", "Rambla Nova", "Rambla Nova 60", "Tarragona", 41.1152, 1.2507, 0.74),
        Shop("M03", "Calle Larios", "Calle Marqués de Larios 8", "Málaga", 36.7193, -4.4215, 0.80),
        Shop("M04", "Portal de l'Àngel", "Avinguda del Portal de l'Àngel 12", "Barcelona", 41.3867, 2.1720, 0.91),
    ),
}  # fmt: skip


def add(session: Session, *, by: Person, at: datetime) -> tuple[Client, list[tuple[Location, Shop]]]:
    """Add the brand, its areas and its shops."""
    client = places.add_client(session, name=BRAND, colour=COLOUR, by=by, at=at)
    added = []
    for name, shops in SHOPS.items():
        area = places.add_area(session, client, name=name, by=by, at=at)
        for shop in shops:
            particulars = Particulars(
                code=shop.code,
                name=shop.name,
                area=area,
                address=shop.address,
                city=shop.city,
                time_zone="Europe/Madrid",
                latitude=shop.latitude,
                longitude=shop.longitude,
            )
            added.append((places.add_location(session, client, particulars, by=by, at=at), shop))
    return client, added
