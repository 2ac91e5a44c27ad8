"""Mail, pages, rich text, XML and archives made to hurt: each ends in seconds, in one sentence."""

import base64
import io
import random
import time
import zlib

import pytest

from formats.budget import Budget, Limits
from formats.compound import compound
from formats.oleparts import OleParts
from formats.opening import read_stream
from formats.reading import Reading, TroubleCode, Unreadable
from tests.build import containers as c
from tests.build import outlook as o
from tests.build.damage import broken
from tests.build.mail import archive_page, attachment, mail, several, text
from tests.build.plain import LIST, PAGE, SENTENCES
from tests.build.rtf import gbk, grid, ole_object, package, rtf

MANY = 100_000
# The processor's time, on a machine that others use too; a quiet one needs a fifth.
SECONDS = 40.0
LIMITS = Limits(opened_bytes=32 * 1024 * 1024, segments=200_000)


def outcome(data: bytes, name: str, limits: Limits = LIMITS) -> Reading | Unreadable:
    try:
        return read_stream(io.BytesIO(data), Budget(limits), name)
    except Unreadable as error:
        return error


def names(template: bytes, count: int = MANY) -> bytes:
    return b"".join(template % number for number in range(count))


HTML, RTF, XML = b"<html>", b"{\\rtf1\\ansicpg936 ", b"<?xml version='1.0'?>"
MIME = b"MIME-Version: 1.0\nContent-Type: text/plain"
REFUSED = {
    "attributes.html": HTML + b"<p " + names(b"a%d=b ") + b">x",
    "attributes behind a quote.html": HTML + b'<p a" ' + b"b " * MANY + b">x",
    "nesting.html": HTML + b"<div>" * MANY + b"x",
    "tables in tables.html": HTML + b"<table><tr><td>" * MANY,
    "rules.html": HTML + b"<style>" + names(b".a%d .b{display:none}") + b"</style><p>x",
    "rules for many.html": HTML + b"<style>" + b".a .b{display:none}" * 15_000 + b"</style>"
    + b"<p class=b>x" * 1000,
    "data addresses.html": HTML + names(b"<a href='data:,a%d'>", 30_000),
    "bomb in an address.html": HTML + b"<a href='data:;base64,"
    + base64.b64encode(c.bomb(40 * 1024 * 1024)) + b"'>",
    "attributes.xml": XML + b"<p " + names(b"a%d='b' ") + b"/>",
    "namespaces.xml": XML + b"<r " + names(b"xmlns:a%d='b' ") + b"/>",
    "nesting.xml": XML + b"<a>" * MANY,
    "nesting.rtf": RTF + b"{" * MANY,
    "objects.rtf": RTF + b"{\\object{\\*\\objdata 0105000002000000}}" * 30_000,
    "pictures.rtf": RTF + b"{\\pict\\pngblip 89504e47}" * 30_000,
    "nesting in html.rtf": b"{\\rtf1\\fromhtml1" + b"{\\*\\htmltag <div>}" * 20_000 + b"}",
    "nesting.eml": b"MIME-Version: 1.0\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(10_000)),
    "parts.eml": MIME.replace(b"text/plain", b"multipart/mixed; boundary=b") + b"\n"
    + b"\n--b\n\nx" * 30_000,
    "properties.msg": o.message(*[o.text(0x8000 + n, "x") for n in range(5_000)]),
    "bomb.eml": mail(attachment("a.zip", c.bomb(40 * 1024 * 1024))),
}  # fmt: skip
BORNE = {
    "brackets.html": HTML + b"<" * MANY,
    "open comments.html": HTML + b"<!--" * MANY,
    "open blocks.html": HTML + b"<style>" + b"{" * MANY + b"</style><p>x",
    "declarations.html": HTML + b"<p style='" + b"color:red;" * MANY + b"'>x",
    "long selector.html": HTML + b"<style>" + b"a " * MANY + b"{display:none}</style><p>x",
    "classes.html": HTML + b"<style>.a .c{color:red}</style><p class='" + b"a " * MANY + b"'>x",
    "addresses begun.html": HTML + b"<a href='" + b"data:" * MANY + b"'>",
    "percent signs.html": HTML + b"<a href='" + b"%e6" * MANY + b"'>",
    "half pairs.html": HTML + b"<script>" + b"\\ud800" * MANY + b"</script>",
    "cells.html": HTML + b"<table>" + b"<tr><td>x<td>y" * 40_000,
    "declared lists.xml": XML + b"<!DOCTYPE r [" + names(b"<!ATTLIST r a%d CDATA 'x'>", 20_000)
    + b"]><r/>",
    "groups.rtf": RTF + b"{\\b x}" * MANY + b"}",
    "units.rtf": RTF + b"\\u20320 ?" * MANY + b"}",
    "bytes that are not there.rtf": RTF + b"{\\pict\\bin99999999999 " + b"x" * MANY,
    "colours.rtf": RTF + b"{\\colortbl" + b";" * MANY + b"}x}",
    "fallbacks.rtf": RTF + b"abc\\par " * 20_000 + b"{\\shprslt xyz}" * 20_000 + b"}",
    "levels.rtf": RTF + b"\\itap99999999\\intbl a\\nestcell" * 5_000 + b"}",
    "folded.eml": MIME + b"\nX: y\n" + b" a\n" * MANY + b"\nb",
    "words.eml": MIME + b"\nSubject: " + b"=?utf-8?B?5L2g?= " * MANY + b"\n\nb",
    "words begun.eml": MIME + b"\nSubject: " + b"=?a?b?" * MANY + b"\n\nb",
    "parameters.eml": MIME + b"; a=b" * MANY + b"\n\nb",
    "quotes.eml": MIME + b'; a="\\' * MANY + b"\n\nb",
    "two versions.eml": mail(several(text("ab\n" * 30_000), text("cd " * MANY, kind="html"),
                                     kind="alternative", boundary="in")),
    "colons.eml": b"a:" * MANY + b"\n\n",
    "references.msg": o.message(o.binary(
        o.RTF, b"\0" * 8 + b"LZFu\0\0\0\0" + (b"\xff" + b"\x20\x0f" * 8) * 20_000)),
    "properties.msg": o.message(*[o.text(0x8000 + n, "x") for n in range(2_000)]),
    "headers.zip": b"PK\3\4" * MANY + c.archive({"a.txt": b"a1"}),
    "quotes.csv": b'"' * MANY * 3,
    "zeros.txt": SENTENCES.encode() * 100 + b"\0" * 10_000,
}  # fmt: skip


def timed(data: bytes, name: str) -> Reading | Unreadable:
    begun = time.process_time()
    found = outcome(data, f"a.{name.rpartition('.')[2]}")
    assert time.process_time() - begun < SECONDS
    return found


@pytest.mark.parametrize("name", REFUSED)
def test_what_goes_past_the_limits_is_refused(name: str) -> None:
    found = timed(REFUSED[name], name)
    assert isinstance(found, Unreadable)
    assert found.code is TroubleCode.TOO_BIG
    assert found.text.endswith("。")


@pytest.mark.parametrize("name", BORNE)
def test_what_repeats_without_end_is_borne(name: str) -> None:
    assert isinstance(timed(BORNE[name], name), Reading | Unreadable)


MESSAGE = (
    o.text(o.BODY, "甲") | o.binary(o.HTML, b"<p>a") | o.text(o.SUBJECT, "乙")
    | o.binary(o.RTF, o.literally_packed(rtf(gbk("丙")))) | o.attachment(0, "a.txt", b"b1")
    | o.embedded(1, "c", o.text(o.BODY, "d")) | o.recipient(0, 1, o.text(0x3001, "e"))
    | o.named(0x8000, "x")
)  # fmt: skip
INNER = c.archive({"甲.txt": SENTENCES.encode(), "乙.html": PAGE.encode()})
SEEDS = {
    "html": PAGE.encode("gb18030"),
    "mht": archive_page(PAGE),
    "eml": mail(several(text("甲"), text("<p>乙", kind="html"), kind="alternative", boundary="in"),
                attachment("名单.zip", INNER)),
    "msg": o.message(MESSAGE),
    "rtf": rtf(grid((gbk("甲"), "1")) + r"{\object{\*\objdata "
               + ole_object("Package", package("a.zip", INNER)) + r"}}{\footnote a}"),
    "xml": "<?xml version='1.0' encoding='gbk'?><r a='1'><b>甲</b><!--c--></r>".encode("gbk"),
    "txt": SENTENCES.encode("utf-16-le"),
    "csv": LIST.encode("gb18030"),
    "zip": INNER,
    "7z": c.seven({"甲.txt": SENTENCES.encode(), "乙.html": PAGE.encode()}),
}  # fmt: skip
_SMALL = Limits(opened_bytes=4 * 1024 * 1024, entries=500, segments=50_000)


@pytest.mark.parametrize("kind", SEEDS)
def test_mutants_end_in_a_reading_or_a_sentence(kind: str) -> None:
    for seed in range(200):
        found = outcome(broken(SEEDS[kind], seed), f"a.{kind}", _SMALL)
        assert isinstance(found, Reading | Unreadable)


def test_mutated_streams_of_a_message_end_in_a_reading_or_a_sentence() -> None:
    """The compound file is sound, a stream in it is not: this reaches past olefile."""
    parts = OleParts(io.BytesIO(SEEDS["msg"]), Budget())
    streams = {name: parts.read(name) for name in parts.names}
    for seed in range(200):
        victim = random.Random(seed).choice(sorted(streams))
        data = compound(streams | {victim: broken(streams[victim], seed)})
        assert isinstance(outcome(data, "a.msg", _SMALL), Reading | Unreadable)


def test_mutated_headers_of_a_7z_end_in_a_reading_or_a_sentence() -> None:
    """The checksums are made right, so that py7zr believes what the header says."""
    whole = c.climbing_seven("a.txt", SENTENCES.encode())
    for seed in range(200):
        chance = random.Random(seed)
        made = bytearray(whole)
        start = 32 + int.from_bytes(made[12:20], "little")
        for _ in range(chance.randint(1, 4)):
            made[chance.randrange(start, len(made))] = chance.randrange(256)
        made[28:32] = zlib.crc32(made[start:]).to_bytes(4, "little")
        made[8:12] = zlib.crc32(made[12:32]).to_bytes(4, "little")
        assert isinstance(outcome(bytes(made), "a.7z", _SMALL), Reading | Unreadable)
