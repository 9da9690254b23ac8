"""A plan's folder made by chance from a seed: units, groups, tasks, later decisions, and what units report.

Only what docgen refuses is avoided (contradictions of a common result, doubled records); what it warns of is not:
words of units that don't lead, records across an edge, narrower records inside wider ones, days still to come.
"""

from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.audit.facts import SHIPPED, calendar_days, raw, rule_day, rule_of

YEAR = 2023
NAMES = (
    "Phòng Nội vụ",
    "Phòng Kinh tế",
    "Phòng Kinh tế và Hạ tầng",
    "Văn phòng HĐND và UBND",
    "UBND xã An Bình",
    "UBND phường Hòa Bình",
    "Trạm Y tế",
)
SETS = (
    ("2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"),
    ("2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"),
    ("2023-Q1", "2023-Q2", "2023-H1", "2023-9M"),
    ("2023-H1", "2023-Q3", "2023"),
    ("2023-Q1", "2023-M04", "2023-03-01..2023-05-31", "2023-Q4"),
    ("2023-Q1", "2023-03-01..2023-05-31", "2023-Q2"),
    ("2023-Q1", "2023-Q3"),
    ("2023-Q2",),
    (),
)
#: Periods to report on; the spans are over edges of files, within one, and past the year's end.
PERIODS = (
    *("2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4", "2023-H1", "2023-H1", "2023-9M", "2023", "2023"),
    *("2023-M04", "2023-03-01..2023-05-31"),
    "2023-H2",
    "2023-M06",
    "2023-04-10..2023-06-14",
    "2023-02-01..2023-10-31",
    "2023-11-01..2024-01-31",
)
DEADLINES = (
    *("Quý I/2023", "Quý II/2023", "Quý III/2023", "Quý IV/2023", "Tháng 2/2023", "Tháng 9/2023"),
    *("Trước ngày 15/3/2023", "Trước ngày 31/12/2023", "Đến hết ngày 14/06/2023", "Ngày 14/12/2023"),
    *("Năm 2023", "Trong năm 2023", "6 tháng đầu năm 2023", "Thường xuyên", "Trước ngày 15/01/2024", "Khi có yêu cầu"),
)
FORM = {
    "ma": "cchc",
    "ten": "Biểu thử",
    "nguon": "thử",
    "do_tin_cay": "C",
    "bieu": [
        {"ma": "tong", "ten": "Nhiệm vụ", "linh_vuc": "the-che", "cach_gop": "ton", "tinh_tu": "nhiem_vu"},
        {"ma": "xong", "ten": "Xong", "linh_vuc": "the-che", "cach_gop": "ton", "tinh_tu": "nhiem_vu_hoan_thanh"},
        {"ma": "nhan", "ten": "Tiếp nhận", "linh_vuc": "tthc", "cach_gop": "dong"},
        {"ma": "dung", "ten": "Đúng hạn", "linh_vuc": "tthc", "cach_gop": "dong"},
        {"ma": "bien-che", "ten": "Biên chế", "cach_gop": "ton"},
        {"ma": "hinh-thuc", "ten": "Hình thức", "cach_gop": "ton", "quy_uoc": ["0 = không", "1 = có"]},
        {"ma": "cu", "ten": "Cấp huyện", "cach_gop": "dong", "hieu_luc_den": "31/05/2023"},
        {"ma": "moi", "ten": "Mới", "cach_gop": "ton", "hieu_luc_tu": "01/06/2023"},
        *(
            {"ma": code, "ten": code, "cach_gop": "ty_le", "ma_tu_so": top, "ma_mau_so": bottom}
            for code, top, bottom in (("ty-le-xong", "xong", "tong"), ("ty-le-dung", "dung", "nhan"))
        ),
    ],
    "kiem_tra": [
        {
            "ve_trai": ["dung"],
            "quan_he": "khong_qua",
            "ve_phai": ["nhan"],
            "giai_thich": "đúng hạn không quá tiếp nhận",
        },
        {"ve_trai": ["bien-che", "moi"], "quan_he": "bang", "ve_phai": ["nhan"], "giai_thich": "bằng nhau"},
    ],
}
DECISION = {
    "van_ban": {
        "tham_quyen": "ỦY BAN NHÂN DÂN XÃ AN BÌNH",
        "so": "12",
        "ky_hieu": "QĐ-UBND",
        "dia_danh": "An Bình",
        "ngay": "30/12/2022",
        "nguoi_ky": {"quyen_han": ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], "ho_ten": "Nguyễn Văn An"},
        "noi_nhan": ["Như Điều 2"],
        "luu": "VT",
    },
    "trich_yeu": "Về việc phê duyệt Kế hoạch cải cách hành chính năm 2023",
    "can_cu": ["Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015"],
    "theo_de_nghi": "Chánh Văn phòng",
    "noi_dung": [
        {"cap": "dieu", "van": "Phê duyệt Kế hoạch cải cách hành chính năm 2023."},
        {"cap": "dieu", "van": "Quyết định này có hiệu lực kể từ ngày ký."},
    ],
}


def text(day: date) -> str:
    return day.strftime("%d/%m/%Y")


_HEAD = {"chuc_vu": "Trưởng đơn vị", "ho_ten": "Nguyễn Văn A"}


class Maker:
    """Makes one folder; everything comes from one generator of chance, so that a seed is a case."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.units = [f"dv-{n}" for n in range(1, self.chance.randint(3, len(NAMES)) + 1)]
        self.names = dict(zip(self.units, NAMES, strict=False))
        self.successor = self.chance.random() < 0.4 and len(self.units) > 3
        self.scheme = self.chance.choice(["nd09", "nd09", "nd09", "nd09", "duong-lich", "cchc"])
        self.rules = raw(SHIPPED / "ky_bao_cao" / f"{self.scheme}.yaml")
        self.tasks: list[dict[str, Any]] = []
        self.stocks: dict[tuple[Any, ...], dict[str, str]] = {}

    def often(self, share: float) -> bool:
        return self.chance.random() < share

    def amount(self) -> str:
        return self.chance.choice(["5", "20", "35,5", "12,25", "200", "60", "0", "7"])

    def window(self, period: str) -> tuple[date, date]:
        """The days of a period in this folder's scheme; of one that it doesn't have, those of the calendar."""
        first, last = calendar_days(period)
        rule = rule_of(self.rules, period)
        return (first, last) if rule is None else (rule_day(rule["tu"], first), rule_day(rule["den"], last))

    # The plan -----------------------------------------------------------------------------------------------------

    def organisation(self) -> dict[str, Any]:
        single: list[dict[str, Any]] = [
            {
                "ma": code,
                "ten": name,
                "truc_thuoc": "ubnd",
                "viet_tat": "X",
                "dia_danh": "An Bình",
                "thu_truong": dict(_HEAD),
            }
            for code, name in self.names.items()
        ]
        if self.successor:
            single[2] |= {"hieu_luc_den": "30/06/2023", "thay_boi": "dv-1"}
        if self.often(0.3):
            single[1]["ten_khac"] = [{"ten": "Phòng Công Thương"}]
        groups = []
        for code, name in (("nhom-1", "Các phòng, ban"), ("nhom-2", "UBND các xã, phường")):
            members: list[dict[str, Any]] = [
                {"don_vi": one} for one in self.chance.sample(self.units, self.chance.randint(1, len(self.units)))
            ]
            if self.often(0.2):
                members[0] |= {self.chance.choice(["tu", "den"]): "01/07/2023"}
            groups.append({"ma": code, "ten": name, "thanh_vien": members})
        office = {
            "ma": "ubnd",
            "ten": "Ủy ban nhân dân xã An Bình",
            "dia_danh": "An Bình",
            "viet_tat": "UBND",
            "thu_truong": _HEAD,
        }
        return {"co_quan_ban_hanh": "ubnd", "don_vi": [office, *single, *groups]}

    def leads(self) -> str | None:
        one, other = self.chance.sample(list(self.names.values()), 2)
        choices = [one, one, one, f"{one}; {other}", f"{one}, UBND các xã, phường", "Các phòng, ban"]
        return self.chance.choice([*choices, "Các phòng, ban; UBND các xã, phường", "UBND các xã, phường", None])

    def task(self, code: str, money: bool) -> dict[str, Any]:
        found: dict[str, Any] = {"ma": code, "mo_ta": f"Nhiệm vụ {code}", "thoi_han": self.chance.choice(DEADLINES)}
        leads = self.leads()
        if leads:
            found["co_quan_chu_tri"] = leads
        if self.often(0.15):
            found["cach_tinh"] = self.chance.choice(["chung", "tung_don_vi"])
        if self.often(0.1):
            found["han_cuoi"] = self.chance.choice(["14/06/2023", "13/06/2023", "30/09/2023"])
        if money and self.often(0.6):
            found["kinh_phi"] = self.amount()
            if found["kinh_phi"] in ("20", "60", "200") and self.often(0.4):
                having = self.chance.sample(self.units, 2)
                rest = self.chance.choice([0, 5])
                found["phan_bo"] = [
                    {"don_vi": having[0], "kinh_phi": str(int(found["kinh_phi"]) - 5 - rest)},
                    {"don_vi": having[1], "kinh_phi": "5"},
                ]
        if self.often(0.12):
            found["thay_doi"] = [self.change(found)]
        self.tasks.append(found)
        return found

    def change(self, task: dict[str, Any]) -> dict[str, Any]:
        kind = self.chance.choice(["them", "bo", "sua", "sua"])
        on = self.chance.choice(["10/02/2023", "14/06/2023", "15/06/2023", "01/10/2023"])
        found: dict[str, Any] = {"loai": kind, "van_ban": "Quyết định số 20/QĐ-UBND", "ngay": on}
        if kind == "sua":
            found["gia_tri"] = {"thoi_han": self.chance.choice(DEADLINES)}
            if "cach_tinh" in task and self.often(0.5) and (leads := self.leads()):
                found["gia_tri"]["co_quan_chu_tri"] = leads
            if "phan_bo" not in task and self.often(0.5):
                found["gia_tri"]["kinh_phi"] = "40"
        return found

    def plan(self) -> dict[str, Any]:
        groups = []
        for g in range(1, self.chance.randint(1, 4) + 1):
            own = self.often(0.25)
            tasks = [self.task(f"n{g}-{t}", not own) for t in range(1, self.chance.randint(0, 6) + 1)]
            group: dict[str, Any] = {"ma": f"n{g}", "tieu_de": f"NHÓM {g}", "nhiem_vu": tasks}
            if self.often(0.8):
                group["linh_vuc"] = self.chance.choice(["the-che", "tthc", "cong-vu"])
            if own:
                group["kinh_phi"] = self.amount()
            if not tasks:
                del group["nhiem_vu"]
            groups.append(group)
        text = [{"cap": "gach", "van": "Thực hiện tốt cải cách hành chính."}]
        return {
            "ma": "thu",
            "nam": str(YEAR),
            "don_vi_tinh": self.chance.choice(["triệu đồng", "triệu đồng", "nghìn đồng", "tỷ đồng"]),
            "linh_vuc": "cchc",
            "ke_hoach": {"hinh_thuc": "kem_quyet_dinh", "trich_yeu": "Cải cách hành chính năm 2023", "noi_dung": text},
            "phu_luc": [{"ma": "pl", "tieu_de": "NHIỆM VỤ", "nhom": groups}],
            "chi_tieu": [self.indicator(n) for n in range(1, self.chance.randint(0, 6) + 1)],
        }

    def indicator(self, number: int) -> dict[str, Any]:
        found: dict[str, Any] = {"ma": f"ct-{number}", "ten": f"Chỉ tiêu {number}"}
        if self.often(0.15):
            found["dinh_tinh"] = "true"
        else:
            found["toan_tu"] = self.chance.choice(["toi_thieu", "toi_da", "bang", "khoang"])
            found["muc_tieu"] = self.chance.choice(["50", "33,3", "95", "100"])
            found["don_vi_do"] = "%"
            if found["toan_tu"] == "khoang":
                found["muc_tieu_den"] = "120"
        if self.often(0.6):
            found["don_vi"] = self.chance.choice(self.units)
        return found

    # Progress -----------------------------------------------------------------------------------------------------

    def stock(self, key: tuple[Any, ...], end: date) -> dict[str, str]:
        """How far a task is: what is said of it as at one day is said alike."""
        if key not in self.stocks:
            if self.often(0.45):
                done = end - timedelta(days=self.chance.randint(-3 if self.often(0.2) else 0, 80))
                found = {"ngay_hoan_thanh": text(done)}
                if self.often(0.8):
                    found["phan_tram"] = "100"
            else:
                found = {"phan_tram": self.chance.choice(["0", "0", "10", "33,3", "50", "90"])}
            self.stocks[key] = found
        return dict(self.stocks[key])

    def task_records(self, period: str) -> list[dict[str, Any]]:
        start, end = self.window(period)
        found = []
        for task in self.tasks:
            if self.often(0.25):
                continue
            for unit in self.units:
                if self.often(0.4):
                    continue
                first, last = start, end
                record: dict[str, Any] = {"ma": task["ma"], "don_vi": self.called(unit)}
                if self.often(0.06):
                    first, last = start + timedelta(days=self.chance.randint(1, 9)), end - timedelta(days=5)
                    record |= {"tu": text(first), "den": text(last)}
                if self.often(0.85):
                    # One result, whoever tells it; where each unit has its own, wide and narrow may differ.
                    own = (unit, period) if self.each(task) else ()
                    record |= self.stock((task["ma"], last, *own), last)
                if self.often(0.35):
                    record["giai_ngan"] = self.paid((task["ma"], first, last, "" if not task.get("phan_bo") else unit))
                if len(record) == 2:
                    record["ket_qua"] = "Đang làm."
                if self.often(0.1):
                    record["kho_khan"] = "Thiếu người."
                found.append(record)
        return found

    def each(self, task: dict[str, Any]) -> bool:
        leads = task.get("co_quan_chu_tri") or ""
        group = "Các phòng, ban" in leads or "UBND các xã, phường" in leads
        return bool(task.get("cach_tinh", "tung_don_vi" if group else "chung") == "tung_don_vi")

    def paid(self, key: tuple[Any, ...]) -> str:
        if key not in self.stocks:
            self.stocks[key] = {"": self.chance.choice(["1", "2", "0,5", "0", "3,25"])}
        return self.stocks[key][""]

    def called(self, unit: str) -> str:
        return self.names[unit] if self.often(0.2) else unit

    def results(self, indicators: list[dict[str, Any]]) -> list[dict[str, Any]]:
        found = []
        for one in indicators:
            bare = self.often(0.4)
            for unit in self.units:
                if self.often(0.6):
                    continue
                record: dict[str, Any] = {"ma": one["ma"], "don_vi": unit}
                if one.get("dinh_tinh"):
                    record["dat"] = self.chance.choice(["true", "false"])
                elif bare or self.often(0.05):
                    record["thuc_hien"] = self.chance.choice(["100", "95", "49,9", "33,3", "100"])
                else:
                    whole = self.chance.choice([0, 1, 3, 8, 22, 231])
                    record |= {"tu_so": str(self.chance.randint(whole // 3, whole)), "mau_so": str(whole)}
                found.append(record)
        return found

    def figures(self) -> list[dict[str, Any]]:
        typed = ("nhan", "dung", "bien-che", "hinh-thuc", "cu", "moi")
        found = []
        for code in typed:
            for unit in self.units:
                if self.often(0.5):
                    value = self.chance.choice(["0", "1"]) if code == "hinh-thuc" else str(self.chance.randint(0, 68))
                    found.append({"ma": code, "don_vi": unit, "thuc_hien": value})
        return found

    def file(self, period: str, plan: dict[str, Any]) -> dict[str, Any]:
        start, end = self.window(period)
        found: dict[str, Any] = {"luoc_do": self.scheme, "tu": text(start), "den": text(end)}
        parts = {
            "tien_do": self.task_records(period) if self.often(0.9) else [],
            "ket_qua_chi_tieu": self.results(plan["chi_tieu"]) if self.often(0.8) else [],
            "so_lieu": self.figures() if self.often(0.7) else [],
            "loi_van": [
                {"linh_vuc": "tthc", "don_vi": unit, "van": f"{self.names[unit]} đã làm."}
                for unit in self.units
                if self.often(0.1)
            ],
            "tra_loi": [
                {"don_vi": unit, "ngay": text(end + timedelta(days=self.chance.randint(-3, 5)))}
                for unit in self.units
                if self.often(0.4)
            ],
        }
        return {**found, **{key: records for key, records in parts.items() if records}}

    def write(self, folder: Path) -> None:
        plan = self.plan()
        files = {
            "don-vi.yaml": self.organisation(),
            "ke-hoach.yaml": plan,
            "quyet-dinh.yaml": DECISION,
            "bieu_so_lieu/cchc.yaml": FORM,
            **{f"tien-do/{period}.yaml": self.file(period, plan) for period in self.chance.choice(SETS)},
        }
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(yaml.dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def random_folder(seed: int, folder: Path) -> tuple[Path, list[tuple[str, str | None, date | None]]]:
    """A folder, and the reports to audit: three periods, each of the office and of a unit; some counted before its end.

    The third of each is the day of counting, None for the cut-off.
    """
    maker = Maker(seed)
    maker.write(folder)
    found = []
    for period in maker.chance.sample(PERIODS, 3):
        today = maker.window(period)[1] - timedelta(days=maker.chance.randint(1, 60)) if maker.often(0.15) else None
        found += [(period, unit, today) for unit in (None, maker.chance.choice(maker.units))]
    return folder, found
