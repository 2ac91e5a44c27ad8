"""The walk over an RTF file: groups open and close, words change what is, text finds its place."""

from formats.budget import Budget
from formats.plain.html import read_page
from formats.reading import Kind, Part, Reading, Trouble, TroubleCode, Unreadable
from formats.rtf.afterwards import CONDITIONS, differing, settle_conditions
from formats.rtf.formatting import CHANGES
from formats.rtf.frames import Capture, Frame
from formats.rtf.kept import Kept, comment_date
from formats.rtf.objects import Carried
from formats.rtf.state import State, Tables, charset, code_page
from formats.rtf.story import Story, Teller
from formats.rtf.strays import HEX_PIECE, HEXADECIMAL, Strays
from formats.rtf.tokens import Sort, Token, tokens
from formats.rtf.words import DESTINATIONS, NUMBERING, SIGNS, TRANSPARENT, Destination, Does

_DEEP = "RTF 文件的分组套了超过 {} 层，已停止读取。请在 WPS 或 Word 中另存为 .docx 后再放入。"
_BROKEN = "文件里有 {} 处文字不是有效的编码，无法辨认。请在 WPS 或 Word 中打开核对。"
_CUT = "文件没有写完就断了，后面的内容可能缺失。请在 WPS 或 Word 中打开核对。"


def read_rich(data: bytes, budget: Budget, kind: Kind) -> Reading:
    """The whole file. Raises Unreadable(TOO_BIG)."""
    walk = _Walk(budget)
    for token in tokens(data):
        walk.take(token)
    return walk.reading(kind)


class _Walk:
    """Holds the stack of groups."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.tables = Tables()
        self.teller = Teller(budget, self.tables)
        self.carried = Carried(budget)
        self.kept = Kept(self.teller, self.tables)
        self.strays = Strays(self.teller)
        self.body = Story(self.teller, Part.BODY)
        self.frame = Frame(State(), None, self.body)
        self.stack: list[Frame] = []
        self.pending = bytearray()
        self.high: str = ""
        self.skip = 0
        self.broken = 0
        self.html: list[str] | None = None
        self.fallback: list[str] = []
        self.closed = False
        self.conditional: list[tuple[str, int, int]] = []
        self.switches: set[str] = set()

    def take(self, token: Token) -> None:
        """One token."""
        sort = token.sort
        if sort is Sort.TEXT or sort is Sort.HEX:
            self._bytes(token.data)
            return
        if sort is Sort.WORD and token.word == "u" and token.number is not None:
            self._unicode(token.number & 0xFFFF)
            return
        self._settle()
        if sort is Sort.WORD:
            self._word(token.word, token.number)
        elif sort is Sort.OPEN:
            self._open()
        elif sort is Sort.CLOSE:
            self._close()
        elif (capture := self.frame.capture) and capture.destination.does is Does.HEX:
            capture.data += token.data
        else:
            self.strays.binary(token.data)

    def reading(self, kind: Kind) -> Reading:
        """What was found, after the last token."""
        self._settle()
        cut = bool(self.stack) or not self.closed
        while self.stack:
            self._close()
        self.body.finish()
        self.carried.finish()
        self.kept.finish()
        settle_conditions(self.teller.segments, self.conditional, self.switches)
        self.strays.finish()
        troubles: list[Trouble] = [*self.carried.troubles, *self.strays.troubles()]
        if cut:
            troubles.append(Trouble(TroubleCode.DAMAGED, _CUT))
        if self.broken:
            troubles.append(Trouble(TroubleCode.DAMAGED, _BROKEN.format(self.broken)))
        segments = [
            *self.teller.segments,
            *differing(self.teller, self.fallback),
            *self.carried.segments,
        ]
        if self.html is not None:
            page = read_page("".join(self.html).encode("utf-8", "replace"), self.budget)
            shown = (Part.BODY, Part.TABLE)
            segments = [*page.segments, *(s for s in segments if s.place.part not in shown)]
            troubles += page.troubles
        return Reading(kind, tuple(segments), tuple(troubles), partial=bool(troubles))

    def _open(self) -> None:
        if len(self.stack) >= self.budget.limits.nodes_deep:
            raise Unreadable(TroubleCode.TOO_BIG, _DEEP.format(self.budget.limits.nodes_deep))
        self.stack.append(self.frame)
        self.frame = Frame(self.frame.state, self.frame.capture, self.frame.story)
        self.skip = 0

    def _close(self) -> None:
        if not self.stack:
            return
        done, self.frame = self.frame, self.stack.pop()
        self.skip = 0
        self.closed = self.closed or not self.stack
        if done.told:
            done.story.finish()
            if done.word in CONDITIONS:
                self.conditional.append((done.word, done.begun, len(self.teller.segments)))
        if done.captured and done.capture is not None:
            self._finish(done.capture)
        elif done.capture is not None:
            done.capture.inner = True

    def _finish(self, capture: Capture) -> None:
        """A destination's group is closed."""
        word, to = capture.word, capture.destination
        text = "".join(capture.text)
        if to.does is Does.TELL:
            self.kept.tell(word, to, text)
        elif to.does is Does.FALLBACK:
            self.fallback.append(text)
        elif to.does is Does.KEEP:
            if word == "htmltag" and self.html is not None:
                self.html.append(text)
                return
            if word == "atndate":
                story = self.frame.story
                story.note = "，".join(w for w in (story.note, comment_date(text)) if w)
            if word in ("listtext", "pntext"):
                self._numbering(text)
                return
            self.kept.keep(word, text)
        elif to.does is Does.HEX:
            data, kind = self.strays.data_of(capture), self.kept.said.get("objclass", "")
            self.carried.take(capture, data, kind.strip())
        else:
            self.strays.skipped(word, text)

    def _numbering(self, text: str) -> None:
        """The number kept for programs that cannot count; others count for themselves, so that
        anything but a number, or what the file's lists put before it, is shown by none of them."""
        if NUMBERING.fullmatch(text.strip()) or self.kept.lists.number(text.strip()):
            self._put(text)
        else:
            self.teller.say(Part.HIDDEN, text, "编号处的备用文字", visible=False)

    def _bytes(self, data: bytes) -> None:
        if self.skip:
            dropped = min(self.skip, len(data))
            self.skip -= dropped
            self.strays.passed_over(data[:dropped], self.frame.state.uc)
            data = data[dropped:]
        if data:
            self.high = ""
            self.pending += data

    def _unicode(self, code: int) -> None:
        """\\uN: a UTF-16 unit, and how many signs for old programs follow it."""
        self._settle(keep_high=True)
        self.skip = self.frame.state.uc
        if 0xD800 <= code < 0xDC00:
            self.high = chr(code)
        elif 0xDC00 <= code < 0xE000:
            pair = self.high + chr(code)
            self.high = ""
            self._put(pair.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
        else:
            self.high = ""
            self._put(chr(code))

    def _settle(self, *, keep_high: bool = False) -> None:
        """Bytes that have gathered become text of the state they stand in."""
        if not keep_high:
            self.high = ""
        if not self.pending:
            return
        data, self.pending = bytes(self.pending), bytearray()
        capture = self.frame.capture
        if capture is not None and capture.destination.does is Does.HEX:
            capture.text.append(data.decode("latin-1"))
            return
        if capture is not None and capture.word in HEXADECIMAL and HEX_PIECE.fullmatch(data):
            return
        text = self.tables.text(data, self.frame.state)
        self.broken += text.count("\ufffd")
        self._put(text)

    def _put(self, text: str) -> None:
        """Text where the present group's text goes."""
        frame = self.frame
        capture = frame.capture
        if capture is None:
            if self.html is not None and frame.story is self.body and not frame.state.quiet:
                self.html.append(text)
            frame.story.put(text, frame.state)
        elif capture.word == "colortbl":
            self.kept.colour(text)
        else:
            if capture.inner and capture.word in ("docvar", "protusertbl"):
                capture.text.append(" ")
                capture.inner = False
            capture.text.append(text)

    def _word(self, word: str, number: int | None) -> None:
        if self.skip and word not in DESTINATIONS:
            # A control sign counts as one of the signs for old programs (RTF 1.9.1, \ucN).
            if word in SIGNS:
                self.skip -= 1
                return
            self.skip = 0
        frame = self.frame
        if word == "*":
            frame.state = frame.state._replace(star=True)
            return
        star = frame.state.star
        if star:
            frame.state = frame.state._replace(star=False)
        destination = DESTINATIONS.get(word)
        if destination is not None:
            self._enter(word, destination)
        elif star and word not in TRANSPARENT:
            note = f"其他程序写入的内容（{word}）"
            self._enter(word, Destination(Does.TELL, Part.HIDDEN, note, visible=False))
        elif word in SIGNS:
            self._put(SIGNS[word])
        elif word == "ud":
            self._leave_upr()
        elif not self._moves(word, number):
            self._formats(word, number)

    def _enter(self, word: str, to: Destination) -> None:
        frame = self.frame
        if frame.capture is not None and frame.capture.destination.does is Does.SKIP:
            return
        if word == "upr":
            frame.upr = Frame(frame.state, frame.capture, frame.story)
        if to.does is Does.STORY:
            outer = frame.capture
            if outer is not None and outer.destination.does is Does.FALLBACK:
                return
            note = self.kept.comment() if word == "annotation" else ""
            frame.story = Story(self.teller, to.part, visible=to.visible, note=note)
            frame.told = True
            frame.word, frame.begun = word, len(self.teller.segments)
            frame.capture = None
            frame.state = frame.state.plain
            return
        frame.capture = Capture(word, to)
        frame.captured = True
        if word in ("fldinst", "sv", "docvar"):
            frame.state = frame.state.plain

    def _leave_upr(self) -> None:
        """\\ud holds in Unicode what \\upr has just said in bytes."""
        outer = next((f.upr for f in reversed(self.stack) if f.upr is not None), None)
        if outer is not None:
            self.frame.capture, self.frame.story = outer.capture, outer.story

    def _moves(self, word: str, number: int | None) -> bool:
        """Words that end paragraphs, cells and rows; True if this is one."""
        frame = self.frame
        story = frame.story
        if frame.capture is not None:
            frame.capture.words.add(word)
            if word in ("par", "cell", "row", "nestcell", "sect"):
                self._put("\n")
                return True
            return False
        match word:
            case "par" | "sect" | "page":
                story.end_paragraph()
                if self.html is not None and not frame.state.quiet:
                    self.html.append("\n")
            case "pard":
                story.in_table = False
                frame.state = frame.state._replace(painted=False, ground=0)
            case "intbl":
                story.in_table = True
            case "itap":
                story.in_table = bool(number)
            case "trowd":
                story.painted = False
            case "clcbpat" | "clshdng" | "trcbpat":
                story.painted |= bool(number)
            case "cell":
                story.end_cell(1)
            case "nestcell":
                story.end_cell(2)
            case "row":
                story.end_row(1)
            case "nestrow":
                story.end_row(2)
            case "ftnalt":
                story.part = Part.ENDNOTE if story.part is Part.FOOTNOTE else story.part
            case _:
                return False
        return True

    def _formats(self, word: str, number: int | None) -> None:
        """Words about the characters that follow, and the tables of the header."""
        change = CHANGES.get(word)
        if change is not None:
            self.frame.state = change(self.frame.state, number)
            return
        match word:
            case "titlepg" | "facingp":
                self.switches.add(word)
            case "f" | "af":
                self._font(number or 0, word)
            case "fromhtml":
                self.html = self.html or []
            case "ansicpg":
                self.tables.page = code_page(number or 0) or self.tables.page
                self.tables.chinese |= number == 936
            case "deff":
                self.tables.default_font = number or 0
            case "fcharset" | "cpg":
                self._font_table(word, number or 0)
            case _:
                self.kept.number(word, number)

    def _font(self, number: int, word: str) -> None:
        frame = self.frame
        if frame.capture is not None and frame.capture.word == "fonttbl":
            self.kept.font = number
        elif word == "af" and not frame.state.wide:
            return
        elif frame.state.wide:
            frame.state = frame.state._replace(wide_font=number)
        else:
            frame.state = frame.state._replace(font=number)

    def _font_table(self, word: str, number: int) -> None:
        page = charset(number) if word == "fcharset" else code_page(number)
        if page is not None:
            self.tables.fonts[self.kept.font] = page
            self.tables.chinese |= page == "gb18030"
