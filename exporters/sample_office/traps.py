"""Word files with what cannot be seen: revisions, comments, hidden text; one with a secret mark."""

from pathlib import Path

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from exporters.sample_office import letters
from exporters.sample_office.persons import persons

SECRET_FILE = "关于转发有关文件的通知.docx"


def write(folder: Path) -> None:
    """Four traps."""
    revised(folder / "关于表彰2026年度防汛先进集体的通报（修改稿）.docx")
    hidden_text(folder / "公益性岗位拟聘用人员公示.docx")
    secret(folder / SECRET_FILE)
    truncated(folder / "柏树垭社区上报材料.docx")


def revised(path: Path) -> None:
    """Tracked changes and a comment by named authors."""
    document = letters.blank()
    letters.title(document, "关于表彰2026年度防汛先进集体的通报")
    paragraph = letters.say(document, "经研究，决定对白石沟村民委员会、")
    paragraph._p.append(_revision("w:del", "w:delText", "老鹰岩村民委员会（因信访问题取消）、"))
    paragraph._p.append(_revision("w:ins", "w:t", "双碾坝村民委员会"))
    tail = paragraph.add_run("予以通报表扬。")
    document.add_comment(
        tail, text="镇长意见：老鹰岩村今年不宜表扬，对外不作说明。", author="骆青山"
    )
    letters.say(document, "希望受表扬的单位再接再厉。")
    letters.say(document, "白石沟镇人民政府", indent=15)
    letters.say(document, "2026年10月9日", indent=16)
    document.save(str(path))


def _revision(tag: str, text_tag: str, text: str) -> "etree._Element":
    revision = OxmlElement(tag)
    revision.set(qn("w:id"), "7")
    revision.set(qn("w:author"), "骆青山")
    revision.set(qn("w:date"), "2026-10-08T09:30:00Z")
    run = OxmlElement("w:r")
    words = OxmlElement(text_tag)
    words.text = text
    run.append(words)
    revision.append(run)
    return revision


def hidden_text(path: Path) -> None:
    """A list of names in front; ID numbers as hidden text, a phone number in a text box."""
    document = letters.blank()
    letters.title(document, "公益性岗位拟聘用人员公示")
    letters.say(document, "根据报名和审核情况，拟聘用以下人员，公示期为2026年4月2日至8日。")
    for person in persons(5, seed=7):
        paragraph = letters.say(document, f"{person.name}，{person.village}")
        run = paragraph.add_run(f"，身份证号{person.id_number}")
        run.font.hidden = True
    box = document.add_paragraph()
    box._p.append(_text_box(f"异议请联系镇社保所，经办人手机{persons(1, seed=8)[0].phone}"))
    document.save(str(path))


def _text_box(text: str) -> "etree._Element":
    return parse_xml(
        f"<w:r {nsdecls('w')} xmlns:v='urn:schemas-microsoft-com:vml'><w:pict>"
        "<v:shape style='width:300pt;height:40pt'><v:textbox><w:txbxContent><w:p><w:r>"
        f"<w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )


def secret(path: Path) -> None:
    """A file that must be refused at the door; the text is invented and says nothing."""
    document = letters.blank()
    letters.say(document, "机密★10年", face="黑体", indent=0)
    letters.title(document, "关于转发有关文件的通知")
    letters.say(document, "本文件用于演示：带有国家秘密标志的文件一律拒收，程序不留任何痕迹。")
    document.save(str(path))


def truncated(path: Path) -> None:
    """A Word file that broke off while it was copied."""
    document = letters.blank()
    letters.title(document, "柏树垭社区上报材料")
    letters.say(document, "本文件在拷贝时损坏。" * 40)
    document.save(str(path))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 2 // 3])
