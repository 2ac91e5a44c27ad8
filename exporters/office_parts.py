"""Opening other people's .docx and .xlsx as XML parts, within limits, without entities."""

import zipfile
from pathlib import Path

from lxml import etree

from formats.reading import TroubleCode, Unreadable
from formats.zips import ZIP_LIES

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LARGEST_FILE = 60 * 1024 * 1024
LARGEST_PART = 120 * 1024 * 1024
LARGEST_WHOLE = 300 * 1024 * 1024
MOST_PARTS = 5000

DAMAGED = "文件已损坏，打不开。请用文字处理软件重新另存一份。"


class Parts:
    """The parts of one Office file by name. All failures are Unreadable."""

    def __init__(self, path: Path) -> None:
        try:
            size = path.stat().st_size
        except OSError as error:
            raise Unreadable(TroubleCode.MISSING, "文件找不到或打不开。请检查路径。") from error
        if size == 0:
            raise Unreadable(TroubleCode.EMPTY, "文件是空的。请重新取得一份。")
        if size > LARGEST_FILE:
            raise Unreadable(
                TroubleCode.TOO_BIG,
                f"文件超过 {LARGEST_FILE // 1048576} 兆字节。请压缩其中的图片后再试。",
            )
        try:
            self._zip = zipfile.ZipFile(path)
        except zipfile.BadZipFile as error:
            with path.open("rb") as file:
                ole = file.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            if ole:
                raise Unreadable(
                    TroubleCode.NOT_SUPPORTED,
                    "文件是旧格式或加了密码。请去掉密码并另存为新格式（.docx、.xlsx）。",
                ) from error
            raise Unreadable(TroubleCode.DAMAGED, DAMAGED) from error
        except ZIP_LIES as error:
            raise Unreadable(TroubleCode.DAMAGED, DAMAGED) from error
        if len(self._zip.infolist()) > MOST_PARTS or self.opened_bytes > LARGEST_WHOLE:
            self._zip.close()
            raise Unreadable(
                TroubleCode.TOO_BIG, "文件解开后过大，已停止读取。请拆分或另存后再试。"
            )

    def __enter__(self) -> "Parts":
        """Use as a context manager: the file is closed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._zip.close()

    @property
    def opened_bytes(self) -> int:
        """What all parts together take when opened."""
        return sum(entry.file_size for entry in self._zip.infolist())

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._zip.namelist())

    def xml(self, name: str) -> etree._Element | None:
        """The root of one part; None when the file has no such part."""
        try:
            entry = self._zip.getinfo(name)
        except KeyError:
            return None
        if entry.file_size > LARGEST_PART:
            raise Unreadable(TroubleCode.TOO_BIG, "文件内容过大，已停止读取。请拆分后再试。")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        try:
            return etree.fromstring(self._zip.read(entry), parser)
        except (etree.XMLSyntaxError, *ZIP_LIES) as error:
            raise Unreadable(TroubleCode.DAMAGED, DAMAGED) from error
