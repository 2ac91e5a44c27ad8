"""What a child may answer, and what a child that was taken over may not do to its parent."""

import json
from pathlib import Path
from typing import Any

import pytest

import main
from formats.budget import Limits
from formats.reading import Part, Place, Reading, Segment, TroubleCode, Unreadable
from intake import child, codec
from intake.answers import Answer
from intake.examine import Examiner
from intake.frames import BrokenFrame, Frame
from tests.build.pdf import one_page, show


def frame(head: dict[str, Any], body: bytes = b"") -> Frame:
    text = json.dumps(head, default=codec.row)
    return Frame(json.loads(text), bytearray(body), len(text) + len(body))


SEGMENT = Segment(Place(Part.BODY, paragraph=1), "公示")


def test_segments_text_and_end_are_put_together() -> None:
    answer = Answer(Limits())
    answer.take(frame({"part": "segments", "rows": [SEGMENT]}))
    answer.take(frame({"part": "segments", "rows": [SEGMENT, SEGMENT]}))
    answer.take(frame({"part": "plain"}, "公".encode()))
    answer.take(frame({"part": "plain"}, "示".encode()))
    answer.take(frame({"end": "done", "total": 3}))
    assert answer.check().segments == (SEGMENT,) * 3
    assert answer.plain == "公示"
    assert answer.value("total", int) == 3


@pytest.mark.parametrize(
    "heads",
    [
        [{"part": "segments", "rows": [SEGMENT] * 6}],
        [{"part": "segments", "rows": [SEGMENT] * 3}, {"part": "segments", "rows": [SEGMENT] * 3}],
        [{"part": "else", "rows": []}],
        [{"rows": []}],
        [{}],
        [{"pages": 1}, {"pages": 1}],
        [{"pages": "many"}],
        [{"picture": [1, 1]}],
        [{"picture": [10**9, 10**9]}],
        [{"picture": [-1, 0]}],
        [{"picture": [1]}],
    ],
)
def test_more_than_agreed_is_refused(heads: list[dict[str, Any]]) -> None:
    answer = Answer(Limits(segments=5))
    with pytest.raises(BrokenFrame):  # noqa: PT012 which of the frames is too much varies
        for head in heads:
            answer.take(frame(head))


def test_endless_frames_are_refused() -> None:
    answer = Answer(Limits(opened_bytes=1000))
    flood = Frame({"part": "plain"}, bytearray(), 100_000_000)
    with pytest.raises(BrokenFrame):  # noqa: PT012 which one is too much is not the point
        for _ in range(4):
            answer.take(flood)


def test_pages_buy_no_more_time_than_the_limit() -> None:
    assert Answer(Limits(pages=10)).take(frame({"pages": 10**9})) == 20
    assert Answer(Limits(pages=10)).take(frame({"pages": -5})) == 0


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ({"end": "unreadable", "code": "encrypted", "text": "加密。"}, TroubleCode.ENCRYPTED),
        ({"end": "unreadable", "code": "bogus", "text": "x"}, TroubleCode.CRASHED),
        ({"end": "unreadable", "code": "encrypted", "text": 5}, TroubleCode.CRASHED),
        ({"end": "failed", "bug": "no list"}, TroubleCode.CRASHED),
        ({"end": "else"}, TroubleCode.CRASHED),
        ({"end": None}, TroubleCode.CRASHED),
    ],
)
def test_every_other_end_is_a_sentence(head: dict[str, Any], code: TroubleCode) -> None:
    answer = Answer(Limits())
    answer.take(frame(head))
    with pytest.raises(Unreadable) as error:
        answer.check()
    assert error.value.code is code
    assert error.value.text.endswith("。")


def test_a_missing_value_is_a_sentence() -> None:
    answer = Answer(Limits())
    answer.take(frame({"end": "done"}))
    with pytest.raises(Unreadable):
        answer.check().value("reading", Reading)


def test_a_page_is_drawn_and_its_characters_have_boxes(tmp_path: Path) -> None:
    path = tmp_path / "公示.pdf"
    path.write_bytes(one_page(show("公示名单", x=72, y=700) + b" 100 100 50 50 re f"))
    with Examiner(tmp_path / "temp", workers=1) as examiner:
        image = examiner.page(path, 1, 2.0)
        (line,) = examiner.boxes(path, 1)
        with pytest.raises(Unreadable) as error:
            examiner.page(path, 7, 1.0)
    assert len(image.data) == image.width * image.height * 3
    assert image.height > image.width
    assert min(image.data) < 128  # something is drawn
    assert len(line.boxes) == 4
    left, top, right, bottom = line.around((1, 3))
    assert 72 < left < right < image.width / 2
    assert 0 < top < bottom < image.height / 2
    assert line.around((9, 9)) == (0.0, 0.0, 0.0, 0.0)
    assert error.value.text.endswith("。")


def test_the_frozen_program_starts_itself_as_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert child.command()[1:] == [child.WORKER_ARGUMENT]
    assert child.WORKER_ARGUMENT == main.CHILD
