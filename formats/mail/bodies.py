"""The text of a mail: its HTML, its plain version, and which of both a reader sees."""

import re
from collections.abc import Iterator, Sequence, Set

from formats.budget import Budget
from formats.containers.members import Members
from formats.mail.uu import Block, blocks
from formats.plain.html import read_page
from formats.plain.html_source import text_of
from formats.reading import Kind, Part, Place, Reading, Segment, Trouble, TroubleCode, Unreadable

_LINE_END = re.compile(r"\r\n|\n|\r")
_BROKEN = "邮件正文有 {} 处文字不是有效的编码，无法辨认。请在邮件软件中打开核对。"
_CUT = (
    "编在邮件正文里的附件“{}”不完整，只读出了前面的部分。"
    "请在邮件软件中打开核对，或请发件人改用普通附件重发。"
)
_OTHER_VERSION = "邮件的纯文本正文，与显示的正文不同"
# Lines times characters: past this the two versions are not compared.
_MOST_COMPARED = 1_000_000_000


class Bodies:
    """Gathers the texts of one mail. `sheets` and `carried` are as in `html.read_page`; files that
    are written into a text go to the `members` of the mail."""

    def __init__(self, budget: Budget, members: Members) -> None:
        self.budget = budget
        self.members = members
        self.sheets: Sequence[str] = ()
        self.carried: Set[str] = frozenset()
        self.troubles: list[Trouble] = []
        self.partial = False
        self.pages = 0
        self._segments: list[Segment] = []
        self._rivals: set[int] = set()

    def plain(self, data: bytes, charset: str, path: str, *, rivals: bool = False) -> None:
        """A text part: a segment a line. `rivals`: an HTML version of it stands beside it."""
        self.budget.spend_bytes(len(data))
        text, broken = text_of(data, charset)
        self._broken(broken, path)
        lines = _LINE_END.split(text)
        for block in list(blocks(lines)):
            self._file(block, path, sealed=rivals)
            lines[block.first : block.behind] = [""] * (block.behind - block.first)
        for number, line in enumerate(lines, 1):
            if line.strip():
                if rivals:
                    self._rivals.add(len(self._segments))
                place = Place(Part.BODY, paragraph=number, path=path)
                self._segments.append(Segment(place, line.strip()))
        self.budget.spend_segments(len(self._segments))

    def html(self, data: bytes, charset: str, path: str) -> None:
        """An HTML part, read as a page."""
        self.pages += 1
        self.budget.spend_bytes(len(data))
        if not data.strip():
            return
        try:
            reading = read_page(
                data, self.budget, Kind.HTML, charset, sheets=self.sheets, carried=self.carried
            )
        except Unreadable as error:
            if error.code is TroubleCode.TOO_BIG:
                raise
            self._trouble(error.code, f"邮件的网页正文没有读取：{error.text}", path)
            return
        self._segments += [s._replace(place=s.place._replace(path=path)) for s in reading.segments]
        self.troubles += [
            Trouble(t.code, t.text, (t.place or Place(Part.BODY))._replace(path=path))
            for t in reading.troubles
        ]
        self.partial |= reading.partial

    def rich(self, reading: Reading, path: str, *, rivals: bool) -> None:
        """A body that was read as a file of its own; `rivals` as above, for each of its texts."""
        for segment in reading.segments:
            if segment.place.part is Part.NAME:
                continue
            if rivals and segment.visible:
                self._rivals.add(len(self._segments))
            self._segments.append(segment._replace(place=segment.place._replace(path=path)))
        self.troubles += reading.troubles
        self.partial |= reading.partial

    def segments(self) -> Iterator[Segment]:
        """All of them; a plain line that the HTML does not show is one that no reader sees."""
        if not self._rivals:
            yield from self._segments
            return
        shown = "".join(
            _bare(s.text)
            for i, s in enumerate(self._segments)
            if s.visible and i not in self._rivals and s.place.part in (Part.BODY, Part.TABLE)
        )
        compared = shown and len(shown) * len(self._rivals) < _MOST_COMPARED
        for i, segment in enumerate(self._segments):
            if compared and i in self._rivals and _bare(segment.text) not in shown:
                yield segment._replace(
                    place=segment.place._replace(part=Part.HIDDEN),
                    visible=False,
                    note=_OTHER_VERSION,
                )
            else:
                yield segment

    def _file(self, block: Block, path: str, *, sealed: bool) -> None:
        """A file in a text; `sealed`: of a text that no program shows."""
        self.budget.spend_bytes(len(block.data))
        member = self.members.named(block.name)
        inside = Members(self.budget, self.members.where, sealed=sealed)
        inside.segments.append(Segment(Place(Part.NAME, member=member), member))
        inside.take(block.data, member, block.name.replace("\\", "/").rpartition("/")[2])
        self.members.segments += inside.segments
        self.members.troubles += inside.troubles
        self.members.partial |= inside.partial
        if not block.whole:
            self._trouble(TroubleCode.DAMAGED, _CUT.format(member), path)

    def _broken(self, broken: int, path: str) -> None:
        if broken:
            self._trouble(TroubleCode.DAMAGED, _BROKEN.format(broken), path)

    def _trouble(self, code: TroubleCode, text: str, path: str) -> None:
        self.troubles.append(Trouble(code, text, Place(Part.BODY, path=path)))
        self.partial = True


def _bare(text: str) -> str:
    """Only what carries meaning: letters, digits and han, without layout."""
    return re.sub(r"[\W_]+", "", text)
