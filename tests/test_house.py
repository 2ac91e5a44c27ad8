"""Rules of the house that no linter has a name for: read from syntax trees and tracked files."""

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("resources", "formats", "detection", "models", "intake", "exporters", "cli", "gui")
LONGEST = 350


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def sources(*rooms: str) -> Iterator[Path]:
    for room in rooms or ROOMS:
        yield from sorted((ROOT / room).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def calls(path: Path, *names: str) -> list[int]:
    """Lines where a function or method with one of these names is called."""
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in names:
                found.append(node.lineno)
    return found


_STATE_SQL = re.compile(r"\bUPDATE\s+document\b[^;]*\bSET\b[^;]*\bstate\s*=", re.I)


def gives_a_state(node: ast.AST) -> bool:
    """`x.state = ...`, a query's `update(state=...)` and the like, or the same in SQL."""
    match node:
        case ast.Assign(targets=targets):
            return any(isinstance(t, ast.Attribute) and t.attr == "state" for t in targets)
        case ast.AugAssign(target=ast.Attribute(attr="state")):
            return True
        case ast.AnnAssign(target=ast.Attribute(attr="state")):
            return True
        case ast.Call(func=ast.Attribute(attr=method), keywords=keywords):
            writing = {"update", "insert", "create", "replace", "insert_many"}
            return method in writing and any(k.arg == "state" for k in keywords)
        case ast.Constant(value=str(text)):
            return bool(_STATE_SQL.search(text))
    return False


def state_writes(path: Path) -> list[int]:
    """Lines that give a document a state."""
    return [n.lineno for n in ast.walk(tree(path)) if gives_a_state(n) and hasattr(n, "lineno")]


def test_only_review_writes_a_documents_state() -> None:
    writers = {
        name_of(p)
        for p in sources("models", "intake", "exporters", "cli", "gui")
        if state_writes(p)
    }
    assert writers == {"models/disclosure/review.py"}


def test_transactions_begin_under_models_only() -> None:
    openers = [
        name_of(p)
        for p in sources("intake", "exporters", "cli", "gui")
        if calls(p, "atomic", "transaction", "manual_commit", "savepoint")
    ]
    assert openers == []


def test_only_the_command_line_prints() -> None:
    printers = [
        name_of(p) for p in sources() if calls(p, "print") and not name_of(p).startswith("cli/")
    ]
    assert printers == []


def test_one_file_knows_the_thread_pool() -> None:
    knowing = {
        name_of(p)
        for p in sources("gui")
        for node in ast.walk(tree(p))
        if isinstance(node, ast.Name | ast.alias)
        and (getattr(node, "id", None) or getattr(node, "name", ""))
        in {"QThreadPool", "QRunnable", "QThread"}
    }
    assert knowing <= {"gui/jobs.py"}


def test_the_event_loop_is_never_turned_by_hand() -> None:
    assert [name_of(p) for p in sources("gui") if calls(p, "processEvents", "terminate")] == []


# Python before 3.11.5 loses its place where a possessive group fails half-way, and finds nothing.
POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{[0-9,]+\})\+")


def test_no_expression_repeats_a_group_possessively() -> None:
    found = [
        f"{name_of(path)}:{number}"
        for path in [*sources(), *sorted((ROOT / "resources").rglob("*.toml"))]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if POSSESSIVE_GROUP.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("path", list(sources()), ids=name_of)
def test_a_file_has_one_subject(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_every_room_says_what_it_is_for() -> None:
    silent = [
        name_of(p) for p in sources() if p.name == "__init__.py" and not ast.get_docstring(tree(p))
    ]
    assert silent == []


def test_every_file_begins_with_its_purpose() -> None:
    assert [name_of(p) for p in sources() if not ast.get_docstring(tree(p))] == []


def test_no_name_hides_what_a_thing_does() -> None:
    vague = re.compile(r"(Manager|Helper|Util|Utils|Service)s?$", re.I)
    named = [
        f"{name_of(p)}:{node.lineno}"
        for p in sources()
        for node in ast.walk(tree(p))
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and vague.search(node.name)
    ]
    named += [name_of(p) for p in sources() if vague.search(p.stem)]
    assert named == []


_LEFT_ALONE = {".git", ".venv", "__pycache__", ".hypothesis", ".coverage"}


def tracked() -> list[Path]:
    """The files git tracks; where there is no git, all that lie here but caches and `.venv`."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        return [
            p
            for p in ROOT.rglob("*")
            if p.is_file() and not any(n in _LEFT_ALONE or n.endswith("_cache") for n in p.parts)
        ]
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    return [ROOT / n for n in listed.split("\0") if n and (ROOT / n).is_file()]


def test_nothing_names_a_package_index_or_a_path_of_one_machine() -> None:
    # Written in pieces so that this file does not hold what it forbids.
    address = re.compile(
        'https?://[^ "]*(' + "|".join(("py" + "pi", "python" + "hosted", "npm" + "js")) + ")"
    )
    machine = re.compile(
        r"(^|[^a-z.])/(" + "|".join(("wo" + "rk", "fa" + "rm", "ro" + "ot")) + ")/"
    )
    locks = re.compile(r"(^|/)(uv|poetry|Pipfile)\.lock$|\.pyc$")
    found = [name_of(p) for p in tracked() if locks.search(name_of(p))]
    for path in tracked():
        if path.suffix in {".png", ".ico"}:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        if address.search(text) or machine.search(text):
            found.append(name_of(path))
    assert found == []


@pytest.mark.parametrize("pins", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_has_a_version_and_a_hash(pins: str) -> None:
    text = (ROOT / pins).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert lines
    assert [line[:40] for line in lines if "==" not in line or "--hash=sha256:" not in line] == []


def test_the_top_level_is_what_the_user_fixed() -> None:
    folders = {p.name for p in ROOT.iterdir() if p.is_dir() and not p.name.startswith((".", "__"))}
    assert folders <= {*ROOMS, "tests", "docs"}
