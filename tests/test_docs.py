"""Pages that commands print are up to date."""

from docgen.cli.fields import fields_page
from docgen.cli.rules import rules_page
from docgen.layout.check import PROFILES, all_rules
from docgen.model.plan.plan import Plan
from tests.conftest import ROOT


def test_the_table_of_fields_is_up_to_date() -> None:
    page = ROOT / "docs" / "truong-du-lieu.md"
    assert page.read_text(encoding="utf-8") == fields_page(Plan), "stale: run make docs"


def test_the_table_of_rules_is_up_to_date() -> None:
    page = ROOT / "docs" / "quy-tac-the-thuc.md"
    assert page.read_text(encoding="utf-8") == rules_page(all_rules(), PROFILES["nd30"].name), "stale: run make docs"
