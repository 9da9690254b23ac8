"""Numbers and lengths as files write them; an unreadable one gives None, not an exception."""

from math import isfinite

_POINTS_PER_UNIT = {"pt": 1.0, "pc": 12.0, "in": 72.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "px": 0.75}


def number(text: str | None) -> float | None:
    """``text`` as a finite number, or None."""
    try:
        found = float(text or "nan")
    except ValueError:
        return None
    return found if isfinite(found) else None


def integer(text: str | None) -> int | None:
    """``text`` as an int, truncated, or None; None also from 1e9 up, which is no number of a document."""
    found = number(text)
    return int(found) if found is not None and abs(found) < 1e9 else None


def length_pt(text: str | None, unit: float) -> float | None:
    """A length in points; ``unit`` is the size in points of the unit of a number that names none."""
    if text is None:
        return None
    text = text.strip()
    named = _POINTS_PER_UNIT.get(text[-2:])
    amount = number(text[:-2]) if named else number(text)
    if amount is None or abs(amount) > 1e7:
        return None
    return amount * (named or unit)


def twips_pt(text: str | None) -> float | None:
    """Twentieths of a point → points."""
    return length_pt(text, 1 / 20)


def half_points(text: str | None) -> float | None:
    """Half-points → points."""
    return length_pt(text, 1 / 2)


def emu_mm(text: str | None) -> float | None:
    """English metric units of DrawingML → mm."""
    amount = number(text)
    return None if amount is None else amount / 36000


def mm(points: float) -> float:
    """Points → mm."""
    return points * 25.4 / 72
