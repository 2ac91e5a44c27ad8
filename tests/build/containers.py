"""Zip archives, honest and hostile."""

import io
import struct
import warnings
import zipfile
import zlib

import py7zr


def archive(members: dict[str, bytes], comment: bytes = b"") -> bytes:
    """A plain zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
        made.comment = comment
    return out.getvalue()


def windows_archive(name: str, data: bytes) -> bytes:
    """A zip whose one name is in Windows' Chinese code page, without the UTF-8 flag."""
    raw = name.encode("gb18030")
    stand_in = "x" * len(raw)
    return archive({stand_in: data}).replace(stand_in.encode(), raw)


def locked_archive(name: str, data: bytes) -> bytes:
    """A zip that says its member is encrypted (general purpose bit 0), in both headers."""
    made = bytearray(archive({name: data}))
    made[6] |= 1
    made[made.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


def bomb(size: int, name: str = "bomb.txt") -> bytes:
    """A few kilobytes that open to `size` bytes."""
    return archive({name: b"0" * size})


def nested(depth: int, data: bytes) -> bytes:
    """A zip in a zip in a zip ..."""
    made = archive({"内.txt": data})
    for level in range(depth - 1):
        made = archive({f"层{level}.zip": made})
    return made


def lying_size(name: str, data: bytes, claimed: int) -> bytes:
    """A zip whose headers claim another size than its data opens to."""
    made = bytearray(archive({name: data}))
    central = made.index(b"PK\x01\x02")
    made[22:26] = claimed.to_bytes(4, "little")
    made[central + 24 : central + 28] = claimed.to_bytes(4, "little")
    return bytes(made)


def nameless(data: bytes) -> bytes:
    """A zip of one member whose name is empty, which no honest program writes."""
    made = bytearray(archive({"x": data}))
    central, end = made.index(b"PK\x01\x02"), made.index(b"PK\x05\x06")
    for at in (end + 12, end + 16):  # size and place of the directory, each a letter less
        made[at : at + 4] = (int.from_bytes(made[at : at + 4], "little") - 1).to_bytes(4, "little")
    made[26] = made[central + 28] = 0
    del made[central + 46], made[30]
    return bytes(made)


def stitched(*pieces: tuple[zipfile.ZipInfo, bytes], comment: bytes = b"") -> bytes:
    """A zip of members with everything their ZipInfo says: comments, link bits, doubled names."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as made:
        warnings.simplefilter("ignore")  # zipfile warns of names that repeat
        for info, data in pieces:
            made.writestr(info, data)
        made.comment = comment
    return out.getvalue()


def unlisted(name: str, data: bytes, *, deflated: bool = False) -> bytes:
    """A zip whose second member stands in its bytes and not in its directory."""
    method = zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        made.writestr("甲.txt", b"a1")
        made.writestr(name, data)
        made.writestr("丙.txt", b"c3")
        del made.NameToInfo[name]
        made.filelist = [info for info in made.filelist if info.filename != name]
    return out.getvalue()


def large_format(name: str, data: bytes) -> bytes:
    """A zip in the zip64 form, which programs use beyond 4 GB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made, made.open(name, "w", force_zip64=True) as member:
        member.write(data)
    return out.getvalue()


def overlapping(size: int, count: int) -> bytes:
    """A bomb without nesting: `count` directory entries that share one member's bytes."""
    made = bytearray(archive({"0.txt": b"0" * size}))
    central, end = made.index(b"PK\x01\x02"), made.index(b"PK\x05\x06")
    entry = bytes(made[central:end])
    made[central:end] = entry * count
    at = made.index(b"PK\x05\x06")
    made[at + 8 : at + 12] = count.to_bytes(2, "little") * 2
    made[at + 12 : at + 16] = (len(entry) * count).to_bytes(4, "little")
    return bytes(made)


def climbing_seven(name: str, data: bytes) -> bytes:
    """A 7z whose one member has a name that py7zr would not write."""
    stand_in = "x" * len(name)
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as packed:
        packed.set_encoded_header_mode(False)
        packed.writestr(data, stand_in)
    made = bytearray(out.getvalue().replace(stand_in.encode("utf-16-le"), name.encode("utf-16-le")))
    # 7zFormat.txt: the checksum of the header, then of the twenty bytes that point at it.
    start = 32 + int.from_bytes(made[12:20], "little")
    size = int.from_bytes(made[20:28], "little")
    made[28:32] = zlib.crc32(made[start : start + size]).to_bytes(4, "little")
    made[8:12] = zlib.crc32(made[12:32]).to_bytes(4, "little")
    return bytes(made)


def seven(members: dict[str, bytes], *, password: str | None = None, header: bool = False) -> bytes:
    """A 7z archive; `header`: the names are encrypted too."""
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password, header_encryption=header) as made:
        for name, data in members.items():
            made.writestr(data, name)
    return out.getvalue()


def gap_seven(members: dict[str, bytes], between: bytes) -> bytes:
    """A 7z with bytes between its packed files and its header, which the start header allows."""
    made = seven(members)
    offset, size, check = struct.unpack_from("<QQI", made, 12)
    start = struct.pack("<QQI", offset + len(between), size, check)
    head = made[:8] + struct.pack("<I", zlib.crc32(start)) + start
    return head + made[32 : 32 + offset] + between + made[32 + offset :]
