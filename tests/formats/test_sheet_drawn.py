"""What LibreOffice draws of a workbook agrees with what the reading calls visible."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

from tests.build.libreoffice import convert, needs_libreoffice, words
from tests.build.sheet_parts import BESIDE
from tests.build.sheet_places import CELLS

SPOTS = (*CELLS, *BESIDE)
DRAWN = [spot for spot in SPOTS if spot.drawn]
INKED = [spot for spot in SPOTS if spot.inked]
SHADE = 8
pytestmark = needs_libreoffice


def print_all(folder: Path) -> None:
    """A PDF beside each workbook in the folder."""
    convert(sorted(folder.glob("*.xlsx")), "pdf:calc_pdf_Export", folder)


@contextmanager
def pages(path: Path) -> Iterator[list[pypdfium2.PdfPage]]:
    document = pypdfium2.PdfDocument(path)
    try:
        yield list(document)
    finally:
        document.close()


def pictures(path: Path) -> list[Image.Image]:
    with pages(path) as found:
        return [page.render(scale=1).to_pil().convert("L") for page in found]


def look_alike(one: list[Image.Image], other: list[Image.Image]) -> bool:
    """Whether nobody can tell the pages apart; letters on their own colour differ by a shade."""
    if [page.size for page in one] != [page.size for page in other]:
        return False
    differences = (ImageChops.difference(a, b) for a, b in zip(one, other, strict=True))
    return not any(d.point(lambda shade: shade > SHADE and 255).getbbox() for d in differences)


def without(data: bytes, marker: str) -> bytes:
    """The same workbook with nothing where the marker stood in a cell."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            inner = old.read(name)
            if "worksheets/" in name:
                for tag in ("t", "v"):
                    said = f"<{tag}>{marker}</{tag}>".encode()
                    inner = inner.replace(said, f"<{tag}></{tag}>".encode())
            new.writestr(name, inner)
    return out.getvalue()


def test_libreoffice_draws_what_is_visible_and_nothing_else(tmp_path: Path) -> None:
    for number, spot in enumerate(DRAWN):
        (tmp_path / f"{number}.xlsx").write_bytes(spot.data)
    print_all(tmp_path)
    disagreed = [
        spot.words
        for number, spot in enumerate(DRAWN)
        if (spot.marker in words(tmp_path / f"{number}.pdf")) is not spot.visible
    ]
    assert not disagreed


def test_letters_that_the_reading_calls_invisible_leave_no_ink(tmp_path: Path) -> None:
    for number, spot in enumerate(INKED):
        (tmp_path / f"{number}.xlsx").write_bytes(spot.data)
        (tmp_path / f"{number}-empty.xlsx").write_bytes(without(spot.data, spot.marker))
    print_all(tmp_path)
    disagreed = []
    for number, spot in enumerate(INKED):
        said, empty = (pictures(tmp_path / f"{number}{end}.pdf") for end in ("", "-empty"))
        if look_alike(said, empty) is spot.visible:
            disagreed.append(spot.words)
    assert not disagreed
