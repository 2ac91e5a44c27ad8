"""What the zip of a document holds around its parts: bytes, notes, members nobody lists."""

import io
import zipfile
import zlib
from collections.abc import Callable

import pytest

from formats.budget import Budget
from formats.opening import read_stream
from formats.reading import Reading, TroubleCode
from tests.build import odf, ofd, sheet, slides, word
from tests.build.odf import p

MARKER = "青桐沟标记4503212026"
_TEXT = MARKER.encode()
_FILES = {
    "docx": word.docx(word.paragraph(word.run("正文"))),
    "xlsx": sheet.workbook(sheet.Tab("名单", rows=sheet.row(1, sheet.text("A1", "正文")))),
    "pptx": slides.pptx(slides.text("正文")),
    "odt": odf.odf("odt", p("正文")),
    "ofd": ofd.ofd([ofd.page(ofd.text("正文", 20, 30))]),
}


def packed(data: bytes, change: Callable[[zipfile.ZipFile, zipfile.ZipInfo], None]) -> bytes:
    """The same parts packed again; `change` sees each entry before it is written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name)
            change(new, entry)
            new.writestr(entry, old.read(name))
    return out.getvalue()


def _commented(_: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    entry.comment = _TEXT


def _extended(_: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    entry.extra = b"\x99\x99" + len(_TEXT).to_bytes(2, "little") + _TEXT


def _noted(archive: zipfile.ZipFile, _: zipfile.ZipInfo) -> None:
    archive.comment = _TEXT


def _unlisted(data: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("a.txt", _TEXT)
        archive.filelist.pop()
    return out.getvalue()


def _in_a_folder(data: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(zipfile.ZipInfo("more/"), _TEXT)
    return out.getvalue()


def reading(data: bytes, kind: str) -> Reading:
    return read_stream(io.BytesIO(data), Budget(), f"公示.{kind}")


def says(found: Reading) -> bool:
    return any(MARKER in s.text and not s.visible for s in found.segments)


@pytest.mark.place("docx", "压缩包里不属于任何部件的数据", visible=False)
@pytest.mark.place("xlsx", "压缩包里不属于任何部件的数据", visible=False)
@pytest.mark.place("pptx", "压缩包里不属于任何部件的数据", visible=False)
@pytest.mark.place("odt", "压缩包里不属于任何部件的数据", visible=False)
@pytest.mark.place("ofd", "压缩包里不属于任何部件的数据", visible=False)
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda data: data + _TEXT, id="behind"),
        pytest.param(lambda data: _TEXT + data, id="before"),
        pytest.param(lambda data: data + b"\0\xff" + MARKER.encode("utf-16-le"), id="in noise"),
        pytest.param(_unlisted, id="unlisted"),
        pytest.param(_in_a_folder, id="in a folder"),
    ],
)
@pytest.mark.parametrize("kind", _FILES)
def test_bytes_of_no_part_are_told_and_read(kind: str, change: Callable[[bytes], bytes]) -> None:
    found = reading(change(_FILES[kind]), kind)
    assert TroubleCode.LEFT_OUT in {t.code for t in found.troubles}
    assert found.partial
    assert says(found)


@pytest.mark.place("docx", "压缩包的注释和附加字段", visible=False)
@pytest.mark.place("xlsx", "压缩包的注释和附加字段", visible=False)
@pytest.mark.place("pptx", "压缩包的注释和附加字段", visible=False)
@pytest.mark.place("odt", "压缩包的注释和附加字段", visible=False)
@pytest.mark.place("ofd", "压缩包的注释和附加字段", visible=False)
@pytest.mark.parametrize("change", [_commented, _extended, _noted])
@pytest.mark.parametrize("kind", _FILES)
def test_notes_of_the_archive_are_read(
    kind: str, change: Callable[[zipfile.ZipFile, zipfile.ZipInfo], None]
) -> None:
    found = reading(packed(_FILES[kind], change), kind)
    assert (says(found), found.troubles) == (True, ())


@pytest.mark.parametrize("kind", _FILES)
def test_a_plain_package_has_nothing_around_it(kind: str) -> None:
    assert reading(_FILES[kind], kind).troubles == ()


@pytest.mark.parametrize("kind", _FILES)
@pytest.mark.parametrize("name", ["a/stray.xml", "stray.bin", "a/stray.png"])
def test_a_stray_part_that_cannot_be_unpacked_is_told_and_the_rest_is_read(
    kind: str, name: str
) -> None:
    out, stray = io.BytesIO(_FILES[kind]), f"<a>{MARKER}</a>".encode()
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(name, stray)
    data = out.getvalue().replace(zlib.crc32(stray).to_bytes(4, "little"), b"\1\2\3\4")
    found = read_stream(io.BytesIO(data), Budget(), f"公示.{kind}")
    assert any("正文" in s.text for s in found.segments)
    assert found.partial
    assert {t.place.path for t in found.troubles if t.place} == {name}
