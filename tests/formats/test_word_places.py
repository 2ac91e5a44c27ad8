"""Every place of a Word document: read as what it is, and gone from the bytes once cut."""

import io
import zipfile
from pathlib import Path

import pytest

from formats import read, redact
from formats.reading import Mark, Part, Reading, Segment
from tests.build.word import MARKER, Specimen
from tests.build.word_places import PLACES, WORDS
from tests.build.word_places_more import MORE
from tests.build.word_places_paragraphs import PARAGRAPHS

_ALL = PLACES | MORE | PARAGRAPHS
_CASES = [pytest.param(s, id=name) for name, s in _ALL.items()]
_MARKED = [
    pytest.param(s, id=name, marks=pytest.mark.place("docx", WORDS.get(name, name), s.visible))
    for name, s in _ALL.items()
]


def look(data: bytes, folder: Path, name: str = "文件.docx") -> Reading:
    path = folder / name
    path.write_bytes(data)
    return read(path)


def with_marker(reading: Reading) -> list[Segment]:
    return [s for s in reading.segments if MARKER in s.text]


def every_byte(path: Path) -> str:
    """All parts of a package, decompressed, as text."""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return "\n".join(
            name + archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
        )


@pytest.mark.parametrize("specimen", _MARKED)
def test_each_place_is_read_once_as_what_it_is(specimen: Specimen, tmp_path: Path) -> None:
    found = with_marker(look(specimen.data, tmp_path))
    assert [(s.place.part, s.visible) for s in found] == [(specimen.part, specimen.visible)]
    assert specimen.note in found[0].note


@pytest.mark.parametrize("specimen", _CASES)
def test_no_two_segments_share_a_place(specimen: Specimen, tmp_path: Path) -> None:
    places = [s.place for s in look(specimen.data, tmp_path).segments]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("specimen", _CASES)
def test_a_cut_place_is_gone_from_the_bytes(specimen: Specimen, tmp_path: Path) -> None:
    (segment,) = with_marker(look(specimen.data, tmp_path))
    start = segment.text.index(MARKER)
    mark = Mark(segment.place, (start, start + len(MARKER)), "某某")
    out = tmp_path / "clean.docx"
    redact(tmp_path / "文件.docx", [mark], out)
    left = every_byte(out)
    assert MARKER not in left
    assert MARKER[3:] not in left
    again = read(out)
    assert ("某某" in "".join(s.text for s in again.segments)) == specimen.visible


@pytest.mark.parametrize("specimen", _CASES)
def test_a_clean_copy_keeps_what_is_seen_and_nothing_else(
    specimen: Specimen, tmp_path: Path
) -> None:
    before = look(specimen.data, tmp_path)
    out = tmp_path / "clean.docx"
    redact(tmp_path / "文件.docx", [], out)
    after = read(out)
    assert [s for s in after.segments if not s.visible] == []
    seen = [s.text for s in before.segments if s.visible and s.place.part is not Part.NAME]
    kept = [s.text for s in after.segments if s.place.part is not Part.NAME]
    assert "".join(sorted("".join(kept))) == "".join(sorted("".join(seen)))
    assert (MARKER in "".join(kept)) == specimen.visible
