"""`bench`: the whole reading of a file against the library's bare work on the same bytes."""

import io
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pypdfium2
from lxml import etree

import formats
from cli import bench_files
from cli.bench_figures import Figure, medians


def figures(scratch: Path, *, quick: bool) -> Iterator[Figure]:
    """Word, Excel and PDF files made by our own libraries."""
    repeat = 3 if quick else 9
    for kind, made in (("docx", bench_files.word), ("xlsx", bench_files.sheet)):
        path = scratch / f"bench.{kind}"
        made(path)
        yield _against(path, f"{kind} 全文读取 / lxml 解开并解析", _parse_parts, 2.5, repeat)
    path = scratch / "bench.pdf"
    bench_files.pdf(path)
    yield _against(path, "pdf 全文读取 / pdfium 提取文字", _extract, 1.5, repeat)


def _against(
    path: Path, name: str, bare: Callable[[Path], None], limit: float, repeat: int
) -> Figure:
    ours, theirs = medians(repeat, partial(formats.read, path), partial(bare, path))
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
