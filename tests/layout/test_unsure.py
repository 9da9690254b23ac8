"""What a program can't tell is said apart, and never as a mistake."""

import re
import zipfile
from io import BytesIO

from docgen.errors import Severity
from docgen.layout.check import check_document
from docgen.layout.findings import Finding
from tests.layout.documents import build, decision, urgent_letter
from tests.layout.packages import zipped

LINE = re.compile(r"<mc:AlternateContent.*?</mc:AlternateContent>", re.DOTALL)
PICTURE = (
    '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData>'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:spPr><a:xfrm>'
    '<a:ext cx="1800000" cy="36000"/></a:xfrm></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>'
)
BOX = (
    '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>{}'
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
)
CONDITIONAL = (
    '<w:style w:type="table" w:styleId="Rows"><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>'
    "</w:style></w:styles>"
)


def parts() -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(build(decision()))) as file:
        return {name: file.read(name).decode() for name in file.namelist() if name.endswith((".xml", ".rels"))}


def checked(files: dict[str, str]) -> list[Finding]:
    return check_document(zipped({name: text.encode() for name, text in files.items()}))


def test_the_length_of_a_line_that_is_a_picture() -> None:
    files = parts()
    files["word/document.xml"] = LINE.sub(PICTURE, files["word/document.xml"], count=1)
    (finding,) = checked(files)
    assert (finding.rule, finding.undecided, finding.severity) == ("ND30-U.1", True, Severity.INFO)
    assert finding.message.endswith("; cần xem bằng mắt: độ dài đường kẻ bên dưới tên cơ quan ban hành")


def test_a_letterhead_in_text_boxes_is_read() -> None:
    files = parts()
    table = re.search(r"<w:tbl>.*?</w:tbl>", files["word/document.xml"], re.DOTALL)
    assert table is not None
    cells = re.findall(r"<w:tc>(?:<w:tcPr>.*?</w:tcPr>)?(.*?)</w:tc>", table[0], re.DOTALL)
    boxes = "".join(BOX.format(cell) for cell in cells)
    files["word/document.xml"] = files["word/document.xml"].replace(table[0], boxes)
    (finding,) = checked(files)
    assert (finding.rule, finding.undecided) == ("ND30-U.2", True)


def test_a_table_style_that_dresses_its_first_row() -> None:
    files = parts()
    files["word/styles.xml"] = files["word/styles.xml"].replace("</w:styles>", CONDITIONAL)
    text = re.sub(r"<w:tblStyle [^>]*/>", "", files["word/document.xml"])
    files["word/document.xml"] = text.replace("<w:tblPr>", '<w:tblPr><w:tblStyle w:val="Rows"/>', 1)
    (finding,) = checked(files)
    assert (finding.rule, finding.undecided) == ("ND30-U.4", True)


def test_a_stamp_of_secrecy_is_left_to_its_own_law() -> None:
    draft = urgent_letter()
    draft.line("urgency").text = "MẬT"
    (finding,) = check_document(build(draft))
    assert (finding.rule, finding.undecided, finding.severity) == ("ND30-U.3", True, Severity.INFO)
    assert finding.to_json()["undecided"] is True
