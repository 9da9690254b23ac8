"""Shipped templates with a few words of their XML changed."""

import zipfile
from pathlib import Path

from tests.conftest import ROOT

SHIPPED = ROOT / "templates_docx"


def shipped(code: str) -> Path:
    return SHIPPED / f"{code}.docx"


def edited(source: Path, target: Path, *changes: tuple[str, str], part: str = "word/document.xml") -> Path:
    """A copy of a .docx with texts of one part replaced."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == part:
                for before, after in changes:
                    assert before.encode() in content, before
                    content = content.replace(before.encode(), after.encode())
            new.writestr(info, content)
    return target
