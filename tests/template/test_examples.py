"""The examples of docs/mau-word.md do what the page says."""

from pathlib import Path

import pytest

from docgen.template.language.compile import compile_template
from docgen.writers.proof import find_faults
from tests.conftest import ROOT
from tests.template.documents import check_template, opened, saved
from tests.template.examples import EXAMPLE_CONTEXT, EXAMPLE_CONTRACT, EXAMPLES


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_sound(tmp_path: Path, name: str) -> None:
    path = saved(EXAMPLES[name](), tmp_path)
    assert check_template(path, EXAMPLE_CONTRACT, shown=name) == []
    content = compile_template(path, EXAMPLE_CONTRACT).render(EXAMPLE_CONTEXT)
    assert list(find_faults(content)) == []
    assert "{" not in "".join(text.text or "" for text in opened(content).element.iter() if isinstance(text.tag, str))
    assert f"hinh/{name}.png" in (ROOT / "docs" / "mau-word.md").read_text(encoding="utf-8")
    assert (ROOT / "docs" / "hinh" / f"{name}.png").exists()
