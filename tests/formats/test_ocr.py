"""Recognition: how well it reads, which way round, and when it says that a person must look."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from formats import ocr
from formats.budget import Budget, Limits
from formats.ocr import Doubt, Line, Recognised, text_of
from formats.reading import Part, Place, TroubleCode, Unreadable
from tests.build import pictures as build

ROOT = Path(__file__).resolve().parents[2]
ON = Limits(ocr=True)
PLACE = Place(Part.IMAGE, page=3)
NUMBERS = ("450321199001010014", "110101197803070031", "51010720010230123X")
LIST = [f"{n}  覃小满  {number}  低保户" for n, number in enumerate(NUMBERS, 1)]

chinese = pytest.mark.skipif(build.chinese_font() is None, reason="no Chinese face is installed")


def texts(found: ocr.PictureText) -> list[str]:
    return ["".join(s.text.split()) for s in found.segments]


@chinese
@pytest.mark.parametrize("scan", [False, True])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_is_read_whichever_way_it_lies(scan: bool, turn: int) -> None:
    page = build.page(["白石沟镇低保名单公示", *LIST], size=(1100, 500), height=36)
    if scan:
        page = build.scanned(page)
    found = text_of(Budget(ON), page.rotate(turn, expand=True), PLACE)
    said = "".join(texts(found))
    assert said.startswith("白石沟镇低保名单公示")
    assert [n for n in NUMBERS if n in said] == list(NUMBERS)
    assert said.index(NUMBERS[0]) < said.index(NUMBERS[1]) < said.index(NUMBERS[2])
    assert found.troubles == ()
    assert all(0.5 < s.certainty < 1 and s.visible for s in found.segments)


def test_boxes_lie_where_the_writing_is() -> None:
    page = build.page(["ABCDE 12345"], size=(800, 400), height=40)
    for turn, inside in ((0, (0, 0, 400, 100)), (180, (400, 300, 800, 400))):
        found = text_of(Budget(ON), page.rotate(turn), PLACE, frame=(0, 0, 800, 400))
        (segment,) = found.segments
        left, top, right, bottom = segment.place.box or (0, 0, 0, 0)
        assert inside[0] <= left < right <= inside[2]
        assert inside[1] <= top < bottom <= inside[3]


@chinese
def test_what_cannot_be_read_well_is_told() -> None:
    page = build.page(LIST, size=(1100, 300), height=36)
    soft = build.scanned(page.resize((330, 90)), blur=1.0).resize((1100, 300))
    found = text_of(Budget(ON), soft, PLACE)
    (trouble,) = found.troubles
    assert trouble.code is TroubleCode.NEEDS_OCR
    assert trouble.text == ocr.SENTENCES[Doubt.POOR]
    assert trouble.place == PLACE


def test_a_photo_needs_a_look_and_a_blank_page_does_not() -> None:
    (trouble,) = text_of(Budget(ON), build.photo(), PLACE).troubles
    assert trouble.code is TroubleCode.NEEDS_OCR
    blank = text_of(Budget(ON), Image.new("RGB", (400, 300), "white"), PLACE)
    assert blank == ocr.PictureText((), ())


def test_the_rules_of_a_table_are_no_photo() -> None:
    page = build.page(["ABCDE 12345", "FGHIK 67890"], size=(900, 700))
    draw = ImageDraw.Draw(page)
    for n in range(0, 700, 35):
        draw.line((20, n, 880, n), fill="black", width=2)
    for n in range(20, 900, 120):
        draw.line((n, 0, n, 700), fill="black", width=2)
    troubles = text_of(Budget(ON), page, PLACE).troubles
    assert ocr.SENTENCES[Doubt.SPARSE] not in [t.text for t in troubles]


def test_a_broken_and_a_huge_picture_are_told() -> None:
    broken = build.encoded(build.photo(), "JPEG")[:400]
    (trouble,) = text_of(Budget(ON), broken, PLACE).troubles
    assert trouble.text == ocr.SENTENCES[Doubt.BROKEN]
    (trouble,) = text_of(Budget(ON), build.bomb_png(), PLACE).troubles
    assert trouble.text == ocr.SENTENCES[Doubt.TOO_BIG]


def test_off_nothing_is_drawn() -> None:
    def draw() -> Image.Image:
        raise AssertionError

    found = text_of(Budget(), draw, PLACE)
    assert found.segments == ()
    (trouble,) = found.troubles
    assert (trouble.code, trouble.place) == (TroubleCode.NEEDS_OCR, PLACE)


def test_a_picture_too_small_for_a_line_is_no_trouble() -> None:
    dot = build.encoded(Image.new("RGB", (300, 4)))
    assert text_of(Budget(), dot, PLACE) == ocr.PictureText((), ())


def said(*lines: Line, doubt: Doubt = Doubt.NONE) -> Budget:
    return Budget(recogniser=lambda draw: Recognised(lines, 100, 50, 0, doubt))


def test_lines_stand_in_the_pictures_place() -> None:
    line = Line("公示", (10, 5, 60, 25), 1.0)
    place = Place(Part.IMAGE, page=2, path="a.png")
    found = text_of(
        said(line, line), b"", place, visible=False, note="注", frame=(50, 100, 250, 200)
    )
    first, second = found.segments
    assert first.place == place._replace(paragraph=1, box=(70.0, 110.0, 170.0, 150.0))
    assert second.place.paragraph == 2
    assert (first.visible, first.note, first.certainty) == (False, "注", 0.99)
    (inner,) = text_of(said(line), b"", place._replace(paragraph=7)).segments
    assert (inner.place.paragraph, inner.place.row, inner.place.box) == (7, 1, None)


def test_many_lines_are_paid_for() -> None:
    line = Line("公示", (0, 0, 1, 1), 0.9)
    budget = Budget(Limits(segments=3), lambda draw: Recognised((line,) * 4, 9, 9))
    with pytest.raises(Unreadable) as refused:
        text_of(budget, b"", PLACE)
    assert refused.value.code is TroubleCode.TOO_BIG


def test_alike_troubles_are_told_once_with_their_pages() -> None:
    found = [text_of(Budget(), b"x", Place(Part.IMAGE, page=n)).troubles[0] for n in (1, 2, 3, 5)]
    (trouble,) = ocr.together(found, 9)
    assert trouble.text.startswith("第 1-3、5 页：")
    assert trouble.place == Place(Part.IMAGE, page=1)


def test_a_machine_without_recognition_says_so_and_reads_all_else(tmp_path: Path) -> None:
    picture, text = tmp_path / "a.png", tmp_path / "a.txt"
    picture.write_bytes(build.encoded(build.page(["X"])))
    text.write_text("白石沟镇\n", encoding="utf-8")
    code = (
        "import sys\n"
        "for name in ('onnxruntime', 'cv2', 'numpy', 'rapidocr'):\n"
        "    sys.modules[name] = None\n"
        "from pathlib import Path\n"
        "from formats import ocr, read\n"
        "from formats.budget import Budget, Limits\n"
        "print(ocr.installed())\n"
        "for path in sys.argv[1:]:\n"
        "    reading = read(Path(path), Budget(Limits(ocr=True)))\n"
        "    print(len(reading.segments), [t.text for t in reading.troubles])\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(picture), str(text)],
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    missing = ocr.SENTENCES[Doubt.MISSING]
    assert ran.stdout.splitlines() == ["False", f"1 {[missing]}", "2 []"], ran.stderr


@pytest.mark.parametrize("wide", [False, True])
def test_a_scrolled_screen_is_read_in_pieces(wide: bool) -> None:
    said = [f"{n:02}-{n * 7919 % 10**6:06}" for n in range(40)]
    if wide:
        screen = Image.new("RGB", (6000, 300), "white")
        for n, one in enumerate(said[:20]):
            screen.paste(build.page([one], size=(290, 120)), (n * 298, 60))
        said = said[:20]
    else:
        screen = build.page(said, size=(600, 4700), height=72)
    found = text_of(Budget(ON), screen, PLACE)
    assert texts(found) == said
