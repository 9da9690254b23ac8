"""Mutates workbooks for a while and reads each in a child process: refused or read, never a traceback or an abort.

    python tests/soak/soak_workbooks.py [SECONDS] [SEED]

Prints how many were read and refused, and every file that broke the reader, which it keeps. Exit code 1 if any did.
"""

import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import xlsxwriter

from docgen.errors import DocgenError, Problem
from docgen.readers.excel.cells import Fault, fault_problem, scalar
from docgen.readers.excel.xlsx import read_book
from docgen.writers.annotated_workbook import annotated

_ROOT = Path(__file__).resolve().parents[2]
_BATCH = 40
#: A batch takes about a second; a file that takes this long hangs the reader.
_PATIENCE = 120
_PEAK_MB = 1500
_NUMBERS = (
    "0",
    "-1",
    "1",
    "99999999999",
    "4294967295",
    "2147483648",
    "1e309",
    "NaN",
    "A1",
    "XFD1048576",
    "ZZZZ9",
    "",
    "1048577",
)
_PIECES = (
    b"<",
    b">",
    b"&",
    b"\0",
    b"<c",
    b"</row>",
    b"<!DOCTYPE a>",
    b"&#0;",
    b"\xff",
    b"]]>",
    b'"',
    b"<row r='5'>",
    b"_xD800_",
)
Parts = dict[str, bytes]


def seeds() -> list[bytes]:
    """Workbooks to begin with: every kind of cell, and each workbook that a build left in output/."""
    out = BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    for title in ("Nhiệm vụ", "Đơn vị", "_docgen"):
        page = made.add_worksheet(title)
        day = made.add_format({"num_format": "mm/yyyy"})
        for row in range(12):
            page.write_string(row, 0, f"Nhiệm vụ {row}")
            page.write_number(row, 1, row * 12.5)
            page.write_number(row, 2, 45000 + row, day)
            page.write_formula(row, 3, f"=B{row + 1}*2", None, row * 25)
            page.write_boolean(row, 4, row % 2 == 0)
        page.merge_range(13, 0, 14, 3, "gộp")
        page.write_comment(0, 0, "ghi chú")
        page.set_row(3, None, None, {"hidden": True})
        page.data_validation(0, 0, 9, 0, {"validate": "list", "source": ["a", "b"]})
    made.close()
    found = [path.read_bytes() for path in sorted((_ROOT / "output").rglob("*.xlsx"))[:5]]
    return [out.getvalue(), *found]


def parts_of(content: bytes) -> Parts:
    """The parts of a zip by name."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip of the parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def flip_bytes(content: bytes, dice: random.Random) -> bytes:
    """Some bytes of the zip changed."""
    made = bytearray(content)
    for _turn in range(dice.choice((1, 3, 30))):
        made[dice.randrange(len(made))] = dice.randrange(256)
    return bytes(made)


def cut(content: bytes, dice: random.Random) -> bytes:
    """The zip cut off, or with a piece missing."""
    start = dice.randrange(len(content))
    return content[:start] if dice.random() < 0.5 else content[:start] + content[start + dice.randrange(2000) :]


def in_parts(change: Callable[[Parts, random.Random], None]) -> Callable[[bytes, random.Random], bytes]:
    """A mutation of the parts as one of the zip."""

    def mutate(content: bytes, dice: random.Random) -> bytes:
        parts = parts_of(content)
        change(parts, dice)
        return zipped(parts)

    return mutate


def drop_part(parts: Parts, dice: random.Random) -> None:
    """One part less."""
    del parts[dice.choice(sorted(parts))]


def swap_parts(parts: Parts, dice: random.Random) -> None:
    """One part in the place of another, or doubled under another name."""
    one, other = dice.choice(sorted(parts)), dice.choice(sorted(parts))
    if dice.random() < 0.5:
        parts[one], parts[other] = parts[other], parts[one]
    else:
        parts[dice.choice((one.upper(), one.replace("/", "\\"), f"{one}x"))] = parts[one]


def change_attribute(parts: Parts, dice: random.Random) -> None:
    """Values between quotation marks changed, mostly to numbers that are far off."""
    name = dice.choice([name for name in sorted(parts) if name.endswith((".xml", ".rels"))])
    pieces = parts[name].split(b'"')
    for _turn in range(dice.choice((1, 1, 5))):
        if len(pieces) > 2:
            pieces[dice.randrange(1, len(pieces), 2)] = dice.choice(_NUMBERS).encode()
    parts[name] = b'"'.join(pieces)


def change_text(parts: Parts, dice: random.Random) -> None:
    """What stands between two elements changed."""
    name = dice.choice([name for name in sorted(parts) if "sheet" in name or "shared" in name] or sorted(parts))
    pieces = parts[name].split(b">")
    for _turn in range(dice.choice((1, 1, 5))):
        at = dice.randrange(len(pieces))
        _old, _mark, after = pieces[at].rpartition(b"<")
        pieces[at] = dice.choice(_NUMBERS).encode() + b"<" + after
    parts[name] = b">".join(pieces)


def insert_piece(parts: Parts, dice: random.Random) -> None:
    """Something put in, taken out or doubled anywhere in a part."""
    name = dice.choice(sorted(parts))
    part = parts[name]
    start = dice.randrange(len(part) + 1)
    end = start + dice.choice((0, 1, 20, 500))
    parts[name] = part[:start] + dice.choice((*_PIECES, part[start:end] * 2, b"")) + part[end:]


MUTATIONS = (
    flip_bytes,
    cut,
    *map(in_parts, (drop_part, swap_parts, change_attribute, change_attribute, change_text, change_text, insert_piece)),
)


def read_all(folder: Path) -> None:
    """What a child does: read each file, touch every cell, annotate what was read; one word a file to stdout."""
    import resource

    for path in sorted(folder.glob("*.xlsx")):
        try:
            book = read_book(path, path.name)
            found: list[Problem] = list(book.remarks)
            for grid in book.grids:
                for spot, cell in grid.cells.items():
                    place = grid.place(*spot)
                    scalar(cell, place).text.encode()
                    if isinstance(cell.value, Fault) or spot.column == 1:
                        found.append(fault_problem(cell, place))
            annotated(path, found)
            word = "read"
        except DocgenError as error:
            assert all(str(problem).encode() for problem in error.problems)
            word = error.problems[0].code
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(path.name, word, "" if peak < _PEAK_MB else f"PEAK {peak} MB", flush=True)


def soak(seconds: float, seed: int) -> int:
    """Run until the time is over; the number of files that broke the reader."""
    dice, kept = random.Random(seed), seeds()
    outcomes: Counter[str] = Counter()
    broken, end = 0, time.monotonic() + seconds
    keep = Path(tempfile.gettempdir()) / "docgen-soak"
    while time.monotonic() < end:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for number in range(_BATCH):
                content = dice.choice(kept)
                for _turn in range(dice.choice((1, 1, 2, 4))):
                    try:
                        content = dice.choice(MUTATIONS)(content, dice)
                    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, OSError, EOFError):
                        break
                    except Exception as error:  # zlib, and whatever else a broken zip makes zipfile say
                        outcomes[type(error).__name__] += 0
                        break
                (folder / f"{number:03}.xlsx").write_bytes(content)
            broken += _run_batch(folder, keep, outcomes)
    print(f"seed {seed}: {sum(outcomes.values())} files, {broken} broke the reader")
    print("\n".join(f"{count:7} {word}" for word, count in outcomes.most_common()))
    return broken


def _run_batch(folder: Path, keep: Path, outcomes: Counter[str]) -> int:
    """Read a batch in a child; a file that kills it is kept, and the rest is read by the next child."""
    broken = 0
    while any(folder.glob("*.xlsx")):
        command = [sys.executable, __file__, "--read", str(folder)]
        try:
            done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, timeout=_PATIENCE, check=False)
            said, error, ok = done.stdout, done.stderr, done.returncode == 0
        except subprocess.TimeoutExpired as expired:
            said, error, ok = (expired.stdout or b"").decode(), "hangs", False
        for line in said.splitlines():
            name, word, *peak = line.split()
            if not (folder / name).is_file():
                print(f"a library says: {line}")
                broken += 1
                continue
            outcomes[word] += 1
            if peak:
                broken += _keep(folder / name, keep, " ".join(peak))
            (folder / name).unlink()
        if ok:
            break
        broken += _keep(min(folder.glob("*.xlsx")), keep, error[-2000:])
        min(folder.glob("*.xlsx")).unlink()
        outcomes["BROKEN"] += 1
    return broken


def _keep(path: Path, keep: Path, why: str) -> int:
    keep.mkdir(exist_ok=True)
    target = keep / f"{time.time_ns()}.xlsx"
    target.write_bytes(path.read_bytes())
    print(f"{target}: {why}", flush=True)
    return 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        read_all(Path(sys.argv[2]))
        sys.exit(0)
    numbers = [float(word) for word in sys.argv[1:]]
    sys.exit(1 if soak(numbers[0] if numbers else 300, int(numbers[1]) if len(numbers) > 1 else 1) else 0)
