"""The codes that the domain and the web refuse with, read from their sources."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
KINDS = {"Refusal", "Invalid", "Conflict", "TooLarge", "Unsupported", "NotFound"}


def codes_of_the_domain() -> set[str]:
    """Every code that is given literally where a refusal is made."""
    codes = set()
    for folder in ("evaluations", "shopper"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and _name(node.func) in KINDS and node.args:
                    first = node.args[0]
                    if isinstance(first, ast.Constant) and isinstance(first.value, str):
                        codes.add(first.value)
    return codes


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
