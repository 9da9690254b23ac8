"""A process of its own that holds a lock until it is ended."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_HOLD = """
import sys
from pathlib import Path
from docgen.base.locks import exclusive
from docgen.errors import Problem
with exclusive(Path(sys.argv[1]), lambda holder: Problem("busy", str(holder)), patience=5.0):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(lock: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """The process, once it holds the lock; it lets go at the end of the block."""
    command = [sys.executable, "-c", _HOLD, str(lock)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stdout.readline().strip() == b"held"
        yield process
