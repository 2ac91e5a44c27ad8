"""What an OFD file carries beside its pages: properties, bookmarks, links, custom data, seals."""

from collections.abc import Iterator

from lxml import etree

from formats import asn1
from formats.carving import telling, words_of
from formats.ofd.archive import Archive, child, children, local, text, within
from formats.reading import Part, Place, Segment, Trouble, TroubleCode

_LABELS = {"Title": "标题", "Author": "作者", "Subject": "主题", "Abstract": "摘要",
           "Keyword": "关键词", "Cover": "封面", "DocUsage": "文档用途"}  # fmt: skip
# Names of tools, numbers and times say nothing about a person.
_QUIET = frozenset({"DocID", "Creator", "CreatorVersion", "CreationDate", "ModDate", "DocUsage"})
_HAN = range(0x4E00, 0xA000)


def properties(info: etree._Element | None) -> Iterator[Segment]:
    """DocInfo (7.4) with its custom data."""
    if info is None:
        return
    number = 0
    for element in info.iter(etree.Element):
        name, said = local(element), text(element)
        if not said or name in _QUIET:
            continue
        number += 1
        note = element.get("Name", "") if name == "CustomData" else _LABELS.get(name, name)
        place = Place(Part.METADATA, paragraph=number, path="DocInfo")
        yield Segment(place, said, visible=False, note=f"自定义数据 {note}"
                      if name == "CustomData" else note)  # fmt: skip


def outline(root: etree._Element, name: str) -> Iterator[Segment]:
    """Outline entries and named bookmarks (7.8); a reader sees them beside the page."""
    number = 0
    for group, wanted, key in (
        ("Outlines", "OutlineElem", "Title"),
        ("Bookmarks", "Bookmark", "Name"),
    ):
        top = child(root, group)
        for element in top.iter(etree.Element) if top is not None else ():
            if local(element) != wanted:
                continue
            number += 1
            place = Place(Part.OUTLINE, paragraph=number, path=name)
            if element.get(key, "").strip():
                yield Segment(place, element.get(key, ""), note="书签" if key == "Name" else "")
            yield from links(child(element, "Actions"), place)


def links(actions: etree._Element | None, place: Place) -> Iterator[Segment]:
    """Where actions lead (14): addresses; jumps inside the document say nothing."""
    for element in actions.iter(etree.Element) if actions is not None else ():
        if local(element) == "URI":
            target = "".join((element.get("Base", ""), element.get("URI", "")))
            if target.strip():
                yield Segment(
                    place._replace(part=Part.LINK), target, visible=False, note="链接地址"
                )


def custom_tags(archive: Archive, document: str, root: etree._Element) -> Iterator[Segment]:
    """The files of semantic data (16); any XML. Raises Unreadable."""
    listing = archive.find(document, within(root, "CustomTags"))
    if listing is None:
        return
    for element in children(archive.xml(listing), "CustomTag"):
        schema = archive.find(listing, within(element, "SchemaLoc"))
        if schema is not None:
            yield from _words(archive.read(schema), schema, "自定义标引的结构")
        name = archive.find(listing, within(element, "FileLoc"))
        if name is not None:
            yield from data_of(archive.xml(name), name, "自定义标引")


def _words(data: bytes, name: str, note: str) -> Iterator[Segment]:
    """The telling words of a part in which markup says little."""
    lines = (line.strip() for text in words_of(data) for line in text.splitlines())
    for number, line in enumerate(filter(telling, lines), 1):
        place = Place(Part.METADATA, paragraph=number, path=name)
        yield Segment(place, line, visible=False, note=note)


def data_of(
    root: etree._Element, name: str, note: str, part: Part = Part.METADATA
) -> list[Segment]:
    """Every text and attribute of an XML part that is no drawing."""
    found: list[Segment] = []
    for element in root.iter(etree.Element):
        said = [text(element)]
        said += [str(v).strip() for k, v in element.attrib.items() if _tells(str(k), str(v))]
        for each in said:
            if each:
                place = Place(part, paragraph=len(found) + 1, path=name)
                told = f"{note} {local(element)}"
                found.append(Segment(place, each, visible=False, note=told))
    return found


def _tells(key: str, value: str) -> bool:
    """Whether an attribute may hold words: numbers, references and names of forms do not."""
    if key.rpartition("}")[2] in ("schemaLocation", "noNamespaceSchemaLocation"):
        return False
    digits = sum(letter.isdigit() for letter in value)
    return any(ord(letter) in _HAN for letter in value) or digits >= 6 or "@" in value


def extensions(archive: Archive, document: str, root: etree._Element) -> Iterator[Segment]:
    """What programs add (17). Raises Unreadable."""
    name = archive.find(document, within(root, "Extensions"))
    if name is None:
        return
    yield from data_of(archive.xml(name), name, "扩展信息")


def seals(archive: Archive, location: str) -> tuple[list[Segment], list[Trouble]]:
    """Signatures and seals (18): who, when, on which page; they do not survive a conversion.

    Raises Unreadable.
    """
    listing = archive.find("OFD.xml", location)
    if listing is None:
        return [], []
    segments: list[Segment] = []
    count = 0
    for number, element in enumerate(children(archive.xml(listing), "Signature"), 1):
        count += 1
        name = archive.find(listing, element.get("BaseLoc", ""))
        if name is None:
            continue
        root = archive.xml(name)
        info = child(root, "SignedInfo")
        provider = child(info, "Provider")
        said = [within(info, "SignatureDateTime")]
        said += (
            []
            if provider is None
            else [provider.get("ProviderName", ""), provider.get("Company", "")]
        )
        signed = archive.find(name, within(root, "SignedValue"))
        if signed is not None:
            said += asn1.words_in(archive.read(signed))
        seal = archive.find(name, within(child(info, "Seal"), "BaseLoc"))
        if seal is not None:
            said += asn1.words_in(archive.read(seal))
        place = Place(Part.METADATA, paragraph=number, path=name)
        kind = "电子印章" if element.get("Type", "Seal") == "Seal" else "数字签名"
        told = "，".join(dict.fromkeys(x for x in said if x)) or kind
        segments.append(Segment(place, told, visible=False, note=kind))
    if not count:
        return segments, []
    trouble = Trouble(
        TroubleCode.LEFT_OUT,
        f"文件里有 {count} 个电子印章或数字签名，章的图样没有识别；转换格式或者制作公开件后，"
        "签章不再有效。请对照原件核对印章。",
        Place(Part.METADATA, path=listing),
    )
    return segments, [trouble]
