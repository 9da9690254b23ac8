"""A problem said in YAML's words in, the same in the words of a form out: sheets for files, headings for keys."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from docgen.base.declare import Record, declarations, records_of
from docgen.base.locale import translate as _
from docgen.errors import Problem
from docgen.model.plan.plan import Plan
from docgen.readers.excel.plan_layout import DOCUMENTS, GENERAL

#: Files of a folder, and where a form has the same.
_FILES = (
    ("linh_vuc/<tên>.yaml cạnh kế hoạch", "trang “Lĩnh vực”"),
    ("ke-hoach.yaml", f"trang “{GENERAL}”"),
    ("don-vi.yaml", "trang “Đơn vị”"),
    ("quyet-dinh.yaml", f"cột “Quyết định” của trang “{DOCUMENTS}”"),
    ("van-ban/", f"trang “{DOCUMENTS}”: "),
)
#: What to do in a file, and the same in a form, where words alone don't make the difference.
_SAYINGS = (
    ("nhưng không có tệp quyet-dinh.yaml", f"nhưng cột “Quyết định” của trang “{DOCUMENTS}” còn trống"),
    ("thêm tệp quyet-dinh.yaml, hoặc ghi hinh_thuc: doc_lap",
     f"điền cột đó, hoặc chọn “Hình thức”: văn bản độc lập ở trang “{DOCUMENTS}”"),
    ("thêm dòng “van: …”, hoặc xóa đoạn", "điền cột “Văn” hoặc “Tiêu đề”, hoặc xóa dòng"),
    ("một đoạn chỉ có “tieu_de” hoặc “van”, không có cả hai", "một đoạn chỉ có “Tiêu đề” hoặc “Văn”, không có cả hai"),
    ("tách phần sau thành đoạn con: cap: khong", "chuyển “Văn” xuống một dòng mới, cấp “đoạn không đánh số”"),
    ("đổi “van” thành “tieu_de”", "chuyển chữ sang cột “Tiêu đề”"),
    ("phụ lục không có nhóm nhiệm vụ (nhom) cũng không có lời văn (noi_dung)",
     "phụ lục không có nhóm ở trang “Nhóm” cũng không có đoạn nào ở trang “Nội dung”"),
    ("thêm “nhom:” với các nhiệm vụ, hoặc “noi_dung:” với các đoạn; không dùng thì xóa phụ lục",
     "thêm nhóm, hoặc đoạn văn; không dùng thì xóa dòng phụ lục"),
    ("dinh_tinh: true", "“Định tính”: có"),
    ("toan_tu: khoang", "“Phép so sánh”: từ … đến"),
    ("thêm han_cuoi: dd/mm/yyyy", "điền “Hạn cuối”, viết dd/mm/yyyy"),
    ("sửa số, xóa tong_ghi, hoặc ghi lý do vào chap_nhan_tong",
     "sửa số, xóa “Tổng đã ghi”, hoặc ghi lý do vào “Lý do giữ tổng đã ghi”"),
    ("thêm dòng “linh_vuc: cchc” ở đầu ke-hoach.yaml", f"điền “Bộ lĩnh vực” ở trang “{GENERAL}”, ví dụ cchc"),
    ("các mã là “ma” của các đoạn trong noi_dung", "các mã ở cột “Mã” của trang “Nội dung”"),
    ("trong van_ban, thêm “nguoi_ky:” với quyen_han và ho_ten thụt vào ở dưới",
     f"điền các dòng “Người ký: …” của văn bản đó ở trang “{DOCUMENTS}”"),
    ("thêm ngay: dd/mm/yyyy", "điền “Ngày ban hành”, viết dd/mm/yyyy"),
    ("thêm ky_hieu vào van_ban, hoặc viet_tat của đơn vị trong don-vi.yaml",
     f"điền “Ký hiệu” ở trang “{DOCUMENTS}”, hoặc “Viết tắt trong ký hiệu” của đơn vị ở trang “Đơn vị”"),
    ("hoặc chuyển vào noi_dung", "hoặc chuyển sang trang “Nội dung”"),
    ("không phải true hay false", "không phải có hay không"),
    ("ở đầu ke-hoach.yaml", f"ở trang “{GENERAL}”"),
)  # fmt: skip
#: The file of a list of fields of work.
_LIST_FILE = re.compile(r"linh_vuc/\S+?\.yaml")
#: What stands before a choice's label, for whoever types the key.
_KEY_OF_CHOICE = re.compile(r"(?<=[:;] )[a-z_]+ = ")
#: A key of several words can't be anything else; one of a single word only where it is quoted.
_KEYS = re.compile(r"“[a-z]+(?:_[a-z]+)*”|(?<![\w`/.-])[a-z]+(?:_[a-z]+)+(?![\w`-])")


def in_form_words(problem: Problem, own: tuple[type[Record], ...] = ()) -> Problem:
    """The problem for somebody who sees a workbook only; ``own`` are the records of kinds with fields of their own."""
    if problem.place.sheet is None and problem.place.line is not None:
        return problem  # about a YAML file beside the workbook
    labels = _labels(own)
    return replace(problem, message=_said(problem.message, labels), hint=_said(problem.hint, labels))


def _said(text: str, labels: Mapping[str, str]) -> str:
    for typed, shown in _SAYINGS:
        text = text.replace(_(typed), _(shown))
    for file, sheet in _FILES:
        text = text.replace(_(file), _(sheet))
    text = _KEY_OF_CHOICE.sub("", _LIST_FILE.sub(_("trang “Lĩnh vực”"), text))
    return _KEYS.sub(lambda found: _heading(found.group(), labels), text)


def _heading(key: str, labels: Mapping[str, str]) -> str:
    label = labels.get(key.strip("“”"))
    if label is None:
        return key
    return label if "“" in label else f"“{label}”"


@cache
def _labels(own: tuple[type[Record], ...]) -> Mapping[str, str]:
    labels: dict[str, str] = {}
    for key, label in _declared(own):
        labels.setdefault(key, label)
    return labels


def _declared(own: tuple[type[Record], ...]) -> Iterator[tuple[str, str]]:
    for record in (*records_of(Plan), *own):
        for key, declared in declarations(record).items():
            yield key, declared.label
            yield from declared.choices.items()
