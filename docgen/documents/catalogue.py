"""Every kind that has a template, and the fields of its contract that the official form has no place for."""

from docgen.base.locale import translate as _
from docgen.documents.bao_cao.report import BAO_CAO
from docgen.documents.ke_hoach import KE_HOACH
from docgen.documents.kind import Kind
from docgen.documents.quyet_dinh import QUYET_DINH
from docgen.documents.van_ban import CONG_VAN, VAN_BAN

KINDS: dict[str, Kind] = {kind.code: kind for kind in (QUYET_DINH, KE_HOACH, VAN_BAN, CONG_VAN, BAO_CAO)}

_ISSUED = _("chỉ dùng trong điều kiện {% if … %}, không phải chữ để in")
_AUTHORITY = _("chỉ Quyết định có dòng thẩm quyền ban hành (mẫu 1.2)")
_CONTACT = _("chỉ Công văn có địa chỉ, liên hệ ở chân trang (mẫu 1.5)")
_ADDRESSEE = _("văn bản loại này không có “Kính gửi”")
_SIGNING = _("chỉ tệp kèm theo văn bản chính có chỗ ghi thông tin ký số (Phụ lục I, Mục II.1)")
_EMBLEM = _("thể thức không có biểu trưng; cơ quan nào dùng thì chèn ảnh giữ chỗ, thẻ này là văn bản thay thế của ảnh")

#: Of each kind, the fields that the shipped template leaves out, each with the reason.
NOT_PLACED: dict[str, dict[str, str]] = {
    "quyet_dinh": {
        "van_ban.anh_bieu_trung": _EMBLEM,
        "van_ban.lien_he": _CONTACT,
        "van_ban.kinh_gui_mot": _ADDRESSEE,
        "van_ban.kinh_gui": _ADDRESSEE,
        "van_ban.dien_tu": _ISSUED,
        "van_ban.thong_tin_ky_so": _SIGNING,
    },
    "ke_hoach": {
        "van_ban.anh_bieu_trung": _EMBLEM,
        "van_ban.tham_quyen": _AUTHORITY,
        "van_ban.lien_he": _CONTACT,
        "van_ban.kinh_gui_mot": _ADDRESSEE,
        "van_ban.kinh_gui": _ADDRESSEE,
        "van_ban.dien_tu": _ISSUED,
    },
    "van_ban": {
        "van_ban.anh_bieu_trung": _EMBLEM,
        "van_ban.tham_quyen": _AUTHORITY,
        "van_ban.lien_he": _CONTACT,
        "van_ban.dien_tu": _ISSUED,
        "van_ban.thong_tin_ky_so": _SIGNING,
    },
    "cong_van": {
        "van_ban.anh_bieu_trung": _EMBLEM,
        "van_ban.tham_quyen": _AUTHORITY,
        "van_ban.dien_tu": _ISSUED,
        "van_ban.thong_tin_ky_so": _SIGNING,
    },
    "bao_cao": {
        "van_ban.anh_bieu_trung": _EMBLEM,
        "van_ban.tham_quyen": _AUTHORITY,
        "van_ban.lien_he": _CONTACT,
        "van_ban.dien_tu": _ISSUED,
        "van_ban.thong_tin_ky_so": _SIGNING,
    },
}
