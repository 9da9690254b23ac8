"""``docgen schema``: the JSON Schema of ``--format json``."""

from importlib.resources import files

import click

from docgen.base.locale import translate as _


@click.command("schema", help=_("In lược đồ (JSON Schema 2020-12) của kết quả mà --format json in ra."))
def command() -> None:
    """Print the schema of the envelope, with a definition for each command."""
    click.echo(files("docgen.base").joinpath("envelope.schema.json").read_bytes(), nl=False)
