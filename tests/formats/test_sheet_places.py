"""Every place of a workbook: a marker hidden there is read, with its place, and seen or unseen."""

from pathlib import Path

import pytest

import formats
from formats.reading import Kind
from tests.build.sheet_parts import BESIDE
from tests.build.sheet_places import CELLS, Spot

PLACES = [
    pytest.param(
        spot,
        id=spot.words,
        marks=pytest.mark.place(spot.kind.value, spot.words, visible=spot.visible),
    )
    for spot in (*CELLS, *BESIDE)
]


@pytest.mark.parametrize("spot", PLACES)
def test_a_marker_is_found_where_it_is_hidden(spot: Spot, tmp_path: Path) -> None:
    path = tmp_path / ("工作簿.xlsm" if spot.kind is Kind.XLSM else "工作簿.xlsx")
    path.write_bytes(spot.data)
    found = [s for s in formats.read(path).segments if spot.marker in s.text]
    assert found
    said = [
        (s.place.part, s.visible)
        for s in found
        if (spot.cell is None or s.place.cell == spot.cell)
        and (spot.sheet is None or s.place.sheet == spot.sheet)
        and (not spot.note or s.note == spot.note)
    ]
    assert (spot.part, spot.visible) in said, [(s.place, s.note, s.visible) for s in found]
    # Nobody may be told that something unseen is seen.
    assert spot.visible or not any(s.visible for s in found)
