"""A problem said in YAML's words in, the same in the words of a form out: sheets for files, headings for keys."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from docgen.base.declare import Record, declarations, records_of
from docgen.base.locale import deferred
from docgen.base.locale import translate as _
from docgen.errors import Problem
from docgen.model.plan.plan import Plan
from docgen.readers.excel.plan_layout import DOCUMENTS, GENERAL

#: Files of a folder, and where a form has the same.
_FILES = (
    (deferred("linh_vuc/<tên>.yaml cạnh kế hoạch"), deferred("trang “Lĩnh vực”")),
    ("ke-hoach.yaml", deferred("trang “{general}”")),
    ("don-vi.yaml", deferred("trang “Đơn vị”")),
    ("quyet-dinh.yaml", deferred("cột “Quyết định” của trang “{documents}”")),
    ("van-ban/", deferred("trang “{documents}”: ")),
)
#: What to do in a file, and the same in a form, where words alone don't make the difference.
_SAYINGS = (
    (deferred("nhưng không có tệp quyet-dinh.yaml"),
     deferred("nhưng cột “Quyết định” của trang “{documents}” còn trống")),
    (deferred("thêm tệp quyet-dinh.yaml, hoặc ghi hinh_thuc: doc_lap"),
     deferred("điền cột đó, hoặc chọn “Hình thức”: văn bản độc lập ở trang “{documents}”")),
    (deferred("thêm dòng “van: …”, hoặc xóa đoạn"), deferred("điền cột “Văn” hoặc “Tiêu đề”, hoặc xóa dòng")),
    (deferred("một đoạn chỉ có “tieu_de” hoặc “van”, không có cả hai"),
     deferred("một đoạn chỉ có “Tiêu đề” hoặc “Văn”, không có cả hai")),
    (deferred("tách phần sau thành đoạn con: cap: khong"),
     deferred("chuyển “Văn” xuống một dòng mới, cấp “đoạn không đánh số”")),
    (deferred("đổi “van” thành “tieu_de”"), deferred("chuyển chữ sang cột “Tiêu đề”")),
    (deferred("phụ lục không có nhóm nhiệm vụ (nhom) cũng không có lời văn (noi_dung)"),
     deferred("phụ lục không có nhóm ở trang “Nhóm” cũng không có đoạn nào ở trang “Nội dung”")),
    (deferred("thêm “nhom:” với các nhiệm vụ, hoặc “noi_dung:” với các đoạn; không dùng thì xóa phụ lục"),
     deferred("thêm nhóm, hoặc đoạn văn; không dùng thì xóa dòng phụ lục")),
    ("dinh_tinh: true", deferred("“Định tính”: có")),
    ("toan_tu: khoang", deferred("“Phép so sánh”: từ … đến")),
    (deferred("thêm han_cuoi: dd/mm/yyyy"), deferred("điền “Hạn cuối”, viết dd/mm/yyyy")),
    (deferred("sửa số, xóa tong_ghi, hoặc ghi lý do vào chap_nhan_tong"),
     deferred("sửa số, xóa “Tổng đã ghi”, hoặc ghi lý do vào “Lý do giữ tổng đã ghi”")),
    (deferred("thêm dòng “linh_vuc: cchc” ở đầu ke-hoach.yaml"),
     deferred("điền “Bộ lĩnh vực” ở trang “{general}”, ví dụ cchc")),
    (deferred("các mã là “ma” của các đoạn trong noi_dung"), deferred("các mã ở cột “Mã” của trang “Nội dung”")),
    (deferred("trong van_ban, thêm “nguoi_ky:” với quyen_han và ho_ten thụt vào ở dưới"),
     deferred("điền các dòng “Người ký: …” của văn bản đó ở trang “{documents}”")),
    (deferred("thêm ngay: dd/mm/yyyy"), deferred("điền “Ngày ban hành”, viết dd/mm/yyyy")),
    (deferred("thêm ky_hieu vào van_ban, hoặc viet_tat của đơn vị trong don-vi.yaml"),
     deferred("điền “Ký hiệu” ở trang “{documents}”, hoặc “Viết tắt trong ký hiệu” của đơn vị ở trang “Đơn vị”")),
    (deferred("hoặc chuyển vào noi_dung"), deferred("hoặc chuyển sang trang “Nội dung”")),
    (deferred("không phải true hay false"), deferred("không phải có hay không")),
    (deferred("ở đầu ke-hoach.yaml"), deferred("ở trang “{general}”")),
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
    for typed, shown in (*_SAYINGS, *_FILES):
        text = text.replace(_(typed), _(shown).format(general=GENERAL, documents=DOCUMENTS))
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
