"""``docgen words``: an amount read in words."""

import click

from docgen.base.locale import translate as _
from docgen.cli.show import reports_errors
from docgen.errors import Problem, UsageError
from docgen.wording.numbers import parse_amount
from docgen.wording.words import amount_in_words, number_in_words


@click.command(
    "words",
    help=_("Đọc AMOUNT thành chữ. Số âm: docgen words -- -5."),
)
@click.argument("amount")
@click.option(
    "--unit",
    default=None,
    help=_("Đơn vị tính: đồng, nghìn đồng, triệu đồng, tỷ đồng. Bỏ trống: chỉ đọc số."),
)
@click.option("--linh", type=click.Choice(["linh", "lẻ"]), default="linh", help=_("“linh” hay “lẻ”: 105."))
@click.option("--nghin", type=click.Choice(["nghìn", "ngàn"]), default="nghìn", help=_("“nghìn” hay “ngàn”."))
@click.option("--tu", type=click.Choice(["tư", "bốn"]), default="tư", help=_("“tư” hay “bốn” sau “mươi”: 24."))
@click.option("--ty", type=click.Choice(["tỷ", "tỉ"]), default="tỷ", help=_("“tỷ” hay “tỉ”."))
@click.option("--chan", is_flag=True, help=_("Thêm “chẵn” sau số tiền."))
@reports_errors
def command(amount: str, unit: str | None, linh: str, nghin: str, tu: str, ty: str, chan: bool) -> None:
    """Print the words for an amount."""
    reading = {"linh": linh, "nghin": nghin, "tu": tu, "ty": ty}
    try:
        number = parse_amount(amount)
        words = (
            number_in_words(number, **reading)  # type: ignore[arg-type] # click.Choice allows these words only
            if unit is None
            else amount_in_words(number, unit=unit, chan=chan, **reading)  # type: ignore[arg-type]
        )
    except ValueError as error:
        raise UsageError(Problem("words.amount", str(error))) from None
    click.echo(words)
