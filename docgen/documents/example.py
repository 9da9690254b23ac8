"""What a contract's examples can't say: the values that make an example of each kind read like a real document."""

from typing import Any

from docgen.documents.text import paragraphs
from docgen.model.plan.deadline import DEADLINE_FORMS
from docgen.model.plan.text import Level, Node
from docgen.wording.labels import roman

_YEAR = "năm 2026"
#: A deadline of every form, and last one that names no day.
EXAMPLE_DEADLINES = (
    *(form.format(nam=2026, nam_sau=2027) for form in DEADLINE_FORMS),
    "Theo kế hoạch của Ủy ban nhân dân tỉnh và hướng dẫn của Sở Nội vụ",
)
_LONG_LINE = (
    "Tiếp tục rà soát, sửa đổi, bổ sung, thay thế hoặc bãi bỏ các văn bản quy phạm pháp luật không còn phù hợp, bảo "
    "đảm tính hợp hiến, hợp pháp, đồng bộ, thống nhất của hệ thống văn bản do Ủy ban nhân dân ban hành"
)


def _node(level: Level, text: str, *below: Node, heading: bool = False) -> Node:
    if heading:
        return Node(level=level, heading=text, children=below)
    return Node(level=level, text=text, children=below)


def _articles() -> list[Node]:
    return [
        _node("dieu", f"Ban hành kèm theo Quyết định này Kế hoạch cải cách hành chính {_YEAR}."),
        _node("dieu", "Quyết định này có hiệu lực kể từ ngày ký."),
        _node("dieu", "Chánh Văn phòng, Trưởng phòng Nội vụ và các cơ quan liên quan thi hành Quyết định này."),
    ]


def _sections() -> list[Node]:
    aims = _node("khoan", "Mục tiêu", _node("gach", "Nâng cao chất lượng dịch vụ công."), heading=True)
    points = [_node("diem", "Rà soát thủ tục hành chính;"), _node("diem", "Công khai kết quả giải quyết hồ sơ.")]
    return [
        _node("muc", "MỤC TIÊU, YÊU CẦU", aims, heading=True),
        _node("muc", "TỔ CHỨC THỰC HIỆN", _node("khoan", "Các cơ quan có trách nhiệm:", *points), heading=True),
        _node("muc", "PHỤ LỤC", _node("khong", "Chi tiết tại Phụ lục I và Phụ lục II kèm theo."), heading=True),
    ]


def _letter() -> list[Node]:
    return [
        _node("khong", "Thực hiện Kế hoạch cải cách hành chính năm 2026, đề nghị các cơ quan, đơn vị báo cáo kết quả."),
        _node("khong", "Đề nghị các cơ quan, đơn vị phối hợp thực hiện."),
    ]


def _long_text() -> list[Node]:
    deep = _node("khoan", "Nhiệm vụ", *(_node("gach", f"{_LONG_LINE}.") for _n in range(8)), heading=True)
    points = _node("khoan", f"{_LONG_LINE}:", *(_node("diem", f"{_LONG_LINE};") for _n in range(8)))
    chapters = [_node("muc", _LONG_LINE.upper(), deep, points, heading=True) for _n in range(3)]
    return [_node("phan", "QUY ĐỊNH CHUNG", *chapters, heading=True), _node("dieu", f"{_LONG_LINE}.")]


_FRAME: dict[str, Any] = {
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
    "*.stt": tuple(str(number) for number in range(1, 100)),
    "*.so": tuple(roman(number) for number in range(1, 100)),
    "*.nhan": tuple(f"Phụ lục {roman(number)}" for number in range(1, 100)),
}
_WITH = "(Kèm theo {kind} ngày 30 tháng 12 năm 2025 của Ủy ban nhân dân thị xã Hương Thủy)"


def example_values(code: str) -> dict[str, Any]:
    """The values of a kind's usual example, for :func:`docgen.template.lint.example.example_context`."""
    return {**_FRAME, **{"quyet_dinh": _decision, "ke_hoach": _plan, "bao_cao": _report}.get(code, _other)(code)}


def _decision(_code: str) -> dict[str, Any]:
    return {
        "van_ban.noi_nhan": ["- Như Điều 3;", "- Sở Nội vụ;", "- Lưu: VT, NV."],
        "van_ban.so_ky_hieu": "Số: 3951/QĐ-UBND",
        "trich_yeu": f"Ban hành Kế hoạch cải cách hành chính {_YEAR}",
        "can_cu": [
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
            "Theo đề nghị của Trưởng phòng Nội vụ.",
        ],
        "noi_dung": paragraphs(_articles()),
    }


def _plan(_code: str) -> dict[str, Any]:
    line = _WITH.format(kind="Quyết định số 3951/QĐ-UBND")
    return {
        "van_ban.noi_nhan": [],
        "van_ban.so_ky_hieu": "Số: 15/KH-UBND",
        "trich_yeu": f"Cải cách hành chính {_YEAR}",
        "dan_chieu": line,
        "noi_dung": paragraphs(_sections()),
        "phu_luc.dan_chieu": line,
        "phu_luc.nhom": (2, 0),
        "phu_luc.nhom.tieu_de": ("CẢI CÁCH THỂ CHẾ", "CẢI CÁCH THỦ TỤC HÀNH CHÍNH"),
        "phu_luc.nhom.nhiem_vu.mo_ta": ("Ban hành kế hoạch kiểm tra văn bản", "Rà soát, đơn giản hóa thủ tục"),
        "phu_luc.nhom.nhiem_vu.kinh_phi": ("20", "1"),
        "phu_luc.nhom.nhiem_vu.thoi_han": ("Quý I/2026", "Trước ngày 31/12/2026"),
        "phu_luc.noi_dung": ([], paragraphs(_sections())),
        "phu_luc.ket_thuc": ("(Bằng chữ: Bốn mươi hai triệu đồng)./.", ""),
        "phu_luc.tong": ("42", ""),
        "phu_luc.tieu_de": ("NHIỆM VỤ CỤ THỂ", "HƯỚNG DẪN THỰC HIỆN"),
    }


_COUNTS = ("so_luong", "dung_han", "cham", "qua_han", "dang", "chua", "khong_so_lieu")


def _report(_code: str) -> dict[str, Any]:
    money = ("phu_luc.bang_kinh_phi.ke_hoach", "phu_luc.bang_kinh_phi.giai_ngan")
    return {
        "van_ban.so_ky_hieu": "Số: 20/BC-UBND",
        "van_ban.noi_nhan": ["- Sở Nội vụ;", "- Lưu: VT, NV."],
        "trich_yeu": f"Tình hình thực hiện Kế hoạch cải cách hành chính 6 tháng đầu {_YEAR}",
        "noi_dung": paragraphs(_sections()),
        "phu_luc.tieu_de": ("TÌNH HÌNH THỰC HIỆN NHIỆM VỤ", "TÌNH HÌNH SỬ DỤNG KINH PHÍ"),
        "phu_luc.dan_chieu": _WITH.format(kind="Báo cáo số 20/BC-UBND"),
        **{f"*.{key}": ("3", "5") for key in _COUNTS},
        **dict.fromkeys(money, ("20", "22")),
        "*.ty_le": ("37,5", "62,5"),
        **{f"phu_luc.{name}": (2, 0) for name in ("bang_trang_thai", "bang_nhiem_vu", "bang_don_vi", "bang_chi_tieu")},
        **{f"phu_luc.{name}": (0, 2) for name in ("bang_kinh_phi", "bang_so_lieu", "bang_tra_loi")},
        "phu_luc.bang_don_vi.tong": ("3", "5"),
        "phu_luc.tong_ke_hoach": ("", "42"),
        "phu_luc.tong_giai_ngan": ("", "42"),
        "phu_luc.tong_ty_le": ("", "100"),
        "phu_luc.ket_thuc": ("./.", "(Tổng giải ngân bằng chữ: Bốn mươi hai triệu đồng)./."),
    }


def _other(code: str) -> dict[str, Any]:
    letter = code == "cong_van"
    abstract = f"báo cáo kết quả cải cách hành chính {_YEAR}"
    return {
        "van_ban.so_ky_hieu": "Số: 125/UBND-NV" if letter else "Số: 30/TTr-UBND",
        "van_ban.kinh_gui": ["- Sở Nội vụ;", "- Sở Tài chính."] if letter else [],
        "van_ban.kinh_gui_mot": "" if letter else "Ủy ban nhân dân thành phố Huế",
        "trich_yeu": f"V/v {abstract}" if letter else f"Về việc {abstract}",
        "can_cu": ["Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025."],
        "noi_dung": paragraphs(_letter()),
    }


def worst_values(code: str) -> dict[str, Any]:
    """The values of a kind's worst case: text of every level, every form of deadline, the marks in their places."""
    ordinals = {key: _FRAME[key] for key in ("*.stt", "*.so", "*.nhan")}
    text = paragraphs(_long_text())
    return {
        **ordinals,
        **{f"*.{key}": "12.345" for key in (*_COUNTS, "ty_le")},
        **{f"*.{key}": "123.456.789.012,5" for key in ("ke_hoach", "giai_ngan", "thuc_hien")},
        "*.ngay": "31/12/2026",
        # Sixty tasks and units are enough; the other tables of a report are as long as they ever get.
        **{f"phu_luc.{name}": (12, 1, 0) for name in ("bang_trang_thai", "bang_chi_tieu", "bang_kinh_phi")},
        **{f"phu_luc.{name}": (12, 1, 0) for name in ("bang_tra_loi", "bang_so_lieu.hang")},
        "*.thoi_han": EXAMPLE_DEADLINES,
        "noi_dung": text,
        "phu_luc.noi_dung": ([], text, []),
        "phu_luc.tong": ("123.456.789.012,5", "1.000,5", ""),
        "dan_chieu": "",
        "van_ban.kinh_gui_mot": "",
        "van_ban.quyen_han": ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH PHỤ TRÁCH"],
        "don_vi_tinh": "triệu đồng",
        "van_ban.co_quan_chu_quan": "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HUẾ",
        "van_ban.ho_ten": "Công Tằng Tôn Nữ Nguyễn Thị Hoàng Phương Khánh Ngọc",
        "van_ban.chuc_danh_khac": "Trưởng Ban Chỉ đạo cải cách hành chính, chuyển đổi số và Đề án 06",
        "van_ban.co_quan_ban_hanh": "BAN QUẢN LÝ KHU KINH TẾ, CÔNG NGHIỆP\nTHÀNH PHỐ HUẾ",
        "van_ban.so_ky_hieu": f"Số: 123456/{'BCĐCCHC' if code == 'cong_van' else 'QyĐ'}-BQLKKTCN-VPĐKĐĐ",
        "van_ban.dia_danh_ngay": "Thành phố Phan Rang - Tháp Chàm, ngày 30 tháng 12 năm 2025",
    }


def empty_values(_code: str) -> dict[str, Any]:
    """The values without which nothing at all could be shown."""
    return {"van_ban.co_quan_ban_hanh": "ỦY BAN NHÂN DÂN"}
