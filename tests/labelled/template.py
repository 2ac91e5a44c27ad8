"""Fills a template: slots, choices and marks to a text that knows where its labels are.

`{name}` a slot, labelled by its kind; `{-name}` the same without a label, `{?name}` judged neither
way; `{id:wrong#1}` a variant, and the person of number 1 in this document. `<甲|乙>` a choice.
`⟦kind:…⟧` or `⟦kind!severity:…⟧` a label over text and slots; kind `?` is judged neither way.
"""

import re
from typing import NamedTuple

from tests.labelled.scenes import Scene
from tests.labelled.slots import SLOTS

UNJUDGED = "?"
_SLOT = re.compile(r"\{([-?]?)([a-z-]+[0-9]*)(?::([a-z0-9-]+))?(?:#(\w+))?\}")
_LABEL = re.compile(r"⟦([a-z?-]+)(?:!([a-z]+))?:")


class BadTemplate(Exception):
    """A template that does not follow the grammar."""


class Mark(NamedTuple):
    """A label within one text: `kind` as in `classes.toml`, `severity` "" for that of its kind."""

    start: int
    end: int
    kind: str
    severity: str = ""


class Text(NamedTuple):
    """A filled template."""

    text: str
    marks: tuple[Mark, ...] = ()

    def moved(self, by: int) -> tuple[Mark, ...]:
        """The marks where this text follows `by` characters of another."""
        return tuple(m._replace(start=m.start + by, end=m.end + by) for m in self.marks)


def fill(template: str, scene: Scene) -> Text:
    """The template with fresh values; `\\n` breaks the line. Raises BadTemplate."""
    return _Filling(template.replace("\\n", "\n"), scene).run()


class _Filling:
    def __init__(self, template: str, scene: Scene) -> None:
        self.template, self.scene = template, scene
        self.out, self.marks = "", []

    def run(self) -> Text:
        self._part(self.template, quiet=False)
        return Text(self.out, tuple(self.marks))

    def _part(self, text: str, *, quiet: bool) -> None:
        at = 0
        while at < len(text):
            c = text[at]
            if c == "{":
                slot = _SLOT.match(text, at)
                if slot is None or slot[2] not in SLOTS:
                    raise BadTemplate(f"no slot here: {text[at : at + 24]}")
                self._slot(slot, quiet=quiet)
                at = slot.end()
            elif c == "<":
                end = _closing(text, at, "<", ">")
                self._part(self.scene.rng.choice(_choices(text[at + 1 : end])), quiet=quiet)
                at = end + 1
            elif c == "⟦":
                label = _LABEL.match(text, at)
                if label is None:
                    raise BadTemplate(f"no label here: {text[at : at + 24]}")
                end = _closing(text, at, "⟦", "⟧")
                start = len(self.out)
                self._part(text[label.end() : end], quiet=True)
                self.marks.append(Mark(start, len(self.out), label[1], label[2] or ""))
                at = end + 1
            elif c in "}>⟧":
                raise BadTemplate(f"nothing to close: {text[max(0, at - 12) : at + 12]}")
            else:
                self.out += c
                at += 1

    def _slot(self, slot: re.Match[str], *, quiet: bool) -> None:
        make, kind = SLOTS[slot[2]]
        start = len(self.out)
        self.out += make(self.scene, slot[3] or "", slot[4] or "")
        if slot[1] == "?":
            kind = UNJUDGED
        if kind and slot[1] != "-" and not quiet:
            self.marks.append(Mark(start, len(self.out), kind))


def _closing(text: str, at: int, opens: str, closes: str) -> int:
    depth = 0
    for place in range(at, len(text)):
        depth += (text[place] == opens) - (text[place] == closes)
        if depth == 0:
            return place
    raise BadTemplate(f"never closed: {text[at : at + 24]}")


def _choices(text: str) -> list[str]:
    """The alternatives at the outermost level."""
    found, depth, current = [], 0, ""
    for c in text:
        depth += (c in "<⟦{") - (c in ">⟧}")
        if c == "|" and depth == 0:
            found.append(current)
            current = ""
        else:
            current += c
    return [*found, current]
