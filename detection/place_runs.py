"""Where a place may be named in a line, and all that speaks for or against its being a home.

A run is a chain of parts of a place with names between them. What is seen of it is told as
features, strings of a class and a kind (`in.village`, `before.dwell`), which `dwellings` weighs.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from detection.evidence import SURNAME
from detection.place_pieces import FINE, Piece, pieces

_NAME = 8
"""So many characters may a name have before the word that says what kind of place it is."""
_SHORTEST, _LONGEST = 2, 60
_SEPARATORS = frozenset(" ,(-/、)")
_POINTERS = frozenset(("那", "这", "过", "对"))
_STOPS = frozenset("。!?\n\0")
_BEHIND_OF = frozenset(("building", "house", "room", "side", "hamlet"))
_NEAR = 4
_WIDE = frozenset(("village", "estate", "road", "town"))
_BARE = re.compile("[一-鿿A-Za-z0-9]{2,10}")
_MASKED = re.compile("[*×]")
_QUOTES = "\"“”'‘’·"
_BEING = frozenset("岁生农族女男盲化度")


class Run(NamedTuple):
    """Where a place may be named, and what is seen of it. `word`: what stands before it and says
    most, as in the table; empty where nothing does."""

    start: int
    end: int
    features: tuple[str, ...]
    word: str


def runs(text: str, start: int, end: int, persons: Sequence[tuple[int, int]]) -> Iterator[Run]:
    """The runs of the line `text[start:end]`, in which `persons` are named."""
    return _Line(text, start, end, pieces(text, start, end, persons)).runs()


class _Line:
    def __init__(self, text: str, start: int, end: int, found: list[Piece]) -> None:
        self.text, self.start, self.end, self.pieces = text, start, end, found

    def runs(self) -> Iterator[Run]:
        at, free = 0, self.start
        while at < len(self.pieces):
            piece = self.pieces[at]
            if not piece.part:
                free = piece.end
                if piece.before in {"dwell", "field"}:
                    yield from self._bare(at)
                at += 1
                continue
            last = self._last(at)
            begin = self._begin(free, piece.start)
            stop = self.pieces[last].end
            if _SHORTEST <= stop - begin <= _LONGEST and not _MASKED.search(
                self.text, begin, stop + 1
            ):
                yield self._run(at, last, begin, free)
            at, free = last + 1, stop

    def _last(self, at: int) -> int:
        """The last piece of the run that begins with the piece `at`."""
        while at + 1 < len(self.pieces):
            one, more = self.pieces[at], self.pieces[at + 1]
            if more.part and more.start - one.end <= _NAME:
                at += 1
            elif closed := self._bracket(at):
                at = closed
            elif self._goes_on(at):
                at += 2
            else:
                break
        return at

    def _bracket(self, at: int) -> int:
        """The piece that closes a bracket which holds nothing but a place, and behind which the
        place goes on: 锦川县(白石沟镇)双碾坝村. 0 where there is none."""
        if self.pieces[at + 1].word != "(" or self.pieces[at + 1].start != self.pieces[at].end:
            return 0
        last = at + 2
        while last < len(self.pieces) and self.pieces[last].part:
            last += 1
        if last + 1 >= len(self.pieces) or last == at + 2 or self.pieces[last].word != ")":
            return 0
        more = self.pieces[last + 1]
        return last if more.part and more.start - self.pieces[last].end <= _NEAR else 0

    def _goes_on(self, at: int) -> bool:
        """Does the place go on behind what parts it: 后山的旧烤房, 岔路口那孔窑, 3栋, 2单元?"""
        if at + 2 >= len(self.pieces):
            return False
        one, between, more = self.pieces[at : at + 3]
        gap, parted = more.start - between.end, between.start - one.end
        if not more.part:
            return False
        if between.word == "的" and parted < _NEAR:
            return gap <= _NEAR + 2 and more.part in _BEHIND_OF and more.after != "home"
        if parted:
            return False
        if between.word in _POINTERS:
            return gap <= _NEAR
        if between.word in _SEPARATORS:
            counted = more.part in FINE and more.part != "digits"
            return (not gap and counted) or (between.word in " -/" and gap <= _NEAR)
        return False

    def _begin(self, free: int, first: int) -> int:
        begin = max(free, first - _NAME)
        opened = max((self.text.rfind(quote, begin, first) for quote in "“‘"), default=-1)
        if opened >= 0 and not re.search("[”’]", self.text[opened:first]):
            begin = opened + 1
        while begin < first and self.text[begin] in _QUOTES:
            begin += 1
        return begin

    def _run(self, first: int, last: int, begin: int, free: int) -> Run:
        within = self.pieces[first : last + 1]
        stop = within[-1].end
        kinds = [one.part for one in within if one.part]
        seen = {f"in.{kind}" for kind in kinds}
        seen.update(f"pair.{one}.{two}" for one, two in pairwise(kinds))
        seen.update(f"word.{one.word}" for one in within if one.part and len(one.word) > 1)
        seen.add(f"count.{min(len(kinds), 4)}")
        seen.add(f"first.{kinds[0]}")
        seen.add(f"last.{within[-1].word or kinds[-1]}")
        seen.add(f"lastkind.{kinds[-1]}")
        seen.add(f"long.{min((stop - begin) // 3, 6)}")
        seen.add(f"name.{min(within[0].start - begin, 5)}")
        fine = not FINE.isdisjoint(kinds) or "hamlet" in kinds
        if fine and not _WIDE.isdisjoint(kinds):
            seen.add("whole")
        if not fine and "side" not in kinds and "building" not in kinds:
            seen.add("coarse")
        if "office" in kinds and kinds[-1] != "office":
            seen.add(f"office.{kinds[-1]}")
        word = self._before(first - 1, begin, seen)
        self._after(last + 1, stop, seen)
        self._around(first, last, seen)
        _together(seen)
        return Run(begin, stop, tuple(sorted(seen)), word)

    def _bare(self, at: int) -> Iterator[Run]:
        """Behind a word of dwelling, a name that ends like no place: 家住六塆岩脚."""
        begin = self.pieces[at].end
        while begin < self.end and self.text[begin] in ': "“':
            begin += 1
        behind = at + 1
        while behind < len(self.pieces) and self.pieces[behind].start < begin:
            behind += 1
        stop = self.pieces[behind].start if behind < len(self.pieces) else self.end
        if behind < len(self.pieces) and self.pieces[behind].part:
            return
        if _BARE.fullmatch(self.text, begin, stop):
            seen = {"bare", f"long.{min((stop - begin) // 3, 6)}"}
            word = self._before(at, begin, seen)
            self._after(behind, stop, seen)
            self._around(at + 1, behind - 1, seen)
            _together(seen)
            yield Run(begin, stop, tuple(sorted(seen)), word)

    def _before(self, at: int, begin: int, seen: set[str]) -> str:
        """What stands before: its class and word into `seen`; the word that says it."""
        while at >= 0:
            one = self.pieces[at]
            if one.end < begin and self.text[one.end : begin].strip(_QUOTES + ": "):
                seen.add("before.text")
                return ""
            begin = one.start
            if one.word in {":", " ", "《"}:
                at -= 1
                continue
            earlier = self.pieces[at - 1] if at and self.pieces[at - 1].end == one.start else None
            if one.before == "at" and earlier is not None and earlier.before not in {"", "at"}:
                one, earlier = earlier, None
            if one.before:
                seen.update((f"before.{one.before}", f"beforeword.{one.word}"))
                if earlier is not None and one.before in {"dwell", "at", "go"}:
                    kind = earlier.part or earlier.after or earlier.before
                    seen.add(f"subject.{kind or 'other'}")
                return one.word
            if one.word == "(" and earlier is not None:
                seen.add(f"before.bracket.{earlier.after or earlier.before or 'other'}")
                return ""
            if one.word in {",", "、", ";", "/", "("}:
                if earlier is not None and (earlier.is_person or earlier.before == "field"):
                    seen.add(f"before.comma.{earlier.after or earlier.before}")
                elif self.text[one.start - 1 : one.start] in _BEING:
                    seen.add("before.being")
                else:
                    seen.add("before.comma")
                return ""
            if one.word in _STOPS:
                seen.add("before.stop")
                return ""
            seen.add(f"before.of.{one.after}" if one.after else "before.neither")
            if one.word:
                seen.add(f"beforeword.{one.word}")
            return ""
        seen.add("before.start" if not self.text[self.start : begin].strip() else "before.text")
        return ""

    def _after(self, at: int, stop: int, seen: set[str]) -> None:
        if at >= len(self.pieces):
            seen.add("after.end" if not self.text[stop : self.end].strip() else "after.text")
            return
        one = self.pieces[at]
        if one.start > stop:
            seen.update(("after.text", f"next.{self.text[stop]}"))
            if SURNAME.get(self.text[stop], 0) > 0:
                seen.add("after.surname")
            return
        later = self.pieces[at + 1] if at + 1 < len(self.pieces) else None
        touching = later if later is not None and later.start == one.end else None
        if one.word == "的":
            of = touching.after if touching and touching.after else "other"
            behind = at + 2 < len(self.pieces) and touching is not None
            named = behind and self.pieces[at + 2].is_person
            seen.add(f"after.of.{of}{'.person' if named else ''}")
            if touching is not None:
                seen.add(f"afterword.的{touching.word}")
        elif one.after:
            named = touching is not None and touching.is_person
            seen.add(f"after.{one.after}{'.person' if named else ''}")
        elif one.before:
            seen.add(f"after.before.{one.before}")
        elif one.word in {",", "。", ";", ")", "、", "(", " ", ":"}:
            named = touching is not None and touching.is_person
            bracket = {")": "close", "(": "open"}.get(one.word, "mark")
            seen.add(f"after.{bracket}{'.person' if named else ''}")
        else:
            seen.add("after.neither")
        if one.word:
            seen.add(f"afterword.{one.word}")

    def _around(self, first: int, last: int, seen: set[str]) -> None:
        """Who is named in the same sentence, and what else is said in it."""
        low, high = first, last
        while low > 0 and self.pieces[low - 1].word not in _STOPS:
            low -= 1
        while high + 1 < len(self.pieces) and self.pieces[high + 1].word not in _STOPS:
            high += 1
        sentence = self.pieces[low : high + 1]
        seen.add(f"near.{_nearest(sentence, self.pieces)}")
        outside = (*self.pieces[low:first], *self.pieces[last + 1 : high + 1])
        if any(one.part == "office" for one in outside):
            seen.add("near.office")
        for kind in ("dwell", "field", "firm"):
            if any(one.before == kind for one in self.pieces[low:first]):
                seen.add(f"earlier.{kind}")
        for kind in ("works", "home", "live", "serve", "crowd"):
            if any(one.after == kind for one in sentence):
                seen.add(f"near.{kind}")


def _nearest(sentence: Sequence[Piece], line: Sequence[Piece]) -> str:
    """Who is told of in the sentence: a person by name, one without, people; else nobody."""
    if any(one.is_person for one in sentence):
        return "person"
    told = {one.after for one in sentence}
    for kind in ("one", "who"):
        if kind in told:
            return kind
    return "person_in_line" if any(one.is_person for one in line) else "nobody"


def _together(seen: set[str]) -> None:
    """Who is near, with what stands before and behind: in a row of offices `at` says less."""
    near = [one for one in seen if one.startswith("near.p") or one in _NOT_NAMED]
    beside = [one for one in seen if one.startswith(("before.", "after."))]
    seen.update(f"{one}&{two}" for one in near for two in beside)


_NOT_NAMED = frozenset(("near.one", "near.who", "near.nobody"))
