"""A PDF in, a picture of each of its pages out: by pdftoppm of poppler, where it is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from docgen.base.atomic import replace_file
from docgen.base.locale import translate as _
from docgen.base.refusal import refusal
from docgen.errors import OutputError, Place, Problem

#: Dots an inch: a page of A4 is about 800 points wide, enough to read it on a screen.
RESOLUTION = 96
_SECONDS = 120


def find_pdftoppm() -> Path | None:
    """The program, or None where it isn't installed."""
    found = shutil.which("pdftoppm")
    return Path(found) if found else None


def draw_pages(program: Path, pdf: Path, folder: Path) -> list[Path]:
    """Write ``x-1.png``, ``x-2.png`` … into ``folder`` for a PDF ``x.pdf``; pictures of an earlier, longer PDF go.

    Raises OutputError.
    """
    with tempfile.TemporaryDirectory(prefix="docgen-png-", ignore_cleanup_errors=True) as name:
        try:
            command = [str(program), "-r", str(RESOLUTION), "-png", str(pdf.absolute()), str(Path(name) / "trang")]
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603 - our arguments
            drawn = sorted(Path(name).glob("trang-*.png"))
            pictures = {folder / f"{pdf.stem}-{number}.png": one.read_bytes() for number, one in enumerate(drawn, 1)}
        except (subprocess.SubprocessError, OSError) as error:
            message = _("pdftoppm không vẽ được trang nào: {reason}").format(reason=error)
            hint = _("mở tệp PDF bằng chương trình khác để xem")
            raise OutputError(Problem("output.no-picture", message, hint, Place(pdf.as_posix()))) from None
    try:
        for old in folder.glob(f"{pdf.stem}-*.png"):
            if old not in pictures and old.stem.removeprefix(f"{pdf.stem}-").isdigit():
                old.unlink()
    except OSError as error:
        raise OutputError(refusal(folder, error)) from None
    for path, content in pictures.items():
        replace_file(path, content)
    return list(pictures)
