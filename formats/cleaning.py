"""The knife's door: a new clean file from an old one, through the redactor its bytes ask for."""

import importlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from formats.reading import Kind, Mark, TroubleCode, Unreadable
from formats.sniff import sniff_stream


class Redactor(Protocol):
    """What a module that writes a format offers. Raises Unreadable."""

    def redact(self, source: BinaryIO, marks: Sequence[Mark], out: BinaryIO) -> None:
        """Write a new file to `out`; the same source and marks always give the same bytes."""


REDACTORS = {
    Kind.DOCX: "formats.word",
    Kind.DOCM: "formats.word",
    Kind.XLSX: "formats.sheet",
    Kind.XLSM: "formats.sheet",
    Kind.TXT: "formats.plain.text",
    Kind.CSV: "formats.plain.table",
}
CLEANABLE: frozenset[Kind] = frozenset(REDACTORS)
_SUFFIX = {Kind.DOCM: ".docx", Kind.XLSM: ".xlsx"}


def clean_suffix(kind: Kind) -> str:
    """The suffix of the clean file, with its dot; one that could hold macros loses its `m`.

    Raises Unreadable(NOT_SUPPORTED) for kinds outside CLEANABLE.
    """
    if kind not in CLEANABLE:
        raise Unreadable(TroubleCode.NOT_SUPPORTED, _cannot(kind))
    return _SUFFIX.get(kind, f".{kind.value}")


def redact(source: Path, marks: Sequence[Mark], out: Path, *, kind: Kind | None = None) -> None:
    """Write a NEW file at `out`: marks applied, nothing hidden, no revisions, comments, properties,
    macros, thumbnails or embedded files. Insertions are accepted, deletions dropped.

    On failure nothing is left at `out`. Raises Unreadable; a mark whose place is not found is one
    (DAMAGED): a clean file that misses a cut must not exist.
    """
    with source.open("rb") as stream:
        found = kind or sniff_stream(stream, source.name).kind
        module = REDACTORS.get(found)
        if module is None:
            raise Unreadable(TroubleCode.NOT_SUPPORTED, _cannot(found))
        stream.seek(0)
        redactor = cast(Redactor, importlib.import_module(module))
        made = out.with_name(f".{out.name}.part")
        try:
            with made.open("wb") as target:
                redactor.redact(stream, marks, target)
                target.flush()
                os.fsync(target.fileno())
            made.replace(out)
        finally:
            made.unlink(missing_ok=True)


def _cannot(kind: Kind) -> str:
    return (
        f"{kind.value} 文件还不能自动生成公开件。请在原软件中删去要遮盖的内容，"
        "另存为 .docx、.xlsx 或 .txt 后重新放入。"
    )
