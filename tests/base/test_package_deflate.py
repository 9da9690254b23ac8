"""The library that deflates is the fast one where there is one, and Python's own elsewhere; documents are the same."""

import subprocess
import sys
from pathlib import Path

from docgen.base.ooxml import content_hash, read_entries
from docgen.workflows.build import build
from tests.conftest import ROOT, MakePlan

_WITHOUT = """
import sys
sys.modules["isal"] = None
from docgen.base.ooxml import deflate
from docgen.workflows.build import build
assert deflate.__name__ == "zlib", deflate
build(sys.argv[1], sys.argv[2])
"""


def test_without_the_fast_library_documents_have_the_same_parts(make_plan: MakePlan, tmp_path: Path) -> None:
    plan = make_plan()
    command = [sys.executable, "-c", _WITHOUT, str(plan), str(tmp_path / "cham")]
    subprocess.run(command, check=True, cwd=ROOT)
    built = build(plan, tmp_path / "nhanh")
    assert built.written
    for one in built.written:
        slow = (tmp_path / "cham" / one.path.name).read_bytes()
        parts = [(entry.name, entry.content) for entry in read_entries(slow)]
        assert parts == [(entry.name, entry.content) for entry in read_entries(one.path.read_bytes())]
        assert content_hash(read_entries(slow)) == content_hash(read_entries(one.path.read_bytes()))
