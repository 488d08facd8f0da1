"""The rules of the house that no tool checks: names of the trade, files and functions in one view.

They read the syntax tree of every module of the program, so a new module is held to them at once.
"""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[3]
SOURCE = ROOT / "src" / "whoseword"
TREES = {path: ast.parse(path.read_text("utf-8")) for path in sorted(SOURCE.rglob("*.py"))}
FUNCTIONS = [
    (path, node)
    for path, tree in TREES.items()
    for node in ast.walk(tree)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
]

DRAWERS = {"utils", "util", "helper", "helpers", "manager", "managers", "common", "base", "misc"}
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
MOST_ARGUMENTS = 6


def place(path: Path, node: ast.stmt | ast.ExceptHandler) -> str:
    """Say where something stands, so that an editor can go there."""
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def catches_all(handler: ast.ExceptHandler) -> bool:
    """Say whether a handler catches whatever goes wrong, bare or by a name that means anything."""
    if handler.type is None:
        return True
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        isinstance(one, ast.Name) and one.id in {"Exception", "BaseException"} for one in caught
    )


def passes_on(handler: ast.ExceptHandler) -> bool:
    """Say whether a handler raises what it caught again, or hands it to somebody who waits."""
    nodes = [node for statement in handler.body for node in ast.walk(statement)]
    raises = isinstance(handler.body[-1], ast.Raise)
    hands_on = any(isinstance(node, ast.Name) and node.id == handler.name for node in nodes)
    return raises or hands_on


def test_the_program_was_found() -> None:
    """The rules below hold for no module at all, and so need one to mean anything."""
    assert SOURCE / "__init__.py" in TREES
    assert len(FUNCTIONS) > 100


def test_no_file_or_folder_is_a_drawer_for_anything() -> None:
    paths = [path for tree in ("src", "tests", "benchmarks") for path in (ROOT / tree).rglob("*")]
    assert [path for path in paths if path.stem.strip("_") in DRAWERS] == []


def test_every_module_says_why_it_exists() -> None:
    assert [path for path, tree in TREES.items() if not ast.get_docstring(tree)] == []


def test_every_file_can_be_read_in_one_sitting() -> None:
    files = [path for path in SOURCE.rglob("*") if path.suffix in {".py", ".sql", ".html", ".css"}]
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in files}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_every_function_can_be_seen_at_once() -> None:
    lengths = {
        place(path, function): (function.end_lineno or 0) - function.lineno + 1
        for path, function in FUNCTIONS
    }
    assert {where: length for where, length in lengths.items() if length >= LONGEST_FUNCTION} == {}


def test_every_function_asks_for_few_things() -> None:
    """A command of click is exempt: its arguments are the options of the command line."""
    too_many = {}
    for path, function in FUNCTIONS:
        taken = function.args
        names = [one.arg for one in (*taken.posonlyargs, *taken.args, *taken.kwonlyargs)]
        asked = [name for name in names if name not in {"self", "cls"}]
        if len(asked) > MOST_ARGUMENTS and not function.decorator_list:
            too_many[place(path, function)] = asked
    assert too_many == {}


def test_no_exception_is_swallowed() -> None:
    handlers = [
        (path, node)
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
    ]
    assert [
        place(path, handler)
        for path, handler in handlers
        if catches_all(handler) and not passes_on(handler)
    ] == []


def test_a_swallowed_exception_would_be_found() -> None:
    code = "try:\n    act()\nexcept (ValueError, Exception) as error:\n    {}"
    found = {}
    for body in ("pass", "raise", "tell(error)", "tell()"):
        [handler] = [
            node
            for node in ast.walk(ast.parse(code.format(body)))
            if isinstance(node, ast.ExceptHandler)
        ]
        found[body] = catches_all(handler) and not passes_on(handler)
    assert found == {"pass": True, "raise": False, "tell(error)": False, "tell()": True}
