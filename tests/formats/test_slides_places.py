"""Every place of a presentation: read as what it is, on its slide."""

from pathlib import Path

import pytest

from formats import read
from formats.reading import Reading
from tests.build.slide_places import PLACES, SlidePlace
from tests.build.word import MARKER


def look(data: bytes, folder: Path) -> Reading:
    path = folder / "文件.pptx"
    path.write_bytes(data)
    return read(path)


def _case(place: SlidePlace) -> object:
    mark = pytest.mark.place("pptx", place.words, visible=place.visible)
    return pytest.param(place, id=place.words, marks=mark)


_CASES = [_case(place) for place in PLACES]


@pytest.mark.parametrize("case", _CASES)
def test_each_place_is_read_once_as_what_it_is(case: SlidePlace, tmp_path: Path) -> None:
    found = [s for s in look(case.data, tmp_path).segments if MARKER in s.text]
    assert [(s.place.part, s.visible, s.place.page) for s in found] == [
        (case.part, case.visible, case.page)
    ]
    assert case.note in found[0].note


@pytest.mark.parametrize("case", [pytest.param(p, id=p.words) for p in PLACES])
def test_no_two_segments_share_a_place(case: SlidePlace, tmp_path: Path) -> None:
    places = [s.place for s in look(case.data, tmp_path).segments]
    assert len(places) == len(set(places))
