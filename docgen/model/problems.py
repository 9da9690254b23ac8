"""How a rule of the model says what is wrong, and what rules of plans and of progress say alike."""

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

from docgen.base.locale import translate as _
from docgen.errors import Path, Place, Problem, Severity
from docgen.wording.numbers import format_amount
from docgen.wording.text import closest
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
    """A problem at a path; whoever read the file turns the path into a place."""
    return Problem(code, message, hint, Place(path=path), severity, tuple(Place(path=other) for other in related))


def check_amount(label: str, amount: Decimal, unit: str, path: Path) -> Problems:
    """An amount of money, named by ``label``, must not be negative, and must come to whole đồng."""
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
    """Each code, None for one left out, must be known; ``otherwise`` is the hint where none is like it.

    ``label`` says in Vietnamese what bears such a code.
    """
    for path, code in codes:
        if code is None or code in known:
            continue
        meant = closest(code, known)
        message = _("không có {kind} nào mang mã “{code}”").format(kind=label, code=code)
        hint = _("ý bạn là “{meant}”?").format(meant=meant) if meant is not None else otherwise
        yield problem("data.unknown-reference", path, message, hint)
