"""OFD files laid part by part (GB/T 33190-2016)."""

import io
import zipfile
from collections.abc import Mapping, Sequence

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def text(
    said: str, x: float = 20, y: float = 30, *, size: float = 5, inside: str = "", **attributes: str
) -> str:
    """A TextObject whose first base line begins at (x, y) millimetres; han advance by `size`."""
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    delta = f' DeltaX="g {len(said) - 1} {size}"' if len(said) > 1 else ""
    wide = size * len(said)
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {y - size} {wide} {size * 1.3}" Font="1" '
        f'Size="{size}"{more}>{inside}<ofd:TextCode X="0" Y="{size}"{delta}>{said}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def colour(values: str, **attributes: str) -> str:
    """A FillColor for a text or path."""
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<ofd:FillColor Value="{values}"{more}/>'


def box(x: float, y: float, wide: float, high: float, fill: str = "0 0 0") -> str:
    """A filled rectangle."""
    return (
        f'<ofd:PathObject ID="8" Boundary="{x} {y} {wide} {high}" Fill="true" Stroke="false">'
        f"{colour(fill)}<ofd:AbbreviatedData>M 0 0 L {wide} 0 L {wide} {high} L 0 {high} C"
        "</ofd:AbbreviatedData></ofd:PathObject>"
    )


def image(resource: str, x: float, y: float, wide: float, high: float, **attributes: str) -> str:
    """An ImageObject; its matrix stretches the unit square."""
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return (
        f'<ofd:ImageObject ID="7" Boundary="{x} {y} {wide} {high}" CTM="{wide} 0 0 {high} 0 0" '
        f'ResourceID="{resource}"{more}/>'
    )


def page(objects: str, extra: str = "", area: str = "") -> str:
    """A page's part. `extra` stands before the content: templates, page resources."""
    return (
        f"{HEAD}<ofd:Page {NS}>{extra}{area}<ofd:Content><ofd:Layer ID='2' Type='Body'>{objects}"
        "</ofd:Layer></ofd:Content></ofd:Page>"
    )


def media(entries: Mapping[str, str]) -> str:
    """A resource part that names pictures by id; files lie in Doc_0/Res."""
    rows = "".join(
        f'<ofd:MultiMedia ID="{key}" Type="Image" Format="PNG"><ofd:MediaFile>{file}'
        "</ofd:MediaFile></ofd:MultiMedia>"
        for key, file in entries.items()
    )
    return f'{HEAD}<ofd:Res {NS} BaseLoc="Res"><ofd:MultiMedias>{rows}</ofd:MultiMedias></ofd:Res>'


def composite(key: str, objects: str) -> str:
    """A resource part with one composite unit."""
    return (
        f'{HEAD}<ofd:Res {NS}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="{key}" '
        f'Width="210" Height="297"><ofd:Content>{objects}</ofd:Content></ofd:CompositeGraphicUnit>'
        "</ofd:CompositeGraphicUnits></ofd:Res>"
    )


def part(name: str, inside: str) -> str:
    """Any part by its root element's name."""
    return f"{HEAD}<ofd:{name} {NS}>{inside}</ofd:{name}>"


def ofd(
    pages: Sequence[str],
    *,
    common: str = "",
    document: str = "",
    info: str = "",
    body: str = "",
    bodies: str = "",
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A whole file. `pages` are parts as `page` makes them."""
    refs = "".join(
        f'<ofd:Page ID="{100 + n}" BaseLoc="Pages/Page_{n}/Content.xml"/>'
        for n in range(len(pages))
    )
    files: dict[str, str | bytes] = {
        "OFD.xml": f'{HEAD}<ofd:OFD {NS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
        f"<ofd:DocID>0</ofd:DocID>{info}</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        f"{body}</ofd:DocBody>{bodies}</ofd:OFD>",
        "Doc_0/Document.xml": part(
            "Document",
            "<ofd:CommonData><ofd:MaxUnitID>999</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>"
            f"0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{common}</ofd:CommonData>"
            f"<ofd:Pages>{refs}</ofd:Pages>{document}",
        ),
    }
    files |= {f"Doc_0/Pages/Page_{n}/Content.xml": made for n, made in enumerate(pages)}
    files |= parts or {}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()
