"""Times docgen against plain docxtpl on the same templates and data, in one run: ``make bench``.

docxtpl renders with autoescape on and saves to memory; docgen renders with all its proofs and seals the file. The
second table is whole processes: ``docgen build`` of one document against ``python -m docxtpl``.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median

from docxtpl import DocxTemplate
from jinja2 import Environment
from lxml import etree

from docgen.errors import Place
from docgen.kinds.kind import Setting
from docgen.output.proof import prove
from docgen.output.seal import seal
from docgen.package import make_entry, parse_xml, read_entries, write_entries
from docgen.pipeline import compiled, documents_of, load_plan, shipped_data, shipped_templates
from docgen.template.marks import Pending
from docgen.template.program import CompiledPart
from docgen.template.run import RUN, Run
from docgen.template.source import holds_text
from docgen.template.spans import prepare_spans

PLAN = shipped_data() / "huong-thuy-2023"


def main() -> None:
    """Print both tables, then the same as JSON."""
    rows = [_render(name) for name in ("quyet-dinh", "to-trinh", "ke-hoach")]
    ours, theirs = (sum(float(str(row[who])) for row in rows) for who in ("docgen", "docxtpl"))
    rows.append(_row("the plan", ours, theirs))
    results = {"render": rows, "process": [_process("ke-hoach")]}
    for title, rows in results.items():
        print(f"\n{title:<10}{'document':<14}{'docgen ms':>12}{'docxtpl ms':>12}{'ratio':>8}")
        for row in rows:
            print(f"{'':<10}{row['document']:<14}{row['docgen']:>12.2f}{row['docxtpl']:>12.2f}{row['ratio']:>8.1f}")
    stages = _stages("ke-hoach")
    whole = sum(value for name, value in stages.items() if not name.startswith("floor"))
    print("\nstages of ke-hoach: " + ", ".join(f"{name} {spent:.2f} ms" for name, spent in stages.items()))
    print(f"all stages {whole:.2f} ms, {whole / stages['floor: texts and deflate']:.1f} times the floor")
    print("\n" + json.dumps({**results, "stages": stages}))


def _stages(name: str) -> dict[str, float]:
    """Milliseconds by stage; the floor is what no document can do without: its texts rendered and deflated."""
    document = next(one for one in documents_of(Setting(load_plan(PLAN).value)) if one.name == name)
    program = compiled(document.kind, [shipped_templates()])
    context = document.context()
    parts = [slot for slot in program.slots if isinstance(slot, CompiledPart)]

    def texts() -> list[bytes]:
        token = RUN.set(Run())
        try:
            return [part.template.render(context).encode() for part in parts]
        finally:
            RUN.reset(token)

    rendered = texts()
    entries = program.entries(context)
    content = seal(entries, template=program.digest, data="", version="0")
    floor = _median(texts, 60) + _median(lambda: [make_entry("x", text) for text in rendered], 60)
    return {
        "render": _median(lambda: program.entries(context), 60),
        "seal": _median(lambda: seal(entries, template=program.digest, data="", version="0"), 60),
        "proof": _median(lambda: prove(content, name), 60),
        "floor: texts and deflate": floor,
    }


def _render(name: str) -> dict[str, object]:
    document = next(one for one in documents_of(Setting(load_plan(PLAN).value)) if one.name == name)
    program = compiled(document.kind, [shipped_templates()])
    context = document.context()
    joined = for_docxtpl(shipped_templates() / document.kind.template)

    def ours() -> None:
        prove(seal(program.entries(context), template=program.digest, data="", version="0"), name)

    def theirs() -> None:
        template = DocxTemplate(BytesIO(joined))
        template.render(context, jinja_env=Environment(autoescape=True))
        template.save(BytesIO())

    return _row(name, _median(ours, 60), _median(theirs, 15))


def _process(name: str) -> dict[str, object]:
    document = next(one for one in documents_of(Setting(load_plan(PLAN).value)) if one.name == name)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data.json"
        data.write_text(json.dumps(document.context()), encoding="utf-8")
        template = Path(folder) / "template.docx"
        template.write_bytes(for_docxtpl(shipped_templates() / document.kind.template))
        out = Path(folder) / "out"
        ours = [sys.executable, "-m", "docgen", "build", str(PLAN), "--only", name, "-o", str(out)]
        theirs = [sys.executable, "-m", "docxtpl", str(template), str(data), f"{folder}/theirs.docx", "-o", "-q"]
        return _row(name, _median(lambda: _run(ours), 7), _median(lambda: _run(theirs), 7))


def for_docxtpl(path: Path) -> bytes:
    """A template as docxtpl can render it: the cells that docgen joins when it compiles are joined beforehand."""
    entries = []
    for entry in read_entries(path.read_bytes()):
        if holds_text(entry.name):
            root = parse_xml(entry.content)
            pending = Pending(str)
            assert not list(prepare_spans(root, pending, lambda _element: Place()))
            pending.apply()
            entry = make_entry(entry.name, etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
        entries.append(entry)
    return write_entries(entries)


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _median(work: Callable[[], object], times: int) -> float:
    """The median of several runs in milliseconds, after one that warms up."""
    work()
    spent = []
    for _turn in range(times):
        start = time.perf_counter()
        work()
        spent.append((time.perf_counter() - start) * 1000)
    return median(spent)


def _row(name: str, ours: float, theirs: float) -> dict[str, object]:
    return {"document": name, "docgen": ours, "docxtpl": theirs, "ratio": theirs / ours}


if __name__ == "__main__":
    main()
