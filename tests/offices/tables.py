"""Tables of tasks as offices of all kinds keep them; every office, task and amount in them is made up."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Rows = Sequence[Sequence[object]]


def save(path: Path, rows: Rows, merged: Sequence[str] = (), sheet: str = "Bảng", **more: Rows) -> Path:
    """A workbook with one sheet of rows, and further ones by name."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = sheet
    for row in rows:
        first.append(list(row))
    for area in merged:
        first.merge_cells(area)
    for name, others in more.items():
        other = book.create_sheet(name)
        for row in others:
            other.append(list(row))
    book.save(path)
    return path


def plain(path: Path) -> Path:
    """One heading row, no titles, columns in the order of the plan."""
    head = ["Stt", "Nội dung, nhiệm vụ", "Sản phẩm", "Cơ quan chủ trì", "Cơ quan phối hợp",
            "Kinh phí (triệu đồng)", "Thời gian hoàn thành"]  # fmt: skip
    rows = [
        head,
        ["I", "CẢI CÁCH THỂ CHẾ", None, None, None, 35, None],
        [1, "Thẩm định văn bản", "Báo cáo", "Phòng Kinh tế", "Văn phòng", 15, "Quý II/2026"],
        [2, "Hệ thống hóa văn bản", "Danh mục", "Văn phòng", None, 20, "Thường xuyên"],
        ["II", "CẢI CÁCH THỦ TỤC HÀNH CHÍNH", None, None, None, None, None],
        [1, "Rà soát thủ tục", "Phương án", "Văn phòng", "Các cơ quan, đơn vị", "Lồng ghép", "Trước ngày 31/12/2026"],
        [None, "Tổng cộng", None, None, None, 35, None],
    ]
    return save(path, rows)


def turned(path: Path) -> Path:
    """No diacritics, columns turned round, titles above, a row of column numbers, notes and signatures below."""
    rows = [
        ["UBND XA AN BINH (vi du)", None, None, None, None],
        ["DANH MUC NHIEM VU NAM 2026", None, None, None, None],
        [None, None, None, "Don vi tinh: trieu dong", None],
        [],
        ["Thoi gian", "Don vi thuc hien", "Kinh phi", "Noi dung cong viec", "TT"],
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        ["Quý I/2026", "Văn phòng", "1.200,5", "Lập danh mục hồ sơ", "1"],
        [],
        ["Quý III/2026", "Phòng Kinh tế", "20 triệu", "Tập huấn nghiệp vụ", "2"],
        [None, None, None, "- cho công chức xã", None],
        [None, None, "1.220,5", "Cộng", None],
        [],
        [None, "NGƯỜI LẬP BIỂU", None, "CHÁNH VĂN PHÒNG", None],
    ]
    return save(path, rows, ["A1:C1", "A2:E2"])


def merged(path: Path) -> Path:
    """Two heading rows with merged cells, merged group rows, one lead unit merged over several tasks."""
    rows = [
        ["BIỂU TỔNG HỢP NHIỆM VỤ", None, None, None, None, None, None],
        ["TT", "Nhiệm vụ", "Cơ quan thực hiện", None, "Thời gian", None, "Dự toán\n(ĐVT: triệu đồng)"],
        [None, None, "Chủ trì", "Phối hợp", "Bắt đầu", "Kết thúc", None],
        ["I. Cải cách thể chế"],
        [1, "Theo dõi thi hành pháp luật", "Phòng Kinh tế", None, "01/2026", "Quý I/2026", 30],
        [2, "Kiểm tra việc thực hiện", None, "Văn phòng", "02/2026", "Quý II/2026", None],
        [3, "Tổng kết", None, None, "03/2026", "Quý IV/2026", None],
        ["II. Chuyển đổi số"],
        [1, "Nâng cấp trang thông tin", "Văn phòng", None, None, "Năm 2026", 50],
    ]
    areas = ["A1:G1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3", "A4:G4", "C5:C7", "G5:G7", "A8:G8"]
    return save(path, rows, areas)


def split(path: Path) -> Path:
    """Headings typed over two rows without merging; tasks numbered 1.1 under titles numbered 1; letters for parts."""
    rows = [
        ["Số", "Nội dung", "Kết quả", "Cơ quan", "Cơ quan", "Thời gian"],
        ["TT", "công việc", "đầu ra", "chủ trì", "phối hợp", "hoàn thành"],
        ["A", "NHIỆM VỤ CHUNG", None, None, None, None],
        ["1", "Công tác chỉ đạo", None, None, None, None],
        ["1.1", "Ban hành kế hoạch", "Kế hoạch", "Văn phòng", None, "Quý I/2026"],
        ["1.2", "Tổ chức hội nghị", "Hội nghị", "Văn phòng", None, "Quý II/2026"],
        ["2", "Kiểm tra cơ sở", "Báo cáo", "Phòng Kinh tế", "Văn phòng", "Quý III/2026"],
        ["2.1", "Chuẩn bị nội dung", None, None, None, None],
        ["-", "Thành lập đoàn", "Quyết định", None, None, None],
    ]
    return save(path, rows)


def without_numbers(path: Path) -> Path:
    """No column Stt; the field of work in a column of its own, merged over its tasks."""
    rows = [
        ["Lĩnh vực", "Tên nhiệm vụ", "Sản phẩm đầu ra", "Đơn vị chịu trách nhiệm", "Tiến độ", "Ghi chú"],
        ["Cải cách thể chế", "1. Rà soát quy chế", "Quy chế", "Văn phòng", "Quý I/2026", "tự ghi"],
        [None, "2. Ban hành quy chế", "Quyết định", "Văn phòng", "Quý II/2026", None],
        ["Tài chính công", "Công khai ngân sách", "Thông báo", "Phòng Kinh tế", "Hàng quý", None],
    ]
    return save(path, rows, ["A2:A3"])


OFFICES: Mapping[str, Callable[[Path], Path]] = {
    "plain": plain,
    "turned": turned,
    "merged": merged,
    "split": split,
    "without-numbers": without_numbers,
}
