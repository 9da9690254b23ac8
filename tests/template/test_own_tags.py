"""docgen's own tags: paragraphs and rows that carry their own condition or loop, page breaks, numbering, merging."""

import re
import subprocess
import zipfile
from collections.abc import Callable
from copy import deepcopy
from io import BytesIO
from pathlib import Path

import pytest
from docx.document import Document
from docx.oxml import parse_xml

from docgen.errors import TemplateError
from docgen.template.language.compile import compile_template
from docgen.writers.proof import find_faults
from tests.template.documents import CONTEXT, CONTRACT, blank, opened, saved, template, texts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
GROUPS = [
    {"ten": "A", "viec": [{"ten": "a1", "so": "1"}, {"ten": "a2", "so": "1"}, {"ten": "a3", "so": "2"}]},
    {"ten": "B", "viec": [{"ten": "b1", "so": "2"}, {"ten": "b2", "so": "2"}]},
]


def render(path: Path, **changes: object) -> bytes:
    content = compile_template(path, CONTRACT).render({**deepcopy(CONTEXT), **changes})
    assert list(find_faults(content)) == []
    return content


def refusals(path: Path) -> list[tuple[str, str]]:
    with pytest.raises(TemplateError) as caught:
        compile_template(path, CONTRACT)
    return [(problem.code, problem.place.part or "") for problem in caught.value.problems]


def pdf_text(content: bytes, folder: Path, soffice: str) -> list[str]:
    """The lines of each page as LibreOffice shows them."""
    (folder / "x.docx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "x.docx")],
        check=True,
        capture_output=True,
    )
    found = subprocess.run(["pdftotext", "-layout", str(folder / "x.pdf"), "-"], check=True, capture_output=True)
    return found.stdout.decode().split("\f")[:-1]


@pytest.mark.parametrize(("flag", "expected"), [(True, ["Kế hoạch", "có ghi chú"]), (False, ["Kế hoạch"])])
def test_a_paragraph_goes_with_its_own_condition(tmp_path: Path, flag: bool, expected: list[str]) -> None:
    path = template(tmp_path, ["{{ ten }}", "{%p if co %}có {{ ghi_chu }}{%p endif %}"])
    assert texts(render(path, co=flag)) == expected


def test_a_paragraph_is_repeated_by_its_own_loop(tmp_path: Path) -> None:
    path = template(tmp_path, ["{{ ten }}", "{%p for d in dong %}{{ loop.index }}) {{ d }}{%p endfor %}"])
    assert texts(render(path)) == ["Kế hoạch", "1) một", "2) hai"]


@pytest.mark.parametrize(("flag", "cell"), [(True, "ghi chú"), (False, "")])
def test_a_cell_keeps_a_paragraph_when_its_only_one_goes(tmp_path: Path, flag: bool, cell: str) -> None:
    path = template(tmp_path, ["{{ ten }}"], [["{%p if co %}{{ ghi_chu }}{%p endif %}"]])
    assert texts(render(path, co=flag)) == ["Kế hoạch", cell]


def test_a_row_is_repeated_by_the_loop_in_its_own_cells(tmp_path: Path) -> None:
    rows = [["đầu", "bảng"], ["{%tr for d in dong %}{{ loop.index }}", "{{ d }}{%tr endfor %}"]]
    path = template(tmp_path, ["{{ ten }}"], rows)
    assert texts(render(path)) == ["Kế hoạch", "đầu", "bảng", "1", "một", "2", "hai"]


def test_a_fault_in_a_paragraphs_own_loop_is_at_that_paragraph(tmp_path: Path) -> None:
    path = template(tmp_path, ["{{ ten }}", "{%p for d in dongg %}{{ d }}{%p endfor %}", "{{ ten }}"])
    assert refusals(path) == [("template.unknown-field", "thân văn bản, đoạn 2")]


def test_text_beside_a_paragraphs_own_condition_is_still_refused(tmp_path: Path) -> None:
    path = template(tmp_path, ["{{ ten }}", "mất {%p if co %}có{%p endif %}"])
    assert ("template.dropped-text", "thân văn bản, đoạn 2") in refusals(path)


def broken_before(content: bytes) -> list[str]:
    """The paragraphs that begin a page."""
    found = []
    for paragraph in opened(content).paragraphs:
        setting = paragraph._p.find(f"./{W}pPr/{W}pageBreakBefore")
        if setting is not None and setting.get(f"{W}val") != "0":
            found.append(paragraph.text)
    return found


BREAKING = ["{{ ten }}", "{%p for n in nhom %}", "{% ngat_trang %}{{ n.ten }}", "x", "{%p endfor %}", "cuối"]


def test_pages_break_between_turns_and_not_after(tmp_path: Path) -> None:
    three = [{"ten": name, "viec": []} for name in "ABC"]
    assert broken_before(render(template(tmp_path, BREAKING), nhom=three)) == ["B", "C"]


def test_a_turn_that_shows_nothing_breaks_no_page(tmp_path: Path) -> None:
    lines = [*BREAKING[:2], "{%p if n.viec %}", "{% ngat_trang %}{{ loop.index }}", "{%p endif %}", *BREAKING[4:]]
    shown = [{"ten": "A", "viec": []}, *deepcopy(GROUPS[:1]), {"ten": "B", "viec": []}, *deepcopy(GROUPS[1:])]
    assert broken_before(render(template(tmp_path, lines), nhom=shown)) == ["4"]


def test_each_page_of_a_loop_stands_alone_in_libreoffice(tmp_path: Path, needs_tool: Callable[[str], str]) -> None:
    soffice = needs_tool("soffice")
    needs_tool("pdftotext")
    pages = pdf_text(render(template(tmp_path, BREAKING)), tmp_path, soffice)
    assert [page.split() for page in pages] == [["Kế", "hoạch", "A", "x"], ["B", "x", "cuối"]]


@pytest.mark.parametrize(
    ("paragraphs", "rows", "place"),
    [
        (["{{ ten }}", "{% ngat_trang %}x"], [], "thân văn bản, đoạn 2"),
        (["{{ ten }}", "{%p for d in dong %}", "{%p ngat_trang %}", "{{ d }}", "{%p endfor %}"], [], "đoạn 3"),
        (["{{ ten }}"], [["{%tr for d in dong %}"], ["{% ngat_trang %}{{ d }}"], ["{%tr endfor %}"]], "hàng 2, ô 1"),
    ],
)
def test_a_page_break_out_of_place_is_refused(
    tmp_path: Path, paragraphs: list[str], rows: list[list[str]], place: str
) -> None:
    ((code, where),) = refusals(template(tmp_path, paragraphs, rows))
    assert code == "template.page-break"
    assert place in where


def merges(content: bytes) -> list[list[str]]:
    """Each row of the first table: a cell's text, with "↓" where it begins and "↑" where it goes on a merged one."""
    marks = {"restart": "↓", "continue": "↑", None: ""}
    found = []
    for row in opened(content).tables[0]._tbl.tr_lst:
        line = []
        for cell in row.tc_lst:
            merged = cell.find(f"./{W}tcPr/{W}vMerge")
            mark = marks[merged.get(f"{W}val")] if merged is not None else ""
            line.append("".join(text.text or "" for text in cell.iter(f"{W}t")) + mark)
        found.append(line)
    return found


MERGING = [
    ["Số", "Việc"],
    ["{%tr for n in nhom %}", ""],
    ["{%tr for v in n.viec %}", ""],
    ["{% vm v.so %}{{ v.so }}", "{{ v.ten }}"],
    ["{%tr endfor %}", ""],
    ["{%tr endfor %}", ""],
]


def test_cells_are_merged_over_equal_values(tmp_path: Path) -> None:
    found = merges(
        render(template(tmp_path, ["{{ ten }}{% for n in nhom %}{{ n.ten }}{% endfor %}"], MERGING), nhom=GROUPS)
    )
    assert found == [["Số", "Việc"], ["1↓", "a1"], ["↑", "a2"], ["2↓", "a3"], ["↑", "b1"], ["↑", "b2"]]


def test_a_row_between_ends_the_merging(tmp_path: Path) -> None:
    rows = [*MERGING[:2], ["{{ n.ten }}", ""], *MERGING[2:]]
    found = merges(render(template(tmp_path, ["{{ ten }}"], rows), nhom=GROUPS))
    assert [line[0] for line in found] == ["Số", "A", "1↓", "↑", "2↓", "B", "2↓", "↑"]


def test_a_table_in_a_loop_begins_its_merging_anew(tmp_path: Path) -> None:
    document = blank()
    document.add_paragraph("{{ ten }}")
    document.add_paragraph("{%p for n in nhom %}")
    table = document.add_table(3, 2)
    for row, line in zip(table.rows, MERGING[2:5], strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    document.add_paragraph("{{ n.ten }}")
    document.add_paragraph("{%p endfor %}")
    content = render(saved(document, tmp_path), nhom=GROUPS)
    first_cells = [table._tbl.tr_lst[0].tc_lst[0] for table in opened(content).tables]
    assert [cell.find(f"./{W}tcPr/{W}vMerge").get(f"{W}val") for cell in first_cells] == ["restart", "restart"]


def test_two_columns_merge_each_by_its_own_value(tmp_path: Path) -> None:
    rows = [MERGING[2], ["{% vm v.so %}{{ v.so }}", "{% vm v.ten %}{{ v.ten }}"], MERGING[4]]
    rows = [MERGING[1], *rows, MERGING[5]]
    tasks = [{"ten": "x", "so": "1"}, {"ten": "x", "so": "2"}, {"ten": "y", "so": "2"}]
    found = merges(render(template(tmp_path, ["{{ ten }}"], rows), nhom=[{"ten": "A", "viec": tasks}]))
    assert found == [["1↓", "x↓"], ["2↓", "↑"], ["↑", "y↓"]]


def test_without_a_value_one_cell_is_for_all_turns(tmp_path: Path) -> None:
    rows = [MERGING[1], MERGING[2], ["{% vm %}{{ n.ten }}", "{{ v.ten }}"], MERGING[4], MERGING[5]]
    found = merges(render(template(tmp_path, ["{{ ten }}"], rows), nhom=GROUPS))
    assert [line[0] for line in found] == ["A↓", "↑", "↑", "B↓", "↑"]


def test_a_merged_value_counts_as_printed(tmp_path: Path) -> None:
    tasks = [{"ten": "chung", "so": "1"}, {"ten": "chung", "so": "2"}]
    rows = [MERGING[1], MERGING[2], ["{% vm v.ten %}{{ v.ten }}", "{{ v.so }}"], MERGING[4], MERGING[5]]
    found = merges(render(template(tmp_path, ["{{ ten }}"], rows), nhom=[{"ten": "A", "viec": tasks}]))
    assert found == [["chung↓", "1"], ["↑", "2"]]


def test_a_merged_cell_may_hold_anything(tmp_path: Path) -> None:
    rows = [MERGING[1], MERGING[2], ["{% vm v.so %}{%p if co %}{{ v.so }}{%p endif %}", "{{ v.ten }}"], *MERGING[4:]]
    path = template(tmp_path, ["{{ ten }}"], rows)
    shown = [[line[0] for line in merges(render(path, nhom=GROUPS, co=flag))] for flag in (True, False)]
    assert shown == [["1↓", "↑", "2↓", "↑", "↑"], ["↓", "↑", "↓", "↑", "↑"]]


def test_merging_outside_of_a_table_is_refused(tmp_path: Path) -> None:
    assert refusals(template(tmp_path, ["{{ ten }}", "{% vm ten %}x"])) == [("template.merge", "thân văn bản, đoạn 2")]


def test_an_unknown_field_to_merge_by_is_at_its_cell(tmp_path: Path) -> None:
    rows = [MERGING[1], MERGING[2], ["{% vm v.soo %}{{ v.so }}", "{{ v.ten }}"], MERGING[4], MERGING[5]]
    assert refusals(template(tmp_path, ["{{ ten }}"], rows)) == [
        ("template.unknown-field", "thân văn bản, bảng 1, hàng 3, ô 1, đoạn 1")
    ]


def numbered(document: Document, text: str, *, number: int | None = None, style: str | None = None) -> None:
    """A paragraph of a list, directly or by its style."""
    paragraph = document.add_paragraph(text, style=style)
    if number is not None:
        xml = f'<w:numPr xmlns:w="{W[1:-1]}"><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(xml))


def a_list(document: Document) -> int:
    """The number of a list of python-docx's own template: that of its style List Number."""
    return int(document.styles["List Number"].element.find(f".//{W}numId").get(f"{W}val"))


def restarting(folder: Path, *, style: bool) -> Path:
    document = blank()
    number = a_list(document)
    how = {"style": "List Number"} if style else {"number": number}
    for text in ("{{ ten }}", "{%p for n in nhom %}", "{{ n.ten }}", "{%p danh_so_lai %}", "{%p for v in n.viec %}"):
        document.add_paragraph(text)
    numbered(document, "{{ v.ten }}", **how)  # type: ignore[arg-type]
    for text in ("{%p endfor %}", "{%p endfor %}"):
        document.add_paragraph(text)
    return saved(document, folder)


@pytest.mark.parametrize("style", [False, True])
def test_numbering_starts_over_in_each_turn(tmp_path: Path, style: bool, needs_tool: Callable[[str], str]) -> None:
    content = render(restarting(tmp_path, style=style), nhom=GROUPS)
    numbers = [
        found.get(f"{W}val")
        for paragraph in opened(content).paragraphs
        if (found := paragraph._p.find(f"./{W}pPr/{W}numPr/{W}numId")) is not None
    ]
    assert numbers == [numbers[0]] * 3 + [numbers[3]] * 2
    assert numbers[0] != numbers[3]
    soffice = needs_tool("soffice")
    needs_tool("pdftotext")
    (page,) = pdf_text(content, tmp_path, soffice)
    assert re.findall(r"(\d\.) +(\w\d)", page) == [
        *(("1.", "a1"), ("2.", "a2"), ("3.", "a3")),
        *(("1.", "b1"), ("2.", "b2")),
    ]


def test_a_paragraph_that_starts_over_by_itself(tmp_path: Path) -> None:
    document = blank()
    number = a_list(document)
    document.add_paragraph("{{ ten }}")
    document.add_paragraph("{%p for n in nhom %}")
    numbered(document, "{% danh_so_lai %}{{ n.ten }}", number=number)
    numbered(document, "sau", number=number)
    document.add_paragraph("{%p endfor %}")
    numbered(document, "cuối", number=number)
    content = render(saved(document, tmp_path), nhom=GROUPS)
    found = [one.get(f"{W}val") for one in opened(content).element.iter(f"{W}numId")]
    assert found == [found[0], found[0], found[2], found[2], found[2]]
    assert len({found[0], found[2], str(number)}) == 3
    numbering = zipfile.ZipFile(BytesIO(content)).read("word/numbering.xml").decode()
    assert numbering.count("<w:startOverride") == 18


@pytest.mark.parametrize("lines", [["{%p danh_so_lai %}", "x"], ["{% danh_so_lai %}x"]])
def test_starting_over_without_a_list_is_refused(tmp_path: Path, lines: list[str]) -> None:
    assert refusals(template(tmp_path, ["{{ ten }}", *lines])) == [("template.restart", "thân văn bản, đoạn 2")]


def test_a_template_without_own_tags_gains_nothing(tmp_path: Path) -> None:
    document = blank()
    numbered(document, "{{ ten }}", style="List Number")
    path = saved(document, tmp_path)
    before = zipfile.ZipFile(path).read("word/numbering.xml")
    assert zipfile.ZipFile(BytesIO(render(path))).read("word/numbering.xml") == before


@pytest.mark.parametrize(("flag", "expected"), [(True, [False, True]), (False, [False])])
def test_a_section_that_ends_in_a_tags_paragraph_still_ends(tmp_path: Path, flag: bool, expected: list[bool]) -> None:
    document = blank()
    document.add_paragraph("{{ ten }}")
    landscape = document.add_section()
    landscape.page_width, landscape.page_height = landscape.page_height, landscape.page_width
    break_ = next(document.element.iter(f"{W}sectPr")).getparent().getparent()
    break_.append(document.add_paragraph("{%p if co %}").runs[0]._r)
    document.paragraphs[-1]._p.getparent().remove(document.paragraphs[-1]._p)
    document.add_paragraph("{{ ghi_chu }}")
    document.add_paragraph("{%p endif %}")
    sections = opened(render(saved(document, tmp_path), co=flag)).sections
    assert [section.page_width > section.page_height for section in sections] == expected
