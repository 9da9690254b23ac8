"""The page of a form that tells a clerk how to fill it in."""

from docgen.base.locale import translate as _
from docgen.base.sheets import FormColumn, FormLine, FormSheet

_STEPS: tuple[tuple[str, str], ...] = (
    ("1. Đơn vị, Thành viên", "Kê cơ quan ban hành và mọi đơn vị có tên trong kế hoạch. Mã do bạn đặt, không "
                              "dấu, ví dụ phong-noi-vu. "
     "Nhóm đơn vị (“Các phòng, ban”) cũng là một dòng; kê thành viên ở trang “Thành viên”."),
    ("2. Thông tin chung", "Mã kế hoạch, năm, đơn vị tính, cơ quan ban hành (mã ở trang “Đơn vị”)."),
    ("3. Văn bản", "Mỗi cột một văn bản: số, ngày, trích yếu, người ký. Chưa có số, ngày thì để trống; khi soạn "
                   "ghi bằng "
     "--so và --ngay."),
    ("4. Căn cứ, Nơi nhận, Nội dung", "Mỗi dòng một căn cứ, một nơi nhận, một đoạn văn. Dấu “;” cuối căn cứ, số "
                                      "mục và dấu “./.” do "
     "docgen in."),
    ("5. Phụ lục, Nhóm, Nhiệm vụ", "Một phụ lục, các nhóm (I, II …) của nó, rồi mỗi nhiệm vụ một dòng. Tổng "
                                   "kinh phí tự cộng, không "
     "gõ tổng. Nhiều đơn vị trong một ô: cách nhau bằng dấu phẩy, chấm phẩy hoặc xuống dòng."),
    ("6. Chỉ tiêu", "Chỉ tiêu mà báo cáo phải đánh giá, nếu có."),
    ("7. Kiểm tra", "docgen validate TỆP.xlsx --annotate: tạo bản sao tô màu từng ô sai, kèm cách sửa."),
    ("8. Soạn", "docgen build TỆP.xlsx: Quyết định, Kế hoạch, Phụ lục thành tệp Word."),
    ("Lưu ý", "Cột có dấu * phải điền. Dòng chữ nghiêng phía trên tiêu đề là ví dụ. Giữ nguyên tên trang và "
              "tiêu đề cột; thêm, xóa, "
     "sắp xếp dòng tùy ý. Xuống dòng trong ô: Alt+Enter. Không gộp ô. Phông Unicode (Times New Roman), không "
     "dùng .VnTime, VNI."),
)  # fmt: skip


def guide_sheet() -> FormSheet:
    """The first sheet of a plan's form."""
    columns = (FormColumn("Việc", 30, locked=True), FormColumn("Cách làm", 100, locked=True))
    lines = tuple(FormLine((_(step), _(text))) for step, text in _STEPS)
    note = _("Điền lần lượt các trang dưới đây. Trang nào không dùng thì để trống.")
    return FormSheet("Hướng dẫn", "CÁCH ĐIỀN BIỂU MẪU KẾ HOẠCH", note, columns, lines)
