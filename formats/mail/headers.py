"""Mail headers as written by honest and by careless programs: words, parameters, raw GBK."""

import binascii
import re
from email.message import Message
from typing import NamedTuple

from formats.carving import telling
from formats.plain.html_source import encoding_named
from formats.plain.html_told import percent_bytes
from formats.reading import Part

# RFC 2047 2: =?charset*language?B or Q?text?=
_WORD = re.compile(r"=\?([\w.-]+)(?:\*[\w-]*)?\?([BbQq])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(=\?[\w.*-]+\?[BbQq]\?[^?]*\?=)\s+(?==\?[\w.*-]+\?[BbQq]\?)")
_PARAMETER = re.compile(r";\s*([\w*.-]+)\s*=\s*(\"(?>(?:[^\"\\]|\\.)*)\"?|[^;]*)", re.DOTALL)
_SECTION = re.compile(r"([\w.-]+?)\*(\d{1,4})?(\*)?")
# What a mail program shows above the text.
SHOWN = frozenset({"subject", "from", "to", "cc", "date"})
# Signatures over the mail: long, coded, and nobody's words.
_SEALS = re.compile(r"dkim-|arc-|.*-dkim-|.*domainkey")
# How a part is packed; what of it matters is told as the part's name.
_PACKING = frozenset(
    {"content-type", "content-transfer-encoding", "content-disposition", "mime-version",
     "content-id", "content-length", "content-class"}
)  # fmt: skip


class Field(NamedTuple):
    """One header in clear text. `name` as written."""

    name: str
    text: str
    part: Part
    visible: bool


class Content(NamedTuple):
    """What a part says about itself. Names lower case; empty where it says nothing."""

    media: str
    charset: str
    filename: str
    attached: bool
    ids: frozenset[str]
    location: str
    parameters: dict[str, str]


def fields(message: Message) -> list[Field]:
    """Every header that holds words, in order."""
    found = []
    for name, raw in message.raw_items():
        low = name.lower()
        if low in _PACKING or _SEALS.match(low):
            continue
        text = plain(str(raw))
        if text:
            part = Part.SUBJECT if low == "subject" else Part.PROPERTY
            found.append(Field(name, text, part, low in SHOWN))
    return found


def packed_words(message: Message) -> list[Field]:
    """Words in the headers that say how a part is packed, and in signatures over the mail: nobody
    is shown them."""
    found = []
    for name, raw in message.raw_items():
        low = name.lower()
        said: list[str] = []
        if low in _PACKING:
            value, parameters = parameterised(str(raw))
            said = [value, *parameters.values()]
        elif _SEALS.match(low):
            said = [plain(str(raw))]
        found += [Field(name, text, Part.HIDDEN, visible=False) for text in said if telling(text)]
    return found


def content(message: Message) -> Content:
    """A part's type, name and where a page looks for it."""
    media, parameters = parameterised(_raw(message, "content-type"))
    disposition, more = parameterised(_raw(message, "content-disposition"))
    name = more.get("filename") or parameters.get("name") or ""
    location = plain(_raw(message, "content-location"))
    number = _raw(message, "content-id").strip().strip("<>")
    ids = {f"cid:{number}"} if number else set()
    if location:
        ids.add(location)
    if not re.fullmatch(r"[\w.+-]+/[\w.+-]+", media):
        media = "text/plain"  # RFC 2045 5.2
    return Content(
        media,
        parameters.get("charset", ""),
        name.strip(),
        disposition == "attachment",
        frozenset(ids),
        location,
        parameters,
    )


def plain(raw: str) -> str:
    """A header's value unfolded, raw bytes and encoded words made readable."""
    text = re.sub(r"\r?\n[ \t]*|\r", " ", decoded(raw)).strip()
    return words(text)


def decoded(raw: str) -> str:
    """Bytes that the parser kept as surrogates, as text: UTF-8, else Chinese Windows' code page."""
    if raw.isascii():
        return raw
    data = raw.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def words(text: str) -> str:
    """RFC 2047 words as text. Neighbours of one charset are joined as bytes first: many programs
    break a Chinese character between two words."""
    if "=?" not in text:
        return text
    text = _BETWEEN.sub(r"\1", text)
    made: list[str] = []
    pending: list[bytes] = []
    charset, at = "", 0
    for match in _WORD.finditer(text):
        if pending and (match.start() != at or match.group(1).lower() != charset):
            made.append(_text(b"".join(pending), charset))
            pending = []
        made.append(text[at : match.start()])
        charset = match.group(1).lower()
        pending.append(_bytes(match.group(3), match.group(2)))
        at = match.end()
    if pending:
        made.append(_text(b"".join(pending), charset))
    return "".join(made) + text[at:]


def _bytes(word: str, coding: str) -> bytes:
    raw = word.encode("utf-8", "replace")
    if coding in "Qq":
        raw = raw.replace(b"_", b" ")
        return re.sub(rb"=([0-9A-Fa-f]{2})", lambda m: bytes((int(m.group(1), 16),)), raw)
    return unbase64(raw)


def unbase64(raw: bytes) -> bytes:
    """Base64 as far as it goes; letters outside its alphabet are passed over (RFC 2045 6.8)."""
    kept = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    return binascii.a2b_base64(kept[: len(kept) - (len(kept) % 4 == 1)] + b"==")


def _text(data: bytes, charset: str) -> str:
    for encoding in (encoding_named(charset), "utf-8", "gb18030"):
        if encoding is None:
            continue
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, ValueError):
            continue
    return data.decode(encoding_named(charset) or "utf-8", "replace")


def parameterised(raw: str) -> tuple[str, dict[str, str]]:
    """A header's first value in lower case and its parameters, RFC 2231 pieces put together."""
    text = re.sub(r"\r?\n[ \t]*", " ", decoded(raw))
    value = text.partition(";")[0].strip().lower()
    found: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, written in _PARAMETER.findall(text):
        said = str(written).strip()
        if said.startswith('"'):
            said = re.sub(r"\\(.)", r"\1", said[1:].removesuffix('"'))
        section = _SECTION.fullmatch(name)
        if section is None:
            found.setdefault(name.lower(), words(said))
        else:
            coded = section.group(3) is not None or section.group(2) is None
            at = int(section.group(2) or 0)
            pieces.setdefault(section.group(1).lower(), {})[at] = (said, coded)
    for name, sections in pieces.items():
        found[name] = _joined([sections[n] for n in sorted(sections)])
    return value, found


def _joined(sections: list[tuple[str, bool]]) -> str:
    """RFC 2231 3 and 4: charset'language'text, percent signs in coded sections."""
    first, coded = sections[0]
    charset = ""
    if coded and first.count("'") >= 2:
        charset, _, first = first.split("'", 2)
    data = b"".join(
        percent_bytes(said) if is_coded else said.encode("utf-8", "replace")
        for said, is_coded in [(first, coded), *sections[1:]]
    )
    return words(_text(data, charset or "utf-8"))


def _raw(message: Message, name: str) -> str:
    return next((str(v) for k, v in message.raw_items() if k.lower() == name), "")
