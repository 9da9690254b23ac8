"""What a document must have before it is issued: its signer's name, its place, who gets it (NĐ 30/2020, Điều 8).

A number and a day are not among them: the registry gives these after signing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from docgen.base.locale import translate as _
from docgen.errors import Path, Severity
from docgen.model.plan.frame import Frame, with_unit_defaults
from docgen.model.plan.organisation import Unit
from docgen.model.problems import Problems, problem
from docgen.wording.decree import NO_PLACE_LINE, WITHOUT_OWN_FORM, is_official_letter
from docgen.wording.text import fold_case

#: The codes of :func:`missing_parts`, which stop every build but a draft's.
MISSING = frozenset(
    ("frame.no-signatory", "frame.no-name", "frame.no-place", "frame.no-recipients", "frame.no-addressee")
)


@dataclass(frozen=True)
class Paper:
    """One document as far as its frame goes.

    One that goes with another (``attached``) has no letterhead and no recipients of its own, and only where it is
    ``signed`` a signer.
    """

    frame: Frame
    kind_name: str
    attached: bool = False
    signed: bool = True


def missing_parts(paper: Paper, unit: Unit | None) -> Problems:
    """The parts that a document's kind has and its frame lacks, also with what its issuing unit states.

    Paths start at the frame. Each is a warning: a draft may lack them.
    """
    frame = with_unit_defaults(paper.frame, unit) if unit is not None else paper.frame
    for code, path, message, hint in _missing(paper, frame):
        yield problem(code, path, message, hint, Severity.WARNING)


def _missing(paper: Paper, frame: Frame) -> Iterator[tuple[str, Path, str, str]]:
    kind = fold_case(paper.kind_name)
    if paper.signed and frame.signatory is None:
        hint = _("trong van_ban, thêm “nguoi_ky:” với quyen_han và ho_ten thụt vào ở dưới")
        yield "frame.no-signatory", ("nguoi_ky",), _("văn bản chưa có người ký"), hint
    elif paper.signed and frame.signatory is not None and frame.signatory.name is None:
        yield "frame.no-name", ("nguoi_ky", "ho_ten"), _("người ký chưa có họ tên"), _("thêm ho_ten")
    if paper.attached or kind in WITHOUT_OWN_FORM:
        return
    if frame.place is None and kind not in NO_PLACE_LINE:
        hint = _("thêm dia_danh vào van_ban, hoặc vào đơn vị ban hành trong don-vi.yaml")
        yield "frame.no-place", ("dia_danh",), _("văn bản chưa có địa danh"), hint
    if is_official_letter(kind) and not frame.addressees:
        yield "frame.no-addressee", ("kinh_gui",), _("công văn chưa có nơi kính gửi"), _("thêm kinh_gui vào van_ban")
    if not frame.recipients:
        yield "frame.no-recipients", ("noi_nhan",), _("văn bản chưa có nơi nhận"), _("thêm noi_nhan vào van_ban")
