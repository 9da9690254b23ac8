"""What tests of writing share: folders that others may enter, and a way to be an ordinary user for a moment."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from docgen.errors import OutputError

NOBODY = 65534

AsUser = Callable[[Callable[[], object]], list[str]]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder below which every user may walk; pytest's own is closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="docgen-test-"))
    folder.chmod(0o755)
    yield folder
    for path in (folder, *folder.glob("*")):
        path.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture
def as_user() -> AsUser:
    """Calls something as a user whom rights bind (root isn't); the codes of the problems that it raised."""

    def call(action: Callable[[], object]) -> list[str]:
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:  # never returns into pytest
            try:
                if os.getuid() == 0:
                    os.setuid(NOBODY)
                os.write(writer, " ".join(_codes(action)).encode())
            finally:
                os._exit(0)
        os.close(writer)
        with os.fdopen(reader, encoding="utf-8") as answer:
            codes = answer.read().split()
        os.waitpid(child, 0)
        return codes

    return call


def _codes(action: Callable[[], object]) -> list[str]:
    try:
        action()
    except OutputError as error:
        return [problem.code for problem in error.problems]
    except BaseException as error:
        return [f"raised:{type(error).__name__}"]
    return ["fine"]
