"""The documents of the real plan, read back with python-docx, say what the issued text said, word for word."""

import unicodedata
from pathlib import Path

import docx
import pytest

from docgen.workflows.build import build

SEED = Path(__file__).parents[1] / "seed" / "huong-thuy-2023.txt"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("huong-thuy")
    build(Path(__file__).parents[2] / "data" / "huong-thuy-2023", folder)
    return folder


@pytest.fixture(scope="module")
def seed() -> dict[str, list[str]]:
    """The words of the seed, by part; "./." closes a text and is added where the seed lacks it, so it is left out."""
    text = unicodedata.normalize("NFC", SEED.read_text(encoding="utf-8"))
    decision, rest = _split(text, " KẾ HOẠCH\n")
    plan, rest = _split(rest, "TM. ỦY BAN NHÂN DÂN")
    signature, rest = _split(rest, "PHỤ LỤC\n")
    heading, table = _split(rest, "\tStt")
    table, words = _split(table, "\t(Bằng chữ")
    parts = {
        "decision": decision,
        "plan": plan,
        "heading": heading,
        "table": table,
        "signature": signature,
        "words": words,
    }
    return {name: _words(part) for name, part in parts.items()}


def test_the_decision_says_what_the_seed_says(built: Path, seed: dict[str, list[str]]) -> None:
    document = docx.Document(str(built / "quyet-dinh.docx"))
    assert _words(" ".join(paragraph.text for paragraph in document.paragraphs)) == seed["decision"]


def test_the_plan_says_what_the_seed_says(built: Path, seed: dict[str, list[str]]) -> None:
    document = docx.Document(str(built / "ke-hoach.docx"))
    found = _words(" ".join(paragraph.text for paragraph in document.paragraphs))
    label = len(seed["plan"])
    assert found[label : label + 2] == ["Phụ", "lục"]
    found[label : label + 2] = ["PHỤ", "LỤC"]  # the decree writes the label in lower case
    assert found == [*seed["plan"], *seed["heading"], *seed["words"]]


def test_the_signature_and_the_table_say_what_the_seed_says(built: Path, seed: dict[str, list[str]]) -> None:
    document = docx.Document(str(built / "ke-hoach.docx"))
    _letterhead, signature, tasks = document.tables
    assert _words(" ".join(cell.text for row in signature.rows for cell in row.cells)) == seed["signature"]
    cells: list[str] = []
    for row in tasks.rows:
        seen: list[object] = []
        for cell in row.cells:
            if not any(cell._tc is other for other in seen):  # a merged cell is listed once a column
                seen.append(cell._tc)
                cells.append(cell.text)
    # The header stands once, though it is printed on every page.
    assert _words(" ".join(cells)) == seed["table"]


def _split(text: str, mark: str) -> tuple[str, str]:
    """The text before a mark, and the rest from it on."""
    before, found, after = text.partition(mark)
    assert found
    return before, found + after


def _words(text: str) -> list[str]:
    return text.replace("./.", "").split()
