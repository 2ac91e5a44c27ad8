"""`bench`: the whole reading of a file against the library's bare work on the same bytes."""

import io
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pypdfium2
from lxml import etree

import formats
from cli import bench_files, bench_office
from cli.bench_figures import Figure, seconds

_BARE = {"docx": "lxml 解开并解析", "xlsx": "lxml 解开并解析", "pdf": "pdfium 提取文字"}
_LIMITS = {"docx": 2.5, "xlsx": 2.5, "pdf": 1.5}
# The cells of a table are found one by one, which pdfium's own text does without: no promise.
_TABLE = "list.pdf"


def figures(scratch: Path, *, quick: bool) -> Iterator[Figure]:
    """Word, Excel and PDF files of our libraries and, where installed, of LibreOffice."""
    repeat = 3 if quick else 9
    ours = [scratch / f"bench.{kind}" for kind in _LIMITS]
    word, sheet, pdf = ours
    bench_files.word(word)
    bench_files.sheet(sheet)
    bench_files.pdf(pdf)
    for maker, files in (("", ours), ("（LibreOffice）", bench_office.made(scratch / "office"))):
        for path in files:
            kind, table = path.suffix[1:], path.name == _TABLE
            bare = _extract if kind == "pdf" else _parse_parts
            name = f"{kind}{' 表格' if table else ''}{maker} 全文读取 / {_BARE[kind]}"
            yield _against(path, name, bare, None if table else _LIMITS[kind], repeat)


def _against(
    path: Path, name: str, bare: Callable[[Path], None], limit: float | None, repeat: int
) -> Figure:
    ours, theirs = seconds(repeat, partial(formats.read, path), partial(bare, path))
    return Figure(name, ours / theirs, "倍", limit, f"{ours * 1000:.0f} 毫秒")


def _extract(path: Path) -> None:
    document = pypdfium2.PdfDocument(path)
    for page in document:
        page.get_textpage().get_text_bounded()
    document.close()


def _parse_parts(path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package:
        for member in package.namelist():
            if member.endswith((".xml", ".rels")):
                etree.fromstring(package.read(member))
