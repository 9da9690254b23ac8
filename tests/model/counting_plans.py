"""Small plans and progress for the tests of counting, made by hand or by hypothesis."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from docgen.model.periods.scheme import PeriodRule, Scheme
from docgen.model.plan.organisation import Organisation
from docgen.model.plan.plan import Plan
from docgen.model.progress.progress import Progress
from tests.records import from_keys

SCHEME = Scheme(
    code="nd09",
    name="Thử",
    source="thử",
    certainty="C",
    window_type="hanh_chinh",
    rules=(
        PeriodRule(slot="Q1", start="15/12 năm trước", end="14/3"),
        PeriodRule(slot="Q2", start="15/3", end="14/6"),
        PeriodRule(slot="Q3", start="15/6", end="14/9"),
        PeriodRule(slot="Q4", start="15/9", end="14/12"),
        PeriodRule(slot="H1", start="15/12 năm trước", end="14/6"),
        PeriodRule(slot="NAM", start="15/12 năm trước", end="14/12"),
    ),
)
WINDOWS = {
    "2023-Q1": (date(2022, 12, 15), date(2023, 3, 14)),
    "2023-Q2": (date(2023, 3, 15), date(2023, 6, 14)),
    "2023-Q3": (date(2023, 6, 15), date(2023, 9, 14)),
    "2023-Q4": (date(2023, 9, 15), date(2023, 12, 14)),
    "2023-H1": (date(2022, 12, 15), date(2023, 6, 14)),
}
QUARTERS = [name for name in WINDOWS if "Q" in name]
UNITS = ("a", "b", "c", "d")
FORM = {
    "ma": "thu",
    "ten": "Thử",
    "nguon": "thử",
    "do_tin_cay": "C",
    "bieu": (
        {"ma": "dong", "ten": "Phát sinh", "cach_gop": "dong"},
        {"ma": "ton", "ten": "Tồn", "cach_gop": "ton"},
        {"ma": "ty-le", "ten": "Tỷ lệ", "cach_gop": "ty_le", "ma_tu_so": "dong", "ma_mau_so": "ton"},
        {"ma": "xong", "ten": "Xong", "cach_gop": "ton", "tinh_tu": "nhiem_vu_hoan_thanh"},
        {"ma": "cu", "ten": "Cũ", "cach_gop": "dong", "hieu_luc_den": date(2022, 12, 14)},
    ),
    "kiem_tra": ({"ve_trai": ("dong",), "quan_he": "khong_qua", "ve_phai": ("ton",), "giai_thich": "thử"},),
}


def organisation(**replaced: Any) -> Organisation:
    """Units a, b, c, d named “Phòng A” …, and the group of c and d; ``replaced`` are further fields by unit."""
    single = [{"ma": code, "ten": f"Phòng {code.upper()}", **replaced.get(code, {})} for code in UNITS]
    group = {"ma": "nhom", "ten": "Các phòng", "thanh_vien": ({"don_vi": "c"}, {"don_vi": "d"})}
    return from_keys(Organisation, {"co_quan_ban_hanh": "a", "don_vi": (*single, group)})


def plan(groups: tuple[Any, ...], units: Organisation | None = None, indicators: tuple[Any, ...] = ()) -> Plan:
    values = {
        "ma": "thu",
        "nam": 2023,
        "ke_hoach": {"hinh_thuc": "doc_lap", "trich_yeu": "x", "noi_dung": ({"cap": "gach", "van": "x"},)},
        "phu_luc": ({"ma": "pl", "nhom": groups},),
        "chi_tieu": indicators,
        "co_quan": units or organisation(),
        "danh_muc_linh_vuc": {"ma": "lv", "ten": "LV", "linh_vuc": ({"ma": "x", "ten": "X"}, {"ma": "y", "ten": "Y"})},
    }
    return from_keys(Plan, values)


def task(code: str, leads: str | None = "Phòng A", **fields: Any) -> dict[str, Any]:
    return {"ma": code, "mo_ta": ("x",), "co_quan_chu_tri": leads, **fields}


def one_group(*tasks: dict[str, Any], **fields: Any) -> tuple[dict[str, Any], ...]:
    return ({"ma": "g", "tieu_de": "G", "linh_vuc": "x", "nhiem_vu": tasks, **fields},)


def progress(**files: dict[str, Any]) -> Progress:
    """Files by period with _ for -: ``progress(Q1={"tien_do": (...)})`` is 2023-Q1."""
    return from_keys(Progress, {"ky": {f"2023-{name}": file(f"2023-{name}", **body) for name, body in files.items()}})


def file(period: str, **body: Any) -> dict[str, Any]:
    start, end = WINDOWS[period]
    return {"luoc_do": "nd09", "tu": start, "den": end, **body}


AMOUNT = st.integers(0, 10**9).map(lambda dong: Decimal(dong).scaleb(-6))
LEADS = st.sampled_from([None, "Phòng A", "Phòng B", "Phòng B; Phòng A", "Các phòng", "Phòng A, Các phòng"])
DEADLINES = st.sampled_from([None, "Quý I/2023", "Trước ngày 15/6/2023", "Năm 2023", "Thường xuyên", "sớm"])


@st.composite
def plans(draw: st.DrawFn, changes: bool = True) -> Plan:
    """A plan of one to three groups; of what may split money and results there is some of each."""
    groups = []
    for g in range(draw(st.integers(1, 3))):
        tasks = []
        for t in range(draw(st.integers(0, 4))):
            budget = draw(st.none() | AMOUNT)
            fields: dict[str, Any] = {"kinh_phi": budget, "thoi_han": draw(DEADLINES)}
            if budget is not None and draw(st.booleans()):
                fields["phan_bo"] = ({"don_vi": draw(st.sampled_from(UNITS)), "kinh_phi": budget / 2},)
                if budget / 2 * 10**6 % 1:
                    del fields["phan_bo"]
            if draw(st.booleans()):
                fields["cach_tinh"] = draw(st.sampled_from(["chung", "tung_don_vi"]))
            if changes and draw(st.integers(0, 5)) == 0:
                day = draw(st.dates(date(2023, 1, 1), date(2023, 12, 31)))
                kind = draw(st.sampled_from(["them", "bo"]))
                fields["thay_doi"] = ({"loai": kind, "van_ban": "Quyết định", "ngay": day},)
            tasks.append(task(f"g{g}-t{t}", draw(LEADS), **fields))
        own = draw(AMOUNT) if all(one["kinh_phi"] is None for one in tasks) else None
        groups.append({"ma": f"g{g}", "tieu_de": "G", "linh_vuc": draw(st.sampled_from([None, "x", "y"])),
                       "kinh_phi": own, "nhiem_vu": tuple(tasks)})  # fmt: skip
    indicators = ({"ma": "ct", "ten": "CT", "toan_tu": "toi_thieu", "muc_tieu": Decimal(50), "don_vi": "a"},)
    merged = draw(st.sampled_from([{}, {"d": {"hieu_luc_den": date(2023, 4, 30), "thay_boi": "b"}}]))
    return plan(tuple(groups), organisation(**merged), indicators)


@st.composite
def task_record(draw: st.DrawFn, code: str, unit: str) -> dict[str, Any]:
    """A sound record: percent and date agree."""
    record: dict[str, Any] = {"ma": code, "don_vi": unit, "giai_ngan": draw(st.none() | AMOUNT)}
    match draw(st.integers(0, 3)):
        case 0:
            record["phan_tram"] = Decimal(draw(st.integers(0, 99)))
        case 1:
            record |= {
                "phan_tram": Decimal(100),
                "ngay_hoan_thanh": draw(st.dates(date(2022, 12, 1), date(2023, 12, 31))),
            }
        case 2:
            record["ngay_hoan_thanh"] = draw(st.dates(date(2022, 12, 1), date(2023, 12, 31)))
    if draw(st.booleans()):
        record["da_ban_hanh"] = (f"Văn bản {draw(st.integers(1, 9))}",)
    return record


@st.composite
def progresses(draw: st.DrawFn, of: Plan) -> Progress:
    """Progress in quarters, sound: one unit answers for all where a task has one result."""
    files = {}
    for period in QUARTERS:
        records = []
        for _path, one in of.tasks():
            units = draw(st.sets(st.sampled_from(UNITS)))
            if one.counting != "tung_don_vi":
                units = set(sorted(units)[:1])
            records += [draw(task_record(one.code, unit)) for unit in sorted(units)]
        figures = [
            {"ma": code, "don_vi": unit, "thuc_hien": draw(AMOUNT)}
            for code in ("dong", "ton")
            for unit in sorted(draw(st.sets(st.sampled_from(UNITS))))
        ]
        ratios = [
            {"ma": "ct", "don_vi": unit, "tu_so": Decimal(draw(st.integers(0, 10))), "mau_so": Decimal(10)}
            for unit in sorted(draw(st.sets(st.sampled_from(UNITS))))
        ]
        answers = [{"don_vi": unit, "ngay": date(2023, 3, 1)} for unit in sorted(draw(st.sets(st.sampled_from(UNITS))))]
        files[period] = file(period, tien_do=tuple(records), so_lieu=tuple(figures), ket_qua_chi_tieu=tuple(ratios),
                             tra_loi=tuple(answers))  # fmt: skip
    return from_keys(Progress, {"ky": files, "bieu_so_lieu": FORM})
