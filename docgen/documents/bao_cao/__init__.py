"""Báo cáo (mẫu 1.4, sent upward): the text by an outline that is data, and tables in Phụ lục."""

from typing import TYPE_CHECKING, Any

from docgen.base.declare import Contract, contract_of
from docgen.documents.example import YEAR, attached, sections
from docgen.documents.frame import FRAME, no_place
from docgen.documents.kind import DRAFT, Context, Kind, Setting
from docgen.documents.text import PARAGRAPH, paragraphs, unbroken
from docgen.model.plan.task import Task

if TYPE_CHECKING:
    from docgen.documents.bao_cao.report import PeriodReport


def build(setting: Setting["PeriodReport"]) -> Context:
    """The context of a report."""
    from docgen.documents.bao_cao.report import build_report  # with all of the counting, which no other kind needs

    return unbroken(build_report(setting))


def _cells(**labels: str) -> dict[str, Contract]:
    """The cells of a row, each a text under its heading."""
    return {key: Contract(label) for key, label in labels.items()}


#: One Phụ lục of a report; each holds one or more of the tables, the others being empty.
REPORT_APPENDIX = {
    "nhan": Contract("Nhãn", example="Phụ lục I", required=True, printed=True),
    "tieu_de": Contract("Tiêu đề", example="TÌNH HÌNH THỰC HIỆN NHIỆM VỤ", required=True, printed=True),
    "dan_chieu": Contract("Dòng “Kèm theo”", printed=True),
    "bang_trang_thai": Contract(
        "Bảng trạng thái", "list", fields=_cells(ten="Trạng thái", so_luong="Số nhiệm vụ", ty_le="Tỷ lệ (%)")
    ),
    "ghi_chu_trang_thai": Contract(
        "Ghi chú dưới bảng trạng thái", example="Tổng các tỷ lệ có thể không bằng 100% do làm tròn."
    ),
    "bang_nhiem_vu": Contract(
        "Bảng nhiệm vụ theo nhóm",
        "list",
        fields={
            **_cells(so="Số La Mã của nhóm", tieu_de="Tên nhóm"),
            "nhiem_vu": Contract(
                "Nhiệm vụ",
                "list",
                fields={
                    **contract_of(Task, ("mo_ta", "co_quan_chu_tri", "thoi_han")),
                    **_cells(stt="Stt", tinh_trang="Tình trạng", tien_do="Tiến độ", ket_qua="Kết quả"),
                },
            ),
        },
    ),
    "bang_don_vi": Contract(
        "Bảng theo đơn vị",
        "list",
        fields=_cells(
            stt="Stt",
            ten="Đơn vị",
            tong="Tổng số",
            dung_han="Hoàn thành đúng hạn",
            cham="Hoàn thành chậm",
            qua_han="Quá hạn",
            dang="Đang thực hiện",
            chua="Chưa thực hiện",
            khong_so_lieu="Chưa có số liệu",
        ),
    ),
    "bang_chi_tieu": Contract(
        "Bảng chỉ tiêu",
        "list",
        fields=_cells(stt="Stt", ten="Chỉ tiêu", muc_tieu="Mục tiêu", thuc_hien="Thực hiện", danh_gia="Đánh giá"),
    ),
    "bang_kinh_phi": Contract(
        "Bảng kinh phí",
        "list",
        fields=_cells(stt="Stt", ten="Nội dung", ke_hoach="Kế hoạch", giai_ngan="Giải ngân", ty_le="Tỷ lệ (%)"),
    ),
    **_cells(tong_ke_hoach="Tổng kinh phí", tong_giai_ngan="Tổng giải ngân", tong_ty_le="Tỷ lệ giải ngân (%)"),
    "bang_so_lieu": Contract(
        "Bảng số liệu thống kê",
        "list",
        fields={
            **_cells(so="Số thứ tự nhóm", tieu_de="Tên nhóm"),
            "hang": Contract(
                "Hàng",
                "list",
                fields=_cells(
                    stt="Stt", ten="Chỉ tiêu thống kê", don_vi_do="Đơn vị tính", thuc_hien="Số liệu", ghi_chu="Ghi chú"
                ),
            ),
        },
    ),
    "bang_tra_loi": Contract(
        "Bảng đơn vị gửi báo cáo",
        "list",
        fields=_cells(stt="Stt", ten="Đơn vị", ngay="Ngày gửi", ghi_chu="Ghi chú"),
    ),
    "ket_thuc": Contract("Dòng cuối: bằng chữ và dấu ./.", example="./.", printed=True),
}

_COUNTS = ("so_luong", "dung_han", "cham", "qua_han", "dang", "chua", "khong_so_lieu")


def _example() -> dict[str, Any]:
    money = ("phu_luc.bang_kinh_phi.ke_hoach", "phu_luc.bang_kinh_phi.giai_ngan")
    return {
        "van_ban.so_ky_hieu": "Số: 20/BC-UBND",
        "van_ban.noi_nhan": ["- Sở Nội vụ;", "- Lưu: VT, NV."],
        "trich_yeu": f"Tình hình thực hiện Kế hoạch cải cách hành chính 6 tháng đầu {YEAR}",
        "noi_dung": paragraphs(sections()),
        "phu_luc.tieu_de": ("TÌNH HÌNH THỰC HIỆN NHIỆM VỤ", "TÌNH HÌNH SỬ DỤNG KINH PHÍ"),
        "phu_luc.dan_chieu": attached("Báo cáo số 20/BC-UBND"),
        **{f"*.{key}": ("3", "5") for key in _COUNTS},
        **dict.fromkeys(money, ("20", "22")),
        "*.ty_le": ("37,5", "62,5"),
        **{f"phu_luc.{name}": (2, 0) for name in ("bang_trang_thai", "bang_nhiem_vu", "bang_don_vi", "bang_chi_tieu")},
        **{f"phu_luc.{name}": (0, 2) for name in ("bang_kinh_phi", "bang_so_lieu", "bang_tra_loi")},
        "phu_luc.bang_don_vi.tong": ("3", "5"),
        "phu_luc.ghi_chu_trang_thai": ("Tổng các tỷ lệ có thể không bằng 100% do làm tròn.", ""),
        "phu_luc.tong_ke_hoach": ("", "42"),
        "phu_luc.tong_giai_ngan": ("", "42"),
        "phu_luc.tong_ty_le": ("", "100"),
        "phu_luc.ket_thuc": ("./.", "(Tổng giải ngân bằng chữ: Bốn mươi hai triệu đồng)./."),
    }


def _worst() -> dict[str, Any]:
    return {
        **{f"*.{key}": "12.345" for key in (*_COUNTS, "ty_le")},
        **{f"*.{key}": "123.456.789.012,5" for key in ("ke_hoach", "giai_ngan", "thuc_hien")},
        "*.ngay": "31/12/2026",
        # Sixty tasks and units are enough; the other tables of a report are as long as they ever get.
        **{f"phu_luc.{name}": (12, 1, 0) for name in ("bang_trang_thai", "bang_chi_tieu", "bang_kinh_phi")},
        **{f"phu_luc.{name}": (12, 1, 0) for name in ("bang_tra_loi", "bang_so_lieu.hang")},
    }


KIND = Kind(
    code="bao_cao",
    title="Báo cáo",
    contract={
        **DRAFT,
        "van_ban": Contract("Văn bản", "record", fields=FRAME),
        "trich_yeu": Contract("Trích yếu", example="Tình hình thực hiện …", required=True, printed=True),
        "noi_dung": Contract("Nội dung", "list", required=True, fields=PARAGRAPH),
        "phu_luc": Contract("Phụ lục", "list", required=True, fields=REPORT_APPENDIX),
        "don_vi_tinh": Contract("Đơn vị tính của kinh phí", example="triệu đồng"),
    },
    build=build,
    order=9,
    left_out=no_place("anh_bieu_trung", "tham_quyen", "lien_he", "dien_tu", "thong_tin_ky_so"),
    example=_example,
    worst=_worst,
)
