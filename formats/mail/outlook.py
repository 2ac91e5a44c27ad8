"""Outlook's .msg files ([MS-OXMSG]): one message, its recipients, every attachment and property."""

import io
from dataclasses import replace

from formats.budget import Budget
from formats.containers.members import Members
from formats.mail import lzfu
from formats.mail.bodies import Bodies
from formats.mail.properties import Compound, Path, Storage, Value, names
from formats.mail.rest import rest
from formats.ooxml.embedded import read_embedded
from formats.opening import read_stream
from formats.reading import Kind, Part, Place, Reading, Segment, Trouble, TroubleCode, Unreadable

# [MS-OXPROPS]: what an officer calls the properties that hold words.
_LABELS = {
    0x0037: "主题", 0x0C1A: "发件人", 0x0C1F: "发件人地址", 0x0042: "代表发件人", 0x0E02: "密送",
    0x0065: "代表发件人地址", 0x0E03: "抄送", 0x0E04: "收件人", 0x007D: "邮件头", 0x0070: "会话",
    0x0E1D: "主题（去前缀）", 0x0039: "发送时间", 0x0E06: "收到时间", 0x3007: "创建时间",
    0x3008: "修改时间", 0x3001: "名称", 0x3003: "地址", 0x39FE: "邮箱地址", 0x5D01: "发件人邮箱",
    0x1035: "邮件编号", 0x1042: "回复的邮件编号", 0x3FFA: "最后修改人", 0x0050: "回复地址",
    0x3FF8: "创建人", 0x0075: "收件人地址类型", 0x0040: "实际收件人", 0x0076: "实际收件人地址",
    0x5D02: "代表发件人邮箱", 0x370D: "附件原路径", 0x3708: "附件原路径", 0x3701: "附件内容",
}  # fmt: skip
_SHOWN = frozenset({0x0C1A, 0x0C1F, 0x0042, 0x0E03, 0x0E04, 0x0039})
_SUBJECT, _BODY, _HTML, _RTF, _HEADERS = 0x0037, 0x1000, 0x1013, 0x1009, 0x007D
_NAMES = (0x3707, 0x3704, 0x3001)
_DATA, _EMBEDDED = 0x3701, 0x000D
# How something is packed, not what it says: classes, address types, extensions, MIME types.
_IDLE = frozenset({0x001A, 0x0C1E, 0x0064, 0x3002, 0x370E, 0x3703, 0x0E58, 0x3712, 0x3713})
_TOP_HEADER, _INNER_HEADER, _SMALL_HEADER = 32, 24, 8
_ELSEWHERE = "邮件附件“{}”只是一个链接，文件不在邮件里，没有读取。请向来源索取。"
_LOCKED_CLASSES = ("ipm.note.smime", "ipm.note.rpmsg")


def read_message(data: bytes, budget: Budget) -> Reading:
    """The whole file. Raises Unreadable: DAMAGED, TOO_BIG."""
    file = Compound(data, budget)
    reading = _Message(file, (), _TOP_HEADER, names(file)).reading()
    more = list(rest(file, reading.segments))
    budget.spend_segments(len(more))
    return replace(reading, segments=(*reading.segments, *more))


class _Message:
    """Reads one message storage; a message inside it is read the same way, one level deeper."""

    def __init__(self, file: Compound, at: Path, header: int, named: dict[int, str]) -> None:
        self.file = file
        self.at = at
        self.named = named
        self.top = Storage(file, at, header)
        self.segments: list[Segment] = []
        self.troubles: list[Trouble] = []
        self.members = Members(file.budget, "邮件附件")
        self.bodies = Bodies(file.budget, self.members)

    def reading(self) -> Reading:
        """The message as segments."""
        texts = self.top.texts()
        self._headers(texts)
        self._bodies(texts)
        for name in self.file.children(self.at):
            low = name.lower()
            if low.startswith("__recip_version1.0_"):
                self._recipient(name)
            elif low.startswith("__attach_version1.0_"):
                self._attachment(name)
        segments = [*self.segments, *self.bodies.segments(), *self.members.segments]
        troubles = [*self.troubles, *self.bodies.troubles, *self.members.troubles]
        partial = bool(self.troubles) or self.bodies.partial or self.members.partial
        return Reading(Kind.MSG, tuple(segments), tuple(troubles), partial=partial)

    def _headers(self, texts: list[Value]) -> None:
        for number, text in [*texts, *self.top.times()]:
            if number == 0x001A and text.lower().startswith(_LOCKED_CLASSES):
                self._trouble(
                    TroubleCode.ENCRYPTED,
                    "邮件加了密或包在数字签名里，正文没有读取。"
                    "请在 Outlook 中打开，把正文和附件另存后再放入。",
                )
            if number not in _IDLE and number not in (_BODY, _HTML):
                part = Part.SUBJECT if number == _SUBJECT else Part.PROPERTY
                self._say(part, number, text, visible=number in _SHOWN or number == _SUBJECT)

    def _say(
        self, part: Part, number: int, text: str, *, path: str = "header", visible: bool = False
    ) -> None:
        self.file.budget.spend_segments()
        note = self.named.get(number) or _LABELS.get(number) or f"属性 {number:04X}"
        place = Place(part, paragraph=len(self.segments) + 1, path=path)
        self.segments.append(Segment(place, text, visible, note))

    def _bodies(self, texts: list[Value]) -> None:
        """HTML is what Outlook shows, else RTF, else the plain text ([MS-OXBBODY] 2.1.3)."""
        html = self.top.binary(_HTML) or next(
            (v.text.encode("utf-8", "replace") for v in texts if v.number == _HTML), b""
        )
        packed = self.top.binary(_RTF)
        for number, text in texts:
            if number == _BODY:
                raw = text.encode("utf-8", "replace")
                self.bodies.plain(raw, "utf-8", "body", rivals=bool(html or packed))
        self.bodies.carried = self._carried()
        if html:
            self.bodies.html(html, self.top.charset, "html")
        if packed:
            self._rtf(packed, rivals=bool(html))

    def _rtf(self, packed: bytes, *, rivals: bool) -> None:
        try:
            rtf = lzfu.decompress(packed)
            self.file.budget.spend_bytes(len(rtf))
            with self.file.budget.deeper():
                reading = read_stream(io.BytesIO(rtf), self.file.budget, "正文.rtf")
        except Unreadable as error:
            if error.code is TroubleCode.TOO_BIG:
                raise
            if error.code is not TroubleCode.EMPTY:
                self._trouble(error.code, f"邮件的 RTF 正文没有读取：{error.text}")
            return
        self.bodies.rich(reading, "rtf", rivals=rivals)

    def _carried(self) -> frozenset[str]:
        """How an HTML body names the pictures among the attachments."""
        found = set()
        for name in self.file.children(self.at):
            if name.lower().startswith("__attach_version1.0_"):
                storage = Storage(self.file, (*self.at, name), _SMALL_HEADER)
                found |= {f"cid:{v.text}" for v in storage.texts() if v.number == 0x3712}
        return frozenset(found)

    def _recipient(self, name: str) -> None:
        storage = Storage(self.file, (*self.at, name), _SMALL_HEADER, self.top.charset)
        blind = storage.number(0x0C15) == 3  # PidTagRecipientType: 1 to, 2 copy, 3 blind copy
        for number, text in storage.texts():
            if number not in _IDLE:
                shown = not blind and number == 0x3001
                self._say(Part.PROPERTY, number, text, path=name, visible=shown)

    def _attachment(self, folder: str) -> None:
        at = (*self.at, folder)
        storage = Storage(self.file, at, _SMALL_HEADER, self.top.charset)
        texts = storage.texts()
        told = {v.number: v.text for v in reversed(texts)}
        name = next((told[n] for n in _NAMES if n in told), "附件")
        inner = (*at, storage.name_of(_DATA, _EMBEDDED))
        is_message = "__properties_version1.0" in self.file.children(inner)
        if is_message and "." not in name[-5:]:
            name = f"{name}.msg"
        member = self.members.named(name)
        self.members.segments.append(Segment(Place(Part.NAME, member=member), member))
        for number, text in texts:
            if number not in _IDLE and number not in _NAMES:
                part = Part.LINK if number in (0x370D, 0x3708) else Part.PROPERTY
                self._say(part, number, text, path=folder)
        data = storage.binary(_DATA)
        if is_message:
            try:
                with self.file.budget.deeper():
                    message = _Message(self.file, inner, _INNER_HEADER, self.named)
                    self.members.add(message.reading(), member)
            except Unreadable as error:
                self.members.refuse(error, member)
        elif data:
            self.members.take(data, member, name.replace("\\", "/").rpartition("/")[2])
        elif self.file.children(inner):
            inside = read_embedded(self.file.packed(inner), member, self.file.budget)
            self.members.segments += inside.segments
            self.troubles += inside.troubles
        elif storage.number(0x3705) in (2, 4, 7):
            self._trouble(TroubleCode.MISSING, _ELSEWHERE.format(member))

    def _trouble(self, code: TroubleCode, text: str) -> None:
        self.troubles.append(Trouble(code, text, Place(Part.ATTACHMENT)))
