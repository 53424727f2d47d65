"""The acts that the domain and the web write into the audit trail, read from their sources."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
WRITERS = {"record", "record_all", "record_each", "record_changes", "record_changes_of_each"}
PLACE = 1
"""Of the act among a writer's arguments, after the session."""


def calls() -> Iterator[tuple[Path, ast.Call]]:
    """Every call that writes into the trail, but those that hand an act on."""
    for folder in ("evaluations", "shopper"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            tree = ast.parse(path.read_text())
            for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
                parameters = {argument.arg for argument in function.args.args}
                for node in ast.walk(function):
                    is_call = isinstance(node, ast.Call) and _is_writer(node.func)
                    if is_call and ast.unparse(node.args[PLACE]) not in parameters:
                        yield path, node


def acts_of(path: Path, call: ast.Call) -> set[str]:
    """The acts that a call may write: said in it, or chosen into a name just before."""
    act = call.args[PLACE]
    if isinstance(act, ast.Name):
        assigned = [
            node.value
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == act.id
        ]
        return set().union(*(_said(value) for value in assigned)) if assigned else set()
    return _said(act)


def _said(act: ast.expr) -> set[str]:
    if isinstance(act, ast.IfExp):
        return _said(act.body) | _said(act.orelse)
    if isinstance(act, ast.Constant) and isinstance(act.value, str):
        return {act.value}
    return set()


def _is_writer(function: ast.expr) -> bool:
    if isinstance(function, ast.Attribute):
        return function.attr in WRITERS and ast.unparse(function.value) == "audit"
    return isinstance(function, ast.Name) and function.id in WRITERS - {"record"}
