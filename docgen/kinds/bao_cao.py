"""Báo cáo (mẫu 1.4, sent upward): the text by an outline that is data, and tables in Phụ lục."""

from docgen.declare import Contract, contract_of
from docgen.kinds.frame import FRAME
from docgen.kinds.kind import DRAFT
from docgen.kinds.text import PARAGRAPH
from docgen.model.task import Task


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

REPORT_CONTRACT = {
    **DRAFT,
    "van_ban": Contract("Văn bản", "record", fields=FRAME),
    "trich_yeu": Contract("Trích yếu", example="Tình hình thực hiện …", required=True, printed=True),
    "noi_dung": Contract("Nội dung", "list", required=True, fields=PARAGRAPH),
    "phu_luc": Contract("Phụ lục", "list", required=True, fields=REPORT_APPENDIX),
    "don_vi_tinh": Contract("Đơn vị tính của kinh phí", example="triệu đồng"),
}
