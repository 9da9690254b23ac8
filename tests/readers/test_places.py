"""Every value's place is the line on which it was typed."""

from pathlib import Path

import pytest

from docgen import load_plan
from docgen.base.declare import Record, declarations
from docgen.errors import Path as ModelPath
from docgen.readers.yaml.reader import parse_yaml
from docgen.workflows.build import shipped_data
from tests.conftest import ROOT


def texts(value: object, path: ModelPath = ()) -> list[tuple[ModelPath, str]]:
    if isinstance(value, str):
        return [(path, value)]
    if isinstance(value, Record):
        below = [(declared.key, getattr(value, declared.name)) for declared in declarations(type(value)).values()]
    elif isinstance(value, tuple):
        below = list(enumerate(value))  # type: ignore[arg-type] # keys or numbers
    elif isinstance(value, dict):
        below = list(value.items())
    else:
        return []
    return [found for step, item in below for found in texts(item, (*path, step))]


@pytest.mark.parametrize("name", ["huong-thuy-2023", "khung-cap-xa"])
def test_every_text_stands_at_its_place(name: str) -> None:
    loaded = load_plan(ROOT / "data" / name)
    lines: dict[str, list[str]] = {}
    seen = 0
    for path, text in texts(loaded.value):
        place = loaded.places.at(path)
        if place.line is None or place.column is None or (path[-1], text) in DEFAULTS:
            continue
        assert place.file is not None
        assert place.path == path
        if place.file not in lines:
            file = shipped_data() / place.file
            lines[place.file] = Path(file).read_text(encoding="utf-8").split("\n")
        # A text of several lines begins at "|-" on the line before its first.
        here = " ".join(lines[place.file][place.line - 1 : place.line + 4])
        first = text.split("\n")[0].strip()
        assert first in here[place.column - 1 :], (path, place)
        seen += 1
    assert seen > 250


DEFAULTS = {("phat_hanh", "giay"), ("don_vi_tinh", "triệu đồng")}


def test_reader_keeps_what_was_typed() -> None:
    tree, problems = parse_yaml("a: 05\nb: NO\nc: 12:30\nd: 8001a\ne: ~\nf: 1e3\ng: 0x10\nh: 2026-01-02\n", "x.yaml")
    assert not problems
    typed = {key: value.text for key, value in tree.items.items()}  # type: ignore[union-attr] # a mapping of texts
    assert typed == {
        "a": "05", "b": "NO", "c": "12:30", "d": "8001a", "e": "~", "f": "1e3", "g": "0x10", "h": "2026-01-02",
    }  # fmt: skip


def test_columns_count_letters_not_bytes() -> None:
    tree, _ = parse_yaml("ký hiệu: {một: Đường, hai: x}\n", "x.yaml")
    assert tree.items["ký hiệu"].items["hai"].place[:3] == ("x.yaml", 1, 28)  # type: ignore[union-attr]
