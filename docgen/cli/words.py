"""``docgen words``: an amount in words."""

import click

from docgen.base.locale import translate as _
from docgen.cli.options import format_option, money_unit_option
from docgen.cli.show import finish
from docgen.errors import Problem, UsageError
from docgen.wording.numbers import parse_amount
from docgen.wording.words import amount_in_words, number_in_words


@click.command(
    "words",
    help=_("Đọc SỐ thành chữ. Số âm: docgen words -- -5."),
)
@click.argument("amount", metavar=_("SỐ"))
@money_unit_option(_("Đơn vị tính: đồng, nghìn đồng, triệu đồng, tỷ đồng. Bỏ trống: chỉ đọc số."), "--unit")
@click.option("--linh", type=click.Choice(["linh", "lẻ"]), default="linh", help=_("“linh” hay “lẻ”: 105."))
@click.option("--nghin", type=click.Choice(["nghìn", "ngàn"]), default="nghìn", help=_("“nghìn” hay “ngàn”."))
@click.option("--tu", type=click.Choice(["tư", "bốn"]), default="tư", help=_("“tư” hay “bốn” sau “mươi”: 24."))
@click.option("--ty", type=click.Choice(["tỷ", "tỉ"]), default="tỷ", help=_("“tỷ” hay “tỉ”."))
@click.option("--chan", is_flag=True, help=_("Thêm “chẵn” sau số tiền."))
@format_option()
def command(
    amount: str, money_unit: str | None, linh: str, nghin: str, tu: str, ty: str, chan: bool, output_format: str
) -> None:
    """Print the words for an amount."""
    reading = {"linh": linh, "nghin": nghin, "tu": tu, "ty": ty}
    try:
        number = parse_amount(amount)
        words = (
            number_in_words(number, **reading)  # type: ignore[arg-type] # click.Choice allows these words only
            if money_unit is None
            else amount_in_words(number, unit=money_unit, chan=chan, **reading)  # type: ignore[arg-type]
        )
    except ValueError as error:
        raise UsageError(Problem("words.amount", str(error))) from None
    finish(output_format, lines=[words], more={"words": words})
