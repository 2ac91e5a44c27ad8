"""LibreOffice, where it is installed: other eyes on the files that the tests made."""

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import pypdfium2
import pytest

needs_libreoffice = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]
"""Marks of a module that has its files opened by LibreOffice."""

_IMPRESS = Path(shutil.which("soffice") or "/nowhere").resolve().parent / "libsdlo.so"

needs_impress = [
    *needs_libreoffice,
    pytest.mark.skipif(not _IMPRESS.is_file(), reason="LibreOffice Impress is not installed"),
]
"""Marks of a module that has presentations opened: Impress is a package of its own."""

_SECONDS = 300

Test = TypeVar("Test", bound=Callable[..., object])


def with_libreoffice(test: Test) -> Test:
    """The same marks for one test."""
    return _marked(test, needs_libreoffice)


def with_impress(test: Test) -> Test:
    """Those of presentations for one test."""
    return _marked(test, needs_impress)


def _marked(test: Test, marks: Sequence[pytest.MarkDecorator]) -> Test:
    for mark in marks:
        test = mark(test)
    return test


def convert(files: Path | Sequence[Path], kind: str, folder: Path, *options: str) -> Path:
    """Write the files in another kind into `folder`; where the (first) one lies now.

    `kind`: as `--convert-to` takes it, with its filter where one is wanted.
    """
    sources = [files] if isinstance(files, Path) else list(files)
    profile = f"-env:UserInstallation={(folder / 'profile').absolute().as_uri()}"
    command = ["soffice", profile, "--headless", *options, "--convert-to", kind]
    subprocess.run(
        [*command, "--outdir", folder, *sources], check=True, capture_output=True, timeout=_SECONDS
    )
    return folder / f"{sources[0].stem}.{kind.split(':')[0]}"


def words(pdf: Path) -> str:
    """The text of all pages, without white space."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join("".join(p.get_textpage().get_text_bounded().split()) for p in document)
    finally:
        document.close()
