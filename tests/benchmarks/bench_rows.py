"""Times one table of many rows: ``python -m tests.benchmarks.bench_rows [MOST]``; docgen, docxtpl and docxtemplater.

Each figure is a process of its own: the median of several renders after one that warms up, and the peak of its memory.
docgen proves and seals each document; docxtpl has autoescape on. docxtemplater is measured where node finds it.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

import docx

from docgen.base.declare import Contract
from docgen.template.language.compile import compile_template
from docgen.writers.proof import find_faults
from docgen.writers.seal import seal
from tests.benchmarks.peers import docxtemplater

SIZES = (10, 100, 1_000, 10_000, 100_000)
#: Beyond so many rows the peers take minutes.
PEERS_MOST = 10_000
FIELDS = ("a", "b", "c", "d", "e")
CONTRACT = {"rows": Contract("Dòng", "list", fields={name: Contract(name, printed=True) for name in FIELDS})}


def main() -> None:
    """Print the table, then the same as JSON; with three words, measure one thing."""
    if len(sys.argv) == 4:
        print(json.dumps(_measure(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
        return
    most = int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[-1]
    found: list[dict[str, Any]] = []
    print(
        f"{'rows':>8}{'docgen ms':>12}{'MB':>7}{'docxtpl ms':>13}{'MB':>7}{'ratio':>7}{'docxtemplater ms':>19}{'MB':>7}"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _template(folder / "docxtpl.docx", ("{%tr for r in rows %}", "{{{{ r.{0} }}}}", "{%tr endfor %}"))
        _template(folder / "docxtemplater.docx", ("", "{{{0}}}", ""))
        for rows in (size for size in SIZES if size <= most):
            ours = _run([sys.executable, "-m", "tests.benchmarks.bench_rows", "docgen", name, str(rows)])
            theirs = others = None
            if rows <= PEERS_MOST:
                theirs = _run([sys.executable, "-m", "tests.benchmarks.bench_rows", "docxtpl", name, str(rows)])
                others = docxtemplater(folder / "docxtemplater.docx", _context(rows), 1 if rows > 1_000 else 10)
            found.append({"rows": rows, "docgen": ours, "docxtpl": theirs, "docxtemplater": others})
            assert ours is not None
            ratio = theirs["ms"] / ours["ms"] if theirs else None
            cells = [_cell(ours), _cell(theirs), f"{ratio:7.1f}" if ratio else f"{'–':>7}", _cell(others, 19)]
            print(f"{rows:>8}{''.join(cells)}", flush=True)
    print(json.dumps(found))


def _cell(one: dict[str, float] | None, width: int = 12) -> str:
    return f"{one['ms']:>{width}.2f}{one['mb']:>7.0f}" if one else f"{'–':>{width}}{'–':>7}"


def _template(path: Path, marks: tuple[str, str, str]) -> None:
    opening, cell, closing = marks
    document = docx.Document()
    table = document.add_table(rows=0, cols=len(FIELDS))
    if opening:
        table.add_row().cells[0].text = opening
    row = table.add_row()
    for index, name in enumerate(FIELDS):
        row.cells[index].text = cell.format(name)
    if closing:
        table.add_row().cells[0].text = closing
    else:
        row.cells[0].text = "{#rows}" + row.cells[0].text
        row.cells[-1].text += "{/rows}"
    document.save(str(path))


def _context(rows: int) -> dict[str, Any]:
    lines = (
        (f"{n + 1}", f"Nhiệm vụ số {n + 1} & việc <kèm>", "Phòng Tư pháp", f"{n * 7}", "31/12/2026")
        for n in range(rows)
    )
    return {"rows": [dict(zip(FIELDS, line, strict=True)) for line in lines]}


def _measure(who: str, folder: Path, rows: int) -> dict[str, float]:
    context, path = _context(rows), folder / "docxtpl.docx"
    work = _docgen(path, context) if who == "docgen" else _docxtpl(path, context)
    times = 1 if rows > 10_000 else 5 if rows > 1_000 else 20
    if times > 1:
        work()
    spent = []
    for _turn in range(times):
        begun = time.perf_counter()
        work()
        spent.append((time.perf_counter() - begun) * 1000)
    return {"ms": median(spent), "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _docgen(path: Path, context: dict[str, Any]) -> Callable[[], None]:
    program = compile_template(path, CONTRACT)

    def work() -> None:
        made = program.entries(context)
        assert not list(find_faults(seal(made, template=program.digest, data="", version="0"), made))

    return work


def _docxtpl(path: Path, context: dict[str, Any]) -> Callable[[], None]:
    from docxtpl import DocxTemplate
    from jinja2 import Environment

    def work() -> None:
        template = DocxTemplate(path)
        template.render(context, jinja_env=Environment(autoescape=True))
        template.save(BytesIO())

    return work


def _run(command: list[str]) -> dict[str, float] | None:
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    main()
