"""VBA projects ([MS-OVBA]) packed by hand: a dir stream, modules, a form."""

import struct

from formats.compound import compound


def packed(data: bytes) -> bytes:
    """A CompressedContainer of literal bytes only: a flag byte of zero before each eight."""
    out = b"\x01"
    for at in range(0, len(data), 3600):
        piece = data[at : at + 3600]
        body = b"".join(b"\0" + piece[i : i + 8] for i in range(0, len(piece), 8))
        out += struct.pack("<H", 0xB000 | (len(body) + 2 - 3)) + body
    return out


def vba_project(modules: dict[str, str], docstring: str = "", form: str = "") -> bytes:
    """A vbaProject.bin in code page 936."""
    records = [(0x0003, struct.pack("<H", 936)), (0x0005, docstring.encode("gb18030")),
               (0x0009, b"\1\0\0\0\2\0")]  # fmt: skip
    streams = {}
    for name, source in modules.items():
        records += [(0x001A, name.encode("gb18030")), (0x0031, struct.pack("<I", 5))]
        text = f'Attribute VB_Name = "{name}"\r\n{source}'
        streams[f"VBA/{name}"] = b"cache" + packed(text.encode("gb18030"))
    directory = b"".join(
        struct.pack("<HI", kind, 4 if kind == 9 else len(data)) + data for kind, data in records
    )
    streams["VBA/dir"] = packed(directory)
    streams["VBA/_VBA_PROJECT"] = b"\xcc\x61"
    if form:
        streams["窗体/o"] = b"\0\2" + form.encode("utf-16-le")
    return compound(streams)
