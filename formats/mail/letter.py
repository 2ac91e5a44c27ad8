"""Mail files (RFC 5322, MIME) and web archives (RFC 2557): every part read or said to be unread."""

import copy
import email.errors
from collections.abc import Iterable, Iterator
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from typing import Any, NamedTuple

from formats import asn1
from formats.budget import Budget
from formats.carving import telling
from formats.containers.members import Members
from formats.mail.bodies import Bodies
from formats.mail.headers import (
    Content,
    content,
    decoded,
    fields,
    packed_words,
    plain,
    unbase64,
)
from formats.plain.html_source import text_of
from formats.plain.html_told import sheet
from formats.reading import Kind, Part, Place, Reading, Segment, Trouble, TroubleCode, Unreadable

_SUFFIXES = {
    "text/html": ".html", "text/plain": ".txt", "text/csv": ".csv", "text/rtf": ".rtf",
    "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "application/pdf": ".pdf",
    "message/rfc822": ".eml", "application/zip": ".zip", "image/webp": ".webp",
}  # fmt: skip
_EMPTY_MAIL = "邮件里没有内容，只有空的头部。请确认文件是否完整。"
_TNEF = "附件“{}”是 Outlook 专用的打包格式（winmail.dat），没有读取。请让发件人改用普通格式重发。"
_LOCKED = "邮件内容加了密，无法读取。请在邮件软件中打开，把正文和附件另存后再放入。"
_SEALED = "邮件内容包在数字签名里，没有读取。请在邮件软件中打开，把正文和附件另存后再放入。"
_ELSEWHERE = "邮件的一部分不在这个文件里（{}），没有读取。请取得完整的邮件。"
_USUAL_PREAMBLE = ("multi-part message", "multipart message", "mime-encapsulated", "mime format")
_LEVELS = 100


class Leaf(NamedTuple):
    """One part that is no multipart. `path` numbers it: 1.2 is the second part of the first;
    `rivals`: an HTML version of the same text stands beside it."""

    message: Message
    content: Content
    path: str
    rivals: bool


def read_letter(data: bytes, budget: Budget, kind: Kind) -> Reading:
    """A mail file. Raises Unreadable: DAMAGED, EMPTY, TOO_BIG."""
    # A blank line or BOM before the first header makes the parser take it all for text.
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    try:
        message = BytesParser(policy=compat32).parsebytes(data)
    except (email.errors.MessageError, ValueError, LookupError, TypeError, AttributeError):
        raise Unreadable(
            TroubleCode.DAMAGED, "邮件文件已损坏，打不开。请在邮件软件中重新导出。"
        ) from None
    return _Letter(message, budget, kind).reading()


class _Letter:
    """Reads one message; messages inside it are read the same way, one level deeper."""

    def __init__(self, message: Message, budget: Budget, kind: Kind) -> None:
        self.message = message
        self.budget = budget
        self.kind = kind
        self.segments: list[Segment] = []
        self.troubles: list[Trouble] = []
        where = "网页档案里的" if kind is Kind.MHT else "邮件附件"
        self.members = Members(budget, where)
        self.bodies = Bodies(budget, self.members)

    def reading(self) -> Reading:
        """The whole message as segments."""
        own = [f for f in packed_words(self.message) if f.text != content(self.message).filename]
        for number, field in enumerate([*fields(self.message), *own], 1):
            place = Place(field.part, paragraph=number, path="header")
            self.segments.append(Segment(place, field.text, field.visible, field.name))
        self.budget.spend_segments(len(self.segments))
        leaves = list(self._leaves())
        self.bodies.carried = {i for leaf in leaves for i in leaf.content.ids}
        if self.kind is Kind.MHT:
            self.bodies.sheets = [
                _text(leaf) for leaf in leaves if leaf.content.media == "text/css"
            ]
        for leaf in leaves:
            self._read(leaf)
        segments = [*self.segments, *self.bodies.segments(), *self.members.segments]
        troubles = [*self.troubles, *self.bodies.troubles, *self.members.troubles]
        if not segments and not troubles:
            raise Unreadable(TroubleCode.EMPTY, _EMPTY_MAIL)
        partial = bool(self.troubles) or self.bodies.partial or self.members.partial
        return Reading(self.kind, tuple(segments), tuple(troubles), partial=partial)

    def _leaves(self) -> Iterator[Leaf]:
        """Parts in their order, without recursion; what stands between parts is told as hidden."""
        stack = [(self.message, "1", False, 0)]
        while stack:
            message, path, rivals, depth = stack.pop()
            if depth > _LEVELS:
                raise Unreadable(
                    TroubleCode.TOO_BIG,
                    f"邮件的结构套了超过 {_LEVELS} 层，已停止读取。请向来源核实。",
                )
            self.budget.spend_entries()
            about = content(message)
            payload = _payload(message)
            if not isinstance(payload, list) or about.media.startswith("message/"):
                yield Leaf(message, about, path, rivals)
                continue
            if message is not self.message:
                self._headers(message, path, about.filename)
            self._between(message, path)
            if about.media == "multipart/encrypted":
                self._trouble(TroubleCode.ENCRYPTED, _LOCKED, path)
            children = [part for part in payload if isinstance(part, Message)]
            rich = about.media == "multipart/alternative" and any(map(_holds_html, children))
            stack += [
                (part, f"{path}.{number}", rivals or rich, depth + 1)
                for number, part in reversed(list(enumerate(children, 1)))
            ]

    def _between(self, message: Message, path: str) -> None:
        for said, note in ((message.preamble, "MIME 前言"), (message.epilogue, "MIME 结尾")):
            text = text_of((said or "").encode("utf-8", "surrogateescape")).text.strip()
            if text and not any(usual in text.lower() for usual in _USUAL_PREAMBLE):
                place = Place(Part.HIDDEN, path=path)
                self.segments.append(Segment(place, text, visible=False, note=note))

    def _read(self, leaf: Leaf) -> None:
        about = leaf.content
        if leaf.message is not self.message:
            self._headers(leaf.message, leaf.path, about.filename)
        self._astray(leaf)
        if about.media == "message/external-body":
            where = about.parameters.get("name") or about.parameters.get("url", "")
            self._trouble(TroubleCode.MISSING, _ELSEWHERE.format(where), leaf.path)
        elif about.media == "message/partial":
            self._trouble(TroubleCode.MISSING, _ELSEWHERE.format("分段发送"), leaf.path)
        elif about.media.startswith("message/") and leaf.message.is_multipart():
            self._inner(leaf)
        elif about.media in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
            signed = about.parameters.get("smime-type", "") == "signed-data"
            code = TroubleCode.NOT_SUPPORTED if signed else TroubleCode.ENCRYPTED
            self._trouble(code, _SEALED if signed else _LOCKED, leaf.path)
        elif about.media.endswith(("/pkcs7-signature", "/x-pkcs7-signature")):
            names = asn1.words_in(_bytes(leaf))
            if names:
                place = Place(Part.PROPERTY, path=leaf.path)
                note = "签名证书里的名称"
                self.segments.append(Segment(place, "，".join(names), visible=False, note=note))
        elif about.media.endswith("/pgp-signature"):
            self._hidden(filter(telling, _text(leaf).splitlines()), leaf.path, "签名里的文字")
        elif about.media == "text/css":
            for number, told in enumerate(sheet(_text(leaf)), 1):
                place = Place(told.part, path=leaf.path, paragraph=number)
                self.segments.append(Segment(place, told.text, told.visible, told.note))
        elif about.media == "text/html" and not about.attached and self._is_body(leaf):
            self.bodies.html(_bytes(leaf), about.charset, leaf.path)
        elif about.media == "text/plain" and not about.attached and not about.filename:
            self.bodies.plain(_bytes(leaf), about.charset, leaf.path, rivals=leaf.rivals)
        else:
            self._attachment(leaf)

    def _headers(self, message: Message, path: str, name: str) -> None:
        """What a part says of itself besides its `name`."""
        for number, field in enumerate([*fields(message), *packed_words(message)], 1):
            if field.text != name:
                part = Part.PROPERTY if field.part is Part.SUBJECT else field.part
                place = Place(part, path=path, paragraph=number)
                self.segments.append(Segment(place, field.text, visible=False, note=field.name))

    def _astray(self, leaf: Leaf) -> None:
        """Letters among base64 that are none of its alphabet, which programs pass over."""
        payload = _payload(leaf.message)
        if isinstance(payload, str) and not payload.isascii() and _is_base64(leaf.message):
            lines = (decoded(line).strip() for line in payload.splitlines() if not line.isascii())
            self._hidden(lines, leaf.path, "编码以外的文字")

    def _hidden(self, lines: Iterable[str], path: str, note: str) -> None:
        for number, line in enumerate(lines, 1):
            place = Place(Part.HIDDEN, path=path, paragraph=number)
            self.segments.append(Segment(place, line, visible=False, note=note))

    def _is_body(self, leaf: Leaf) -> bool:
        """A mail's unnamed HTML is its text; of an archive only the first page is shown."""
        if self.kind is Kind.MHT:
            return not self.bodies.pages
        return not leaf.content.filename

    def _inner(self, leaf: Leaf) -> None:
        """Messages inside: forwarded ones, and the reports of mail servers."""
        payload = _payload(leaf.message)
        inner = [part for part in payload if isinstance(part, Message)] if payload else []
        for part in inner:
            subject = next((f.text for f in fields(part) if f.part is Part.SUBJECT), "")
            member = self.members.named(leaf.content.filename or f"{subject or '邮件'}.eml")
            self.members.segments.append(Segment(Place(Part.NAME, member=member), member))
            try:
                with self.budget.deeper():
                    self.members.add(_Letter(part, self.budget, Kind.EML).reading(), member)
            except Unreadable as error:
                self.members.refuse(error, member)

    def _attachment(self, leaf: Leaf) -> None:
        about = leaf.content
        located = plain(about.location).rpartition("/")[2]
        name = about.filename or located or f"部分{leaf.path}{_SUFFIXES.get(about.media, '')}"
        member = self.members.named(name)
        self.members.segments.append(Segment(Place(Part.NAME, member=member), member))
        if about.media == "application/ms-tnef" or name.lower() == "winmail.dat":
            self._trouble(TroubleCode.NOT_SUPPORTED, _TNEF.format(member), leaf.path)
            return
        data = _bytes(leaf)
        self.budget.spend_bytes(len(data))
        self.members.take(data, member, name.replace("\\", "/").rpartition("/")[2])

    def _trouble(self, code: TroubleCode, text: str, path: str) -> None:
        self.troubles.append(Trouble(code, text, Place(Part.ATTACHMENT, path=path)))


def _payload(message: Message) -> Any:
    """What the parser made of a part: a list of parts, or a text."""
    try:
        return message.get_payload()
    except (ValueError, LookupError):
        # It decodes by the charset that is named, and "a\0b" is no name.
        nameless = copy.copy(message)
        nameless.del_param("charset")
        return nameless.get_payload()


def _holds_html(part: Message) -> bool:
    """Whether a version of the text, or what is packed with it, is HTML."""
    inside = _payload(part)
    nested = [p for p in inside if isinstance(p, Message)] if isinstance(inside, list) else []
    return any(content(p).media == "text/html" for p in (part, *nested))


def _is_base64(message: Message) -> bool:
    coding = (v for k, v in message.raw_items() if k.lower() == "content-transfer-encoding")
    return str(next(coding, "")).strip().lower() == "base64"


def _text(leaf: Leaf) -> str:
    return text_of(_bytes(leaf), leaf.content.charset).text


def _bytes(leaf: Leaf) -> bytes:
    """A part's bytes, its transfer encoding undone as far as that goes."""
    payload = _payload(leaf.message)
    if not isinstance(payload, str):
        return b""
    if _is_base64(leaf.message):
        return unbase64(payload.encode("ascii", "ignore"))
    try:
        decoded = leaf.message.get_payload(decode=True)
    except (ValueError, LookupError):
        decoded = None
    return decoded if isinstance(decoded, bytes) else payload.encode("utf-8", "surrogateescape")
