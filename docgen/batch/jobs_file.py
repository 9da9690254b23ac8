"""Reads a jobs file: which plans, which documents of each, and where they are written."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from docgen.base.declare import Lines, Record, field
from docgen.base.locale import translate as _
from docgen.batch.job import PERIODIC, REMINDER, REPORT, UNIT_PLAN
from docgen.errors import Path as ModelPath
from docgen.errors import Place, Problem, SourceError
from docgen.model.periods.period import parse_period
from docgen.model.problems import problem
from docgen.readers.named_files import Listed, read_list
from docgen.wording.text import closest, slug, suggestion

#: Placeholders of ``out``; their values are slugs, so that none leads out of the folder.
PLACEHOLDERS = {
    "co_quan": _("cơ quan ban hành"),
    "ke_hoach": _("tên thư mục hoặc biểu mẫu của kế hoạch"),
    "ma": _("mã của kế hoạch"),
    "nam": _("năm của kế hoạch"),
    "ky": _("kỳ báo cáo; văn bản không theo kỳ: năm"),
    "che_do": _("chế độ báo cáo; văn bản không theo kỳ: chung"),
    "don_vi": _("đơn vị; văn bản của cả cơ quan: như co_quan"),
    "loai": _("loại văn bản"),
}
DEFAULT_OUT = "output/{ke_hoach}"
DEFAULT_LEAD, MOST_LEAD = 3, 366
#: Words for all documents that ``docgen build`` makes, and for those in ``van-ban/``.
ALL_PAPERS, OTHER_PAPERS = "tat_ca", "van_ban"
KIND_WORDS = (ALL_PAPERS, "quyet_dinh", "ke_hoach", OTHER_PAPERS, UNIT_PLAN, REPORT, REMINDER)
AUTO, EVERY, NO_UNIT = "auto", "all", "none"
_TEMPLATES_HELP = "thư mục mẫu Word của cơ quan, tính từ thư mục của tệp này"


class Defaults(Record):
    """Values for entries that don't set their own."""

    templates: str | None = field("templates", "Thư mục mẫu", default=None, example="mau", help=_TEMPLATES_HELP)
    out: str | None = field(
        "out", "Thư mục ghi", default=None, example="out/{co_quan}/{ky}", help="bỏ trống: output/{ke_hoach}"
    )
    scheme: str | None = field(
        "scheme", "Chế độ báo cáo", default=None, example="nd09", help="bỏ trống: như tệp tiến độ ghi"
    )
    pdf: bool | None = field("pdf", "Tạo PDF", default=None, example="true", help="cần LibreOffice")
    xlsx: bool | None = field("xlsx", "Tạo bảng Excel của báo cáo", default=None, example="true")
    lead: int | None = field(
        "truoc",
        "Số ngày trước hạn gửi",
        default=None,
        example="3",
        help="từ ngày đó soạn bản dự thảo khi còn đơn vị chưa báo cáo",
    )


class Entry(Record):
    """Documents of some kinds for every plan that a pattern matches."""

    plan: str = field("plan", "Kế hoạch", example="ke-hoach/*", help="có thể dùng * ? **")
    kinds: Lines = field("kind", "Loại văn bản", example="bao_cao", help="một hoặc nhiều: " + ", ".join(KIND_WORDS))
    periods: Lines = field("period", "Kỳ", default=(), example="auto", help="auto (mọi kỳ đã kết thúc), hoặc mã kỳ")
    units: Lines = field("units", "Đơn vị", default=(), example="all", help="all, none, hoặc các mã đơn vị")
    scheme: str | None = field("scheme", "Chế độ báo cáo", default=None, example="nd09")
    out: str | None = field("out", "Thư mục ghi", default=None, example="out/{co_quan}/{ky}")
    templates: str | None = field("templates", "Thư mục mẫu", default=None, example="mau", help=_TEMPLATES_HELP)
    draft: bool = field("du_thao", "Bản dự thảo", default=False, help="in chìm chữ DỰ THẢO")
    pdf: bool | None = field("pdf", "Tạo PDF", default=None)
    xlsx: bool | None = field("xlsx", "Tạo bảng Excel của báo cáo", default=None)
    lead: int | None = field("truoc", "Số ngày trước hạn gửi", default=None, example="3")


class Jobs(Record):
    """The content of a jobs file."""

    defaults: Defaults = field("mac_dinh", "Mặc định", default=Defaults())
    entries: tuple[Entry, ...] = field("cong_viec", "Công việc")


@dataclass(frozen=True)
class JobsFile:
    """A jobs file with its content; its paths are relative to its folder."""

    path: Path
    listed: Listed[Jobs]

    @property
    def folder(self) -> Path:
        """The folder that the file is in."""
        return self.path.parent

    def beside(self, end: str) -> Path:
        """The path of a file of docgen beside this one, such as ``jobs.docgen.sqlite`` for ``jobs.yaml``."""
        name = self.path.stem if self.path.suffix == ".yaml" else self.path.name  # jobs.yml has its own
        return self.path.with_name(f"{name}.docgen.{end}")

    def place(self, entry: int | None, key: str = "") -> Place:
        """The place of an entry or of a value in it; of the defaults if ``entry`` is None."""
        above: ModelPath = ("cong_viec", entry) if entry is not None else ("mac_dinh",)
        return self.listed.places.at((*above, key) if key else above)


def read_jobs_file(path: Path) -> JobsFile:
    """Read and check a jobs file. Raises SourceError or DataError with every problem."""
    if not path.exists():
        message, hint = _("không có tệp công việc này"), _("kiểm tra lại tên và đường dẫn")
        raise SourceError(Problem("file.missing", message, hint, Place(path.as_posix())))
    return JobsFile(path.absolute(), read_list(path, path.name, Jobs, _check))


def words(lines: Iterable[str]) -> tuple[str, ...]:
    """The items of a list, which may also be separated by commas on one line."""
    return tuple(dict.fromkeys(word.strip() for line in lines for word in line.split(",") if word.strip()))


def _check(jobs: Jobs) -> Iterator[Problem]:
    yield from _check_shared(("mac_dinh",), jobs.defaults)
    for index, entry in enumerate(jobs.entries):
        path = ("cong_viec", index)
        yield from _check_shared(path, entry)
        unknown = [kind for kind in words(entry.kinds) if "_" in kind and kind not in KIND_WORDS]
        for kind in unknown:
            hint = suggestion(kind, KIND_WORDS, _("các loại: ") + ", ".join(KIND_WORDS))
            message = _("không có loại văn bản “{kind}”").format(kind=kind)
            yield problem("batch.kind", (*path, "kind"), message, hint)
        if not unknown:  # the other checks depend on the kind
            yield from _check_fitting(path, entry)


def _check_shared(path: ModelPath, settings: Defaults | Entry) -> Iterator[Problem]:
    """Check the settings that entries and defaults have in common."""
    yield from _check_out((*path, "out"), settings.out)
    if settings.lead is not None and settings.lead > MOST_LEAD:
        message = _("truoc: {days} ngày là quá nhiều").format(days=settings.lead)
        yield problem("batch.lead", (*path, "truoc"), message, _("ghi nhiều nhất {n}").format(n=MOST_LEAD))


def _check_fitting(path: ModelPath, entry: Entry) -> Iterator[Problem]:
    """Check that periods and units are given exactly for kinds that have them."""
    kinds, periods = words(entry.kinds), words(entry.periods)
    periodic = any(kind in PERIODIC for kind in kinds)
    if periodic and not periods:
        yield problem("batch.period", path, _("thiếu kỳ báo cáo (period)"), _("thêm dòng “period: auto”"))
    if not periodic and periods:
        message, hint = _("văn bản loại này không theo kỳ"), _("bỏ dòng period, hoặc đổi kind thành bao_cao")
        yield problem("batch.period", (*path, "period"), message, hint)
    for code in periods:
        try:
            if code != AUTO:
                parse_period(code)
        except ValueError as error:
            yield problem("batch.period", (*path, "period"), str(error), _("viết auto, hoặc mã kỳ như 2023-Q1"))
    if words(entry.units) not in ((), (NO_UNIT,)) and not periodic and UNIT_PLAN not in kinds:
        message = _("văn bản loại này không soạn theo đơn vị")
        yield problem("batch.units", (*path, "units"), message, _("bỏ dòng units, hoặc đổi kind"))


def _check_out(path: ModelPath, out: str | None) -> Iterator[Problem]:
    if out is None:
        return
    try:
        parsed = [(name, bool(form or turned)) for _text, name, form, turned in Formatter().parse(out)]
    except ValueError:
        message, hint = _("“{out}” có dấu ngoặc nhọn lẻ").format(out=out[:80]), _("viết chỗ điền như {ke_hoach}")
        yield problem("batch.out", path, message, hint)
        return
    for name, formed in parsed:
        if name is not None and (name not in PLACEHOLDERS or formed):
            meant = closest(name, PLACEHOLDERS)
            known = "; ".join(f"{{{one}}}: {meaning}" for one, meaning in PLACEHOLDERS.items())
            hint = _("ý bạn là “{{{meant}}}”?").format(meant=meant) if meant else known
            yield problem("batch.out", path, _("không có chỗ điền “{{{name}}}”").format(name=name[:40]), hint)
    if ".." in re.split(r"[/\\]", out):
        message = _("thư mục ghi không được có “..”")
        yield problem("batch.out", path, message, _("ghi đường dẫn từ thư mục của tệp này, hoặc đường dẫn đầy đủ"))


def folder_of(out: str, values: Mapping[str, str]) -> str:
    """The folder that ``out`` stands for, with the slugs of ``values`` in its placeholders."""
    return out.format_map(_Slugs(values)).replace("\\", "/").rstrip("/")


class _Slugs(dict[str, str]):
    """A mapping that gives the slug of each value."""

    def __getitem__(self, name: str) -> str:
        return slug(super().__getitem__(name)) or "chung"
