"""Copies what pages use out of node_modules into static/vendor/, and makes the fonts and the icon sprite.

Runs in the virtual environment (`python -m setup.vendor TARGET`), because merging fonts needs fontTools.
"""

import json
import re
import shutil
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from setup.places import Places

COPIES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/icons/LICENSE": "licences/tabler-icons.txt",
    "@fontsource/inter/LICENSE": "licences/inter.txt",
    "idb/build/index.js": "idb.js",
    "idb/LICENSE": "licences/idb.txt",
    "sortablejs/modular/sortable.esm.js": "sortable.js",
    "sortablejs/LICENSE": "licences/sortable.txt",
    "axe-core/axe.min.js": "axe.min.js",
    "axe-core/LICENSE": "licences/axe.txt",
}
WEIGHTS = (400, 500, 600, 700)
SUBSETS = ("latin", "latin-ext")
SVG = "http://www.w3.org/2000/svg"
SOURCE_MAP = re.compile(r"\n?(//# |/\*# )sourceMappingURL=[^\n]*\n?$")


def copy_libraries(modules: Path, target: Path) -> None:
    """Copy style sheets, modules and licences, without their pointers to source maps that are not there."""
    for source, name in COPIES.items():
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = (modules / source).read_text(encoding="utf-8")
        copy.write_text(SOURCE_MAP.sub("\n", text), encoding="utf-8")


def make_web_fonts(modules: Path, target: Path) -> None:
    """Copy Inter for browsers and write the style sheet that declares it."""
    inter = modules / "@fontsource" / "inter"
    ranges = json.loads((inter / "unicode.json").read_text(encoding="utf-8"))
    (target / "fonts").mkdir(parents=True)
    faces = []
    for weight in WEIGHTS:
        for subset in SUBSETS:
            name = f"inter-{subset}-{weight}.woff2"
            shutil.copyfile(
                inter / "files" / f"inter-{subset}-{weight}-normal.woff2", target / "fonts" / name
            )
            faces.append(_face(weight, f"fonts/{name}", ranges[subset]))
    (target / "inter.css").write_text("\n".join(faces), encoding="utf-8")


def _face(weight: int, address: str, characters: str) -> str:
    """Return the declaration of one weight and subset of Inter."""
    return (
        "@font-face {\n"
        '  font-family: "Inter";\n'
        "  font-style: normal;\n"
        f"  font-weight: {weight};\n"
        "  font-display: swap;\n"
        f'  src: url("{address}") format("woff2");\n'
        f"  unicode-range: {characters};\n"
        "}\n"
    )


def make_print_fonts(target: Path) -> None:
    """Merge the subsets of each weight into one static TrueType font, which documents lay out fastest."""
    from fontTools.merge import Merger
    from fontTools.ttLib import TTFont

    folder = target / "fonts" / "ttf"
    folder.mkdir(parents=True)
    for weight in WEIGHTS:
        parts = []
        for subset in SUBSETS:
            font = TTFont(target / "fonts" / f"inter-{subset}-{weight}.woff2", recalcTimestamp=False)
            font.flavor = None
            parts.append(folder / f"{subset}.part")
            font.save(parts[-1])
        merged = Merger().merge([str(part) for part in parts])
        merged.recalcTimestamp = False
        merged.save(folder / f"inter-{weight}.ttf")
        for part in parts:
            part.unlink()


def make_sprite(names: list[str], icons: Path, target: Path) -> None:
    """Write one SVG with a symbol for each icon named, drawn in the colour of the text around it."""
    missing = [name for name in names if not (icons / f"{name}.svg").exists()]
    if missing:
        raise SystemExit(f"static/icons/names.txt names icons that do not exist: {', '.join(missing)}")
    symbols = [_symbol(name, icons / f"{name}.svg") for name in names]
    target.joinpath("icons.svg").write_text(
        f'<svg xmlns="{SVG}">\n' + "\n".join(symbols) + "\n</svg>\n", encoding="utf-8"
    )


def _symbol(name: str, drawing: Path) -> str:
    """Return the symbol called `name` with the strokes of `drawing`."""
    shapes = [shape for shape in ElementTree.parse(drawing).getroot() if shape.get("stroke") != "none"]
    inside = "".join(_written(shape) for shape in shapes)
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
        f'stroke-linecap="round" stroke-linejoin="round">{inside}</symbol>'
    )


def _written(shape: ElementTree.Element) -> str:
    """Return `shape` as text without the name space that the sprite already declares."""
    attributes = "".join(f' {name}="{value}"' for name, value in shape.attrib.items())
    return f"<{shape.tag.removeprefix('{' + SVG + '}')}{attributes}/>"


def icon_names(listed: Path) -> list[str]:
    """Return the icons named in a list file, one a line."""
    return listed.read_text(encoding="utf-8").split()


def main(target: Path) -> None:
    """Make the whole of static/vendor/ in `target`, a folder that does not exist yet."""
    places = Places.of_this_checkout()
    target.mkdir(parents=True)
    copy_libraries(places.node_modules, target)
    make_web_fonts(places.node_modules, target)
    make_print_fonts(target)
    icons = places.node_modules / "@tabler" / "icons" / "icons" / "outline"
    make_sprite(icon_names(places.root / "static" / "icons" / "names.txt"), icons, target)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
