"""OFD files: every place in which a text can stand, seen or unseen."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from formats import read
from formats.budget import Budget, Limits
from formats.reading import Kind, Part, Reading, Segment, TroubleCode, Unreadable
from tests.build import ofd as build
from tests.build import pictures

MARKER = "覃小满450321199001010014"
PLAIN = "白石沟镇人民政府"


def of(tmp_path: Path, data: bytes, *, ocr: bool = False) -> Reading:
    path = tmp_path / "公文.ofd"
    path.write_bytes(data)
    reading = read(path, Budget(Limits(ocr=ocr)))
    assert reading.kind is Kind.OFD
    return reading


def marked(reading: Reading) -> Segment:
    (found,) = [s for s in reading.segments if MARKER in s.text]
    return found


def one(objects: str, **more: object) -> bytes:
    return build.ofd([build.page(build.text(PLAIN) + objects)], **more)  # type: ignore[arg-type]  # passed through


def listed(name: str, part: str, inside: str, files: dict[str, str | bytes]) -> dict[str, object]:
    """A part that Document.xml names, with the files it names in turn."""
    return {
        "document": f"<ofd:{name}>{part}</ofd:{name}>",
        "parts": {f"Doc_0/{part}": inside, **files},
    }


def annotated(attributes: str = "", *, remark: str = "", drawn: str = "") -> bytes:
    annot = build.part(
        "PageAnnot",
        f'<ofd:Annot ID="5" Type="Highlight" Creator="覃小满审" LastModDate="2026-09-01" '
        f"{attributes}><ofd:Remark>{remark}</ofd:Remark><ofd:Parameters><ofd:Parameter Name='k'>"
        f"参数值</ofd:Parameter></ofd:Parameters><ofd:Appearance Boundary='10 10 100 20'>{drawn}"
        "</ofd:Appearance></ofd:Annot>",
    )
    listing = build.part(
        "Annotations",
        '<ofd:Page PageID="100"><ofd:FileLoc>Annots/P0.xml</ofd:FileLoc></ofd:Page>',
    )
    return one("", **listed("Annotations", "Annots.xml", listing, {"Doc_0/Annots/P0.xml": annot}))


def templated(order: str, *, used: bool = True) -> bytes:
    template = build.page(build.text(MARKER, 20, 15))
    use = f'<ofd:Template TemplateID="3" ZOrder="{order}"/>' if used else ""
    return build.ofd(
        [build.page(build.text(PLAIN), use)],
        common='<ofd:TemplatePage ID="3" BaseLoc="Tpls/T0/Content.xml"/>',
        parts={"Doc_0/Tpls/T0/Content.xml": template},
    )


def attached(visible: str = "true") -> bytes:
    listing = build.part(
        "Attachments",
        f'<ofd:Attachment ID="1" Name="名单" Format="txt" Visible="{visible}"><ofd:FileLoc>'
        "Files/a.txt</ofd:FileLoc></ofd:Attachment>",
    )
    return one(
        "",
        **listed(
            "Attachments", "Attachs.xml", listing, {"Doc_0/Files/a.txt": f"{MARKER}\n".encode()}
        ),
    )


def place(words: str, *, visible: bool) -> pytest.MarkDecorator:
    return pytest.mark.place("ofd", words, visible=visible)


@pytest.mark.parametrize(
    ("data", "part", "visible", "note"),
    [
        pytest.param(one(build.text(MARKER, 20, 50)), Part.BODY, True, "",
                     marks=place("正文", visible=True)),
        pytest.param(templated("Background"), Part.BODY, True, "模板层",
                     marks=place("背景模板", visible=True)),
        pytest.param(templated("Foreground"), Part.BODY, True, "模板层",
                     marks=place("前景模板", visible=True)),
        pytest.param(templated("Background", used=False), Part.HIDDEN, False, "没有页面使用的模板",
                     marks=place("没有页面使用的模板", visible=False)),
        pytest.param(one(build.text(MARKER, 20, 50, Visible="false")), Part.INVISIBLE_TEXT, False,
                     "不显示", marks=place("不显示的对象（Visible=false）", visible=False)),
        pytest.param(one(build.text(MARKER, 20, 50, Alpha="0")), Part.INVISIBLE_TEXT, False, "透明",
                     marks=place("全透明文字", visible=False)),
        pytest.param(one(build.text(MARKER, 20, 50, inside=build.colour("0 0 0", Alpha="0"))),
                     Part.INVISIBLE_TEXT, False, "透明",
                     marks=place("全透明填充色", visible=False)),
        pytest.param(one(build.text(MARKER, 20, 50, Fill="false")), Part.INVISIBLE_TEXT, False,
                     "不显示", marks=place("不填充不描边的文字", visible=False)),
        pytest.param(one(build.text(MARKER, 20, 50, inside=build.colour("255 255 255"))),
                     Part.INVISIBLE_TEXT, False, "底色", marks=place("白色文字", visible=False)),
        pytest.param(one(build.text(MARKER, 20, 50, size=0.3)), Part.INVISIBLE_TEXT, False, "太小",
                     marks=place("极小文字", visible=False)),
        pytest.param(one(build.text(MARKER, 20, 50).replace('Boundary="20 45', 'Boundary="20 95')
                         .replace('Y="5"', 'Y="-45"')),
                     Part.INVISIBLE_TEXT, False, "裁掉",
                     marks=place("图元边界以外裁掉的文字", visible=False)),
        pytest.param(one(build.text(MARKER, 20, 320)), Part.OFF_PAGE, False, "范围以外",
                     marks=place("页面以外", visible=False)),
        pytest.param(one(build.text(MARKER, 20, 50) + build.box(10, 40, 180, 20)),
                     Part.COVERED_TEXT, False, "盖住",
                     marks=place("图形盖住的文字", visible=False)),
        pytest.param(annotated(remark=MARKER), Part.ANNOTATION, False, "覃小满审 2026-09-01",
                     marks=place("注释说明", visible=False)),
        pytest.param(annotated(drawn=build.text(MARKER, 0, 5)), Part.ANNOTATION, True, "高亮",
                     marks=place("注释的显示内容", visible=True)),
        pytest.param(annotated('Visible="false"', drawn=build.text(MARKER, 0, 5)), Part.ANNOTATION,
                     False, "不显示", marks=place("不显示的注释", visible=False)),
        pytest.param(attached(), Part.BODY, False, "", marks=place("附件", visible=False)),
        pytest.param(
            one("", **listed(
                "CustomTags", "Tags.xml",
                build.part("CustomTags", '<ofd:CustomTag TypeID="公文"><ofd:FileLoc>Tags/t.xml'
                           "</ofd:FileLoc></ofd:CustomTag>"),
                {"Doc_0/Tags/t.xml": f"<公文><发文机关>{MARKER}</发文机关></公文>"})),
            Part.METADATA, False, "自定义标引", marks=place("自定义标引", visible=False)),
        pytest.param(one("", info="<ofd:CustomDatas><ofd:CustomData Name='签发人'>"
                         f"{MARKER}</ofd:CustomData></ofd:CustomDatas>"), Part.METADATA, False,
                     "签发人", marks=place("自定义数据", visible=False)),
        pytest.param(one("", info=f"<ofd:Author>{MARKER}</ofd:Author>"), Part.METADATA, False,
                     "作者", marks=place("文档属性", visible=False)),
        pytest.param(one("", info="<ofd:Keywords><ofd:Keyword>"
                         f"{MARKER}</ofd:Keyword></ofd:Keywords>"),
                     Part.METADATA, False, "关键词", marks=place("关键词", visible=False)),
        pytest.param(one("", document=f"<ofd:Outlines><ofd:OutlineElem Title='一'><ofd:OutlineElem "
                         f"Title='{MARKER}'/></ofd:OutlineElem></ofd:Outlines>"),
                     Part.OUTLINE, True, "", marks=place("大纲", visible=True)),
        pytest.param(one("", document=f"<ofd:Bookmarks><ofd:Bookmark Name='{MARKER}'/>"
                         "</ofd:Bookmarks>"), Part.OUTLINE, True, "书签",
                     marks=place("书签", visible=True)),
        pytest.param(one(build.text("详情", 20, 60, inside="<ofd:Actions><ofd:Action Event='CLICK'>"
                         f"<ofd:URI URI='file:///D:/{MARKER}.docx'/></ofd:Action></ofd:Actions>")),
                     Part.LINK, False, "链接", marks=place("链接地址", visible=False)),
        pytest.param(
            one("", **listed("Extensions", "Ext.xml", build.part(
                "Extensions", "<ofd:Extension AppName='某软件'><ofd:Property Name='经办人'>"
                f"{MARKER}</ofd:Property></ofd:Extension>"), {})),
            Part.METADATA, False, "扩展信息", marks=place("扩展信息", visible=False)),
        pytest.param(one("", parts={"Doc_0/Pages/Page_9/Content.xml":
                                    build.page(build.text(MARKER))}),
                     Part.HIDDEN, False, "没有引用的部分",
                     marks=place("没有引用的页面", visible=False)),
        pytest.param(one("", parts={"Doc_0/旧稿.txt": f"{MARKER}\n".encode()}), Part.BODY, False,
                     "", marks=place("没有引用的文件", visible=False)),
    ],
)  # fmt: skip
def test_a_marker_is_found_where_it_stands(
    tmp_path: Path, data: bytes, part: Part, visible: bool, note: str
) -> None:
    reading = of(tmp_path, data)
    found = marked(reading)
    assert found.place.part is part
    assert found.visible is visible
    assert note in found.note
    assert any(s.text == PLAIN and s.visible for s in reading.segments)


@place("历史版本", visible=False)
def test_an_earlier_version_is_read(tmp_path: Path) -> None:
    old = build.part(
        "Document",
        "<ofd:CommonData/><ofd:Pages><ofd:Page ID='100' BaseLoc='Pages/Old.xml'/></ofd:Pages>",
    )
    version = build.part(
        "DocVersion",
        "<ofd:FileList><ofd:File ID='1'>Pages/Old.xml</ofd:File></ofd:FileList>"
        "<ofd:DocRoot>/Doc_0/Document_0.xml</ofd:DocRoot>",
    ).replace("<ofd:DocVersion ", '<ofd:DocVersion Name="送审稿" ')
    data = one(
        "",
        body="<ofd:Versions><ofd:Version ID='1' Index='0' BaseLoc='/Doc_0/V0.xml'/></ofd:Versions>",
        parts={
            "Doc_0/V0.xml": version,
            "Doc_0/Document_0.xml": old,
            "Doc_0/Pages/Old.xml": build.page(build.text(PLAIN) + build.text(MARKER, 20, 60)),
        },
    )
    found = marked(of(tmp_path, data))
    assert found.place.part is Part.REVISION_HISTORY
    assert not found.visible
    assert "送审稿" in found.note


@place("电子印章", visible=True)
def test_a_seal_is_told(tmp_path: Path) -> None:
    name = "白石沟镇人民政府公章".encode()
    parts = {
        "Doc_0/Signs/Signatures.xml": build.part(
            "Signatures", '<ofd:Signature ID="1" Type="Seal" BaseLoc="Sign_0/Signature.xml"/>'
        ),
        "Doc_0/Signs/Sign_0/Signature.xml": build.part(
            "Signature",
            '<ofd:SignedInfo><ofd:Provider ProviderName="某印章系统"/><ofd:SignatureDateTime>'
            "20260901120000</ofd:SignatureDateTime><ofd:StampAnnot ID='1' PageRef='100' "
            "Boundary='100 200 40 40'/><ofd:Seal><ofd:BaseLoc>Seal.esl</ofd:BaseLoc></ofd:Seal>"
            "</ofd:SignedInfo><ofd:SignedValue>SignedValue.dat</ofd:SignedValue>",
        ),
        "Doc_0/Signs/Sign_0/Seal.esl": b"\x30\x82\x00\xff\x02\x01\x04\x0c"
        + bytes([len(name)])
        + name,
        "Doc_0/Signs/Sign_0/SignedValue.dat": b"\x30\x03\x02\x01\x01",
    }
    data = one("", body="<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>", parts=parts)
    reading = of(tmp_path, data)
    (found,) = [s for s in reading.segments if s.note == "电子印章"]
    assert found.text == "20260901120000，某印章系统，白石沟镇人民政府公章"
    (trouble,) = reading.troubles
    assert trouble.code is TroubleCode.LEFT_OUT
    assert "印章" in trouble.text
    assert not reading.partial


def pictured(said: str, **attributes: str) -> bytes:
    picture = pictures.encoded(pictures.page([said]), "JPEG", quality=90, comment=b"in the jpeg")
    return build.ofd(
        [build.page(build.image("4", 20, 20, 150, 66, **attributes))],
        common="<ofd:DocumentRes>Res.xml</ofd:DocumentRes>",
        parts={"Doc_0/Res.xml": build.media({"4": "a.jpg"}), "Doc_0/Res/a.jpg": picture},
    )


@place("图片上的文字", visible=True)
def test_a_picture_is_recognised_on_its_page(tmp_path: Path) -> None:
    reading = of(tmp_path, pictured("450321199001010014"), ocr=True)
    (found,) = [s for s in reading.segments if s.text == "450321199001010014"]
    assert (found.place.part, found.place.page, found.visible) == (Part.IMAGE, 1, True)
    assert found.certainty < 1
    left, top, right, bottom = found.place.box or (0, 0, 0, 0)
    assert 57 < left < right < 482
    assert 57 < top < bottom < 244
    assert (reading.pages, reading.image_pages, reading.partial) == (1, (1,), False)


def test_a_picture_is_a_trouble_without_recognition(tmp_path: Path) -> None:
    reading = of(tmp_path, pictured("X"))
    assert [t.code for t in reading.troubles] == [TroubleCode.NEEDS_OCR]
    assert reading.partial
    assert reading.image_pages == (1,)
    assert any(s.text == "in the jpeg" and s.note == "JPEG 注释" for s in reading.segments)


def test_a_picture_that_no_page_shows_is_recognised_too(tmp_path: Path) -> None:
    data = pictured("450321199001010014")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            made = old.read(name)
            if name.endswith("Page_0/Content.xml"):
                made = build.page(build.text(PLAIN)).encode()
            new.writestr(name, made)
    reading = of(tmp_path, out.getvalue(), ocr=True)
    (found,) = [s for s in reading.segments if s.text == "450321199001010014"]
    assert (found.place.part, found.visible) == (Part.IMAGE, False)
    assert found.place.page is None


def test_a_cover_is_a_bad_redaction(tmp_path: Path) -> None:
    data = one(build.text(MARKER, 20, 50) + build.box(10, 40, 180, 20))
    (trouble,) = of(tmp_path, data).troubles
    assert trouble.code is TroubleCode.BAD_REDACTION
    assert trouble.text.startswith("第 1 页")


def test_an_annotation_that_covers_is_a_bad_redaction(tmp_path: Path) -> None:
    data = annotated(drawn=build.box(0, 10, 150, 30))
    reading = of(tmp_path, data)
    (found,) = [s for s in reading.segments if s.text == PLAIN]
    assert found.place.part is Part.COVERED_TEXT
    assert [t.code for t in reading.troubles] == [TroubleCode.BAD_REDACTION]


@pytest.mark.parametrize("ground", ["0 0 128", "40 40 40"])
def test_white_text_on_a_dark_ground_is_seen(tmp_path: Path, ground: str) -> None:
    white = build.text(MARKER, 20, 50, inside=build.colour("255 255 255"))
    found = marked(of(tmp_path, one(build.box(10, 40, 180, 20, ground) + white)))
    assert found.visible
    assert found.place.part is Part.BODY


def test_lines_are_in_reading_order_with_their_boxes(tmp_path: Path) -> None:
    objects = "".join(
        build.text(said, x, y)
        for said, x, y in (("三", 20, 80), ("一", 20, 40), ("二右", 120, 60), ("二左", 20, 60.3))
    )
    reading = of(tmp_path, build.ofd([build.page(objects)]))
    body = [s for s in reading.segments if s.place.part is Part.BODY]
    assert [s.text for s in body] == ["一", "二左", "二右", "三"]
    assert [s.place.paragraph for s in body] == [1, 2, 3, 4]
    left, top, right, bottom = body[2].place.box or (0, 0, 0, 0)
    assert left == pytest.approx(120 * 72 / 25.4, abs=0.5)
    assert right == pytest.approx(130 * 72 / 25.4, abs=0.5)
    assert top < 60 * 72 / 25.4 < bottom


def test_one_character_objects_make_a_line(tmp_path: Path) -> None:
    objects = "".join(build.text(c, 20 + 5 * n, 40) for n, c in enumerate("白石沟镇公示"))
    reading = of(tmp_path, build.ofd([build.page(objects)]))
    assert "白石沟镇公示" in [s.text for s in reading.segments]


def test_several_documents_are_counted_through(tmp_path: Path) -> None:
    second = build.part(
        "Document",
        "<ofd:CommonData/><ofd:Pages><ofd:Page ID='1' BaseLoc='P.xml'/></ofd:Pages>",
    )
    data = build.ofd(
        [build.page(build.text(PLAIN)), build.page(build.text("第二页"))],
        bodies="<ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody>",
        parts={"Doc_1/Document.xml": second, "Doc_1/P.xml": build.page(build.text(MARKER))},
    )
    reading = of(tmp_path, data)
    assert reading.pages == 3
    assert marked(reading).place.page == 3


def test_a_composite_is_drawn_and_a_loop_of_them_ends(tmp_path: Path) -> None:
    again = '<ofd:CompositeObject ID="6" ResourceID="6" Boundary="0 0 210 297"/>'
    data = build.ofd(
        [build.page(again)],
        common="<ofd:PublicRes>Res.xml</ofd:PublicRes>",
        parts={"Doc_0/Res.xml": build.composite("6", build.text(MARKER) + again)},
    )
    reading = of(tmp_path, data)
    assert any(s.text.startswith(MARKER) and s.visible for s in reading.segments)


def test_a_fan_of_composites_stops_at_its_limit(tmp_path: Path) -> None:
    many = '<ofd:CompositeObject ID="6" ResourceID="6" Boundary="0 0 210 297"/>' * 40
    data = build.ofd(
        [build.page(many)],
        common="<ofd:PublicRes>Res.xml</ofd:PublicRes>",
        parts={"Doc_0/Res.xml": build.composite("6", build.text("一") + many)},
    )
    with pytest.raises(Unreadable) as refused:
        of(tmp_path, data)
    assert refused.value.code is TroubleCode.TOO_BIG


def renamed(data: bytes, change: Callable[[str], str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(change(name), old.read(name))
    return out.getvalue()


def test_a_lost_page_is_a_trouble_and_the_others_are_read(tmp_path: Path) -> None:
    data = build.ofd([build.page(build.text(PLAIN)), build.page(build.text("第二页"))])
    lost = renamed(data, lambda name: name.replace("Page_1/Content", "Page_1/Lost"))
    reading = of(tmp_path, lost)
    (trouble,) = reading.troubles
    assert trouble.code is TroubleCode.DAMAGED
    assert trouble.text.startswith("第 2 页")
    assert reading.partial
    assert any(s.text == PLAIN for s in reading.segments)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda name: name.replace("Doc_0/Document", "Doc_0/Else"), TroubleCode.DAMAGED),
        (lambda name: name.replace("Doc_0/", "Doc_0/../"), TroubleCode.DAMAGED),
        (lambda name: "Encryptions.xml" if "Page_0" in name else name, TroubleCode.ENCRYPTED),
    ],
)
def test_what_cannot_be_read_says_why(
    tmp_path: Path, change: Callable[[str], str], code: TroubleCode
) -> None:
    with pytest.raises(Unreadable) as refused:
        of(tmp_path, renamed(build.ofd([build.page("")]), change))
    assert refused.value.code is code


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        pytest.param(
            {"Visible": "false"}, "不显示的图片", marks=place("不显示的图片", visible=False)
        ),
        pytest.param({"Alpha": "0"}, "全透明图片", marks=place("全透明图片", visible=False)),
    ],
)
def test_a_picture_that_is_not_shown_is_read(
    tmp_path: Path, attributes: dict[str, str], words: str
) -> None:
    reading = of(tmp_path, pictured("450321199001010014", **attributes), ocr=True)
    (found,) = [s for s in reading.segments if s.text == "450321199001010014"]
    assert (found.place.part, found.place.page) == (Part.IMAGE, 1)
    assert not found.visible, words
