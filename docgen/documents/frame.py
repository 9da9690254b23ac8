"""The frame of a document as it is printed: letterhead, number, date, signature, recipients (Phụ lục I, Mục II)."""

from collections.abc import Sequence

from docgen.base.declare import Contract, contract_of
from docgen.base.locale import translate as _
from docgen.documents.kind import Context
from docgen.documents.text import with_mark, with_marks
from docgen.model.plan.frame import Frame, Signatory, with_unit_defaults
from docgen.model.plan.organisation import Unit
from docgen.model.plan.plan import Plan
from docgen.wording.dates import GAP, format_place_and_date
from docgen.wording.decree import BODIES, LEVELS, abbreviation
from docgen.wording.text import fold_case

FRAME = {
    **contract_of(Frame, ("co_quan_chu_quan", "tham_quyen", "lien_he")),
    **contract_of(Signatory, ("quyen_han", "chuc_danh_khac", "ho_ten")),
    "co_quan_ban_hanh": Contract(
        "Cơ quan ban hành, chữ in hoa", example="ỦY BAN NHÂN DÂN", required=True, printed=True
    ),
    "so_ky_hieu": Contract("Số, ký hiệu", example="Số: 3951/QĐ-UBND"),
    "dia_danh_ngay": Contract("Địa danh và thời gian", example="Hương Thủy, ngày 30 tháng 12 năm 2022"),
    "kinh_gui_mot": Contract("Nơi kính gửi, nếu chỉ có một", example="Sở Nội vụ"),
    "kinh_gui": Contract("Các nơi kính gửi, nếu có từ hai", "list", "- Sở Nội vụ;"),
    "noi_nhan": Contract("Các dòng nơi nhận, dòng cuối là Lưu", "list", "- Như Điều 3;"),
    "dien_tu": Contract("Văn bản điện tử", "flag", "false"),
    "anh_chu_ky": Contract("Ảnh chữ ký", "image", "chu-ky.png"),
    "anh_bieu_trung": Contract("Ảnh biểu trưng", "image", "bieu-trung.png"),
    "thong_tin_ky_so": Contract("Chỗ ghi thông tin ký số của tệp kèm theo", example="Số: …"),
}

_ADDRESSEES = _("văn bản loại này không có “Kính gửi”")
#: The reasons why the official form of a kind has no place for fields of the frame.
_NO_PLACE = {
    "anh_bieu_trung": _(
        "thể thức không có biểu trưng; cơ quan nào dùng thì chèn ảnh giữ chỗ, thẻ này là văn bản thay thế của ảnh"
    ),
    "tham_quyen": _("chỉ Quyết định có dòng thẩm quyền ban hành (mẫu 1.2)"),
    "lien_he": _("chỉ Công văn có địa chỉ, liên hệ ở chân trang (mẫu 1.5)"),
    "kinh_gui_mot": _ADDRESSEES,
    "kinh_gui": _ADDRESSEES,
    "dien_tu": _("chỉ dùng trong điều kiện {% if … %}, không phải chữ để in"),
    "thong_tin_ky_so": _("chỉ tệp kèm theo văn bản chính có chỗ ghi thông tin ký số (Phụ lục I, Mục II.1)"),
}


def no_place(*keys: str) -> dict[str, str]:
    """The reasons why a kind's shipped template leaves out fields of the frame, by tag."""
    return {f"van_ban.{key}": _NO_PLACE[key] for key in keys}


def frame_context(frame: Frame, plan: Plan, kind_name: str) -> Context:
    """The context of a frame; absent fields are taken from its issuing unit."""
    unit = issuing_unit(frame, plan)
    frame = with_unit_defaults(frame, unit)
    signatory = frame.signatory
    return {
        "co_quan_chu_quan": letterhead_name(frame.parent_agency or ""),
        "co_quan_ban_hanh": letterhead_name(unit.name),
        "so_ky_hieu": f"Số: {number_and_symbol(frame, plan, kind_name)}",
        "dia_danh_ngay": format_place_and_date(frame.place or GAP, frame.issued_on).rstrip(),
        "tham_quyen": frame.issuing_authority or unit.name.upper(),
        "quyen_han": list(signatory.authority) if signatory else [],
        "chuc_danh_khac": (signatory.other_title or "") if signatory else "",
        "ho_ten": (signatory.name or "") if signatory else "",
        "anh_chu_ky": (signatory.signature_image or "") if signatory else "",
        "anh_bieu_trung": frame.emblem or "",
        "kinh_gui_mot": with_mark(frame.addressees[0], "") if len(frame.addressees) == 1 else "",
        "kinh_gui": _listed(frame.addressees) if len(frame.addressees) > 1 else [],
        "noi_nhan": _recipients(frame),
        "lien_he": frame.contact or "",
        "dien_tu": frame.issued_as == "dien_tu",
        "thong_tin_ky_so": signing_line(frame, plan, kind_name) if frame.issued_as == "dien_tu" else "",
    }


def issuing_unit(frame: Frame, plan: Plan) -> Unit:
    """The unit that issues a document: that of its frame, else that of the plan."""
    return plan.organisation.by_code[frame.issuing_agency or plan.organisation.issuing_agency]


def letterhead_name(name: str) -> str:
    """A name in capitals; the place of a people's committee or council is on a line of its own."""
    upper = name.upper()
    for body in BODIES:
        first, rest = upper[: len(body)], upper[len(body) :].strip()
        if fold_case(first) == body and fold_case(rest).startswith(LEVELS):
            return f"{first}\n{rest}"
    return upper


def number_and_symbol(frame: Frame, plan: Plan, kind_name: str) -> str:
    """Number and symbol, “3951/QĐ-UBND”; a number below 10 is padded, an absent one leaves a gap (C5)."""
    number = frame.number or GAP
    if number.isascii() and number.isdigit() and int(number) < 10:
        number = f"{int(number):02}"
    return f"{number}/{symbol(frame, plan, kind_name)}"


def symbol(frame: Frame, plan: Plan, kind_name: str) -> str:
    """The ký hiệu as typed, else made of the abbreviations of the kind, if it has one, and of the unit."""
    if frame.symbol:
        return frame.symbol
    parts = (abbreviation(kind_name), issuing_unit(frame, plan).abbreviation)
    return "-".join(part for part in parts if part)


def _listed(lines: Sequence[str]) -> list[str]:
    return [f"- {line}" for line in with_marks(lines)]


def _recipients(frame: Frame) -> list[str]:
    """The lines of Nơi nhận, the last of which is “Lưu” (C20)."""
    lines = list(frame.recipients)
    if frame.archive_line:
        archive = frame.archive_line.strip()
        lines.append(archive if archive.lower().startswith("lưu") else f"Lưu: {archive}")
    return _listed(lines)


def signing_line(frame: Frame, plan: Plan, kind_name: str) -> str:
    """The line on an attached file with gaps where the signing program writes number, date and time (C33).

    ``frame`` and ``kind_name`` are those of the main document.
    """
    return f"Số:{GAP * 2}/{symbol(frame, plan, kind_name)}; ngày{GAP}/{GAP}/{GAP}; {GAP}:{GAP}:{GAP}"
