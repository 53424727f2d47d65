"""Patterns of short texts: what is allowed, what is not, and that it ends soon."""

import json
import subprocess
import time

import pytest

from evaluations.document.patterns import flaw, matches
from tests.node import node

ALIKE = [
    (r"[A-Z]{2}\d{6}", ["AB123456", "AB12345", "ab123456", "AB123456\n", "AB١٢٣٤٥٦"]),
    (r"[^@]+@[^@]+\.[a-z]{2,}", ["a@b.es", "a@b", "a@@b.es", "ñ@b.es"]),
    (r"^\d{5}$", ["28001", "2800", "280011"]),
    (r"yes|no", ["yes", "no", "yesno", "noo"]),
    (r"(?:\d{1,3}-)?\w+", ["12-ab_1", "ab", "é", "1234-x"]),
    (r".", ["x", "😀", "\n", "\r", "\u2028", ""]),
    (r"[\d.,\-]+", ["1.2-3,4", "a"]),
    (r"[^\w\]]", ["]", "-", "a", "é"]),
    (r"a\.b\/c", ["a.b/c", "aXb/c"]),
    (r"[a-z-9]+", ["a-9", "A", "8"]),
    (r"(a|b){2}c?", ["ab", "abc", "abb"]),
    (r"[&~|^]+", ["&&||~^", "a"]),
    ("ñandú ?", ["ñandú ", "ñandú", "nandu"]),
    (r"\D\W", ["a-", "1-", "aa"]),
]


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("x" * 201, "pattern_too_long"),
        ("(a+)+", "pattern_repeats_repetition"),
        ("(a|aa)*", "pattern_repeats_repetition"),
        ("a+?", "pattern_repeats_repetition"),
        ("a**", "pattern_repeats_repetition"),
        ("a?" * 60 + "a" * 60, "pattern_too_open"),
        ("a*a*a*a*b", "pattern_too_open"),
        ("([ab]{0,50}){20}", "pattern_too_open"),
        ("(a", "pattern_not_closed"),
        ("a)", "pattern_not_closed"),
        ("[a", "pattern_not_closed"),
        ("a\\", "pattern_not_closed"),
        ("(" * 12 + "a" + ")" * 12, "pattern_not_allowed"),
        *(
            (odd, "pattern_not_allowed")
            for odd in (
                *("*a", "a{", "a}", "]", "[]", "[^]", "a{3,1}", "a{,2}", "a{999}", "a|*", "a^", "a$b"),
                *("(?=a)", "(?!a)", "(?<=a)a", "(?P<n>a)", "(?i)a", r"(a)\1", r"\b", r"\s", r"\n", r"\x41"),
                *(r"\-", r"[\s]", r"[\D]", "[z-a]", r"[\d-x]", "[[a]", "a\tb", r"\p{L}", "\u00a0"),
            )
        ),
    ],
)
def test_what_means_different_things_or_may_take_for_ever_is_not_allowed(pattern: str, code: str) -> None:
    assert flaw(pattern) == code


@pytest.mark.parametrize("pattern", [pattern for pattern, _ in ALIKE])
def test_what_forms_need_is_allowed(pattern: str) -> None:
    assert flaw(pattern) is None


def test_a_pattern_may_leave_less_open_the_longer_the_text() -> None:
    assert flaw(r"\d*-\d*-\d*", longest=200) is None
    assert flaw(r"\d*-\d*-\d*", longest=1000) == "pattern_too_open"


def test_the_worst_allowed_pattern_ends_soon_on_the_worst_text() -> None:
    began = time.process_time()
    assert not matches("a*a*a*b", "a" * 200)
    assert not matches("a*a*b", "a" * 1000)
    assert time.process_time() - began < 5


def test_browser_and_server_agree_on_what_matches() -> None:
    script = """
        const asked = JSON.parse(require("fs").readFileSync(0, "utf8"))
        const told = asked.map(([p, texts]) => texts.map((t) => new RegExp(`^(?:${p})$`, "u").test(t)))
        console.log(JSON.stringify(told))"""
    run = subprocess.run([node(), "-e", script], input=json.dumps(ALIKE), capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == [[matches(pattern, text) for text in texts] for pattern, texts in ALIKE]
