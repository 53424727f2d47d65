"""Papers: the notice at the till, and a receipt on a table."""

from __future__ import annotations

from random import Random

from PIL import Image

from shopper.demo.pictures.canvas import HEIGHT, WIDTH, WOOD, Canvas, lettering, shade
from shopper.demo.pictures.look import Look

TERMS = {
    "clothes": (
        "CAMBIOS Y DEVOLUCIONES", "Un mes con tique", "Prenda sin usar, con etiqueta",
        "Reembolso por el mismo medio de pago",
    ),
    "glasses": ("GAFAS A PRUEBA", "Dos meses con factura", "Cambio de lentes sin coste", "Consulte en el mostrador"),
}  # fmt: skip
SOLD = {
    "clothes": ("Foulard seda", "Calcetines rayas", "Monedero piel", "Gorro lana", "Camiseta lisa", "Guantes punto"),
    "glasses": ("Gamuza limpieza", "Spray lentes", "Cadena gafas", "Estuche duro", "Kit tornillos", "Gamuza doble"),
}  # fmt: skip


def notice(look: Look, random: Random) -> Image.Image:
    """A framed notice on the counter."""
    canvas = Canvas("#8e6c47")
    canvas.fade((0, 0, WIDTH, 700), "#d9cfc0", "#bfb2a0")
    canvas.pools(
        [(x, y, x + 150, y + 150) for x, y in ((80, 120), (1180, 60), (1080, 330), (40, 420))],
        look.accent,
        0.5,
        60,
    )
    wood = random.choice(WOOD)
    canvas.fade((0, 700, WIDTH, HEIGHT), shade(wood, 0.9), shade(wood, 1.2))
    left, top = random.randint(330, 430), random.randint(110, 160)
    right, low = left + 640, top + 720
    canvas.soft(
        [[(left - 20, low - 20), (right + 60, low - 20), (right + 90, low + 40), (left - 20, low + 40)]],
        "#000000",
        0.6,
        24,
    )
    canvas.box((left, top, right, low), shade(look.frame, 1.2))
    canvas.fade((left + 20, top + 20, right - 20, low - 20), "#fdfbf6", "#efe9dd")
    middle = (left + right) / 2
    canvas.letters((middle, top + 92), look.sign, 46 if len(look.sign) < 10 else 34, look.accent, spaced=0.2)
    canvas.pen.line((left + 90, top + 140, right - 90, top + 140), fill=look.accent, width=4)
    title, *lines = TERMS[look.trade]
    canvas.letters((middle, top + 218), title, 33, "#22282d", spaced=0.02)
    for place, line in enumerate(lines):
        canvas.letters((middle, top + 330 + place * 96), line, 31, "#3b4248")
    canvas.soft(
        [[(left + 60, top), (left + 240, top), (left + 60, low), (left, low), (left, top + 400)]],
        "#ffffff",
        0.3,
        30,
    )
    return canvas.image


def receipt(look: Look, random: Random) -> Image.Image:
    """A receipt, photographed on a table from above."""
    wood = random.choice(WOOD)
    canvas = Canvas(wood)
    for y in range(0, HEIGHT, 90):
        canvas.fade(
            (0, y, WIDTH, y + 88),
            shade(wood, random.uniform(0.92, 1.12)),
            shade(wood, random.uniform(0.88, 1.02)),
        )
        for _ in range(6):
            x = random.randint(0, WIDTH)
            canvas.pen.line(
                (x, y + random.randint(8, 80), x + random.randint(100, 420), y + random.randint(8, 80)),
                fill=shade(wood, 0.86),
                width=2,
            )
    left, right = random.randint(420, 500), random.randint(900, 960)
    canvas.soft([[(left - 6, 60), (right + 30, 66), (right + 34, 1040), (left, 1040)]], "#000000", 0.5, 18)
    canvas.fade((left, 50, right, 1024), "#fbfaf6", "#eceae3")
    for x in range(left, right, 22):
        canvas.shape([(x, 1024), (x + 22, 1024), (x + 11, 1036)], "#eceae3")
    _print(canvas, look, left, right, random)
    canvas.soft([[(0, 0), (random.randint(200, 700), 0), (0, HEIGHT)]], "#0d0a06", 0.35, 60)
    return canvas.image


def _print(canvas: Canvas, look: Look, left: int, right: int, random: Random) -> None:
    middle = (left + right) / 2
    canvas.letters((middle, 116), look.sign, 40 if len(look.sign) < 10 else 30, "#2a2d30", spaced=0.14)
    canvas.letters((middle, 168), "Factura simplificada", 22, "#44484c")
    prices = [random.choice((4.95, 6.5, 7.95, 9.9, 12.95)) for _ in range(random.randint(1, 3))]
    y = 250
    for price, name in zip(prices, random.sample(SOLD[look.trade], 3), strict=False):
        _line(canvas, left, right, y, name, price, 24)
        y += 50
    canvas.pen.line((left + 30, y, right - 30, y), fill="#6b6f73", width=2)
    _line(canvas, left, right, y + 44, "TOTAL", sum(prices), 32)
    _line(canvas, left, right, y + 96, "IVA 21 % incl.", sum(prices) * 0.21 / 1.21, 20)
    canvas.letters((middle, y + 170), "Tarjeta  **** **** ****", 21, "#44484c")
    canvas.letters((middle, 900), "Gracias por su visita", 23, "#44484c")
    x = left + 70.0
    while x < right - 70:
        wide = random.choice((2, 3, 5))
        canvas.box((x, 930, x + wide, 990), "#26292c")
        x += wide + random.choice((3, 4, 7))


def _line(canvas: Canvas, left: int, right: int, y: float, name: str, price: float, size: int) -> None:
    font = lettering(size)
    canvas.pen.text((left + 36, y), name, font=font, fill="#303438", anchor="lm")
    canvas.pen.text((right - 36, y), f"{price:.2f}".replace(".", ","), font=font, fill="#303438", anchor="rm")
