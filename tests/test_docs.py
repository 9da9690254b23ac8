"""Pages that commands print are up to date."""

from docgen.cli.fields import fields_page
from docgen.model.plan import Plan
from tests.conftest import ROOT


def test_the_table_of_fields_is_up_to_date() -> None:
    page = ROOT / "docs" / "truong-du-lieu.md"
    assert page.read_text(encoding="utf-8") == fields_page(Plan), "stale: run make docs"
