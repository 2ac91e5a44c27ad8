"""Attacks on what parses angle brackets, braces and headers: XML, HTML, JSON, RTF, mail."""

import re
from collections.abc import Callable

WIDE, DEEP = 100_000, 100_000
_ROOT = re.compile(rb"<(?![?!])[^>]*?>")


def inside(part: bytes, content: bytes, *, before: bytes = b"", attributes: bytes = b"") -> bytes:
    """An XML part with `content` put first into its root, `before` ahead of the root."""
    root = _ROOT.search(part)
    assert root is not None
    tag = root.group()
    end = b"/>" if tag.endswith(b"/>") else b">"
    opened = tag[: -len(end)] + attributes + b">"
    name = re.split(rb"[\s/>]", tag[1:], maxsplit=1)[0]
    closing = b"</" + name + b">" if end == b"/>" else b""
    return part[: root.start()] + before + opened + content + closing + part[root.end() :]


def _laughs(part: bytes) -> bytes:
    lines = b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"ha" * 10) for n in range(12)
    )
    return inside(part, b"&a11;", before=b"<!DOCTYPE x [" + lines + b"]>")


def _quadratic(part: bytes) -> bytes:
    return inside(
        part,
        b"&a;" * 50_000,
        before=b'<!DOCTYPE x [<!ENTITY a "' + b"x" * 100_000 + b'">]>',
    )


def _laughs_in_attribute(part: bytes) -> bytes:
    lines = b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"ha" * 10) for n in range(12)
    )
    return inside(part, b"", before=b"<!DOCTYPE x [" + lines + b"]>", attributes=b' zzz="&a11;"')


def _outside(part: bytes) -> bytes:
    return inside(part, b"&a;", before=b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>')


def _endless_outside(part: bytes) -> bytes:
    return inside(part, b"&a;", before=b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///dev/zero">]>')


def _parameter(part: bytes) -> bytes:
    return inside(
        part,
        b"",
        before=b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/a.dtd" '
        b'[<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
    )


def _deep(part: bytes) -> bytes:
    return inside(part, b"<x>" * DEEP + b"</x>" * DEEP)


def _wide(part: bytes) -> bytes:
    return inside(part, b"<x/>" * WIDE)


def _attributes(part: bytes) -> bytes:
    return inside(part, b"", attributes=b"".join(b' a%d="1"' % n for n in range(200_000)))


def _spaces(part: bytes) -> bytes:
    """Namespaces: each element declares one more, and all of them stay in scope."""
    count = 3000
    opened = b"".join(b'<n%d:x xmlns:n%d="urn:%d">' % (n, n, n) for n in range(count))
    closed = b"".join(b"</n%d:x>" % n for n in reversed(range(count)))
    return inside(part, opened + closed)


def _long_value(part: bytes) -> bytes:
    return inside(part, b"", attributes=b' zzz="' + b"x" * 1_000_000 + b'"')


def _long_text(part: bytes) -> bytes:
    return inside(part, b"<t>" + b"x" * 1_000_000 + b"</t>")


def _comments(part: bytes) -> bytes:
    return inside(part, b"<!--x-->" * 100_000 + b"<?x y?>" * 100_000)


def _unclosed(part: bytes) -> bytes:
    return inside(part, b"<!--" + b"<" * 1_000_000)


ATTACKS: dict[str, Callable[[bytes], bytes]] = {
    "laughs": _laughs,
    "laughs in an attribute": _laughs_in_attribute,
    "quadratic": _quadratic,
    "a file outside": _outside,
    "an endless file outside": _endless_outside,
    "a parameter entity": _parameter,
    "deep": _deep,
    "wide": _wide,
    "attributes": _attributes,
    "namespaces": _spaces,
    "a long value": _long_value,
    "a long text": _long_text,
    "comments": _comments,
    "unclosed": _unclosed,
}
"""What is done to an XML part; each makes another part of it."""


def _html(content: bytes) -> Callable[[], bytes]:
    return lambda: b"<!doctype html><html><body>" + content


def _framed() -> bytes:
    """A page in a data: URI in a page in a data: URI ..."""
    import base64

    page = b"<!doctype html><html><body>inner</body></html>"
    for _ in range(25):
        address = b"data:text/html;base64," + base64.b64encode(page)
        page = b'<!doctype html><html><body><iframe src="' + address + b'"></iframe></body></html>'
    return page


def _mail(head: bytes, body: bytes = b"text\r\n") -> bytes:
    return (
        b"From: a@example.invalid\r\nMIME-Version: 1.0\r\n" + head + b"\r\n" + body
        if b"Content-Type:" in head
        else b"From: a@example.invalid\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n"
        + head
        + b"\r\n"
        + body
    )


def _parts_in_parts() -> bytes:
    levels = 5000
    body = b"".join(
        b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (n, n + 1)
        for n in range(levels)
    )
    return _mail(b"Content-Type: multipart/mixed; boundary=b0\r\n", body)


def _mails_in_mails() -> bytes:
    inner = b"Content-Type: message/rfc822\r\nMIME-Version: 1.0\r\n\r\n" * 3000
    return _mail(b"Content-Type: message/rfc822\r\n", inner + b"Subject: x\r\n\r\nend\r\n")


def _many_parts() -> bytes:
    part = b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n"
    return _mail(b"Content-Type: multipart/mixed; boundary=b\r\n", part * 100_000)


def _mail_with_many_headers() -> bytes:
    return _mail(b"".join(b"X-%d: value\r\n" % n for n in range(100_000)))


CASES: dict[str, Callable[[], bytes]] = {
    "deep.html": _html(b"<div>" * WIDE),
    "deep tables.html": _html(b"<table><tr><td>" * 100_000),
    "wide.html": _html(b"<p>x" * WIDE),
    "attributes.html": _html(b"<p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">x"),
    "open comments.html": _html(b"<!--" * 500_000),
    "open tags.html": _html(b"<a " * 500_000),
    "open scripts.html": _html(b"<script>" * 200_000),
    "open sections.html": _html(b"<![CDATA[" * 200_000),
    "open quotes.html": _html(b"<a b='" * 300_000),
    "angle brackets.html": _html(b"<" * 2_000_000),
    "entities.html": _html(b"&amp" * 500_000 + b"&#" * 500_000),
    "frames.html": _framed,
    "json.html": _html(
        b'<script type="application/ld+json">' + b"[" * WIDE + b"]" * WIDE + b"</script>"
    ),
    "json objects.html": _html(
        b'<script type="application/json">' + b'{"a":' * 300_000 + b"</script>"
    ),
    "styles.html": _html(b"<style>" + b"div " * 200_000 + b"{color:white}</style><div>x</div>"),
    "style blocks.html": _html(b"<style>" + b"@media x{" * 200_000 + b"</style>x"),
    "many styles.html": _html(
        b"<style>"
        + b"".join(b".c%d .d%d>p{display:none}" % (n, n) for n in range(5_000))
        + b"</style>"
        + b"".join(b'<p class="c%d d%d">x</p>' % (n, n) for n in range(5_000))
    ),
    "deep.rtf": lambda: b"{\\rtf1 " + b"{" * WIDE + b"x" + b"}" * WIDE + b"}",
    "open groups.rtf": lambda: b"{\\rtf1 " + b"{\\b " * 500_000,
    "words.rtf": lambda: b"{\\rtf1 " + b"\\b\\i0" * 200_000 + b"}",
    "binary.rtf": lambda: b"{\\rtf1 {\\pict\\bin2147483647 " + b"x" * 1000 + b"}}",
    "negative binary.rtf": lambda: b"{\\rtf1 \\bin-2147483648 x \\u-99999999999999999999 y}",
    "numbers.rtf": lambda: b"{\\rtf1 \\u" + b"9" * 1_000_000 + b" x}",
    "skips.rtf": lambda: b"{\\rtf1 \\uc1000000000 " + b"\\u20013?" * 300_000 + b"}",
    "objects.rtf": lambda: b"{\\rtf1 " + b"{\\object\\objemb{\\*\\objdata 0105" * 100_000,
    "object.rtf": lambda: b"{\\rtf1 {\\object{\\*\\objdata " + b"01050000" * 1_000_000 + b"}}}",
    "fonts.rtf": lambda: b"{\\rtf1 {\\fonttbl"
    + b"".join(b"{\\f%d\\fcharset134 a;}" % n for n in range(200_000))
    + b"}x}",
    "parts in parts.eml": _parts_in_parts,
    "mails in mails.eml": _mails_in_mails,
    "many parts.eml": _many_parts,
    "many headers.eml": _mail_with_many_headers,
    "a long header.eml": lambda: _mail(b"Subject: " + b"x" * 1_000_000 + b"\r\n"),
    "encoded words.eml": lambda: _mail(b"Subject: " + b"=?utf-8?q?=41?= " * 100_000 + b"\r\n"),
    "broken words.eml": lambda: _mail(b"Subject: " + b"=?utf-8?q?" * 300_000 + b"\r\n"),
    "addresses.eml": lambda: _mail(b"To: " + b"a <a@example.invalid>,\r\n " * 50_000 + b"b\r\n"),
    "comments.eml": lambda: _mail(b"To: " + b"(" * 200_000 + b"\r\n"),
    "groups.eml": lambda: _mail(b"To: " + b"a:" * 200_000 + b"\r\n"),
    "quotes.eml": lambda: _mail(b'Content-Type: text/plain; name="' + b'\\"' * 300_000 + b"\r\n"),
    "parameters.eml": lambda: _mail(
        b"Content-Type: text/plain"
        + b"".join(b"; name*%d*=%%41" % n for n in range(50_000))
        + b"\r\n"
    ),
    "a long boundary.eml": lambda: _mail(
        b"Content-Type: multipart/mixed; boundary=" + b"-" * 10_000 + b"\r\n",
        (b"-" * 10_001 + b"\r\n") * 500,
    ),
    "base64.eml": lambda: _mail(
        b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n", b"A" * 8_000_000
    ),
    "one line.txt": lambda: b"0123456789 " * 100_000,
    "digits.txt": lambda: b"5001" * 300_000,
    "han.txt": lambda: "身份证".encode() * 500_000,
    "spaces.txt": lambda: b"1 " + b" " * 4_000_000 + b"1",
    "columns.csv": lambda: b"," * 1_000_000,
    "quotes.csv": lambda: b'"a,' * 200_000,
    "lines.csv": lambda: b"a,b\n" * 100_000,
    "deep.xml": lambda: b"<?xml version='1.0'?>" + b"<x>" * WIDE,
}  # fmt: skip
