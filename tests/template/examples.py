"""The examples of docs/mau-word.md as templates; ``python -m tests.template.examples FOLDER`` draws their pictures.

Drawing needs LibreOffice, poppler and ImageMagick's convert.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from docx.document import Document
from docx.shared import Cm, Pt

from docgen.base.declare import Contract
from docgen.template.language.compile import compile_template
from tests.template.documents import blank, saved

TASK = {
    "ten": Contract("Nhiệm vụ", printed=True),
    "chu_tri": Contract("Cơ quan chủ trì", printed=True),
    "ghi_chu": Contract("Ghi chú"),
}
EXAMPLE_CONTRACT = {
    "nhom": Contract("Nhóm", "list", fields={"ten": Contract("Tên"), "viec": Contract("Việc", "list", fields=TASK)}),
}
EXAMPLE_CONTEXT = {
    "nhom": [
        {
            "ten": "Cải cách thể chế",
            "viec": [
                {"ten": "Rà soát văn bản", "chu_tri": "Phòng Tư pháp", "ghi_chu": ""},
                {"ten": "Tự kiểm tra", "chu_tri": "Phòng Tư pháp", "ghi_chu": "hằng quý"},
                {"ten": "Công bố danh mục", "chu_tri": "Văn phòng", "ghi_chu": ""},
            ],
        },
        {
            "ten": "Cải cách thủ tục",
            "viec": [
                {"ten": "Công khai thủ tục", "chu_tri": "Văn phòng", "ghi_chu": ""},
                {"ten": "Đơn giản hóa", "chu_tri": "Văn phòng", "ghi_chu": ""},
            ],
        },
    ],
}


def merged_cells() -> Document:
    """A column merged over equal values; the row carries its own loop."""
    document = _page(5)
    document.add_paragraph("{%p for nhom in nhom %}")
    document.add_paragraph("{{ nhom.ten }}").runs[0].bold = True
    table = document.add_table(2, 2, style="Table Grid")
    texts = ["Cơ quan chủ trì", "Nhiệm vụ", "{%tr for v in nhom.viec %}{% vm v.chu_tri %}{{ v.chu_tri }}"]
    for cell, text in zip(table._cells, [*texts, "{{ v.ten }}{%tr endfor %}"], strict=True):
        cell.text = text
    document.add_paragraph("{%p endfor %}")
    return document


def restarted_numbers() -> Document:
    """Numbers that start over in each turn; a paragraph that goes with its own condition."""
    document = _page(5.5)
    for text in ("{%p for nhom in nhom %}", "{{ nhom.ten }}", "{%p danh_so_lai %}", "{%p for v in nhom.viec %}"):
        document.add_paragraph(text)
    document.paragraphs[1].runs[0].bold = True
    document.add_paragraph("{{ v.ten }} ({{ v.chu_tri }})", style="List Number")
    document.add_paragraph("{%p if v.ghi_chu %}Ghi chú: {{ v.ghi_chu }}{%p endif %}").paragraph_format.left_indent = Cm(
        1
    )
    for text in ("{%p endfor %}", "{%p endfor %}"):
        document.add_paragraph(text)
    return document


def broken_pages() -> Document:
    """A page for each turn, none after the last."""
    document = _page(3.6)
    for text in ("{%p for nhom in nhom %}", "{% ngat_trang %}{{ nhom.ten }}"):
        document.add_paragraph(text)
    document.add_paragraph("{%p for v in nhom.viec %}- {{ v.ten }}, {{ v.chu_tri }}{%p endfor %}")
    document.add_paragraph("{%p endfor %}")
    return document


EXAMPLES: Mapping[str, Callable[[], Document]] = {
    "mau-gop-o": merged_cells,
    "mau-danh-so-lai": restarted_numbers,
    "mau-ngat-trang": broken_pages,
}


def _page(height: float) -> Document:
    """A small page, so that a picture of it needs no cutting."""
    document = blank()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(11), Cm(height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(0.4)
    section.header_distance = section.footer_distance = Cm(0)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(11)
    style.paragraph_format.space_after = Pt(0)
    return document


def _draw(folder: Path) -> None:
    """A picture of each example: the template on the left, what comes of it on the right."""
    for name, make in EXAMPLES.items():
        with tempfile.TemporaryDirectory() as work:
            template = saved(make(), Path(work), "mau.docx")
            made = Path(work) / "ra.docx"
            made.write_bytes(compile_template(template, EXAMPLE_CONTRACT).render(EXAMPLE_CONTEXT))
            sides = [_drawn(path) for path in (template, made)]
            _run("convert", *sides, "+append", "-strip", "-colors", "32", str(folder / f"{name}.png"))


def _drawn(path: Path) -> str:
    """One picture of all pages of a document, one below the other."""
    _run("soffice", "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path))
    _run("pdftoppm", "-r", "80", "-png", str(path.with_suffix(".pdf")), str(path.with_suffix("")))
    pages = sorted(str(page) for page in path.parent.glob(f"{path.stem}-*.png"))
    whole = path.with_suffix(".png")
    _run("convert", *pages, "-bordercolor", "#999999", "-border", "1", "-append", str(whole))
    return str(whole)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    _draw(Path(sys.argv[1]))
