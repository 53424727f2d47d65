"""The demo's camera: a few views of every scene, drawn beside the rest of the work and each kept once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from random import Random
from typing import Self

from evaluations.photos import intake
from evaluations.photos.intake import Prepared
from evaluations.photos.store import PhotoStore
from shopper.demo import pictures
from shopper.demo.pictures.look import Look
from shopper.demo.places import Brand, Shop

FRONT = "window"
VIEWS: Mapping[str, Mapping[str, int]] = {
    "clothes": {
        FRONT: 2, "layout": 6, "entrance": 4, "greeting": 4, "notice": 3, "boxes": 3, "shelf": 3, "exit": 2,
    },
    "glasses": {FRONT: 2, "greeting": 3, "till": 3, "receipt": 4, "gap": 2},
}  # fmt: skip
"""How many views there are: of the front for each shop, of all else for each brand."""
HANDS = 2


class Camera:
    """Takes photos. What can be photographed is drawn ahead, since drawing takes longer than all else."""

    def __init__(self, store: PhotoStore, brands: tuple[Brand, ...], pool: ThreadPoolExecutor) -> None:
        self._store = store
        self._views: dict[tuple[str, str, int], Future[Prepared]] = {}
        self._taken: set[tuple[str, str, int]] = set()
        for brand in brands:
            for scene, views in VIEWS[brand.trade].items():
                for view in range(views):
                    for subject, look in _subjects(brand, scene, view):
                        self._views[subject, scene, view] = pool.submit(self._developed, scene, look, view)

    @classmethod
    @contextmanager
    def ready(cls, store: PhotoStore, brands: tuple[Brand, ...]) -> Iterator[Self]:
        """A camera whose drawing ends with the block."""
        with ThreadPoolExecutor(HANDS, thread_name_prefix="drawing") as pool:
            try:
                yield cls(store, brands, pool)
            finally:
                pool.shutdown(cancel_futures=True)

    def take(self, brand: Brand, shop: Shop, scene: str, random: Random) -> Prepared:
        """A photo of the scene in this shop.

        Few views serve many visits: only the first photo of each bears its likeness, or every photo had its twins.
        """
        key = shop.code if scene == FRONT else brand.key, scene, random.randrange(VIEWS[brand.trade][scene])
        photo = self._views[key].result()
        if key in self._taken:
            return replace(photo, likeness=None)
        self._taken.add(key)
        return photo

    def _developed(self, scene: str, look: Look, view: int) -> Prepared:
        seed = f"{look} {scene} {view}"
        return intake.prepare(self._store, pictures.draw(scene, look, Random(seed)))  # noqa: S311 - pictures


def _subjects(brand: Brand, scene: str, view: int) -> Iterator[tuple[str, Look]]:
    """Whose picture it is, and how that looks."""
    if scene == FRONT:
        yield from ((shop.code, brand.look(shop)) for shop in brand.shops)
    else:
        yield brand.key, brand.look(brand.shops[view * 5 % len(brand.shops)])
