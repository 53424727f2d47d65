"""The demo's two brands, their regions and districts, and their thirty locations."""

# ruff: noqa: E501

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from evaluations.fieldwork import places
from evaluations.fieldwork.hours import DAYS
from evaluations.fieldwork.particulars import Particulars
from evaluations.models import Area, Client, Location, Person
from shopper.demo.pictures.look import Look, Trade

ZONE = "Europe/Madrid"
CLOSES_AT_NOON = "10:00-14:00,17:00-20:30"
OPEN_ALL_DAY = "10:00-21:00"
IN_BIG_TOWNS = ("Madrid", "Barcelona", "Valencia", "Málaga", "Sevilla")


@dataclass(frozen=True, slots=True)
class Shop:
    """One location, and how well it is run on the whole (0 to 1)."""

    region: str
    district: str
    code: str
    name: str
    address: str
    city: str
    latitude: float
    longitude: float
    quality: float


@dataclass(frozen=True, slots=True)
class Brand:
    """One client of the demo agency."""

    key: str
    name: str
    sign: str
    colour: str
    trade: Trade
    shops: tuple[Shop, ...]

    def look(self, shop: Shop) -> Look:
        """How this shop looks in its pictures."""
        return Look.of(self.sign, trade=self.trade, accent=self.colour, seed=shop.code)


MARISOL = Brand("marisol", "Marisol", "MARISOL", "#8a3b52", "clothes", (
    Shop("North", "Basque Country", "N01", "Gran Vía Bilbao", "Gran Vía 22", "Bilbao", 43.2630, -2.9350, 0.90),
    Shop("North", "Basque Country", "N02", "Avenida de la Libertad", "Avenida de la Libertad 5", "San Sebastián", 43.3208, -1.9817, 0.93),
    Shop("North", "Basque Country", "N03", "Calle Dato", "Calle Eduardo Dato 18", "Vitoria-Gasteiz", 42.8446, -2.6727, 0.82),
    Shop("North", "Basque Country", "N04", "Zubiarte", "Lehendakari Leizaola 2", "Bilbao", 43.2669, -2.9433, 0.79),
    Shop("North", "Asturias and Galicia", "N05", "Calle Uría", "Calle Uría 14", "Oviedo", 43.3623, -5.8485, 0.80),
    Shop("North", "Asturias and Galicia", "N06", "Calle Real", "Calle Real 31", "A Coruña", 43.3703, -8.3980, 0.85),
    Shop("North", "Asturias and Galicia", "N07", "Rúa do Príncipe", "Rúa do Príncipe 44", "Vigo", 42.2374, -8.7226, 0.76),
    Shop("Centre", "Madrid", "C01", "Calle Serrano", "Calle Serrano 48", "Madrid", 40.4277, -3.6870, 0.90),
    Shop("Centre", "Madrid", "C02", "Fuencarral", "Calle de Fuencarral 101", "Madrid", 40.4283, -3.7020, 0.72),
    Shop("Centre", "Madrid", "C03", "Gran Vía Madrid", "Gran Vía 34", "Madrid", 40.4203, -3.7058, 0.81),
    Shop("Centre", "Madrid", "C04", "Plaza Norte", "Plaza del Comercio 11", "San Sebastián de los Reyes", 40.5560, -3.6130, 0.77),
    Shop("Centre", "Castile and Aragon", "C05", "Plaza Zorrilla", "Plaza de Zorrilla 3", "Valladolid", 41.6466, -4.7298, 0.84),
    Shop("Centre", "Castile and Aragon", "C06", "Paseo Independencia", "Paseo de la Independencia 19", "Zaragoza", 41.6488, -0.8860, 0.74),
    Shop("Centre", "Castile and Aragon", "C07", "Calle Toro", "Calle Toro 26", "Salamanca", 40.9671, -5.6627, 0.87),
    Shop("South and East", "Catalonia", "M01", "Portal de l'Àngel", "Avinguda del Portal de l'Àngel 12", "Barcelona", 41.3867, 2.1720, 0.91),
    Shop("South and East", "Catalonia", "M02", "Rambla Nova", "Rambla Nova 60", "Tarragona", 41.1152, 1.2507, 0.78),
    Shop("South and East", "Catalonia", "M03", "Carrer Santa Clara", "Carrer de Santa Clara 9", "Girona", 41.9826, 2.8236, 0.86),
    Shop("South and East", "Valencia", "M04", "Calle Colón", "Calle de Colón 27", "Valencia", 39.4699, -0.3728, 0.86),
    Shop("South and East", "Valencia", "M05", "Avenida Maisonnave", "Avenida de Maisonnave 40", "Alicante", 38.3436, -0.4910, 0.80),
    Shop("South and East", "Valencia", "M06", "Calle Enmedio", "Calle Enmedio 52", "Castellón de la Plana", 39.9853, -0.0402, 0.75),
    Shop("South and East", "Valencia", "M07", "Gran Vía Murcia", "Gran Vía del Escultor Salzillo 8", "Murcia", 37.9855, -1.1340, 0.82),
    Shop("South and East", "Andalusia", "M08", "Calle Larios", "Calle Marqués de Larios 8", "Málaga", 36.7193, -4.4215, 0.83),
    Shop("South and East", "Andalusia", "M09", "Calle Tetuán", "Calle Tetuán 15", "Sevilla", 37.3903, -5.9953, 0.88),
    Shop("South and East", "Andalusia", "M10", "Calle Columela", "Calle Columela 21", "Cádiz", 36.5320, -6.2960, 0.74),
))  # fmt: skip
MIRANDA = Brand("miranda", "Ópticas Miranda", "MIRANDA", "#1f5f8b", "glasses", (
    Shop("Madrid", "", "OM1", "Miranda Goya", "Calle de Goya 63", "Madrid", 40.4249, -3.6760, 0.88),
    Shop("Madrid", "", "OM2", "Miranda Argüelles", "Calle de la Princesa 57", "Madrid", 40.4302, -3.7155, 0.77),
    Shop("Madrid", "", "OM3", "Miranda Alcalá de Henares", "Calle Mayor 40", "Alcalá de Henares", 40.4820, -3.3650, 0.82),
    Shop("Andalucía", "", "OA1", "Miranda Triana", "Calle San Jacinto 29", "Sevilla", 37.3838, -6.0030, 0.84),
    Shop("Andalucía", "", "OA2", "Miranda Granada", "Calle Recogidas 17", "Granada", 37.1711, -3.6017, 0.72),
    Shop("Andalucía", "", "OA3", "Miranda Córdoba", "Calle Cruz Conde 12", "Córdoba", 37.8865, -4.7794, 0.90),
))  # fmt: skip

Places = list[tuple[Location, Shop]]


def add(session: Session, brand: Brand, *, by: Person, at: datetime) -> tuple[Client, Places]:
    """Add the brand with its tree of areas, and its locations in them."""
    client = places.add_client(session, name=brand.name, colour=brand.colour, by=by, at=at)
    session.flush()
    tree: dict[tuple[str, ...], Area] = {}
    added = []
    for shop in brand.shops:
        area: Area | None = None
        path: tuple[str, ...] = ()
        for name in filter(None, (shop.region, shop.district)):
            path = (*path, name)
            if path not in tree:
                tree[path] = places.add_area(session, client, name=name, parent=area, by=by, at=at)
                session.flush()
            area = tree[path]
        added.append((places.add_location(session, client, _particulars(shop, area), by=by, at=at), shop))
    return client, added


def _particulars(shop: Shop, area: Area | None) -> Particulars:
    return Particulars(
        code=shop.code,
        name=shop.name,
        area=area,
        address=shop.address,
        city=shop.city,
        time_zone=ZONE,
        latitude=shop.latitude,
        longitude=shop.longitude,
        hours=_hours(shop.city),
    )


def _hours(city: str) -> str:
    """Open all day in big towns, elsewhere closed at noon; on Saturdays until two, on Sundays not at all."""
    usual = OPEN_ALL_DAY if city in IN_BIG_TOWNS else CLOSES_AT_NOON
    week = dict.fromkeys(DAYS, usual) | {"sat": "10:00-14:00", "sun": "closed"}
    return "; ".join(f"{day} {spans}" for day, spans in week.items())
