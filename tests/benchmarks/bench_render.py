"""Times docgen against plain docxtpl on the same templates and data, in one run: ``make bench``.

docxtpl renders with autoescape on and saves to memory; docgen renders with all its proofs and seals the file.
docxtemplater has another language: it gets the finished document with a tag for each of its texts, so that the content
is the same, but has no loop or condition to work out. The second table is whole processes: ``docgen build`` of one
document, its plan validated and the file proved, against ``python -m docxtpl``.
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
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Environment
from lxml import etree

from docgen.base.ooxml import make_entry, parse_xml, read_entries, write_entries
from docgen.errors import Place
from docgen.template.language.program import CompiledPart
from docgen.template.language.source import holds_text
from docgen.template.language.values import RUN, Run
from docgen.template.tags.marks import Pending
from docgen.template.tags.merges import prepare_spans
from docgen.workflows.build import compiled, documents_of, load_plan, shipped_data, shipped_templates
from docgen.writers.proof import prove
from docgen.writers.seal import seal
from tests.benchmarks.peers import docxtemplater

PLAN = shipped_data() / "huong-thuy-2023"


def main() -> None:
    """Print the tables, then the same as JSON."""
    rows = [_render(name) for name in ("quyet-dinh", "to-trinh", "ke-hoach")]
    rows.append(_row("the plan", *(_total(rows, who) for who in ("docgen", "docxtpl", "docxtemplater"))))
    results = {"render": rows, "process": [_process("ke-hoach")]}
    for title, rows in results.items():
        heads = f"{'docgen ms':>11}{'docxtpl ms':>12}{'ratio':>7}{'docxtemplater ms':>18}{'ratio':>7}"
        print(f"\n{title:<10}{'document':<12}{heads}")
        for row in rows:
            cells = [f"{row['docgen']:>11.2f}"]
            for who, width in (("docxtpl", 12), ("docxtemplater", 18)):
                theirs = row[who]
                cells.append(
                    f"{theirs:>{width}.2f}{theirs / row['docgen']:>7.1f}" if theirs else f"{'–':>{width}}{'–':>7}"
                )
            print(f"{'':<10}{row['document']:<12}{''.join(cells)}")
    stages = _stages("ke-hoach")
    whole = sum(value for name, value in stages.items() if not name.startswith("floor"))
    print("\nstages of ke-hoach: " + ", ".join(f"{name} {spent:.2f} ms" for name, spent in stages.items()))
    print(f"all stages {whole:.2f} ms, {whole / stages['floor: texts and deflate']:.1f} times the floor")
    print("\n" + json.dumps({**results, "stages": stages}))


def _total(rows: list[dict[str, Any]], who: str) -> float | None:
    found = [row[who] for row in rows]
    return sum(found) if all(found) else None


def _stages(name: str) -> dict[str, float]:
    """Milliseconds by stage; the floor is what no document can do without: its texts rendered and deflated."""
    document = next(one for one in documents_of(load_plan(PLAN).value) if one.name == name)
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
        "proof": _median(lambda: prove(content, name, entries), 60),
        "floor: texts and deflate": floor,
    }


def _render(name: str) -> dict[str, Any]:
    document = next(one for one in documents_of(load_plan(PLAN).value) if one.name == name)
    program = compiled(document.kind, [shipped_templates()])
    context = document.context()
    joined = for_docxtpl(shipped_templates() / document.kind.template_file)

    def ours() -> None:
        made = program.entries(context)
        prove(seal(made, template=program.digest, data="", version="0"), name, made)

    def theirs() -> None:
        template = DocxTemplate(BytesIO(joined))
        template.render(context, jinja_env=Environment(autoescape=True))
        template.save(BytesIO())

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "template.docx")
        content = seal(program.entries(context), template=program.digest, data="", version="0")
        path.write_bytes(for_docxtemplater(content, values := {}))
        others = docxtemplater(path, values, 15)
    return _row(name, _median(ours, 60), _median(theirs, 15), others["ms"] if others else None)


def _process(name: str) -> dict[str, Any]:
    document = next(one for one in documents_of(load_plan(PLAN).value) if one.name == name)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data.json"
        data.write_text(json.dumps(document.context()), encoding="utf-8")
        template = Path(folder) / "template.docx"
        template.write_bytes(for_docxtpl(shipped_templates() / document.kind.template_file))
        out = Path(folder) / "out"
        ours = [sys.executable, "-m", "docgen", "build", str(PLAN), "--only", name, "-o", str(out)]
        theirs = [sys.executable, "-m", "docxtpl", str(template), str(data), f"{folder}/theirs.docx", "-o", "-q"]
        return _row(name, _median(lambda: _run(ours), 11), _median(lambda: _run(theirs), 11), None)


def for_docxtemplater(document: bytes, values: dict[str, str]) -> bytes:
    """A document as a template of docxtemplater's: each text of the body is a tag, and goes to ``values``."""
    entries = []
    for entry in read_entries(document):
        if entry.name == "word/document.xml":
            root = parse_xml(entry.content)
            for number, text in enumerate(root.iter(f"{{{root.nsmap['w']}}}t")):
                values[f"t{number}"], text.text = text.text or "", f"{{t{number}}}"
            entry = make_entry(
                entry.name, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            )
        entries.append(entry)
    return write_entries(entries)


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


def _row(name: str, ours: float | None, theirs: float | None, others: float | None) -> dict[str, Any]:
    ratio = theirs / ours if ours and theirs else None
    return {"document": name, "docgen": ours, "docxtpl": theirs, "docxtemplater": others, "ratio": ratio}


if __name__ == "__main__":
    main()
