"""Makes the papers of one part (`PARTS`) from its templates. The same each time."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.labelled.carriers import encoding
from tests.labelled.paper import Grid, Line, Paper
from tests.labelled.scenes import Scene
from tests.labelled.template import Mark, Text, fill

PARTS = (
    "develop", "held-out", "develop-2", "held-out-2", "develop-3", "held-out-3",
    "develop-4", "held-out-4",
)  # fmt: skip
"""The parts to tune against, and those looked at only for the figures. What is numbered is by
another hand, which had not read the rules."""
ROOT = Path(__file__).parent
_TURNS, _MARKED = 10, 7
SEED = 20260401

# Where a state-secret mark is put, a kind of file each (A9), and how often.
_PLACES = (
    ("docx", "first"), ("docx", "header"), ("docx", "textbox"), ("docx", "footnote"),
    ("docx", "comment"), ("docx", "property"), ("docx", "hidden"), ("docx", "deletion"),
    ("docx", "insertion"), ("docx", "footer"), ("docx", "after-title"), ("docx", "table"),
    ("xlsx", "first"), ("xlsx", "header"), ("xlsx", "comment"), ("xlsx", "hidden-sheet"),
    ("xlsx", "hidden-column"), ("pdf", "first"), ("pdf", "second-page"), ("html", "first"),
    ("html", "hidden"), ("html", "comment"), ("txt", "first"), ("csv", "first"), ("zip", "first"),
    ("docx", "name"), ("docx", "copy-number"), ("docx", "paragraph"), ("docx", "split"),
    ("rtf", "first"), ("xls", "first"), ("pptx", "first"), ("ofd", "first"), ("eml", "first"),
    ("zip", "name"), ("xlsx", "name"), ("docx", "attachment"), ("rtf", "hidden"),
    ("docx", "endnote"), ("docx", "alt-text"), ("xlsx", "sheet"), ("pptx", "notes"),
    ("pdf", "annotation"), ("pdf", "outline"), ("eml", "subject"), ("rtf", "header"),
    ("csv", "name"),
)  # fmt: skip
_STARRED = {"attachment", "paragraph", "alt-text", "sheet", "outline", "notes", "annotation"}
PLACES = {
    "first": "首行", "header": "页眉", "textbox": "文本框", "footnote": "脚注", "comment": "批注",
    "property": "属性", "hidden": "隐藏文字", "deletion": "删除的修订", "insertion": "插入的修订",
    "footer": "页脚", "after-title": "标题下", "table": "表格", "hidden-sheet": "隐藏工作表",
    "hidden-column": "隐藏列", "second-page": "次页首行", "name": "文件名", "copy-number": "份号下",
    "paragraph": "段首", "split": "分成几段格式的首行", "attachment": "附件首行",
    "endnote": "尾注", "alt-text": "图片说明", "sheet": "工作表名", "notes": "演讲备注",
    "annotation": "注释", "outline": "书签", "subject": "邮件主题",
}  # fmt: skip
_UNSEEN = (
    ("docx", "comment"), ("docx", "hidden"), ("docx", "deletion"), ("xlsx", "comment"),
    ("xlsx", "hidden-sheet"), ("xlsx", "hidden-column"), ("html", "hidden"),
)  # fmt: skip
_KINDS = ("docx", "txt", "pdf", "html", "docx", "zip", "ofd", "docx", "xlsx", "rtf", "docx")
_TABLE_KINDS = ("xlsx", "docx", "csv", "html", "xls", "xlsx", "pdf", "rtf", "docx", "pptx")


class Template(NamedTuple):
    """A block of a template file: its title and lines."""

    name: str
    title: str
    lines: tuple[str, ...]


def lines_of(part: str, name: str) -> list[str]:
    """The lines of a template file that are no comment and not empty."""
    text = (ROOT / part / f"{name}.txt").read_text(encoding="utf-8")
    return [t for line in text.splitlines() if (t := line.strip()) and not t.startswith("#")]


def blocks_of(part: str, name: str) -> list[Template]:
    """The blocks of a template file, each begun by `== title`."""
    found: list[tuple[str, list[str]]] = []
    for line in lines_of(part, name):
        if line.startswith("== "):
            found.append((line[3:], []))
        else:
            found[-1][1].append(line)
    return [Template(f"{name}:{n}", t, tuple(ls)) for n, (t, ls) in enumerate(found, 1)]


def papers(part: str, *, ordinary: bool = False) -> Iterator[Paper]:
    """The labelled papers of a part, or the ordinary documents that hold nothing to hide."""
    if ordinary:
        yield from _ordinary(part)
        return
    yield from _secrets(part)
    yield from _prose(part)
    yield from _tables(part)
    yield from _whole(part)
    yield from _unseen(part)


def _scene(part: str, *seed: object) -> Scene:
    return Scene(Random("/".join(map(str, (SEED, part, *seed)))), part)


def _paper(scene: Scene, title: str, kind: str, template: str, *, split: bool = False) -> Paper:
    stem = fill(title, scene)
    paper = Paper(
        stem, [Line(stem)], kind, split, encoding=encoding(kind, scene.rng), template=template,
        rng=scene.rng,
    )  # fmt: skip
    if kind == "zip":
        paper.encoding = "utf-8"
    return paper


def _secrets(part: str) -> Iterator[Paper]:
    """Every form of a mark in several places, every place with several forms."""
    titles = lines_of(part, "titles")
    filler = [line for block in blocks_of(part, "ordinary") for line in block.lines]
    marks = lines_of(part, "secret-marks")
    for number, mark in enumerate(marks):
        for turn in range(_MARKED):
            kind, where = _PLACES[(number * _MARKED + turn) % len(_PLACES)]
            if where in _STARRED and "★" not in mark:
                continue  # a bare word within a text is not told from prose
            scene = _scene(part, "secret", number, turn)
            paper = _paper(scene, scene.rng.choice(titles), kind, f"secret-marks:{mark}@{where}")
            paper.full, paper.place = False, f"{kind} {PLACES[where]}"
            body = [Line(fill(t.lstrip("?").strip(), scene)) for t in scene.rng.sample(filler, 5)]
            label = fill(f"⟦secret:{mark}⟧", scene)
            _lay(paper, where, label, body)
            yield paper


def _lay(paper: Paper, where: str, label: Text, body: list[Line]) -> None:
    title = paper.blocks[0]
    assert isinstance(title, Line)
    match where:
        case "first" | "split":
            paper.split = where == "split"
            paper.blocks = [Line(label), title, *body]
        case "after-title":
            paper.blocks = [title, Line(label), *body]
        case "copy-number":
            paper.blocks = [Line(Text("000017", (Mark(0, 6, "?"),))), Line(label), title, *body]
        case "paragraph":
            first = body[0].text
            led = Text(label.text + first.text, label.marks)
            paper.blocks = [title, *body[1:3], Line(led), *body[3:]]
        case "table":
            paper.blocks = [Grid([[label, Text("经办：党政办")]]), title, *body]
        case "name":
            paper.stem = Text(label.text + paper.stem.text, label.marks)
            paper.blocks = [title, *body]
        case "attachment":
            paper.blocks = [title, *body * 3, Line(Text("附件1")), Line(label), *body]
        case "second-page":
            turned = Line(Text(f"\f{label.text}", label.moved(1)))
            paper.blocks = [title, *body, *body, turned, *body]
        case _:
            paper.blocks = [title, *body, Line(label, where)]


def _prose(part: str) -> Iterator[Paper]:
    """Sentences of one subject, eight a document, every template in several files."""
    titles = lines_of(part, "titles")
    for subject, copies in (
        ("numbers", 5), ("people", 5), ("facts", 4), ("marks", 3), ("wording", 2), ("negatives", 3),
    ):  # fmt: skip
        sentences = lines_of(part, subject)
        for copy in range(copies):
            order = list(enumerate(sentences, 1))
            Random(f"{SEED}{part}{subject}{copy}").shuffle(order)
            for begin in range(0, len(order), 8):
                number = begin // 8
                kind = _KINDS[(number + copy * 3) % len(_KINDS)]
                scene = _scene(part, subject, copy, number)
                split = kind != "xlsx" and (number + copy) % 3 == 0
                paper = _paper(scene, scene.rng.choice(titles), kind, "", split=split)
                names = []
                for which, sentence in order[begin : begin + 8]:
                    paper.blocks.append(Line(fill(sentence, scene)))
                    names.append(str(which))
                paper.template = f"{subject}:{','.join(names)}{' split' if split else ''}"
                yield paper


def _unseen(part: str) -> Iterator[Paper]:
    """Sentences about people in places that a reader of the file does not see."""
    titles = lines_of(part, "titles")
    sentences = [s for s in lines_of(part, "people")[:40] if "{name}" in s]
    for number, (kind, where) in enumerate(_UNSEEN * 3):
        scene = _scene(part, "unseen", number)
        paper = _paper(scene, scene.rng.choice(titles), kind, f"unseen:{where}")
        paper.blocks.append(Line(fill("现将有关情况说明如下。", scene)))
        text = fill(scene.rng.choice(sentences), scene)
        whole = Mark(0, len(text.text), "hidden")
        paper.blocks.append(Line(Text(text.text, (*text.marks, whole)), where))
        yield paper


def _tables(part: str) -> Iterator[Paper]:
    """Each table in several kinds of file."""
    for number, block in enumerate(blocks_of(part, "tables")):
        for turn in range(4):
            kind = _TABLE_KINDS[(number + turn * 3) % len(_TABLE_KINDS)]
            scene = _scene(part, block.name, turn)
            paper = _paper(scene, block.title, kind, block.name)
            before = [line for line in block.lines if line.startswith("> ")]
            paper.blocks += [Line(fill(line[2:], scene)) for line in before]
            paper.blocks.append(_grid(block, scene, 6 + scene.rng.randrange(5)))
            yield paper


def _grid(block: Template, scene: Scene, count: int) -> Grid:
    """The table of a block: head lines, `---`, lines that repeat, `...`, last lines.

    `~` lies under the cell to its left, `@id` is a number a digit a cell, `#r` is the row's
    person, `%i` its number. A head that is to be repeated is begun by `||`. Below, `=sum` is the
    column's sum and `=off` a wrong one.
    """
    parts: list[list[str]] = [[], [], []]
    stage = 0
    for line in block.lines:
        if line in {"---", "..."}:
            stage = 1 if line == "---" else 2
        elif not line.startswith("> "):
            parts[stage].append(line)
    if not parts[1]:
        parts = [[], parts[0], parts[2]]
    again = any(line.startswith("||") for line in parts[0])
    rows = [_row(line.replace("||", "|"), scene, 0) for line in parts[0]]
    for number in range(1, count + 1):
        if again and number == count // 2 + 1:
            rows += [_row(line.replace("||", "|"), scene, 0) for line in parts[0]]
        rows.append(_row(parts[1][(number - 1) % len(parts[1])], scene, number))
    rows += [_summed(_row(line, scene, 0), rows) for line in parts[2]]
    return Grid(rows)


def _summed(last: list[Text | None], rows: list[list[Text | None]]) -> list[Text | None]:
    """The last row with `=sum` replaced by its column's sum, `=off` by a wrong one, labelled."""
    made: list[Text | None] = []
    for column, cell in enumerate(last):
        if cell is None or not cell.text.startswith("="):
            made.append(cell)
            continue
        above = [row[column] for row in rows if column < len(row)]
        total = sum(int(c.text) for c in above if c and c.text.isdigit())
        right = cell.text == "=sum"
        value = str(total if right else total + 300)
        made.append(Text(value, () if right else (Mark(0, len(value), "wording"),)))
    return made


def _row(line: str, scene: Scene, number: int) -> list[Text | None]:
    cells: list[Text | None] = []
    for cell in _cut(line):
        if cell == "~":
            cells.append(None)
            continue
        if cell == "@id":  # one digit a cell, as forms have it
            boxed = scene.person(f"r{number}", "").id
            cells += [Text(c, (Mark(0, 1, "cell-id-number"),)) for c in boxed]
            continue
        text = fill(cell.replace("#r", f"#r{number}").replace("%i", str(number)), scene)
        marks = tuple(m if m.kind == "?" else m._replace(kind=f"cell-{m.kind}") for m in text.marks)
        cells.append(Text(text.text, marks))
    return cells


def _cut(line: str) -> list[str]:
    """The cells of `| a | <b|c> |`: bars within choices do not part."""
    cells, depth, current = [], 0, ""
    for c in line.strip().removeprefix("|").removesuffix("|"):
        depth += (c in "<⟦{") - (c in ">⟧}")
        if c == "|" and depth == 0:
            cells.append(current.strip())
            current = ""
        else:
            current += c
    return [*cells, current.strip()]


def _whole(part: str) -> Iterator[Paper]:
    """Documents written as a whole: minutes, requests, forms; labelled throughout."""
    kinds = ("docx", "pdf", "txt", "html")
    for number, block in enumerate(blocks_of(part, "whole")):
        for turn in range(3):
            scene = _scene(part, block.name, turn)
            paper = _paper(scene, block.title, kinds[(number + turn) % 4], block.name)
            paper.blocks += [Line(fill(line, scene)) for line in block.lines]
            yield paper


def _ordinary(part: str) -> Iterator[Paper]:
    """Public documents, each template several times with other values and other paragraphs."""
    kinds = ("docx", "txt", "html", "pdf")
    for number, block in enumerate(blocks_of(part, "ordinary")):
        for turn in range(_TURNS):
            scene = _scene(part, block.name, turn)
            paper = _paper(scene, block.title, kinds[(number + turn) % 4], block.name)
            for line in block.lines:
                if line.startswith("?") and scene.rng.random() < 0.4:
                    continue
                paper.blocks.append(Line(fill(line.lstrip("? "), scene)))
            yield paper
