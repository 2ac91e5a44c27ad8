"""Files made to break a reader: each ends in a Reading or in one sentence."""

import contextlib
import io
import random
import zipfile
from pathlib import Path

import pytest

from formats import redact
from formats.budget import Budget, Limits
from formats.opening import read_stream
from formats.reading import Kind, Mark, Part, Place, Reading, TroubleCode, Unreadable
from tests.build.containers import archive, bomb, nested
from tests.build.plain import LIST, PAGE, SENTENCES
from tests.build.word import SPACES, docx, image, paragraph, part, picture, run, table
from tests.build.word_places import PLACES

_LIMITS = Limits(opened_bytes=4 * 1024 * 1024, entries=500, segments=50_000)


def outcome(data: bytes, name: str) -> Reading | Unreadable:
    try:
        return read_stream(io.BytesIO(data), Budget(_LIMITS), name)
    except Unreadable as error:
        return error


def changed(data: bytes, **parts: bytes) -> bytes:
    """A package with some parts replaced; `document=...` stands for word/document.xml."""
    out = {}
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        for name in source.namelist():
            stem = name.rpartition("/")[2].partition(".")[0]
            out[name] = parts.get(stem, source.read(name))
    return archive(out)


def code(data: bytes) -> TroubleCode:
    found = outcome(data, "a.docx")
    assert isinstance(found, Unreadable)
    assert found.text.endswith("。")
    return found.code


def test_entities_are_refused_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "秘密.txt"
    secret.write_text("不该读到", encoding="utf-8")
    laughs = "<!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>"
    outside = f"<!DOCTYPE d [<!ENTITY a SYSTEM 'file://{secret}'>]>"
    for definition in (laughs, outside):
        body = f"{definition}<w:document {SPACES}><w:body>&a;</w:body></w:document>"
        assert code(changed(docx(), document=body.encode())) is TroubleCode.DAMAGED
        wide = body.encode("utf-16")
        assert code(changed(docx(), document=wide)) is TroubleCode.DAMAGED


def test_an_odd_encoding_hides_nothing(tmp_path: Path) -> None:
    body = paragraph(run("看得见"), run("藏起来", "<w:vanish/>"))
    text = f"<w:document {SPACES}><w:body>{body}<!-- 注释 --></w:body></w:document>"
    path = tmp_path / "a.docx"
    for encoding in ("utf-16", "utf-16-le", "utf-8-sig"):
        path.write_bytes(changed(docx(), document=text.encode(encoding)))
        found = outcome(path.read_bytes(), "a.docx")
        assert isinstance(found, Reading)
        assert sorted(s.text for s in found.segments if not s.visible) == ["注释", "藏起来"]
        redact(path, [], tmp_path / "b.docx")
        clean = outcome((tmp_path / "b.docx").read_bytes(), "b.docx")
        assert isinstance(clean, Reading)
        assert [s.text for s in clean.segments[1:]] == ["看得见"]
    declared = f'<?xml version="1.0" encoding="UTF-7"?>{text}'.encode("utf-7")
    assert code(changed(docx(), document=declared)) is TroubleCode.DAMAGED
    assert code(changed(docx(), document=text.encode("cp037", "replace"))) is TroubleCode.DAMAGED


def test_deep_nesting_is_refused() -> None:
    deep = "<w:sdt><w:sdtContent>" * 3000
    body = part("w:document", deep + "</w:sdtContent></w:sdt>" * 3000)
    assert code(changed(docx(), document=body)) is TroubleCode.TOO_BIG
    page = outcome(b"<html>" + b"<div>" * 5000 + b"a", "a.html")
    assert isinstance(page, Reading | Unreadable)


@pytest.mark.parametrize("before", [0, 1, 9_000, 16_383, 16_384, 32_768])
def test_a_tag_of_thousands_of_attributes_is_refused_wherever_it_stands(before: int) -> None:
    many = "".join(f' a{n}="{n:08}"' for n in range(2500))
    one = f' a="{"长" * 20_000}"'
    filling = paragraph(run("字" * 30_000)) + " " * before
    for attributes, refused in ((many, True), (one, False)):
        found = outcome(docx(f"{filling}<w:p{attributes}/>"), "a.docx")
        assert isinstance(found, Unreadable) == refused
        if isinstance(found, Unreadable):
            assert found.code is TroubleCode.TOO_BIG
            assert "属性" in found.text


def test_tables_nested_as_deep_as_the_parser_allows_are_read() -> None:
    content = paragraph(run("底"))
    for _ in range(60):
        content = table((content + paragraph(),))
    found = outcome(docx(content), "a.docx")
    assert isinstance(found, Reading)
    assert "底" in [s.text for s in found.segments]


def test_bombs_are_stopped() -> None:
    huge = part("w:document", "<w:body>" + paragraph(run("0" * 5_000_000)) + "</w:body>")
    assert code(changed(docx(), document=huge)) is TroubleCode.TOO_BIG
    inner = docx("", unreached={"word/embeddings/a.zip": bomb(40_000_000)})
    assert code(inner) is TroubleCode.TOO_BIG
    assert code(docx("", unreached={"a.zip": nested(7, b"a")})) is TroubleCode.TOO_BIG


def test_an_endless_table_is_refused_before_it_fills_the_memory() -> None:
    class Told(Budget):
        most = 0

        def spend_segments(self, count: int = 1) -> None:
            self.most = max(self.most, count)
            super().spend_segments(count)

    budget = Told(_LIMITS)
    with pytest.raises(Unreadable) as refused:
        read_stream(io.BytesIO(b"a,b,c\n" * 50_000), budget, "a.csv")
    assert refused.value.text == "文件内容超过 50000 处，已停止读取。请拆分后再放入。"
    assert budget.most < 5_000


@pytest.mark.parametrize("name", ["/word/a.xml", "word/../../a.xml", "WORD/DOCUMENT.XML"])
def test_names_that_climb_or_repeat_are_refused(name: str) -> None:
    assert code(docx("", unreached={name: b"<a/>"})) is TroubleCode.DAMAGED


def test_parts_that_lead_in_circles_are_read_once() -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://a/package" Target="document.xml"/>'
        '<Relationship Id="r2" Type="http://a/header" Target="../word/document.xml"/>'
        '<Relationship Id="r3" Type="http://a/image" Target="../../../../etc/passwd"/>'
        "</Relationships>"
    )
    with zipfile.ZipFile(io.BytesIO(docx(paragraph(run("正文"))))) as source:
        parts = {n: source.read(n) for n in source.namelist()}
    parts["word/_rels/document.xml.rels"] = rels.encode()
    found = outcome(archive(parts), "a.docx")
    assert isinstance(found, Reading)
    assert [s.text for s in found.segments if "正文" in s.text] == ["正文"]


SEEDS: dict[str, bytes] = {
    "places.docx": PLACES["text box"].data,
    "comment.docx": PLACES["comment"].data,
    "picture.docx": docx(paragraph(picture("rId1")), image()),
    "inner.docx": PLACES["embedded document"].data,
    "members.zip": archive({"甲.txt": SENTENCES.encode(), "乙.docx": PLACES["table"].data}),
    "list.csv": LIST.encode("gb18030"),
    "page.html": PAGE.encode(),
    "text.txt": SENTENCES.encode("utf-16-le"),
}


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Bytes flipped, cut, swapped, repeated or filled."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        size = len(made)
        if size < 4:
            break
        at, end = sorted(chance.sample(range(size), 2))
        match chance.randint(0, 4):
            case 0:
                made[at] ^= 1 << chance.randint(0, 7)
            case 1:
                del made[at : min(end, at + 40)]
            case 2:
                made[at], made[end] = made[end], made[at]
            case 3:
                made[at:at] = made[at : min(end, at + 60)]
            case _:
                made[at : at + 4] = chance.choice(
                    [b"\0\0\0\0", b"\xff\xff\xff\xff", b"<!--", b"PK\5\6"]
                )
    return bytes(made)


@pytest.mark.parametrize("name", SEEDS)
def test_mutated_files_end_in_a_reading_or_a_sentence(name: str) -> None:
    chance = random.Random(name)
    for _ in range(300):
        found = outcome(mutated(SEEDS[name], chance), name)
        assert isinstance(found, Reading | Unreadable)


@pytest.mark.parametrize("name", [n for n in SEEDS if n.endswith(".docx")])
def test_mutated_parts_end_in_a_reading_or_a_sentence(name: str, tmp_path: Path) -> None:
    """The zip is sound, a part inside is not: this reaches the parsers and the knife."""
    chance = random.Random(name)
    with zipfile.ZipFile(io.BytesIO(SEEDS[name])) as source:
        parts = {n: source.read(n) for n in source.namelist()}
    mark = Mark(Place(Part.BODY, paragraph=1, path="word/document.xml"), (0, 2), "某")
    for _ in range(150):
        victim = chance.choice(sorted(parts))
        data = archive(parts | {victim: mutated(parts[victim], chance)})
        assert isinstance(outcome(data, name), Reading | Unreadable)
        path = tmp_path / "a.docx"
        path.write_bytes(data)
        with contextlib.suppress(Unreadable):
            redact(path, [mark], tmp_path / "b.docx", kind=Kind.DOCX)
