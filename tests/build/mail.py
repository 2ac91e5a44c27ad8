"""Mails and saved pages, written out by hand so that careless programs can be imitated too."""

import base64
import binascii
import quopri
from typing import NamedTuple

TOP = (
    "From: a@baishigou.example\r\nTo: b@baishigou.example\r\nSubject: 公示\r\n"
    "Date: Mon, 2 Mar 2026 08:00:00 +0800\r\n"
)


class Bit(NamedTuple):
    """One MIME part: its headers without the transfer encoding, and its bytes."""

    headers: str
    data: bytes
    coding: str = "base64"


def coded(bit: Bit) -> bytes:
    """A part with its headers."""
    head = f"{bit.headers}\r\nContent-Transfer-Encoding: {bit.coding}\r\n\r\n".encode()
    if bit.coding == "base64":
        return head + base64.encodebytes(bit.data)
    if bit.coding == "quoted-printable":
        return head + quopri.encodestring(bit.data)
    return head + bit.data


def letter(bit: Bit, top: str = TOP) -> bytes:
    """A mail of one part."""
    return top.encode() + b"MIME-Version: 1.0\r\n" + coded(bit)


def several(
    *parts: bytes, kind: str = "mixed", boundary: str = "==b==", before: str = "", after: str = ""
) -> bytes:
    """A multipart's headers and body; `parts` come from `coded` or from here."""
    body = b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n{before}\r\n'
    return head.encode() + body + f"--{boundary}--\r\n{after}".encode()


def mail(*parts: bytes, kind: str = "mixed", top: str = TOP, **said: str) -> bytes:
    """A mail of several parts."""
    return top.encode() + b"MIME-Version: 1.0\r\n" + several(*parts, kind=kind, **said)


def text(said: str, charset: str = "utf-8", coding: str = "base64", kind: str = "plain") -> bytes:
    """A text part."""
    return coded(Bit(f"Content-Type: text/{kind}; charset={charset}", said.encode(charset), coding))


def attachment(name: str, data: bytes, media: str = "application/octet-stream") -> bytes:
    """A part with a name, coded as RFC 2047 as most Chinese programs do."""
    word = f"=?GBK?B?{base64.b64encode(name.encode('gb18030')).decode()}?="
    place = f'Content-Disposition: attachment; filename="{word}"'
    return coded(Bit(f'Content-Type: {media}; name="{word}"\r\n{place}', data))


def archive_page(html: str, *others: bytes, charset: str = "utf-8") -> bytes:
    """A page as browsers save it (RFC 2557)."""
    page = coded(
        Bit(
            f"Content-Type: text/html; charset={charset}\r\n"
            "Content-Location: http://baishigou.example/a.html",
            html.encode(charset),
            "quoted-printable",
        )
    )
    top = (
        "From: <Saved by Blink>\r\n"
        "Snapshot-Content-Location: http://baishigou.example/a.html\r\nSubject: a\r\n"
    )
    return mail(page, *others, kind="related", top=top)


def uuencoded(name: str, data: bytes, end: str = "`\nend\n") -> str:
    """A file written into the text of a mail, as before MIME."""
    lines = (binascii.b2a_uu(data[at : at + 45], backtick=True) for at in range(0, len(data), 45))
    return f"begin 644 {name}\n{b''.join(lines).decode()}{end}"
