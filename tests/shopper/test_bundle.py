"""Many modules made one file do what they did, and what cannot be made one is refused."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from shopper import assets
from shopper.bundle import bundle, in_order
from tests.node import node


@pytest.mark.parametrize(
    "odd",
    [
        'import idle from "#js/b.js"',
        'import { one,\n  two } from "#js/b.js"',
        'import { one } from "./b.js"',
        'import "#js/b.js"',
        "export default one",
        "export let one = 1",
        "export const { one } = two",
        'export * from "#js/b.js"',
        'export { one } from "#js/b.js"',
        "const here = import.meta.url",
    ],
)
def test_a_form_that_is_not_known_is_refused_and_named(odd: str):
    with pytest.raises(ValueError, match=r"js/a\.js: this form"):
        bundle({"js/b.js": "export const one = 1\n", "js/a.js": f"{odd}\n"})


def test_modules_that_import_each_other_in_a_circle_are_refused():
    circle = {"a": ("b",), "b": ("c",), "c": ("a",)}
    with pytest.raises(ValueError, match="a imports b imports c imports a"):
        in_order("a", lambda name: circle[name])


def test_each_module_runs_once_after_those_that_it_imports():
    tree = {"a": ("b", "c"), "b": ("d",), "c": ("d", "b"), "d": ()}
    assert in_order("a", lambda name: tree[name]) == ["d", "b", "c", "a"]


def test_modules_in_one_file_keep_their_names_apart(tmp_path: Path):
    (tmp_path / "one.mjs").write_text(
        bundle(
            {
                "vendor/v.js": "const inside = 1\nexport { inside as outside, inside };\n",
                "js/b.js": "let made = 0\nexport function more() {\n  return ++made\n}\nexport class Box {}\n",
                "js/c.js": 'import * as b from "#js/b.js"\nexport const made = [b.more(), new b.Box()]\n',
                "js/a.js": 'import { more as next } from "#js/b.js"\nimport { made } from "#js/c.js"\n'
                'import { outside } from "#vendor/v.js"\nconsole.log(next(), made[0], outside)\n',
            }
        )
    )
    ran = subprocess.run([node(), tmp_path / "one.mjs"], capture_output=True, text=True, check=True)
    assert ran.stdout == "2 1 1\n"


def test_what_a_phone_loads_is_one_file_that_its_browser_can_read_and_nothing_later(tmp_path: Path):
    text = assets.contents("js/phone.js")
    assert text.count(b"import(") == 1  # where other pages load their modules, with which it shares that file
    (tmp_path / "phone.mjs").write_bytes(text)
    subprocess.run([node(), "--check", tmp_path / "phone.mjs"], check=True)
    [(address, sha256)] = assets.hashes("js/phone.js").items()
    assert address == f"/static/js/phone.js?v={sha256[:12]}"
