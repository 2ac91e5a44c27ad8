"""Files and small questions that several intake tests share."""

import time
import zipfile
from pathlib import Path

from detection.report import Report, Status
from formats.reading import TroubleCode


def text_file(folder: Path, name: str = "公示.txt", text: str = "关于低保名单的公示\n") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def slow_file(folder: Path, lines: int = 60_000) -> Path:
    """A text that takes a child some seconds: many numbers to check, all different."""
    numbers = (f"名单 {n:07} 电话 139{n:08} 账号 62220210{n:011}\n" for n in range(lines))
    return text_file(folder, "慢.txt", "".join(numbers))


def docx_with(folder: Path, name: str, body: bytes) -> Path:
    """A Word file by its skeleton only, with any main part."""
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    rels = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", content)
        archive.writestr("_rels/.rels", rels)
        archive.writestr("word/document.xml", body)
    return path


def trouble(report: Report) -> TroubleCode:
    assert report.status is Status.UNREADABLE
    found = report.troubles[0]
    assert found.text.endswith("。")
    return found.code


def gone(pids: tuple[int, ...], seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return True
        time.sleep(0.02)
    return False
