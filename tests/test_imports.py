"""Imports between the parts of docgen go one way; the table below is the whole line.

The line never asks for a copy: what two parts need has one home below both, as the decree's names, which writer and
checker share, are in ``wording``, and letter widths in ``base``.
"""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import ROOT

_BELOW = {"errors", "base", "base.locale"}
_WORDS = _BELOW | {"wording"}
_STAGES = _WORDS | {"model", "readers", "documents", "template", "layout", "writers"}
#: What each part may import, besides itself. A part that isn't here may not exist.
ALLOWED = {
    "base.locale": set[str](),
    "errors": {"base.locale"},
    "base": {"errors", "base.locale"},
    "wording": _BELOW,
    "model": _WORDS,
    "documents": _WORDS | {"model"},
    "template": _WORDS,
    "layout": _WORDS,
    "writers": _WORDS,
    "readers": _WORDS | {"model", "layout"},
    "workflows": _STAGES,
    "batch": _STAGES | {"workflows"},
    "cli": _STAGES | {"workflows", "batch"},
    "__main__": {"cli"},
    "__init__": set[str](),
}


def part_of(module: str) -> str:
    """``model`` of ``docgen.model.plan.plan``; ``base.locale`` stands below ``errors``, the rest of ``base`` above."""
    if module.startswith("docgen.base.locale"):
        return "base.locale"
    return module.split(".")[1] if "." in module else "__init__"


def imports(tree: ast.Module, module: str, *, is_package: bool) -> Iterator[tuple[int, str]]:
    """Every module of docgen that the code imports, anywhere in it but under TYPE_CHECKING, with the line."""
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for statement in node.body
        for inner in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".")[: len(module.split(".")) - node.level + int(is_package)] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            found = [f"{source}.{alias.name}" if source == "docgen" else source for alias in node.names]
        else:
            continue
        for name in found:
            if id(node) not in skipped and name.split(".")[0] == "docgen" and name != "docgen.__version__":
                yield node.lineno, name


def wrong_arrows(folder: Path) -> list[str]:
    """Each import against the line, as "file:line: from → to"."""
    found: dict[str, None] = {}
    for path in sorted(folder.rglob("*.py")):
        names = path.relative_to(folder.parent).with_suffix("").parts
        is_package = names[-1] == "__init__"
        module = ".".join(names[:-1] if is_package else names)
        part = part_of(module)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for line, target in imports(tree, module, is_package=is_package):
            goal = part_of(target)
            if goal != part and goal not in ALLOWED.get(part, set()):
                found[f"{path.relative_to(folder).as_posix()}:{line}: {part} → {goal}"] = None
    return list(found)


def test_imports_go_one_way() -> None:
    assert wrong_arrows(ROOT / "docgen") == []


def test_no_list_of_names_stands_in_two_modules() -> None:
    homes: dict[str, list[str]] = {}
    for path in sorted((ROOT / "docgen").rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
            inside = value.keys if isinstance(value, ast.Dict) else getattr(value, "elts", ())
            if value is not None and len(inside) >= 3:
                homes.setdefault(ast.dump(value), []).append(f"{path.name}:{node.lineno}")
    assert len(homes) > 50
    assert [found for found in homes.values() if len(found) > 1] == []


def test_every_part_has_its_place_in_the_line() -> None:
    found = {
        path.stem for path in (ROOT / "docgen").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert found <= set(ALLOWED), f"say what {found - set(ALLOWED)} may import"


@pytest.mark.parametrize(
    ("path", "code", "arrow"),
    [
        ("model/plan.py", "from docgen.readers.convert import Conversion", "model → readers"),
        ("wording/text.py", "import docgen.model.plan.plan", "wording → model"),
        ("template/compile.py", "def f():\n    from docgen.model import plan", "template → model"),
        ("readers/x.py", "from ..workflows.build import build", "readers → workflows"),
        ("readers/__init__.py", "from .. import cli", "readers → cli"),
        ("errors.py", "from docgen.base import declare", "errors → base"),
        ("writers/x.py", "from docgen import load_plan", "writers → load_plan"),
        ("unheard_of.py", "import docgen.errors", "unheard_of → errors"),
    ],
)
def test_a_wrong_arrow_is_seen(tmp_path: Path, path: str, code: str, arrow: str) -> None:
    file = tmp_path / "docgen" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(code, encoding="utf-8")
    (found,) = wrong_arrows(tmp_path / "docgen")
    assert found.endswith(arrow)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("model/plan.py", "from docgen.errors import Path\nfrom .text import Node"),
        ("cli/build.py", "from docgen import __version__\nfrom docgen.workflows.build import build\nimport click"),
        ("readers/x.py", "from docgen.model.plan.plan import Plan\nfrom . import tree"),
        ("__init__.py", "if TYPE_CHECKING:\n    from docgen.workflows.build import load_plan"),
    ],
)
def test_a_right_arrow_passes(tmp_path: Path, path: str, code: str) -> None:
    file = tmp_path / "docgen" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(code, encoding="utf-8")
    assert wrong_arrows(tmp_path / "docgen") == []


def circle(folder: Path) -> list[str]:
    """Modules that import each other in a circle, wherever in them, the first again at the end; [] where none do."""
    paths = {}
    for path in folder.rglob("*.py"):
        names = path.relative_to(folder.parent).with_suffix("").parts
        paths[".".join(names[:-1] if names[-1] == "__init__" else names)] = path
    sorter = TopologicalSorter[str]()
    for module, path in paths.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module is not None and node.module != "docgen":
                named = (f"{node.module}.{alias.name}" for alias in node.names)
                wanted = {name if name in paths else node.module for name in named}
                sorter.add(module, *sorted(wanted & paths.keys()))
    try:
        sorter.prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circle(ROOT / "docgen") == []


def test_a_circle_is_seen(tmp_path: Path) -> None:
    for name, code in (
        ("grid", "def f():\n    from docgen.book import open_book"),
        ("book", "from docgen.styles import Style"),
        ("styles", "from docgen import errors\nfrom docgen.grid import Cell"),
    ):
        file = tmp_path / "docgen" / f"{name}.py"
        file.parent.mkdir(exist_ok=True)
        file.write_text(code, encoding="utf-8")
    assert set(circle(tmp_path / "docgen")) == {"docgen.grid", "docgen.book", "docgen.styles"}
