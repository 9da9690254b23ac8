"""Small templates made for one test each."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import parse_xml

from docgen.base.declare import Contract
from docgen.template.lint.check import TemplateFinding, judge_template

CONTRACT = {
    "ten": Contract("Tên", printed=True, required=True),
    "ghi_chu": Contract("Ghi chú"),
    "co": Contract("Cờ", "flag"),
    "dong": Contract("Các dòng", "list"),
    "nhom": Contract(
        "Nhóm",
        "list",
        fields={
            "ten": Contract("Tên nhóm", printed=True),
            "viec": Contract("Việc", "list", fields={"ten": Contract("Tên việc", printed=True), "so": Contract("Số")}),
        },
    ),
}

CONTEXT = {
    "ten": "Kế hoạch",
    "ghi_chu": "ghi chú",
    "co": True,
    "dong": ["một", "hai"],
    "nhom": [
        {"ten": "A", "viec": [{"ten": "a1", "so": "1"}, {"ten": "a2", "so": "2"}]},
        {"ten": "B", "viec": [{"ten": "b1", "so": "3"}]},
    ],
}

LINE = """
<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0"
 layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="column"><wp:align>center</wp:align></wp:positionH>
<wp:positionV relativeFrom="line"><wp:posOffset>230000</wp:posOffset></wp:positionV>
<wp:extent cx="1800000" cy="0"/><wp:wrapNone/><wp:docPr id="1" name="vach" descr="{descr}"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData
 uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
<wps:wsp><wps:cNvCnPr/>
<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="0"/></a:xfrm><a:prstGeom
 prst="line"><a:avLst/></a:prstGeom>
<a:ln w="9525"/></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>
"""


def blank() -> Document:
    """A Word document without the parts that python-docx's own template has too many of."""
    document = docx.Document()
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(("/stylesWithEffects", "/thumbnail"))]:
            del rels[key]
    return document


def template(folder: Path, paragraphs: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> Path:
    """A template of the given paragraphs and, below them, one table."""
    document = blank()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(len(rows), max(map(len, rows)))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=False):
                cell.text = text
    return saved(document, folder)


def saved(document: Document, folder: Path, name: str = "mau.docx") -> Path:
    path = folder / name
    document.save(str(path))
    return path


def add_line(paragraph: object, descr: str) -> None:
    """Put a drawn line at the end of a paragraph."""
    paragraph._p.append(parse_xml(LINE.format(descr=descr)))  # type: ignore[attr-defined]


def opened(content: bytes) -> Document:
    return docx.Document(BytesIO(content))


def texts(content: bytes) -> list[str]:
    """The paragraphs of a document, then its table cells row by row."""
    document = opened(content)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def check_template(
    source: Path | bytes, contract: Mapping[str, Contract] | None, *, shown: str
) -> list[TemplateFinding]:
    """All that is wrong with a template, in the order of its parts."""
    return judge_template(source, contract, shown=shown).findings


def all_fields(contract: Mapping[str, Contract], above: tuple[str, ...] = ()) -> frozenset[tuple[str, ...]]:
    """The paths of every field of a contract."""
    found: set[tuple[str, ...]] = set()
    for key, inner in contract.items():
        found |= {(*above, key)} | all_fields(inner.fields, (*above, key))
    return frozenset(found)
