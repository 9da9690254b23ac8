"""Builds workbooks part by part, as no program would write them, and files that only call themselves workbooks."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET_1 = "xl/worksheets/sheet1.xml"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of the parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def sheet_xml(rows: str, after: str = "") -> str:
    """A sheet with those rows."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def row(number: int, *cells: str, more: str = "") -> str:
    """A row with those cells."""
    return f'<row r="{number}"{more}>{"".join(cells)}</row>'


def number(place: str, value: str, style: int = 0) -> str:
    """A cell with a number."""
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def text(place: str, value: str, style: int = 0) -> str:
    """A cell with a text of its own."""
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t>{value}</t></is></c>'


def styles(*codes: str, fonts: tuple[str, ...] = ("Calibri",)) -> str:
    """Styles 0 (plain), then one for each number format, then one for each font after the first."""
    formats = "".join(f'<numFmt numFmtId="{170 + i}" formatCode="{code}"/>' for i, code in enumerate(codes))
    cells = "".join(f'<xf numFmtId="{170 + i}" fontId="0"/>' for i in range(len(codes)))
    cells += "".join(f'<xf numFmtId="0" fontId="{i}"/>' for i in range(1, len(fonts)))
    names = "".join(f'<font><sz val="11"/><name val="{font}"/></font>' for font in fonts)
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><fonts>{names}</fonts>'
        f'<cellXfs><xf numFmtId="0" fontId="0"/>{cells}</cellXfs>'
        '<dxfs><dxf><font><name val="VNI-Times"/></font><numFmt numFmtId="170" formatCode="0"/></dxf></dxfs>'
        "</styleSheet>"
    )


def parts(
    *sheets: str,
    names: tuple[str, ...] = (),
    states: tuple[str, ...] = (),
    shared: str = "",
    style: str = "",
    since_1904: bool = False,
) -> dict[str, str | bytes]:
    """The parts of a workbook of those sheets (their XML)."""
    titles = names or tuple(f"Trang {i + 1}" for i in range(len(sheets)))
    shown = states or ("visible",) * len(sheets)
    listed = "".join(
        f'<sheet name="{title}" sheetId="{i}" state="{state}" r:id="r{i}"/>'
        for i, (title, state) in enumerate(zip(titles, shown, strict=True), 1)
    )
    flag = '<workbookPr date1904="1"/>' if since_1904 else ""
    links = "".join(_link(f"r{i}", "worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1))
    made: dict[str, str | bytes] = {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{flag}<sheets>{listed}</sheets></workbook>'
    }
    made |= {f"xl/worksheets/sheet{i}.xml": sheet for i, sheet in enumerate(sheets, 1)}
    if shared:
        made["xl/sharedStrings.xml"] = shared
        links += _link("s1", "sharedStrings", "/xl/sharedStrings.xml")
    if style:
        made["xl/styles.xml"] = style
        links += _link("s2", "styles", "styles.xml")
    made["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{PACKAGE_LINKS}">{links}</Relationships>'
    return made


def workbook(*rows: str, after: str = "", **options: object) -> bytes:
    """A workbook of one sheet with those rows."""
    return zipped(parts(sheet_xml("".join(rows), after), **options))  # type: ignore[arg-type]


def shared_strings(*texts: str, more: str = "") -> str:
    """The shared texts; each the XML inside of its ``si``."""
    return f'<sst xmlns="{MAIN}"{more}>{"".join(f"<si>{text}</si>" for text in texts)}</sst>'


def lying_bomb(true_size: int) -> bytes:
    """A workbook whose sheet declares 100 bytes and unpacks to far more."""
    content = bytearray(workbook("<!--" + " " * true_size + "-->"))
    with zipfile.ZipFile(BytesIO(bytes(content))) as archive:
        info = archive.getinfo(SHEET_1)
    real, lie = info.file_size.to_bytes(4, "little"), (100).to_bytes(4, "little")
    assert content.count(real) == 2  # in the entry, and in the directory
    return bytes(content.replace(real, lie))


def honest_bomb(size: int) -> bytes:
    """A workbook with a sheet that unpacks to that many bytes of blanks."""
    return zipped({**parts(sheet_xml("")), "xl/media/big.bin": b"\0" * size})


def nameless_entry() -> bytes:
    """A workbook without sheets, with an entry whose name ends before its first letter."""
    return zipped({**parts(), "no-name": ""}).replace(b"no-name", b"\0o-name")


def encrypted_entry() -> bytes:
    """A zip whose entries say that they are encrypted."""
    content = workbook(row(1, number("A1", "1")))
    at, made = 0, bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            made[at + offset] |= 1
    return bytes(made)


def _link(identity: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{identity}" Type="{LINKS}/{kind}" Target="{target}"/>'
