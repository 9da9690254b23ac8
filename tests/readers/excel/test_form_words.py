"""Problems of a plan are said in a form's own words, whichever rule finds them."""

import ast
import re
from pathlib import Path

import pytest

from docgen.errors import Place, Problem
from docgen.readers.excel.form_words import in_plan_words
from tests.conftest import ROOT

RULES = [ROOT / "docgen" / "model" / "plan" / f"{name}.py" for name in ("rules", "frame_rules", "text_rules")]
CELL = Place("ke-hoach.xlsx", sheet="Nhiệm vụ", cell="A6")


def said(text: str) -> str:
    return in_plan_words(Problem("x", text, "", CELL)).message


def sentences(path: Path) -> set[str]:
    """Every sentence that a module hands to the translation."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    first = [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "_" and call.args]
    return {one.value for one in first if isinstance(one, ast.Constant) and isinstance(one.value, str)}


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_no_rule_speaks_of_files_and_keys_to_who_has_a_form(path: Path) -> None:
    found = {text: said(re.sub(r"\{[^}]*\}", "ba", text)) for text in sentences(path)}
    assert found
    wrong = {
        text: form for text, form in found.items() if re.search(r"\.yaml|[a-z]_[a-z]|““|””|“[a-z_]+:|[a-z]: true", form)
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("“kinh_phi” không đọc được", "“Kinh phí” không đọc được"),
        ("kiểm tra kinh_phi", "kiểm tra “Kinh phí”"),
        ("các mã nằm ở linh_vuc/cchc.yaml", "các mã nằm ở trang “Lĩnh vực”"),
        (
            "Chọn một trong: chung = một kết quả chung; tung_don_vi = từng đơn vị",
            "Chọn một trong: một kết quả chung; từng đơn vị",
        ),
    ],
)
def test_keys_become_headings_quoted_once(typed: str, shown: str) -> None:
    assert said(typed) == shown
