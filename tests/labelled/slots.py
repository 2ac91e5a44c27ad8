"""What stands in the slots of the templates: a generator and the label it bears, a slot each."""

from collections.abc import Callable
from random import Random

from tests.labelled.people import Person, card, credit_code, digits, full_name
from tests.labelled.scenes import Scene

_WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
_HAN = str.maketrans("0123456789", "零一二三四五六七八九")


def _name(person: Person, variant: str) -> str:
    """The name; `spaced` as forms have it, two characters drawn apart to the width of three."""
    name = person.name
    return f"{name[0]}\u3000{name[1]}" if variant == "spaced" and len(name) == 2 else name


def _id(person: Person, variant: str) -> str:
    number = person.id
    match variant:
        case "wrong":
            return person.wrong_id
        case "old":
            return person.old_id
        case "spaced":
            return f"{number[:6]} {number[6:14]} {number[14:]}"
        case "hyphen":
            return f"{number[:6]}-{number[6:14]}-{number[14:]}"
        case "wide":
            return number.translate(_WIDE)
        case "loose":
            return " ".join(number)
        case "small":
            return number.lower()
        case "scanned":  # as letters are read for digits
            return number[:6].replace("0", "O") + number[6:].replace("1", "l", 1)
        case "zero-width":
            return f"{number[:6]}\u200b{number[6:]}"
    return number


def _phone(person: Person, variant: str) -> str:
    number = person.phone
    pieces = (number[:3], number[3:7], number[7:])
    match variant:
        case "spaced":
            return " ".join(pieces)
        case "hyphen":
            return "-".join(pieces)
        case "dots":
            return ".".join(pieces)
        case "wide":
            return number.translate(_WIDE)
        case "country":
            return f"+86 {number}"
        case "86":
            return f"86-{number}"
        case "words":
            return number.translate(_HAN)
    return number


def _birth(person: Person, variant: str) -> str:
    y, m, d = person.year, person.month, person.day
    return {"dot": f"{y}.{m:02}.{d:02}", "dash": f"{y}-{m:02}-{d:02}", "month": f"{y}年{m}月"}.get(
        variant, f"{y}年{m}月{d}日"
    )


def _account(rng: Random, variant: str) -> str:
    number = card(rng)
    match variant:
        case "card":
            return number
        case "card16":
            return card(rng, 16)
        case "spaced":
            return " ".join(number[i : i + 4] for i in range(0, 19, 4))
        case "short":
            return digits(rng, rng.choice((12, 13, 14)))
        case "wide":
            return number.translate(_WIDE)
    return digits(rng, rng.choice((15, 16, 17, 18, 19)))


def _amount(rng: Random) -> str:
    return rng.choice(
        (
            f"{rng.randrange(100, 9999)}元",
            f"{rng.randrange(10, 990) / 10:.1f}万元",
            f"{rng.randrange(1, 99)},{rng.randrange(1000):03}.{rng.randrange(100):02}元",
            f"{rng.randrange(1000, 99999)}.{rng.randrange(100):02}元",
        )
    )


def _plate(scene: Scene, variant: str) -> str:
    rng = scene.rng
    region = scene.word("province") + rng.choice("ABCDEFGH")
    if variant == "green":
        return f"{region}{rng.choice('DF')}{digits(rng, 5)}"
    tail = f"{rng.randrange(10)}{rng.choice('ABCDEFGHJKLMNPQRSTUVWXYZ')}{digits(rng, 3)}"
    return f"{region}·{tail}" if variant == "dot" else f"{region}{tail}"


def _disability(scene: Scene, person: Person, variant: str) -> str:
    number = person.id + scene.rng.choice("1234567") + scene.rng.choice("1234")
    return number + ("B1" if variant == "renewed" else "")


def _student(scene: Scene, person: Person, variant: str) -> str:
    return digits(scene.rng, 10) if variant == "local" else scene.rng.choice("GGL") + person.id


def _passport(rng: Random, variant: str) -> str:
    head = {"hk": "C", "tw": "L", "ea": "EA"}.get(variant, "E")
    return head + digits(rng, 9 - len(head))


def _honour(scene: Scene) -> str:
    kind = scene.rng.choice(("优", "退", "军抚", "残"))
    return f"{scene.word('province')}{kind}字第{digits(scene.rng, 6)}号"


def _coordinate(rng: Random) -> str:
    east = f"东经{rng.randrange(105, 113)}.{digits(rng, 6)}度"
    return f"{east}、北纬{rng.randrange(26, 32)}.{digits(rng, 6)}度"


def _index(rng: Random) -> str:
    return f"1150{digits(rng, 4)}00{digits(rng, 8)}"


def _tender(scene: Scene) -> str:
    return f"{scene.rng.choice(('LC', 'QY', 'YJ'))}ZB-{scene.year}-{digits(scene.rng, 4)}"


def _letters(rng: Random, count: int) -> str:
    return "".join(rng.choice("abcdefghjkmnpqrstuvwxyz") for _ in range(count))


def _email(rng: Random) -> str:
    host = rng.choice(("example.com", "mail.example.cn", "example.net"))
    return f"{_letters(rng, 6)}{rng.randrange(10, 99)}@{host}"


def _some(scene: Scene) -> str:
    return full_name(scene.rng, scene.words)[0] + scene.rng.choice(("某", "某某"))


Make = Callable[[Scene, str, str], str]
"""Scene, variant (after the colon), number (after the hash) to the text."""


def _of(make: Callable[[Random], str]) -> Make:
    return lambda scene, _variant, _number: make(scene.rng)


def _long(*counts: int) -> Make:
    return lambda scene, _variant, _number: digits(scene.rng, scene.rng.choice(counts))


def _between(low: int, high: int) -> Make:
    return lambda scene, _variant, _number: str(scene.rng.randrange(low, high))


def _word(kind: str) -> Make:
    return lambda scene, _variant, _number: scene.word(kind)


def _kept(slot: str, make: Make) -> Make:
    """The same number gives the same text again within a document."""

    def remembering(scene: Scene, variant: str, number: str) -> str:
        made = make(scene, variant, number)
        return scene.kept.setdefault(f"{slot}#{number}", made) if number else made

    return remembering


SLOTS: dict[str, tuple[Make, str]] = {
    # personal: they bear a label
    "name": (lambda s, v, n: _name(s.person(n, v), v), "name"),
    "id": (lambda s, v, n: _id(s.person(n, ""), v), "id-number"),
    "phone": (lambda s, v, n: _phone(s.person(n, ""), v), "phone"),
    "birth": (lambda s, v, n: _birth(s.person(n, ""), v), "birth-date"),
    "address": (_kept("address", lambda s, v, n: s.address(v)), "address"),
    "account": (lambda s, v, n: _account(s.rng, v), "bank-account"),
    "home-line": (lambda s, v, n: s.landline(v), "landline"),
    "passport": (lambda s, v, n: _passport(s.rng, v), "passport"),
    "plate": (lambda s, v, n: _plate(s, v), "plate"),
    "disability": (lambda s, v, n: _disability(s, s.person(n, ""), v), "disability-certificate"),
    "student": (lambda s, v, n: _student(s, s.person(n, ""), v), "student-number"),
    "insurance": (_long(9, 10, 12), "insurance-number"),
    "record": (_long(6, 7, 8, 10), "record-number"),
    "exam": (_long(10, 11, 12, 14), "exam-number"),
    "household": (_long(9), "household-number"),
    "honour": (lambda s, v, n: _honour(s), "honour-certificate"),
    "email": (_of(_email), "email"),
    "wechat": (_of(lambda r: f"{_letters(r, 5)}_{r.randrange(100, 9999)}"), "im-account"),
    "qq": (_long(8, 9, 10), "im-account"),
    "illness": (_word("illness"), "health"),
    "disabled": (_word("disabled"), "health"),
    "masked": (
        lambda s, v, n: f"{s.person(n, '').id[:6]}********{s.person(n, '').id[14:]}",
        "reversible-mask",
    ),
    # public: they bear none
    "village": (_kept("village", lambda s, v, n: s.village()), ""),
    "group": (lambda s, v, n: s.group(), ""),
    "town": (lambda s, v, n: s.town, ""),
    "county": (lambda s, v, n: s.county, ""),
    "organ": (lambda s, v, n: s.organ, ""),
    "office": (_kept("office", lambda s, v, n: s.office()), ""),
    "line": (lambda s, v, n: s.landline(v), ""),
    "official": (lambda s, v, n: s.person("o" + n if n else "", v).name, ""),
    "someone": (lambda s, v, n: _some(s), ""),
    "surname": (lambda s, v, n: full_name(s.rng, s.words, "short")[0], ""),
    "date": (
        lambda s, v, n: f"{s.year}年{s.rng.randrange(1, 13)}月{s.rng.randrange(1, 29)}日",
        "",
    ),
    "md": (_of(lambda r: f"{r.randrange(1, 13)}月{r.randrange(1, 29)}日"), ""),
    "year": (lambda s, v, n: str(s.year), ""),
    "m": (_between(1, 13), ""),
    "amount": (_of(_amount), ""),
    "n": (_between(2, 60), ""),
    "nn": (_between(100, 9900), ""),
    "pct": (_of(lambda r: f"{r.randrange(10, 999) / 10:.1f}%"), ""),
    "age": (_between(19, 88), ""),
    "child-age": (_between(3, 16), ""),
    "credit": (_of(credit_code), ""),
    "docno": (lambda s, v, n: s.document_number(), ""),
    "index": (lambda s, v, n: f"{_index(s.rng)}/{s.year}-{digits(s.rng, 5)}", ""),
    "index-old": (_of(_index), ""),
    "tender": (lambda s, v, n: _tender(s), ""),
    "project": (
        lambda s, v, n: f"{s.year}-{digits(s.rng, 6)}-48-01-{digits(s.rng, 6)}",
        "",
    ),
    "coord": (_of(_coordinate), ""),
    "unit-code": (_of(lambda r: f"{digits(r, 12)}GB{digits(r, 5)}F{digits(r, 8)}"), ""),
    "permit": (_of(lambda r: f"JY{digits(r, 14)}"), ""),
    "hotline": (_word("hotline"), ""),
    "bank": (_word("bank"), ""),
    "serial": (lambda s, v, n: digits(s.rng, int(v or 8)), ""),
}
