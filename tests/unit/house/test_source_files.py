"""The rules of the house that no tool checks: names of the trade, files and functions in one view.

They read the syntax tree of every module of the program, so a new module is held to them at once.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SOURCE = ROOT / "src" / "whoseword"
MODULES = sorted(SOURCE.rglob("*.py"))

DRAWERS = {"utils", "util", "helper", "helpers", "manager", "managers", "common", "base", "misc"}
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
MOST_ARGUMENTS = 6

every_module = pytest.mark.parametrize(
    "module", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix()
)


def functions(module: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method of a module."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


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
    assert SOURCE / "__init__.py" in MODULES


@pytest.mark.parametrize("tree", ["src", "tests", "benchmarks"])
def test_no_file_or_folder_is_a_drawer_for_anything(tree: str) -> None:
    named = [path for path in (ROOT / tree).rglob("*") if path.suffix in {".py", ".sql", ""}]
    assert [path for path in named if path.stem.strip("_") in DRAWERS] == []


@every_module
def test_a_module_says_why_it_exists(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text("utf-8")))


@pytest.mark.parametrize(
    "file",
    [path for path in sorted(SOURCE.rglob("*")) if path.suffix in {".py", ".sql", ".html", ".css"}],
    ids=lambda path: path.relative_to(SOURCE).as_posix(),
)
def test_a_file_can_be_read_in_one_sitting(file: Path) -> None:
    assert len(file.read_text("utf-8").splitlines()) <= LONGEST_FILE


@every_module
def test_a_function_can_be_seen_at_once(module: Path) -> None:
    too_long = {
        f"{function.name}, line {function.lineno}": length
        for function in functions(module)
        if (length := (function.end_lineno or 0) - function.lineno + 1) >= LONGEST_FUNCTION
    }
    assert too_long == {}


@every_module
def test_a_function_asks_for_few_things(module: Path) -> None:
    too_many = {}
    for function in functions(module):
        taken = function.args
        names = [one.arg for one in (*taken.posonlyargs, *taken.args, *taken.kwonlyargs)]
        asked = [name for name in names if name not in {"self", "cls"}]
        # What click passes is a command's options, as many as the command line has.
        if len(asked) > MOST_ARGUMENTS and not function.decorator_list:
            too_many[f"{function.name}, line {function.lineno}"] = asked
    assert too_many == {}


@every_module
def test_no_exception_is_swallowed(module: Path) -> None:
    swallowed = [
        node.lineno
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.ExceptHandler) and catches_all(node) and not passes_on(node)
    ]
    assert swallowed == []
