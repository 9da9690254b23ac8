"""Tests of the command line; here, every command by the words that call it, and one that fails by a fault of ours."""

import os
import subprocess
import sys
from collections.abc import Iterator

import click

from docgen.cli.main import docgen


def leaves(group: click.Group, above: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something; groups only lead to them."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from leaves(command, (*above, name))
        else:
            yield " ".join((*above, name)), command


ALL_COMMANDS = dict(leaves(docgen))


def fault_of_ours(*options: str) -> "subprocess.CompletedProcess[bytes]":
    """``docgen words``, whose code is broken, in a process of its own."""
    script = (
        f"import sys; sys.argv = ['docgen', 'words', '1', *{options!r}]\n"
        "import docgen.cli.words as words\n"
        "def broken(*_): raise RuntimeError('hỏng')\n"
        "words.parse_amount = broken\n"
        "from docgen.cli.main import main\n"
        "main()\n"
    )
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    environment.pop("DOCGEN_DEBUG", None)
    return subprocess.run([sys.executable, "-c", script], capture_output=True, env=environment, check=False)
