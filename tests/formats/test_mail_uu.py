"""Files written into the text of a mail with uuencode, and words that only look like one."""

import io

import pytest

from formats.budget import Budget
from formats.mail.uu import blocks
from formats.opening import read_stream
from formats.reading import Part, Reading, Segment, TroubleCode
from tests.build import outlook as o
from tests.build.containers import archive
from tests.build.mail import Bit, letter, mail, several, text, uuencoded
from tests.build.word import docx, paragraph, run

MARKER = "标记甲8613"
PLAIN = "Content-Type: text/plain; charset=utf-8"
INNER = docx(paragraph(run(MARKER)))
PAGE = uuencoded("名单.docx", INNER)


def look(said: str) -> Reading:
    return read_stream(io.BytesIO(letter(Bit(PLAIN, said.encode()))), Budget(), "a.eml")


def marked(reading: Reading, text: str = MARKER) -> Segment:
    (segment,) = [s for s in reading.segments if text in s.text]
    return segment


@pytest.mark.place("eml", "正文里用 uuencode 编进的文件", visible=True)
def test_a_file_in_the_text_is_opened() -> None:
    reading = look(f"见后\n{PAGE}再见\n")
    segment = marked(reading)
    assert (segment.place.member, segment.place.part) == ("名单.docx", Part.BODY)
    assert segment.visible
    assert not reading.partial
    body = {s.text: s.place.paragraph for s in reading.segments if s.place.path == "1"}
    assert body == {"见后": 1, "再见": 2 + PAGE.count("\n")}


@pytest.mark.place("eml", "uuencode 编进的文件的名称", visible=True)
def test_the_name_of_a_file_in_the_text_is_read() -> None:
    segment = marked(look(uuencoded(f"{MARKER}.txt", b"text")))
    assert (segment.place.part, segment.visible) == (Part.NAME, True)


@pytest.mark.place("msg", "正文里用 uuencode 编进的文件", visible=True)
def test_a_file_in_the_text_of_an_outlook_message_is_opened() -> None:
    data = o.message(o.text(o.BODY, PAGE.replace("\n", "\r\n")))
    assert marked(read_stream(io.BytesIO(data), Budget(), "a.msg")).place.member == "名单.docx"


@pytest.mark.place("eml", "不显示的纯文本里编进的文件", visible=False)
def test_a_file_in_a_text_that_nobody_is_shown_is_unseen() -> None:
    shown = text("<p>甲</p>", kind="html")
    data = mail(several(text(PAGE), shown, kind="alternative", boundary="in"))
    segment = marked(read_stream(io.BytesIO(data), Budget(), "a.eml"))
    assert (segment.place.part, segment.visible) == (Part.EMBEDDED, False)


def test_two_files_and_an_archive_are_told_apart() -> None:
    one = uuencoded("a.txt", b"one")
    reading = look(one + one + uuencoded("b.zip", archive({"c.txt": MARKER.encode()})))
    assert marked(reading).place.member == "b.zip/c.txt"
    assert [s.place.member for s in reading.segments if s.text == "one"] == ["a.txt", "a.txt (2)"]


@pytest.mark.parametrize("end", ["end\n", " \nend\n", "\nend\n", "`\nend \n", "`\r\nend\r\n"])
def test_every_usual_end_is_known(end: str) -> None:
    reading = look(uuencoded("a.txt", MARKER.encode(), end))
    assert not reading.partial
    assert marked(reading).place.member == "a.txt"


def test_blanks_that_were_cut_off_are_put_back() -> None:
    made = uuencoded("a.bin", bytes(90)).replace("`", " ")
    lines = [line.rstrip() for line in made.splitlines()]
    (block,) = blocks([*lines[:1], made.splitlines()[1], *lines[2:]])
    assert (block.data, block.whole) == (bytes(90), True)


@pytest.mark.parametrize(
    "made",
    [
        uuencoded("a.txt", MARKER.encode() * 20, ""),
        uuencoded("a.txt", MARKER.encode() * 20, "公示\nend\n"),
        uuencoded("a.txt", MARKER.encode() * 20, "M公示\nend\n"),
        uuencoded("a.txt", MARKER.encode() * 20, "#abc \nend\n"),
        uuencoded("a.txt", MARKER.encode() * 20, "`\n公示\nend\n"),
    ],
)
def test_a_broken_block_is_told_and_read_as_far_as_it_goes(made: str) -> None:
    reading = look(f"见后\n{made}")
    assert reading.partial
    (trouble,) = reading.troubles
    assert (trouble.code, "a.txt" in trouble.text) == (TroubleCode.DAMAGED, True)
    assert marked(reading).text == MARKER * 20
    for line in made.splitlines():
        if "公示" in line or line == "#abc ":
            assert any(s.text == line.strip() for s in reading.segments)


@pytest.mark.parametrize(
    "said",
    [
        "begin 644 公示",
        "begin 644 name\n",
        "begin 644 name\nend",
        "begin 644 name\nTHIS IS NO FILE\nend",
        "begin 644 name\n这是正文\nend",
        "begin 644\n#86)C\n`\nend",
        "begin now with 644\n#86)C\n`\nend",
        "  begin 644 name\n#86)C\n`\nend",
        "end\nbegin",
    ],
)
def test_prose_with_the_word_begin_stays_prose(said: str) -> None:
    reading = look(said)
    assert not reading.partial
    lines = [line.strip() for line in said.splitlines()]
    assert [s.text for s in reading.segments if s.place.part is Part.BODY] == lines


def test_an_empty_file_in_the_text_is_none() -> None:
    reading = look("甲\nbegin 644 a.txt\n`\nend\n")
    assert {t.code for t in reading.troubles} <= {TroubleCode.EMPTY}
    assert not reading.partial


def test_many_beginnings_cost_no_more_than_their_length() -> None:
    assert len(list(blocks(["begin 644 a"] * 200_000))) == 0
    assert len(list(blocks(["begin 644 a", "#86)C"] * 100_000))) == 100_000
