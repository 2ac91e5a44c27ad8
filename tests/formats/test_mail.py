"""Mail files: headers, bodies and attachments, each with its place."""

import base64
from pathlib import Path

import pytest

from formats import read
from formats.reading import Kind, Part, Reading, Segment, TroubleCode, Unreadable
from tests.build.containers import archive
from tests.build.mail import TOP, Bit, attachment, coded, letter, mail, several, text
from tests.build.rtf import gbk, rtf
from tests.build.word import docx, paragraph, run

MARKER = "标记甲8613"
HTML = "Content-Type: text/html; charset=utf-8"


def look(folder: Path, data: bytes, name: str = "a.eml") -> Reading:
    path = folder / name
    path.write_bytes(data)
    return read(path)


def found(reading: Reading, text: str = MARKER) -> Segment:
    (segment,) = [s for s in reading.segments if text in s.text]
    return segment


def place(words: str, *, visible: bool) -> pytest.MarkDecorator:
    return pytest.mark.place("eml", words, visible=visible)


def case(words: str, data: bytes, part: Part, *, visible: bool = False) -> object:
    return pytest.param(data, part, visible, id=words, marks=place(words, visible=visible))


def headed(line: str) -> bytes:
    """A mail with one more header."""
    return mail(text("甲"), top=TOP + line + "\r\n")


def word(said: str, charset: str = "gbk", coding: str = "B") -> str:
    return f"=?{charset}?{coding}?{base64.b64encode(said.encode(charset)).decode()}?="


ALTERNATIVE = mail(
    several(
        text(f"{MARKER}\n甲"),
        text("<p>甲</p>", kind="html"),
        kind="alternative",
        boundary="inner",
    )
)
CASES = [
    case("主题", mail(text("甲"), top=f"From: a\r\nSubject: {word(MARKER)}\r\nTo: b\r\n"),
         Part.SUBJECT, visible=True),
    case("发件人", headed(f"From: {word(MARKER)} <c@a.example>"), Part.PROPERTY, visible=True),
    case("收件人", headed(f"To: {word(MARKER)}"), Part.PROPERTY, visible=True),
    case("抄送", headed(f"Cc: {word(MARKER)}"), Part.PROPERTY, visible=True),
    case("密送", headed(f"Bcc: {word(MARKER)}"), Part.PROPERTY),
    case("日期", headed(f"Date: {MARKER}"), Part.PROPERTY, visible=True),
    case("回复地址", headed(f"Reply-To: {word(MARKER)}"), Part.PROPERTY),
    case("经过的服务器", headed(f"Received: from {MARKER}\r\n by b"), Part.PROPERTY),
    case("其他邮件头", headed(f"X-Sender: {MARKER}"), Part.PROPERTY),
    case("附件的说明", mail(coded(Bit(
        f"Content-Type: text/plain\r\nContent-Description: {word(MARKER)}", b"a"))), Part.PROPERTY),
    case("正文", letter(Bit("Content-Type: text/plain; charset=gbk", MARKER.encode("gbk"))),
         Part.BODY, visible=True),
    case("网页正文", mail(text(f"<p>{MARKER}</p>", kind="html")), Part.BODY, visible=True),
    case("网页正文里的表格", mail(text(f"<table><tr><td>{MARKER}</table>", kind="html")),
         Part.TABLE, visible=True),
    case("网页正文里的隐藏文字", mail(text(f"<p hidden>{MARKER}</p>", kind="html")), Part.HIDDEN),
    case("与网页正文不同的纯文本", ALTERNATIVE, Part.HIDDEN),
    case("附件名", mail(attachment(f"{MARKER}.txt", b"a")), Part.NAME, visible=True),
    case("附件内容", mail(attachment("甲.txt", MARKER.encode())), Part.BODY, visible=True),
    case("MIME 前言", mail(text("甲"), before=MARKER), Part.HIDDEN),
    case("MIME 结尾", mail(text("甲"), after=MARKER), Part.HIDDEN),
]  # fmt: skip


@pytest.mark.parametrize(("data", "part", "visible"), CASES)
def test_each_place_is_read(data: bytes, part: Part, visible: bool, tmp_path: Path) -> None:
    reading = look(tmp_path, data)
    segment = found(reading)
    assert reading.kind is Kind.EML
    assert (segment.place.part, segment.visible) == (part, visible)
    assert not reading.partial
    places = [s.place for s in reading.segments]
    assert len(places) == len(set(places))


@place("附件里的文档", visible=True)
def test_an_attached_document_is_opened(tmp_path: Path) -> None:
    inner = docx(paragraph(run("甲"), run(MARKER, "<w:vanish/>")))
    segment = found(look(tmp_path, mail(text("见附件"), attachment("名单.docx", inner))))
    assert (segment.place.part, segment.visible) == (Part.HIDDEN, False)
    assert segment.place.member == "名单.docx"


@place("附件压缩包里的文件", visible=True)
def test_an_attached_archive_is_opened(tmp_path: Path) -> None:
    data = mail(attachment("名单.zip", archive({"甲.txt": MARKER.encode()})))
    assert found(look(tmp_path, data)).place.member == "名单.zip/甲.txt"


@place("附件里的邮件", visible=True)
def test_a_forwarded_message_is_opened(tmp_path: Path) -> None:
    inner = mail(text("丙"), attachment("乙.txt", MARKER.encode()))
    part = b"Content-Type: message/rfc822\r\n\r\n" + inner.replace(b"==b==", b"in")
    reading = look(tmp_path, mail(text("转发"), part))
    assert found(reading).place.member == "公示.eml/乙.txt"
    assert found(reading, "丙").place.member == "公示.eml"


@place("附件里的 RTF", visible=True)
def test_a_part_without_a_name_is_opened(tmp_path: Path) -> None:
    part = coded(Bit("Content-Type: text/rtf", rtf(gbk(MARKER))))
    assert found(look(tmp_path, mail(text("甲"), part))).place.member == "部分1.2.rtf"


def test_a_plain_version_that_says_the_same_is_seen(tmp_path: Path) -> None:
    html = text(f"<p>{MARKER}&nbsp;<b>公示</b></p>", kind="html")
    data = mail(several(text(f"{MARKER} 公示"), html, kind="alternative", boundary="in"))
    assert [s.visible for s in look(tmp_path, data).segments if MARKER in s.text] == [True, True]


NAMES = {
    "RFC 2047": f'filename="{word(MARKER + ".txt")}"',
    "RFC 2047 without quotes": f"filename={word(MARKER + '.txt', 'utf-8')}",
    "RFC 2231": "filename*=GB18030''" + "".join(
        f"%{b:02X}" for b in f"{MARKER}.txt".encode("gb18030")),
    "RFC 2231 in pieces": "filename*0*=utf-8''%E6%A0%87%E8%AE%B0;\r\n filename*1*=%E7%94%B2;"
        "\r\n filename*2=8613.txt",
    "raw UTF-8": f'filename="{MARKER}.txt"',
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_names_in_every_writing(name: str, tmp_path: Path) -> None:
    head = (
        f"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; {NAMES[name]}"
    )
    reading = look(tmp_path, mail(coded(Bit(head, b"a"))))
    assert found(reading).place.member == f"{MARKER}.txt"


def test_raw_gbk_in_names_and_headers_is_read(tmp_path: Path) -> None:
    head = f'Content-Disposition: attachment; filename="{MARKER}.txt"'
    data = mail(coded(Bit(head, b"a")), top=TOP.replace("公示", "名单乙"))
    raw = data.decode().encode("gb18030")
    reading = look(tmp_path, raw)
    assert found(reading).place.member == f"{MARKER}.txt"
    assert found(reading, "名单乙").place.part is Part.SUBJECT


def test_a_character_broken_between_two_words_is_whole(tmp_path: Path) -> None:
    raw = MARKER.encode("gbk")
    words = " ".join(
        f"=?GBK?B?{base64.b64encode(raw[a:b]).decode()}?=" for a, b in ((0, 3), (3, len(raw)))
    )
    assert found(look(tmp_path, headed(f"X-A: {words}"))).text == MARKER


def test_quoted_words_and_soft_lines_are_read(tmp_path: Path) -> None:
    coded_word = "=?utf-8?Q?" + "".join(f"={b:02X}" for b in MARKER.encode()) + "_a?="
    part = text(MARKER * 30, coding="quoted-printable")
    reading = look(tmp_path, mail(part, top=TOP + f"X-A: {coded_word}\r\n"))
    assert f"{MARKER} a" in [s.text for s in reading.segments]
    assert MARKER * 30 in [s.text for s in reading.segments]


def test_a_mail_without_mime_is_read(tmp_path: Path) -> None:
    reading = look(tmp_path, TOP.encode("gb18030") + b"\r\n" + MARKER.encode("gb18030"))
    assert reading.kind is Kind.EML
    assert found(reading).place.part is Part.BODY


def test_a_mail_pasted_into_a_text_file_stays_text(tmp_path: Path) -> None:
    reading = look(tmp_path, TOP.encode() + b"\r\n" + MARKER.encode(), "a.txt")
    assert reading.kind is Kind.TXT
    assert look(tmp_path, mail(text("甲")), "a.txt").kind is Kind.EML


def test_a_wrong_charset_is_seen_through(tmp_path: Path) -> None:
    part = coded(Bit("Content-Type: text/plain; charset=us-ascii", MARKER.encode("gb18030") * 4))
    assert found(look(tmp_path, mail(part))).visible


def test_pictures_carried_by_the_mail_are_not_called_unread_twice(tmp_path: Path) -> None:
    html = text("<p>甲<img src='cid:one'><img src='http://a.example/b.png'></p>", kind="html")
    picture = coded(Bit("Content-Type: text/plain; name=a.txt\r\nContent-ID: <one>", b"a"))
    reading = look(tmp_path, mail(html, picture, kind="related"))
    assert ["1 张图片" in t.text for t in reading.troubles] == [True]


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (attachment("winmail.dat", b"\x78\x9f\x3e\x22"), TroubleCode.NOT_SUPPORTED),
        (attachment("a", b"1", "application/ms-tnef"), TroubleCode.NOT_SUPPORTED),
        (coded(Bit("Content-Type: application/pkcs7-mime; name=smime.p7m", b"1")),
         TroubleCode.ENCRYPTED),
        (coded(Bit("Content-Type: application/pkcs7-mime; smime-type=signed-data", b"1")),
         TroubleCode.NOT_SUPPORTED),
        (b"Content-Type: message/partial; id=a; number=1\r\n\r\na", TroubleCode.MISSING),
        (b"Content-Type: message/external-body; name=b.doc\r\n\r\nContent-Type: a/b\r\n\r\n",
         TroubleCode.MISSING),
        (attachment("甲.bin", bytes(range(256))), TroubleCode.NOT_SUPPORTED),
    ],
)  # fmt: skip
def test_what_is_not_read_says_so(part: bytes, code: TroubleCode, tmp_path: Path) -> None:
    reading = look(tmp_path, mail(text("甲"), part))
    assert reading.partial
    assert code in [t.code for t in reading.troubles]
    assert all(t.text.endswith("。") for t in reading.troubles)


def test_a_signature_leaves_nothing_unread(tmp_path: Path) -> None:
    part = attachment("smime.p7s", b"1", "application/pkcs7-signature")
    assert not look(tmp_path, mail(text("甲"), part, kind="signed")).partial


def test_two_attachments_of_one_name_are_told_apart(tmp_path: Path) -> None:
    data = mail(attachment("甲.txt", b"a1"), attachment("甲.txt", MARKER.encode()))
    assert found(look(tmp_path, data)).place.member == "甲.txt (2)"


def test_messages_in_messages_end_at_the_limit(tmp_path: Path) -> None:
    inner = letter(Bit("Content-Type: text/plain", b"a"))
    for _ in range(10):
        inner = TOP.encode() + b"MIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n" + inner
    with pytest.raises(Unreadable) as caught:
        look(tmp_path, inner)
    assert caught.value.code is TroubleCode.TOO_BIG


@pytest.mark.parametrize("depth", [200, 10_000])
def test_parts_in_parts_end_at_the_limit(depth: int, tmp_path: Path) -> None:
    made = TOP.encode() + b"MIME-Version: 1.0\r\n"
    for level in range(depth):
        made += f"Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n".encode()
    with pytest.raises(Unreadable) as caught:
        look(tmp_path, made + b"\r\na")
    assert caught.value.code is TroubleCode.TOO_BIG


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        look(tmp_path, mail(*[b"\r\na"] * 25_000))
    assert caught.value.code is TroubleCode.TOO_BIG


def test_a_mail_that_names_itself_otherwise_is_told(tmp_path: Path) -> None:
    reading = look(tmp_path, mail(text("甲")), "名单.docx")
    assert TroubleCode.EXTENSION_LIES in [t.code for t in reading.troubles]


def html_bit() -> Bit:
    return Bit(HTML, f"<p>{MARKER}".encode())


def test_html_alone_is_a_body(tmp_path: Path) -> None:
    assert found(look(tmp_path, letter(html_bit()))).visible


SIGNED = b"\x30\x82\x0c" + bytes([len(MARKER.encode())]) + MARKER.encode() + bytes(40)
PLAIN = "Content-Type: text/plain; charset=utf-8"
UNSHOWN = [
    case("部分的其他参数", mail(text("甲"), coded(Bit(f"{PLAIN}; x={MARKER}", b"x"))), Part.HIDDEN),
    case("部分的编号", mail(text("甲"), coded(Bit(f"{PLAIN}\r\nContent-ID: <{MARKER}@x>", b"x"))),
         Part.HIDDEN),
    case("附件的另一个名称", mail(text("甲"), coded(Bit(
        f'Content-Type: text/csv; name="{MARKER}.csv"\r\n'
        'Content-Disposition: attachment; filename="b.csv"', b"x"))), Part.HIDDEN),
    case("几部分合成的部分的说明", mail(
        f"Content-Description: {MARKER}\r\n".encode() + several(text("甲"), boundary="q")),
         Part.PROPERTY),
    case("邮件签名头", headed(f"DKIM-Signature: v=1; i={MARKER}"), Part.HIDDEN),
    case("base64 编码以外的文字", letter(Bit(PLAIN, b"x")) + MARKER.encode(), Part.HIDDEN),
    case("数字签名证书里的名称", mail(text("甲"), coded(Bit(
        "Content-Type: application/pkcs7-signature; name=smime.p7s", SIGNED))), Part.PROPERTY),
    case("PGP 签名的注释", mail(text("甲"), coded(Bit(
        "Content-Type: application/pgp-signature", f"-----BEGIN\nComment: {MARKER}\n".encode()))),
         Part.HIDDEN),
]  # fmt: skip


@pytest.mark.parametrize(("data", "part", "visible"), UNSHOWN)
def test_what_no_program_shows_is_read(
    data: bytes, part: Part, visible: bool, tmp_path: Path
) -> None:
    segment = found(look(tmp_path, data))
    assert (segment.place.part, segment.visible) == (part, visible)


def test_the_name_of_a_file_is_told_once(tmp_path: Path) -> None:
    said = [s for s in look(tmp_path, mail(text("甲"), attachment("名单.txt", b"x"))).segments
            if "名单" in s.text]  # fmt: skip
    assert {s.place.part for s in said} == {Part.NAME}
