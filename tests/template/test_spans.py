"""Cells joined to the one at their left, and what that is for: any column of a shipped table may be deleted."""

from copy import deepcopy
from pathlib import Path

import docx
import pytest

from docgen.base.wordprocessing import w
from docgen.documents import registry
from docgen.documents.example import example_values
from docgen.errors import TemplateError
from docgen.template.language.compile import compile_template
from docgen.template.lint.example import example_context
from docgen.writers.proof import find_faults
from tests.conftest import ROOT
from tests.template.documents import CONTEXT, CONTRACT, opened, saved, template


def render(path: Path) -> bytes:
    content = compile_template(path, CONTRACT).render(deepcopy(CONTEXT))
    assert list(find_faults(content)) == []
    return content


SPANS = [
    ["{%tr for n in nhom %}", "", "", ""],
    ["{{ n.ten }}", "{% gop_trai %}", "{% gop_trai %}", "x"],
    ["{%tr endfor %}", "", "", ""],
    ["a", "b", "c", "{{ ten }}"],
]


def spans(content: bytes) -> list[list[tuple[int, str]]]:
    """The cells of each row: how many columns each takes, and what it says."""
    rows = opened(content).tables[0]._tbl.tr_lst
    return [[(cell.grid_span, "".join(text.text for text in cell.iter(w("t")))) for cell in row.tc_lst] for row in rows]


def test_a_cell_is_joined_to_the_one_at_its_left(tmp_path: Path) -> None:
    content = render(template(tmp_path, [], SPANS))
    plain = [(1, "a"), (1, "b"), (1, "c"), (1, "Kế hoạch")]
    assert spans(content) == [[(3, "A"), (1, "x")], [(3, "B"), (1, "x")], plain]
    widths = [int(cell.tcPr.find(w("tcW")).get(w("w"))) for cell in opened(content).tables[0]._tbl.tr_lst[0].tc_lst]
    assert widths[0] == 3 * widths[1]


def test_a_fault_behind_joined_cells_is_at_its_own_cell_as_typed(tmp_path: Path) -> None:
    rows = [["{{ ten }}", "{% gop_trai %}", "{% gop_trai %}", "{{ tem }}"], ["", "", "", "{{ tenn }}"]]
    with pytest.raises(TemplateError) as caught:
        render(template(tmp_path, [], rows))
    places = [str(problem.place) for problem in caught.value.problems]
    assert [place.partition("bảng 1, ")[2] for place in places] == ["hàng 1, ô 4, đoạn 1", "hàng 2, ô 4, đoạn 1"]


@pytest.mark.parametrize(
    ("paragraphs", "cells", "words"),
    [
        (["{% gop_trai %}"], ["a"], "không nằm trong ô của bảng"),
        ([], ["{% gop_trai %}", "a"], "ở ô đầu hàng"),
        ([], ["a", "b {% gop_trai %}"], "phải trống"),
        ([], ["a", "{%tr gop_trai %}"], "không đứng riêng"),
    ],
)
def test_joining_what_can_not_be_joined_is_refused(
    tmp_path: Path, paragraphs: list[str], cells: list[str], words: str
) -> None:
    with pytest.raises(TemplateError, match=words):
        render(template(tmp_path, paragraphs, [cells]))


def without_column(path: Path, table: int, column: int, folder: Path) -> tuple[Path, list[str]]:
    """A template whose table lacks a column, as Word and LibreOffice delete it, and what stood in it."""
    document = docx.Document(str(path))
    shown = document.tables[table]._tbl
    gone = [row.tc_lst[column] for row in shown.tr_lst]
    for inner in (*gone, shown.tblGrid[column]):
        inner.getparent().remove(inner)
    return saved(document, folder), ["".join(text.text for text in cell.iter(w("t"))) for cell in gone]


def columns_of(code: str) -> list[tuple[str, int, int]]:
    tables = docx.Document(str(ROOT / "templates_docx" / registry.kind(code).template_file)).tables
    sizes = [(number, len(table._tbl.tblGrid)) for number, table in enumerate(tables)]
    # those of two columns are the letterhead and the signature
    return [(code, number, column) for number, size in sizes if size > 2 for column in range(size)]


@pytest.mark.parametrize(("code", "table", "column"), [*columns_of("ke_hoach"), *columns_of("bao_cao")])
def test_any_column_of_a_shipped_table_may_be_deleted(code: str, table: int, column: int, tmp_path: Path) -> None:
    kind = registry.kind(code)
    path, gone = without_column(ROOT / "templates_docx" / kind.template_file, table, column, tmp_path)
    if any("{%tr" in text for text in gone):
        return  # the guide says that the tags must be moved first
    if "Tổng" in gone:
        with pytest.raises(TemplateError, match="ở ô đầu hàng"):
            compile_template(path, kind.contract)
        return
    content = compile_template(path, kind.contract).render(example_context(kind.contract, example_values(kind)))
    assert list(find_faults(content)) == []
    for one in opened(content).tables:
        assert {sum(cell.grid_span for cell in row.tc_lst) for row in one._tbl.tr_lst} == {len(one._tbl.tblGrid)}
