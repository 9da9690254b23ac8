"""Problems that the model's rules report, and the rules that plans and progress share."""

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

from docgen.base.locale import translate as _
from docgen.errors import Path, Place, Problem, Severity
from docgen.wording.numbers import format_amount
from docgen.wording.text import suggestion
from docgen.wording.words import in_dong

Problems = Iterator[Problem]


def problem(
    code: str,
    path: Path,
    message: str,
    hint: str = "",
    severity: Severity = Severity.ERROR,
    related: Iterable[Path] = (),
) -> Problem:
    """A problem at a path in the model; the reader of the file adds file and line to it."""
    return Problem(code, message, hint, Place(path=path), severity, tuple(Place(path=other) for other in related))


def check_amount(label: str, amount: Decimal, unit: str, path: Path) -> Problems:
    """Check that an amount of money, called ``label`` in messages, is whole đồng and not negative."""
    if amount < 0:
        message = _("{what} {amount} là số âm").format(what=label, amount=format_amount(amount))
        yield problem("data.negative-amount", path, message, _("kiểm tra lại số tiền"))
        return
    try:
        in_dong(amount, unit)
    except ValueError as error:
        yield problem("data.part-of-dong", path, str(error), _("kiểm tra số tiền và don_vi_tinh"))


def check_codes(
    label: str, codes: Iterable[tuple[Path, str | None]], known: Collection[str], otherwise: str
) -> Problems:
    """Check that codes, which None leaves out, are among ``known``.

    ``label`` is the Vietnamese name of what has such a code, ``otherwise`` the hint if no known code is similar.
    """
    for path, code in codes:
        if code is None or code in known:
            continue
        message = _("không có {kind} nào mang mã “{code}”").format(kind=label, code=code)
        yield problem("data.unknown-reference", path, message, suggestion(code, known, otherwise))
