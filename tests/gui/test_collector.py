"""The one policy about the cycle collector."""

import gc
from collections.abc import Iterator

import pytest

from gui import collector
from gui.widgets.document_text import ShownText


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, int, int]]:
    """The usual thresholds, as if no other test's text were still open in this process."""
    before = gc.get_threshold()
    monkeypatch.setattr(collector, "_spared", set())
    gc.set_threshold(*collector._usual)
    yield collector._usual
    gc.set_threshold(*before)


def test_full_collections_wait_for_the_last_long_text(alone: tuple[int, int, int]) -> None:
    usual = alone
    one, two = ShownText(), ShownText()
    collector.spare(one)
    collector.spare(one)
    collector.spare(two)
    assert gc.get_threshold()[:2] == usual[:2], "young objects are collected as ever"
    assert gc.get_threshold()[2] > 1000 * usual[2]
    del one
    assert gc.get_threshold()[2] > 1000 * usual[2]
    del two
    assert gc.get_threshold() == usual


def test_a_text_that_closes_does_not_undo_the_freeze_of_start_up() -> None:
    collector.begin()
    try:
        frozen = gc.get_freeze_count()
        assert frozen
        text = ShownText()
        collector.spare(text)
        del text
        assert abs(gc.get_freeze_count() - frozen) < frozen / 10
    finally:
        gc.unfreeze()
