"""A new folder of files, there whole or not at all."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from docgen.base.locale import translate as _
from docgen.base.refusal import refusal
from docgen.errors import OutputError, Place, Problem


def write_folder(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Create ``folder`` with the given files; it must not exist yet, or be empty.

    The files are written beside it and the folder is moved into place, so that a run which is cut off leaves nothing.
    Raises OutputError.
    """
    folder = folder.absolute()
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            message, hint = _("thư mục đã có nội dung"), _("chọn một thư mục mới hoặc thư mục trống")
            raise OutputError(Problem("output.exists", message, hint, Place(folder.as_posix())))
        folder.parent.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            for name, content in files.items():
                target = staged / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content.encode() if isinstance(content, str) else content)
            staged.chmod(0o755)
            if folder.exists():  # empty; it may be the one that the user's shell stands in, so it stays
                for child in sorted(staged.iterdir()):
                    child.replace(folder / child.name)
            else:
                staged.replace(folder)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
    except OSError as error:
        raise OutputError(refusal(folder, error)) from None
