"""Rewords problems of a filled-in form: sheets and headings in place of files and keys, which a form doesn't show."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache

from docgen.base.declare import Record, declarations, records_of
from docgen.base.locale import deferred
from docgen.base.locale import translate as _
from docgen.errors import Problem, Severity
from docgen.model.plan.plan import Plan
from docgen.model.progress.progress import ProgressFile
from docgen.readers.excel.plan_layout import DOCUMENTS, GENERAL
from docgen.readers.excel.progress_form import SHEETS

#: Files of a plan's folder, and where a form has the same.
_FILES = (
    (deferred("linh_vuc/<tên>.yaml cạnh kế hoạch"), deferred("trang “Lĩnh vực”")),
    ("ke-hoach.yaml", deferred("trang “{general}”")),
    ("don-vi.yaml", deferred("trang “Đơn vị”")),
    ("quyet-dinh.yaml", deferred("cột “Quyết định” của trang “{documents}”")),
    ("van-ban/", deferred("trang “{documents}”: ")),
)
#: Phrases about YAML, and the same about a form, where replacing single keys isn't enough.
_PHRASES = (
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
_LIST_FILE = re.compile(r"linh_vuc/\S+?\.yaml")
#: The key before a choice's label, in a list of choices.
_KEY_OF_CHOICE = re.compile(r"(?<=[:;] )[a-z_]+ = ")
#: A key of several words, or a quoted one of a single word; a problem of progress quotes values of a single word.
_PLAN_KEY = re.compile(r"“[a-z]+(?:_[a-z]+)*”|(?<![\w`/.-])[a-z]+(?:_[a-z]+)+(?![\w`-])")
_PROGRESS_KEY = re.compile(r"“[a-z]+(?:_[a-z]+)+”|\b[a-z]+(?:_[a-z]+)+\b")


def in_plan_words(problem: Problem, own: tuple[type[Record], ...] = ()) -> Problem:
    """Reword a problem of a plan's form; ``own`` are the records of kinds with fields of their own.

    A problem of a YAML file beside the workbook stays as it is.
    """
    if problem.place.sheet is None and problem.place.line is not None:
        return problem
    return _reworded(problem, lambda text: _with_headings(_PLAN_KEY, _with_sheets(text), _plan_labels(own)))


def in_progress_words(problem: Problem) -> Problem:
    """Reword a problem of a unit's progress form; one that isn't in a sheet stays as it is."""
    if problem.place.sheet is None:
        return problem
    return _reworded(problem, lambda text: _with_headings(_PROGRESS_KEY, text, _progress_labels()))


def sorted_progress_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Reword a progress form's problems, drop repeated ones, and sort them by severity, sheet and cell."""
    return tuple(sorted(dict.fromkeys(map(in_progress_words, problems)), key=_order))


def _order(problem: Problem) -> tuple[int, int, int, str]:
    sheets, place = list(SHEETS.values()), problem.place
    sheet = sheets.index(place.sheet) if place.sheet in sheets else -1
    row = int("".join(filter(str.isdigit, place.cell or "")) or "0")
    return list(Severity).index(problem.severity), sheet, row, place.cell or ""


def _reworded(problem: Problem, change: Callable[[str], str]) -> Problem:
    return replace(problem, message=change(problem.message), hint=change(problem.hint))


def _with_sheets(text: str) -> str:
    for typed, shown in (*_PHRASES, *_FILES):
        text = text.replace(_(typed), _(shown).format(general=GENERAL, documents=DOCUMENTS))
    return _KEY_OF_CHOICE.sub("", _LIST_FILE.sub(_("trang “Lĩnh vực”"), text))


def _with_headings(keys: re.Pattern[str], text: str, labels: Mapping[str, str]) -> str:
    return keys.sub(lambda found: _heading(found.group(), labels), text)


def _heading(key: str, labels: Mapping[str, str]) -> str:
    label = labels.get(key.strip("“”"))
    if label is None:
        return key
    return label if "“" in label else f"“{label}”"


@cache
def _plan_labels(own: tuple[type[Record], ...]) -> Mapping[str, str]:
    """Headings of fields and labels of choices by key; where a key has several, the first in the plan."""
    labels: dict[str, str] = {}
    for record in (*records_of(Plan), *own):
        for key, declared in declarations(record).items():
            for known, label in ((key, declared.label), *declared.choices.items()):
                labels.setdefault(known, label)
    return labels


@cache
def _progress_labels() -> Mapping[str, str]:
    """Headings of fields and labels of choices by key; those of progress go before the plan's."""
    records = [record for root in (Plan, ProgressFile) for record in records_of(root)]
    known = [declared for record in records for declared in declarations(record).values()]
    choices = {key: label for declared in known for key, label in declared.choices.items()}
    return choices | {declared.key: declared.label for declared in known}
