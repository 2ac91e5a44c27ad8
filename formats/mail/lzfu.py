"""Compressed RTF, as Outlook keeps a mail's rich text ([MS-OXRTFCP])."""

import struct

from formats.reading import TroubleCode, Unreadable

_COMPRESSED, _PLAIN = 0x75465A4C, 0x414C454D
_WINDOW = 4096
# 2.1.2.1: what the window holds before the first byte.
_BEFORE = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
# It is undone byte by byte: more than this takes longer than a file may.
_MOST = 16 * 1024 * 1024
_BROKEN = "邮件的 RTF 正文已损坏，没有读取。请在 Outlook 中打开，另存为 .eml 后再放入。"
_HUGE = "邮件的 RTF 正文过大，没有读取。请在 Outlook 中打开，另存为 .eml 后再放入。"


def decompress(data: bytes) -> bytes:
    """The RTF behind the header of 2.1.3.1.1, as far as its bytes go.

    Raises Unreadable: DAMAGED for a strange header, TOO_BIG.
    """
    if len(data) < 16:
        raise Unreadable(TroubleCode.DAMAGED, _BROKEN)
    _, raw, kind, _ = struct.unpack_from("<IIII", data)
    if kind == _PLAIN:
        return data[16 : 16 + raw]
    if kind != _COMPRESSED:
        raise Unreadable(TroubleCode.DAMAGED, _BROKEN)
    if len(data) > _MOST:
        raise Unreadable(TroubleCode.TOO_BIG, _HUGE)
    return _unpacked(data)


def _unpacked(data: bytes) -> bytes:
    """2.2.2.1: eight tokens behind each control byte, a letter or (offset, length) in the window.

    The window is the end of what was written: `made` starts with what stands before, and an offset
    counts in it modulo the window.
    """
    made = bytearray(_BEFORE)
    at, end = 16, len(data)
    while at < end:
        control = data[at]
        at += 1
        for bit in range(8):
            if at >= end:
                break
            if not control >> bit & 1:
                made.append(data[at])
                at += 1
                continue
            if at + 1 >= end:
                return bytes(made[len(_BEFORE) :])
            token = data[at] << 8 | data[at + 1]
            at += 2
            back = (len(made) - (token >> 4)) % _WINDOW
            if back == 0:
                return bytes(made[len(_BEFORE) :])
            start = len(made) - back
            for step in range((token & 15) + 2):
                made.append(made[start + step] if start + step >= 0 else 0x20)
    return bytes(made[len(_BEFORE) :])
