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


def figures(scratch: Path, *, quick: bool) -> Iterator[Figure]:
    """Word, Excel and PDF files of our libraries and, where installed, of LibreOffice."""
    repeat = 3 if quick else 9
    ours = {kind: scratch / f"bench.{kind}" for kind in _LIMITS}
    bench_files.word(ours["docx"])
    bench_files.sheet(ours["xlsx"])
    bench_files.pdf(ours["pdf"])
    for maker, files in (("", ours), ("（LibreOffice）", bench_office.made(scratch / "office"))):
        for kind, path in files.items():
            bare = _extract if kind == "pdf" else _parse_parts
            name = f"{kind}{maker} 全文读取 / {_BARE[kind]}"
            yield _against(path, name, bare, _LIMITS[kind], repeat)


def _against(
    path: Path, name: str, bare: Callable[[Path], None], limit: float, repeat: int
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
