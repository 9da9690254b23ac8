"""Reads an .xlsx as a program that doesn't calculate does, and has LibreOffice calculate it anew."""

import posixpath
import subprocess
import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Stored(NamedTuple):
    """What a cell holds: its formula, if it has one, and its value; a number is a float."""

    formula: str
    value: str | float


def sheet_parts(content: bytes) -> dict[str, str]:
    """The part of each sheet by title."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        book = etree.fromstring(archive.read("xl/workbook.xml"))
        relations = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target", "").removeprefix("/xl/") for one in relations}
    return {
        sheet.get("name", ""): posixpath.join("xl", targets[sheet.get(_RELATION)])
        for sheet in book.iter(f"{MAIN}sheet")
    }


def read_cells(content: bytes) -> dict[str, dict[str, Stored]]:
    """The cells that hold anything, by sheet and name."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        texts = []
        if "xl/sharedStrings.xml" in archive.namelist():
            strings = etree.fromstring(archive.read("xl/sharedStrings.xml"))
            texts = ["".join(one.itertext(f"{MAIN}t")) for one in strings.iter(f"{MAIN}si")]
        return {
            title: {
                cell.get("r", ""): _stored(cell, texts)
                for cell in etree.fromstring(archive.read(part)).iter(f"{MAIN}c")
                if len(cell)
            }
            for title, part in sheet_parts(content).items()
        }


def _stored(cell: etree._Element, texts: list[str]) -> Stored:
    formula, value = cell.findtext(f"{MAIN}f") or "", cell.findtext(f"{MAIN}v") or ""
    match cell.get("t"):
        case "s":
            return Stored(formula, texts[int(value)])
        case "str" | "e":
            return Stored(formula, value)
        case _:
            return Stored(formula, float(value) if value else "")


def without_values(content: bytes) -> bytes:
    """The workbook with the value of every formula taken out, so that whoever opens it has to calculate."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as archive, zipfile.ZipFile(out, "w") as copy:
        parts = set(sheet_parts(content).values())
        for name in archive.namelist():
            part = archive.read(name)
            if name in parts:
                root = etree.fromstring(part)
                for formula in list(root.iter(f"{MAIN}f")):
                    cell = formula.getparent()
                    assert cell is not None
                    for value in cell.findall(f"{MAIN}v"):
                        cell.remove(value)
                    cell.attrib.pop("t", None)
                part = etree.tostring(root)
            copy.writestr(name, part)
    return out.getvalue()


def calculate(soffice: str, workbooks: Iterable[bytes], folder: Path) -> list[bytes]:
    """The workbooks as LibreOffice calculates them, from nothing but what was typed; in one run."""
    names = []
    for number, content in enumerate(workbooks):
        names.append(f"{number}.xlsx")
        (folder / names[-1]).write_bytes(without_values(content))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, "--headless", "--norestore", profile, "--convert-to", "xlsx", "--outdir", "calculated", *names]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)
    return [(folder / "calculated" / name).read_bytes() for name in names]


def differences(ours: bytes, calculated: bytes) -> list[str]:
    """Every formula whose stored value isn't what was calculated, up to the last of 15 digits."""
    found = []
    theirs = read_cells(calculated)
    for title, cells in read_cells(ours).items():
        for name, cell in cells.items():
            if not cell.formula:
                continue
            other = theirs[title].get(name, Stored("", "")).value
            if not _equal(cell.value, other):
                found.append(f"{title}!{name} ={cell.formula}: stored {cell.value!r}, calculated {other!r}")
    return found


def _equal(one: str | float, other: str | float) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return abs(one - other) <= 1e-12 * max(abs(one), abs(other))
