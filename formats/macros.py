"""The source text of macros in a VBA project ([MS-OVBA]); read, never run."""

import struct
from typing import NamedTuple

from formats.budget import Budget
from formats.carving import texts_in, texts_in_all
from formats.oleparts import DAMAGED, OleParts
from formats.reading import Part, Place, Segment, TroubleCode, Unreadable

# 2.3.4.2: the records of the dir stream that we act on.
_CODE_PAGE, _VERSION, _STREAM_NAME, _OFFSET = 0x0003, 0x0009, 0x001A, 0x0031
_SAID = {0x0005: "宏工程的说明", 0x0006: "宏工程的帮助文件", 0x000C: "宏工程的常量"}
_CHUNK = 4096
# Caches of compiled code and lists of names; the sources say the same.
_SILENT = frozenset({"_vba_project", "project", "projectwm", "\x01compobj"})
_CACHE = "__srp_"


class Module(NamedTuple):
    """One module as the dir stream names it: its stream and where its source begins."""

    stream: str
    offset: int


def macros(parts: OleParts, path: str, budget: Budget, top: str = "") -> list[Segment]:
    """The sources of all modules under the storage `top` ("" for a vbaProject.bin), and the texts
    on the project's forms. `path` names the part. Raises Unreadable."""
    at = f"{top}/VBA/" if top else "VBA/"
    names = {name.casefold(): name for name in parts.names}
    listed = names.get(f"{at}dir".casefold())
    if listed is None:
        raise Unreadable(TroubleCode.DAMAGED, DAMAGED)
    directory = decompressed(parts.read(listed), budget)
    modules, page, said = _records(directory)
    found = [(text, note) for text, note in said if text.strip()]
    done = {listed}
    for module in modules:
        name = names.get(f"{at}{module.stream}".casefold())
        if name is not None:
            done.add(name)
            data, note = parts.read(name), f"宏模块 {module.stream}"
            try:
                source = decompressed(data[module.offset :], budget).decode(page, "replace")
            except Unreadable as error:
                if error.code is TroubleCode.TOO_BIG:
                    raise
                # A file with macros is never clean: that this one is broken need not be told too.
                found += [(text, note) for text in texts_in(data)]
            else:
                found.append((_without_attributes(source), note))
    for folded, name in names.items():
        leaf = folded.rpartition("/")[2]
        if name in done or not folded.startswith(top.casefold()):
            continue
        if leaf not in _SILENT and not leaf.startswith(_CACHE):
            found += [(text, "宏的窗体里的文字") for text in texts_in(parts.read(name))]
    if not top:
        found += [(text, "宏工程里残留的文字") for text in texts_in_all(parts.loose())]
    budget.spend_segments(len(found))
    return [
        Segment(Place(Part.SCRIPT, path=path, paragraph=number), text, visible=False, note=note)
        for number, (text, note) in enumerate(found, 1)
        if text.strip()
    ]


def decompressed(data: bytes, budget: Budget) -> bytes:
    """A CompressedContainer (2.4.1) unpacked. Raises Unreadable(DAMAGED, TOO_BIG)."""
    if not data.startswith(b"\x01"):
        raise Unreadable(TroubleCode.DAMAGED, DAMAGED)
    out = bytearray()
    at = 1
    while at + 2 <= len(data):
        header = int.from_bytes(data[at : at + 2], "little")
        end = min(at + (header & 0x0FFF) + 3, len(data))
        before = len(out)
        if header & 0x8000:
            _chunk(data, at + 2, end, out)
        else:
            out += data[at + 2 : at + 2 + _CHUNK]
        budget.spend_bytes(len(out) - before)
        at = end
    return bytes(out)


def _chunk(data: bytes, at: int, end: int, out: bytearray) -> None:
    """One compressed chunk: literal bytes, and copies of what stands before them."""
    start = len(out)
    while at < end:
        flags = data[at]
        at += 1
        for bit in range(8):
            if at >= end:
                return
            if not flags >> bit & 1:
                out.append(data[at])
                at += 1
                continue
            if at + 2 > end:
                return
            token = int.from_bytes(data[at : at + 2], "little")
            at += 2
            bits = max((len(out) - start - 1).bit_length(), 4)
            distance = (token >> (16 - bits)) + 1
            length = (token & (0xFFFF >> bits)) + 3
            if distance > len(out) - start or len(out) - start + length > 2 * _CHUNK:
                raise Unreadable(TroubleCode.DAMAGED, DAMAGED)
            for _ in range(length):
                out.append(out[-distance])


def _records(data: bytes) -> tuple[list[Module], str, list[tuple[str, str]]]:
    """The modules, the code page as Python names it, and what the project says of itself."""
    modules: list[Module] = []
    said: list[tuple[bytes, str]] = []
    page, stream, at = "gb18030", b"", 0
    while at + 6 <= len(data):
        kind, size = struct.unpack_from("<HI", data, at)
        size = 6 if kind == _VERSION else size  # 2.3.4.2.1.11: its size field lies
        body = data[at + 6 : at + 6 + size]
        at += 6 + size
        if kind == _CODE_PAGE and len(body) == 2:
            page = _encoding(int.from_bytes(body, "little"))
        elif kind == _STREAM_NAME:
            stream = body
        elif kind == _OFFSET and len(body) == 4:
            offset = int.from_bytes(body, "little")
            modules.append(Module(stream.decode(page, "replace"), offset))
        elif kind in _SAID:
            said.append((body, _SAID[kind]))
    return modules, page, [(body.decode(page, "replace"), note) for body, note in said]


def _encoding(page: int) -> str:
    name = {936: "gb18030", 65001: "utf-8", 10000: "mac-roman"}.get(page, f"cp{page}")
    try:
        "".encode(name)
    except LookupError:
        return "gb18030"
    return name


def _without_attributes(source: str) -> str:
    """Without the lines that the editor hides: names and switches of the module."""
    lines = source.replace("\r\n", "\n").split("\n")
    return "\n".join(line for line in lines if not line.startswith("Attribute VB_")).strip("\n")
