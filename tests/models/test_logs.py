"""The program's log: in the home, small, and never on stderr."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.kernel import logs


@pytest.fixture(autouse=True)
def own_handlers() -> Iterator[None]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    for handler in root.handlers[:]:
        if handler not in before:
            root.removeHandler(handler)
            handler.close()
    root.setLevel(level)


def test_a_line_goes_to_the_file(tmp_path: Path) -> None:
    logs.begin(tmp_path)
    logging.getLogger("intake").info("a child was replaced")
    assert "a child was replaced" in (tmp_path / "desk.log").read_text(encoding="utf-8")


def test_without_a_home_nothing_is_made(tmp_path: Path) -> None:
    logs.begin(tmp_path / "none")
    logging.getLogger("intake").info("a child was replaced")
    assert list(tmp_path.iterdir()) == []


def test_a_large_log_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / "desk.log").write_bytes(b"x" * 2_000_000)
    logs.begin(tmp_path)
    assert (tmp_path / "desk.log.1").stat().st_size == 2_000_000
    assert not (tmp_path / "desk.log").exists()


def test_peewee_never_prints_values(tmp_path: Path) -> None:
    logs.begin(tmp_path)
    assert not logging.getLogger("peewee").isEnabledFor(logging.DEBUG)
