"""Files broken at random, the same way for the same seed."""

import io
import random
import zipfile

_NASTY = (b"\0", b"\xff", b"<", b">", b"&", b"-1", b"99999999999", b"1e999", b"/", b'"', b"A1:XFD1")


def broken(data: bytes, seed: int) -> bytes:
    """One to eight places flipped, cut out, doubled or overwritten; at times the end is missing."""
    chance = random.Random(seed)
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        if not out:
            break
        at = chance.randrange(len(out))
        length = chance.choice((1, 1, 2, 8, 64))
        match chance.randrange(6):
            case 0:
                out[at] ^= 1 << chance.randrange(8)
            case 1:
                del out[at : at + length]
            case 2:
                out[at:at] = out[at : at + length]
            case 3:
                out[at : at + length] = chance.choice(_NASTY)
            case 4:
                out[at : at + length] = chance.randbytes(length)
            case _:
                other = chance.randrange(len(out))
                out[at : at + length] = out[other : other + length]
    if chance.randrange(10) == 0:
        del out[chance.randrange(len(out) + 1) :]
    return bytes(out)


def broken_part(data: bytes, seed: int) -> bytes:
    """A package with one part broken inside and packed again, so that its checksum is right."""
    chance = random.Random(seed)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        chosen = chance.choice(names)
        for name in names:
            inner = old.read(name)
            new.writestr(zipfile.ZipInfo(name), broken(inner, seed) if name == chosen else inner)
    return out.getvalue()
