"""What may be missing in drafts only, places to fill in and parts of a frame; and what the registry gives later."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from docgen.base.locale import deferred
from docgen.base.locale import translate as _
from docgen.documents.kind import Document
from docgen.errors import DataError, Problem, Severity
from docgen.model.plan.frame import Frame
from docgen.model.plan.frame_parts import MISSING, Paper, missing_parts
from docgen.model.plan.plan import Plan
from docgen.readers.plan_folder import Loaded
from docgen.readers.tree import worst_first

#: Where an issuing unit states a part for all its documents, by the code of the missing part.
_STATED_BY_UNIT = {
    "frame.no-signatory": deferred("ghi thu_truong (chuc_vu, ho_ten) của đơn vị trong don-vi.yaml"),
    "frame.no-name": deferred("ghi ho_ten của thu_truong của đơn vị trong don-vi.yaml"),
    "frame.no-place": deferred("ghi dia_danh của đơn vị trong don-vi.yaml"),
}


def refuse_unfinished(loaded: Loaded, missing: Iterable[Problem]) -> None:
    """Refuse what a skeleton left to fill in, and the missing parts of documents, all at once. Raises DataError."""
    hint = _("điền đủ, hoặc thêm --du-thao để in bản dự thảo")
    found = [replace(one, hint=hint) for one in loaded.remarks if one.code == "text.placeholder"]
    found += [replace(one, hint=_("{hint}; hoặc thêm --du-thao").format(hint=one.hint)) for one in missing]
    if found:
        raise DataError(sorted((replace(one, severity=Severity.ERROR) for one in found), key=worst_first))


def plan_missing_parts(loaded: Loaded, documents: Iterable[Document[Any]]) -> list[Problem]:
    """The parts that these documents of a plan lack, as the plan's rules have said already."""
    paths = [document.path for document in documents]
    found = [one for one in loaded.remarks if one.code in MISSING]
    return [one for one in found if any(one.place.path[: len(path)] == path for path in paths)]


def unit_missing_parts(loaded: Loaded, frame: Frame, kind_name: str, paper: str = "") -> list[Problem]:
    """The parts that a document lacks which a unit issues and which isn't in the plan's data, at the unit's place.

    ``paper`` is the file in the plan's folder that may state them; where there is none, the unit alone does.
    """
    organisation = loaded.value.organisation
    unit = organisation.by_code[frame.issuing_agency or organisation.issuing_agency]
    place = loaded.places.at(("co_quan", "don_vi", organisation.units.index(unit)))
    found = []
    for one in missing_parts(Paper(frame, kind_name), unit):
        message = _("{kind} của {unit}: {message}").format(kind=kind_name, unit=unit.name, message=one.message)
        hints = [_(_STATED_BY_UNIT[one.code])] if one.code in _STATED_BY_UNIT else []
        if paper:
            hints.append(_("ghi {key} ở {file}").format(key=one.place.path[0], file=paper))
        found.append(_told(replace(one, message=message, hint=_(", hoặc ").join(hints)).at(place)))
    return found


def _told(found: Problem) -> Problem:
    """A problem in the words of whoever typed the value: a form has sheets and columns, no files and keys."""
    if found.place.sheet is None:
        return found
    from docgen.readers.excel.form_words import in_plan_words  # no plan in YAML needs the words of forms

    return in_plan_words(found)


def unnumbered(documents: Sequence[Document[Any]], plan: Plan) -> list[Problem]:
    """One note on all documents that have no number or no day yet: the registry gives both after signing."""
    attached = plan.decision is not None and plan.document.form == "kem_quyet_dinh"
    own = [one for one in documents if not (attached and one.path == ("ke_hoach",))]
    no_day = [one.name for one in own if one.frame.issued_on is None or one.frame.issued_on.day is None]
    lacking = {_("số"): [one.name for one in own if one.frame.number is None], _("ngày"): no_day}
    said = [f"{what} ({', '.join(names)})" for what, names in lacking.items() if names]
    if not said:
        return []
    message = _("chưa có {what}: chỗ đó để trống").format(what=", ".join(said))
    hint = _("văn thư ghi sau khi ký; đã có thì ghi so, ngay vào van_ban, hoặc dùng --so, --ngay")
    return [Problem("build.unnumbered", message, hint, severity=Severity.INFO)]
