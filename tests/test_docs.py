"""Pages that commands print are up to date, and the design names files and folders that are there."""

import re

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


def test_the_design_names_files_that_are_there() -> None:
    text = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(?:docgen/)?([a-z_]+/[a-z_/]+\.py)", text))
    assert len(named) > 30
    places = (ROOT / "docgen", ROOT)
    assert [name for name in sorted(named) if not any((place / name).exists() for place in places)] == []


def test_the_picture_of_the_architecture_shows_every_folder() -> None:
    picture = (ROOT / "docs" / "design.md").read_text(encoding="utf-8").split("```")[1]
    folders = {path.parent.relative_to(ROOT / "docgen") for path in (ROOT / "docgen").rglob("__init__.py")}
    missing = [folder.as_posix() for folder in sorted(folders) if folder.parts and f"{folder.name}/" not in picture]
    assert missing == []
    named = set(re.findall(r"docgen/([a-z]+)/", picture))
    assert named == {path.parent.name for path in (ROOT / "docgen").glob("*/__init__.py")}
