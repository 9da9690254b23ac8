"""Broken Word files without end: ``make soak``. The check must find or refuse, the comments come or be refused.

A child process does the work, so that an abort is seen; whatever it was doing is kept in output/soak/. Exit code 1
where anything failed. ``python tests/soak/soak_check.py [SECONDS] [SEED]``
"""

import multiprocessing
import random
import sys
import time
import traceback
import warnings
import zipfile
from collections import Counter
from io import BytesIO
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "output" / "soak"
#: One document, check and comments together; the largest seed takes under one second.
SECONDS_A_FILE = 60
_SPACES = (b"wordprocessingml/2006/main", b"officeDocument/2006/relationships", b"drawingml/2006/main")
_NAMES = ("word/document.xml", "word/styles.xml", "word/numbering.xml", "word/settings.xml", "[Content_Types].xml")
_VALUES = (b"", b"-1", b"99999999999999999999", b"NaN", b"0", b"\xc4\x91", b"1e999", b"2147483648", b"auto")


def seeds() -> list[bytes]:
    """Whole documents of several makers."""
    sys.path.insert(0, str(ROOT))
    from tests.layout.documents import appendix, build, decision, letter, plan

    made = [build(decision(), plan(), appendix()), build(letter())]
    return made + [path.read_bytes() for path in sorted((ROOT / "tests" / "layout" / "letters").glob("*.docx"))]


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Some bytes of the zip itself changed."""
    out = bytearray(data)
    for _change in range(chance.randint(1, 30)):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def cut(data: bytes, chance: random.Random) -> bytes:
    """An end missing."""
    return data[: chance.randrange(len(data))]


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def dropped(data: bytes, chance: random.Random) -> bytes:
    """Parts missing, empty, or one in the place of another."""
    parts = _parts(data)
    for name in list(parts):
        match chance.randrange(12):
            case 0:
                del parts[name]
            case 1:
                parts[name] = b""
            case 2:
                parts[name] = chance.choice(list(parts.values()))
    return _zipped(parts)


def _changed_part(data: bytes, chance: random.Random) -> tuple[dict[str, bytes], str]:
    parts = _parts(data)
    wanted = [name for name in parts if name in _NAMES or "header" in name or name.endswith(".rels")]
    return parts, chance.choice([*wanted, "word/document.xml"])


def scribbled(data: bytes, chance: random.Random) -> bytes:
    """Bytes inside of a part changed, so that the zip is sound and the XML often is, too."""
    parts, name = _changed_part(data, chance)
    out = bytearray(parts[name])
    for _change in range(chance.randint(1, 8)):
        if out:
            out[chance.randrange(len(out))] = chance.choice(b'<>/="0123456789 abcwp:&;')
    return _zipped({**parts, name: bytes(out)})


def shuffled(data: bytes, chance: random.Random) -> bytes:
    """Elements moved to where they don't belong, taken away, doubled, their values replaced."""
    from lxml import etree

    parts, name = _changed_part(data, chance)
    root = etree.fromstring(parts[name])
    every = [item for item in root.iter() if isinstance(item.tag, str) and item is not root]
    for _change in range(chance.randint(1, 25)):
        item, goal = chance.choice(every or [root]), chance.choice(every or [root])
        inside = any(ancestor is item for ancestor in goal.iterancestors()) or goal is item
        match chance.randrange(4):
            case 0 if item.getparent() is not None:
                item.getparent().remove(item)
            case 1 if not inside and item is not root:
                goal.insert(chance.randint(0, len(goal)), item)
            case 2 if item.attrib:
                item.set(chance.choice(list(item.attrib)), chance.choice(_VALUES).decode())
            case 3:
                item.tag = goal.tag
    return _zipped({**parts, name: etree.tostring(root)})


def renamed_spaces(data: bytes, chance: random.Random) -> bytes:
    """Other namespaces: strict ones, and ones that nobody knows."""
    old = chance.choice(_SPACES)
    new = chance.choice((b"strange/2030", old.replace(b"2006/", b""), b""))
    return _zipped({name: content.replace(old, new) for name, content in _parts(data).items()})


def nested(data: bytes, chance: random.Random) -> bytes:
    """Depth without end: tables in tables, controls in controls."""
    parts = _parts(data)
    deep = chance.choice((50, 200, 1000, 5000, 100_000))
    tag = chance.choice(("w:sdt", "w:sdtContent", "w:ins", "w:tbl", "w:hyperlink", "w:txbxContent"))
    middle = f"<{tag}>" * deep + "<w:p/>" + f"</{tag}>" * deep
    head, mark, tail = parts["word/document.xml"].partition(b"</w:body>")
    return _zipped({**parts, "word/document.xml": head + middle.encode() + mark + tail})


MUTATIONS = (flipped, cut, dropped, scribbled, shuffled, renamed_spaces, nested)


def child(pipe: Connection) -> None:
    """Takes documents, answers with what came of each: a word, or a trace."""
    from docgen.layout.annotate import NotAnnotatedError, annotate
    from docgen.layout.check import check_document

    while True:
        data = pipe.recv_bytes()
        try:
            found = check_document(data, name="x.docx")
            word = "unreadable" if any(one.rule == "ND30-T.1" for one in found) else "judged"
            for one in found:
                str(one.to_problem())
            try:
                again = check_document(annotate(data, found), name="x.docx")
                word += ", commented" + (", copy unreadable" if again and again[0].rule == "ND30-T.1" else "")
            except NotAnnotatedError:
                word += ", refused"
            if word == "judged, commented, copy unreadable":
                raise AssertionError(word)
            pipe.send(word)
        except BaseException:
            pipe.send("FAILED\n" + traceback.format_exc())


def start() -> tuple[multiprocessing.Process, Connection]:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=child, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def answer(process: multiprocessing.Process, pipe: Connection, data: bytes) -> str:
    """What the child says of a document, or how it ended."""
    try:
        pipe.send_bytes(data)
        if pipe.poll(SECONDS_A_FILE):
            return str(pipe.recv())
        process.kill()
        return f"FAILED\nmore than {SECONDS_A_FILE} s"
    except (EOFError, OSError):
        process.join(10)
        return f"FAILED\nended with {process.exitcode}"


def main(seconds: float, seed: int) -> int:
    """Run for so long; the exit code."""
    warnings.filterwarnings("ignore", "Duplicate name", UserWarning)
    chance = random.Random(seed)
    whole = seeds()
    counts: Counter[str] = Counter()
    failures: dict[str, Path] = {}
    end = time.monotonic() + seconds
    process, pipe = start()
    while time.monotonic() < end:
        data = chance.choice(whole)
        for _time in range(chance.choice((1, 1, 1, 2))):
            mutation = chance.choice(MUTATIONS)
            try:
                data = mutation(data, chance)
            except Exception:  # a file that is broken already may not be broken in every way
                break
        said = answer(process, pipe, data)
        first, _mark, trace = said.partition("\n")
        counts[f"{mutation.__name__}: {first}"] += 1
        if first == "FAILED":
            reason = trace.strip().splitlines()[-1]
            if reason not in failures:
                KEPT.mkdir(parents=True, exist_ok=True)
                failures[reason] = KEPT / f"{seed}-{len(failures) + 1}.docx"
                failures[reason].write_bytes(data)
                print(f"FAILED by {mutation.__name__}, kept as {failures[reason]}\n{trace}", flush=True)
            if not process.is_alive():
                process, pipe = start()
    process.kill()
    print(f"{sum(counts.values())} documents in {seconds:g} s, seed {seed}")
    for what, times in sorted(counts.items()):
        print(f"{times:>7}  {what}")
    print(f"{len(failures)} kinds of failure")
    return 1 if failures else 0


if __name__ == "__main__":
    arguments = [float(argument) for argument in sys.argv[1:]]
    sys.exit(main(arguments[0] if arguments else 300, int(arguments[1]) if len(arguments) > 1 else 30))
