"""Conversion of Word files to PDF by LibreOffice, and of PDF pages to pictures by poppler's pdftoppm."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from docgen.base.files import refusal, remove_leftovers, replace_file
from docgen.base.locale import translate as _
from docgen.errors import OutputError, Place, Problem
from docgen.writers.seal import pdf_edited_by_hand, stamp_pdf

_NAMES = ("soffice", "libreoffice")
#: Where LibreOffice is when it isn't on the PATH; Windows waits only for soffice.com to end.
USUAL_PLACES = (
    Path("C:/Program Files/LibreOffice/program/soffice.com"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.com"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)


def convert_to_pdf(documents: Sequence[Path], *, seconds: float = 120, profile: Path | None = None) -> list[Path]:
    """Write ``x.pdf`` beside each ``x.docx`` and return their paths in the same order.

    LibreOffice is stopped after ``seconds`` for all documents together. ``profile`` is the folder of its settings,
    used by no other process meanwhile; by default a temporary one. A PDF that docgen didn't write, or that was signed,
    is never overwritten. Raises OutputError, also where LibreOffice isn't installed; documents that could be converted
    are written even so.
    """
    if not documents:
        return []
    program = require_libreoffice(documents[0])
    targets = [document.with_suffix(".pdf") for document in documents]
    remove_leftovers(targets)
    _check_targets(targets)
    with tempfile.TemporaryDirectory(prefix="docgen-pdf-", ignore_cleanup_errors=True) as name:
        results = _convert(program, documents, Path(name), seconds, profile or Path(name) / "profile")
        missing = []
        for document, target, result in zip(documents, targets, results, strict=True):
            pdf = result.read_bytes() if result.exists() else b""
            if pdf.startswith(b"%PDF-") and b"%%EOF" in pdf[-1024:]:
                replace_file(target, stamp_pdf(pdf))
            else:
                missing.append(_missing(document))
    if missing:
        raise OutputError(missing)
    return targets


def find_libreoffice() -> Path | None:
    """LibreOffice's program, on the PATH or in a usual place, or None."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return Path(found) if found else next((place for place in USUAL_PLACES if place.exists()), None)


def require_libreoffice(document: Path | None = None) -> Path:
    """LibreOffice's program. Raises OutputError, at ``document``, where it isn't installed."""
    program = find_libreoffice()
    if program is None:
        hint = _("cài LibreOffice (miễn phí, libreoffice.org), hoặc mở tệp trong Word, chọn Lưu thành, kiểu PDF")
        message = _("máy này chưa có LibreOffice nên không tạo được PDF")
        place = Place(document.as_posix()) if document is not None else Place()
        raise OutputError(Problem("output.no-libreoffice", message, hint, place))
    return program


def _check_targets(targets: Sequence[Path]) -> None:
    problems = []
    for target in targets:
        try:
            foreign = pdf_edited_by_hand(target.read_bytes())
        except FileNotFoundError:
            continue
        except OSError as error:
            problems.append(refusal(target, error))
            continue
        if foreign:
            message = _("tệp PDF này không như docgen đã tạo (đã ký số, là bản quét, hoặc do chương trình khác tạo)")
            hint = _("đổi tên hoặc dời tệp PDF đó đi, rồi chạy lại")
            problems.append(Problem("output.pdf-kept", message, hint, Place(target.as_posix())))
    if problems:
        raise OutputError(problems)


def _convert(program: Path, documents: Sequence[Path], folder: Path, seconds: float, profile: Path) -> list[Path]:
    """Convert copies of the documents: no lock file beside the originals, no equal names."""
    copies = [folder / f"{number}.docx" for number in range(1, len(documents) + 1)]
    for document, copy in zip(documents, copies, strict=True):
        try:
            shutil.copyfile(document, copy)
        except OSError as error:
            message = _("không đọc được tệp: {reason}").format(reason=error.strerror or error)
            hint = _("kiểm tra tệp còn đó và đọc được")
            raise OutputError(Problem("output.unreadable", message, hint, Place(document.as_posix()))) from None
    settings = f"-env:UserInstallation={profile.absolute().as_uri()}"
    options = ("--headless", "--norestore", settings, "--convert-to", "pdf", "--outdir", ".")
    try:
        _run([str(program), *options, *(copy.name for copy in copies)], folder, seconds)
    except subprocess.TimeoutExpired:
        message = _("LibreOffice chưa xong sau {seconds:g} giây nên đã bị dừng").format(seconds=seconds)
        hint = _("chạy lại; nếu vẫn vậy, tạo PDF ít tệp hơn một lần, hoặc mở tệp trong Word, chọn Lưu thành, kiểu PDF")
        raise OutputError(Problem("output.pdf-timeout", message, hint, Place(documents[0].as_posix()))) from None
    except OSError as error:
        message = _("không chạy được LibreOffice: {reason}").format(reason=error.strerror or error)
        hint = _("cài lại LibreOffice, hoặc mở tệp trong Word, chọn Lưu thành, kiểu PDF")
        raise OutputError(Problem("output.no-libreoffice", message, hint, Place(str(program)))) from None
    return [copy.with_suffix(".pdf") for copy in copies]


def _run(command: list[str], folder: Path, seconds: float) -> None:
    """Run a command; on time-out or Ctrl-C, end it and the processes it started."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
        command, cwd=folder, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    )
    try:
        process.wait(seconds)
    except BaseException:
        _end(process)
        raise


def _end(process: "subprocess.Popen[bytes]") -> None:
    if sys.platform == "win32":
        end_tree = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(end_tree, check=False, capture_output=True)  # noqa: S603 - a program of Windows, our own process id
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _missing(document: Path) -> Problem:
    message = _("LibreOffice không tạo được PDF từ tệp này; tệp PDF cũ (nếu có) không còn khớp")
    hint = _("mở tệp trong Word, chọn Lưu thành, kiểu PDF")
    return Problem("output.no-pdf", message, hint, Place(document.as_posix()))


#: Dots an inch: a page of A4 is about 800 pixels wide, enough to read it on a screen.
RESOLUTION = 96
_SECONDS = 120


def find_pdftoppm() -> Path | None:
    """Poppler's program, or None where it isn't installed."""
    found = shutil.which("pdftoppm")
    return Path(found) if found else None


def draw_pages(program: Path, pdf: Path, folder: Path) -> list[Path]:
    """Write the pages of ``x.pdf`` to ``x-1.png``, ``x-2.png`` … in ``folder``, and delete pictures of further pages.

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
