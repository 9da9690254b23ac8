"""Values that make the example of a kind read like a real document, where its contract's examples don't."""

from typing import Any

from docgen.documents.kind import Kind
from docgen.documents.text import paragraphs
from docgen.model.plan.deadline import DEADLINE_FORMS
from docgen.model.plan.text import Level, Node
from docgen.wording.labels import roman

YEAR = "năm 2026"
#: A deadline of each form, and one that names no day.
EXAMPLE_DEADLINES = (
    *(form.format(nam=2026, nam_sau=2027) for form in DEADLINE_FORMS),
    "Theo kế hoạch của Ủy ban nhân dân tỉnh và hướng dẫn của Sở Nội vụ",
)
_LONG_LINE = (
    "Tiếp tục rà soát, sửa đổi, bổ sung, thay thế hoặc bãi bỏ các văn bản quy phạm pháp luật không còn phù hợp, bảo "
    "đảm tính hợp hiến, hợp pháp, đồng bộ, thống nhất của hệ thống văn bản do Ủy ban nhân dân ban hành"
)


def node(level: Level, text: str, *below: Node, heading: bool = False) -> Node:
    """A node of a text; ``heading`` prints it in bold."""
    if heading:
        return Node(level=level, heading=text, children=below)
    return Node(level=level, text=text, children=below)


def sections() -> list[Node]:
    """The text of a plan or a report."""
    aims = node("khoan", "Mục tiêu", node("gach", "Nâng cao chất lượng dịch vụ công."), heading=True)
    points = [node("diem", "Rà soát thủ tục hành chính;"), node("diem", "Công khai kết quả giải quyết hồ sơ.")]
    return [
        node("muc", "MỤC TIÊU, YÊU CẦU", aims, heading=True),
        node("muc", "TỔ CHỨC THỰC HIỆN", node("khoan", "Các cơ quan có trách nhiệm:", *points), heading=True),
        node("muc", "PHỤ LỤC", node("khong", "Chi tiết tại Phụ lục I và Phụ lục II kèm theo."), heading=True),
    ]


def request() -> list[Node]:
    """The text of a công văn or tờ trình."""
    return [
        node("khong", "Thực hiện Kế hoạch cải cách hành chính năm 2026, đề nghị các cơ quan, đơn vị báo cáo kết quả."),
        node("khong", "Đề nghị các cơ quan, đơn vị phối hợp thực hiện."),
    ]


def attached(document: str) -> str:
    """The line “(Kèm theo …)” of a file attached to ``document``, which is its kind, number and symbol."""
    return f"(Kèm theo {document} ngày 30 tháng 12 năm 2025 của Ủy ban nhân dân thị xã Hương Thủy)"


def long_text() -> list[Node]:
    """A long text with nodes of all levels."""
    deep = node("khoan", "Nhiệm vụ", *(node("gach", f"{_LONG_LINE}.") for _n in range(8)), heading=True)
    points = node("khoan", f"{_LONG_LINE}:", *(node("diem", f"{_LONG_LINE};") for _n in range(8)))
    chapters = [node("muc", _LONG_LINE.upper(), deep, points, heading=True) for _n in range(3)]
    return [node("phan", "QUY ĐỊNH CHUNG", *chapters, heading=True), node("dieu", f"{_LONG_LINE}.")]


def _ordinals() -> dict[str, Any]:
    return {
        "*.stt": tuple(str(number) for number in range(1, 100)),
        "*.so": tuple(roman(number) for number in range(1, 100)),
        "*.nhan": tuple(f"Phụ lục {roman(number)}" for number in range(1, 100)),
    }


def example_values(kind: Kind[Any]) -> dict[str, Any]:
    """The values of a kind's typical example, for :func:`docgen.template.lint.example.example_context`."""
    return {
        "van_ban.co_quan_chu_quan": "",
        "van_ban.co_quan_ban_hanh": "ỦY BAN NHÂN DÂN\nTHỊ XÃ HƯƠNG THỦY",
        "van_ban.tham_quyen": "ỦY BAN NHÂN DÂN THỊ XÃ HƯƠNG THỦY",
        "van_ban.quyen_han": ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
        "van_ban.chuc_danh_khac": "",
        "van_ban.kinh_gui_mot": "",
        "van_ban.kinh_gui": [],
        "van_ban.noi_nhan": ["- Như trên;", "- Sở Nội vụ;", "- Lưu: VT, NV."],
        "van_ban.dia_danh_ngay": "Hương Thủy, ngày 30 tháng 12 năm 2025",
        "van_ban.thong_tin_ky_so": "",
        **_ordinals(),
        **kind.example(),
    }


def worst_values(kind: Kind[Any]) -> dict[str, Any]:
    """The values of a kind's worst case: a long text of all levels, deadlines of all forms, long names."""
    return {
        **_ordinals(),
        "*.thoi_han": EXAMPLE_DEADLINES,
        "noi_dung": paragraphs(long_text()),
        "dan_chieu": "",
        "van_ban.kinh_gui_mot": "",
        "van_ban.quyen_han": ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH PHỤ TRÁCH"],
        "don_vi_tinh": "triệu đồng",
        "van_ban.co_quan_chu_quan": "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HUẾ",
        "van_ban.ho_ten": "Công Tằng Tôn Nữ Nguyễn Thị Hoàng Phương Khánh Ngọc",
        "van_ban.chuc_danh_khac": "Trưởng Ban Chỉ đạo cải cách hành chính, chuyển đổi số và Đề án 06",
        "van_ban.co_quan_ban_hanh": "BAN QUẢN LÝ KHU KINH TẾ, CÔNG NGHIỆP\nTHÀNH PHỐ HUẾ",
        "van_ban.so_ky_hieu": "Số: 123456/QyĐ-BQLKKTCN-VPĐKĐĐ",
        "van_ban.dia_danh_ngay": "Thành phố Phan Rang - Tháp Chàm, ngày 30 tháng 12 năm 2025",
        **kind.worst(),
    }


def empty_values() -> dict[str, Any]:
    """The values that even an empty example needs."""
    return {"van_ban.co_quan_ban_hanh": "ỦY BAN NHÂN DÂN"}
