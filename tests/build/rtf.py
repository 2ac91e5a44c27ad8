"""Rich text written by hand, in the dialects of Word, WPS and of careless programs."""

TABLES = (
    r"{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}{\f1\froman\fcharset0 Times;}"
    r"{\f2\fnil\fcharset136 Ming;}}"
    r"{\colortbl;\red255\green255\blue255;\red0\green51\blue102;}"
)
# 2026-03-02 08:01 as a DTTM ([MS-DOC] 2.9.75).
MOMENT = (126 << 20) | (3 << 16) | (2 << 11) | (8 << 6) | 1


def gbk(text: str) -> str:
    """Characters as the hexadecimal bytes of Chinese Windows."""
    return "".join(f"\\'{byte:02x}" for byte in text.encode("gb18030"))


def units(text: str, fallback: str = "?") -> str:
    """Characters as \\uN, with a sign for old programs behind each."""
    raw = text.encode("utf-16-le")
    numbers = [int.from_bytes(raw[i : i + 2], "little", signed=True) for i in range(0, len(raw), 2)]
    return "".join(f"\\u{number}{fallback}" for number in numbers)


def rtf(body: str, head: str = "", authors: str = "") -> bytes:
    """A file with the usual tables; `authors` become the revision table."""
    table = "".join(f"{{{gbk(name)};}}" for name in ("Unknown", *authors.split()))
    return (
        rf"{{\rtf1\ansi\ansicpg936\deff0{TABLES}{{\*\revtbl{table}}}{head}"
        rf"\pard\plain\f0\fs24 {gbk('白石沟镇公示。')}\par {body}\par}}"
    ).encode("ascii")


def grid(*rows: tuple[str, ...], shaded: str = "") -> str:
    """A table; cells are RTF."""
    made = ""
    for row in rows:
        widths = "".join(rf"{shaded}\cellx{1000 * (i + 1)}" for i in range(len(row)))
        made += rf"\trowd{widths}\pard\intbl " + "".join(rf"{cell}\cell " for cell in row) + r"\row"
    return made + r"\pard "


def ole_object(kind: str, data: bytes, item: str = "") -> str:
    """The hexadecimal text of an \\objdata group ([MS-OLEDS] 2.2.5)."""
    strings = b""
    for word in (kind, item, ""):
        raw = word.encode("gb18030") + b"\0" if word else b""
        strings += len(raw).to_bytes(4, "little") + raw
    head = (0x501).to_bytes(4, "little") + (2).to_bytes(4, "little") + strings
    return (head + len(data).to_bytes(4, "little") + data).hex()


def package(name: str, data: bytes) -> bytes:
    """What the Windows packager keeps of a file ([MS-OLEDS] 2.3.6, without the stream's size)."""
    raw = name.encode("gb18030") + b"\0"
    temporary = b"C:\\" + raw
    return (
        b"\2\0" + raw + b"C:\\" + raw + b"\0\0\3\0" + len(temporary).to_bytes(4, "little")
        + temporary + len(data).to_bytes(4, "little") + data
    )  # fmt: skip
