"""Times ``docgen collect`` of many workbooks against reading the same files with openpyxl alone, in one run.

A made-up plan (số liệu minh họa) whose tasks are led by a group of all units, or by each unit itself; every unit's form
is filled in. openpyxl reads all cells of each file, read-only, and does nothing with them. Peak memory is that of the
process. ``python tests/benchmarks/bench_collect.py [units] [tasks]``, by default 1000 and 20.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

from docgen.workflows.build import load_plan
from docgen.workflows.progress_form import open_period, write_progress_forms

_READ = """
import sys
from pathlib import Path
from openpyxl import load_workbook
cells = 0
for path in sorted(Path(sys.argv[1]).glob("*.xlsx")):
    book = load_workbook(path, read_only=True)
    for sheet in book:
        for row in sheet.iter_rows(values_only=True):
            cells += sum(value is not None for value in row)
    book.close()
print(cells)
"""


_COLLECT = """
import sys
from docgen.cli.main import main
main()
"""
#: VmHWM, not ru_maxrss, which a process takes over from the one that started it.
_SAY_PEAK = """
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")), file=sys.stderr)
"""


class _Dumper(yaml.CSafeDumper):
    """Writes what stands twice twice: docgen takes no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def main() -> None:
    """Print a row for each shape of plan, then the same as JSON."""
    units, tasks = (int(sys.argv[place]) if len(sys.argv) > place else usual for place, usual in ((1, 1000), (2, 20)))
    rows = [_measured(shape, units, tasks) for shape in ("nhom", "rieng")]
    head = ("tasks led by", "files", "forms s", "collect s", "MB", "again s", "openpyxl s", "MB", "ratio")
    print("".join(f"{text:>13}" for text in head))
    for row in rows:
        figures = (f"{value:.2f}" if isinstance(value, float) else str(value) for value in row.values())
        print("".join(f"{text:>13}" for text in figures))
    print("\n" + json.dumps(rows))


def _measured(shape: str, units: int, tasks: int) -> dict[str, float | int | str]:
    with tempfile.TemporaryDirectory() as folder:
        plan, forms = Path(folder) / "ke-hoach", Path(folder) / "gui-ve"
        write_plan(plan, shape, units, tasks)
        start = time.perf_counter()
        files = len(write_progress_forms(open_period(load_plan(plan), "2026-Q1"), forms).written)
        made = time.perf_counter() - start
        shutil.rmtree(plan / "tien-do")
        command = ["collect", str(plan), str(forms), "--period", "2026-Q1"]
        theirs, their_memory = _run([str(forms)], _READ)
        ours, our_memory = _run(command)
        again, _memory = _run(command)
    return {
        "shape": shape,
        "files": files,
        "forms": made,
        "collect": ours,
        "collect_mb": our_memory,
        "again": again,
        "openpyxl": theirs,
        "openpyxl_mb": their_memory,
        "ratio": theirs / ours,
    }


def _run(arguments: list[str], code: str = _COLLECT) -> tuple[float, float]:
    """Seconds and peak memory in MB of a process, which must succeed."""
    start = time.perf_counter()
    command = [sys.executable, "-c", code + _SAY_PEAK, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return time.perf_counter() - start, int(done.stderr.split()[-1]) / 1024


def write_plan(folder: Path, shape: str, units: int, tasks: int) -> None:
    """Write the made-up plan, every unit's answers of its first quarter included."""
    codes = [f"don-vi-{number}" for number in range(1, units + 1)]
    groups = [(code, f"Đơn vị {number}") for number, code in enumerate(codes, 1)]
    leads = [("chung", "Các đơn vị")] if shape == "nhom" else groups
    organisation = [
        {"ma": "ubnd", "ten": "Ủy ban nhân dân tỉnh Minh Họa", "dia_danh": "Minh Họa"},
        *({"ma": code, "ten": name} for code, name in groups),
        {"ma": "cac-don-vi", "ten": "Các đơn vị", "thanh_vien": [{"don_vi": code} for code in codes]},
    ]
    plan = {
        "ma": "minh-hoa-2026",
        "nam": "2026",
        "linh_vuc": "cchc",
        "ke_hoach": {
            "hinh_thuc": "kem_quyet_dinh",
            "trich_yeu": "Số liệu minh họa năm 2026",
            "noi_dung": [{"cap": "khong", "van": "Số liệu minh họa."}],
        },
        "phu_luc": [{"ma": "phu-luc", "nhom": [_group(code, name, tasks) for code, name in leads]}],
    }
    answered = [
        {"ma": f"{lead}-{number}", "don_vi": code, **_ANSWERS[number % len(_ANSWERS)]}
        for code in codes
        for lead in ([leads[0][0]] if shape == "nhom" else [code])
        for number in range(1, tasks + 1)
    ]
    progress = {"luoc_do": "nd09", "tu": "15/12/2025", "den": "14/03/2026", "tien_do": answered}
    decision = (Path(__file__).parents[1] / "cases" / "plan" / "base" / "quyet-dinh.yaml").read_text(encoding="utf-8")
    files: dict[str, object] = {
        "don-vi.yaml": {"co_quan_ban_hanh": "ubnd", "don_vi": organisation},
        "ke-hoach.yaml": plan,
        "tien-do/2026-Q1.yaml": progress,
    }
    for name, tree in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.dump(tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False), encoding="utf-8")
    (folder / "quyet-dinh.yaml").write_text(decision, encoding="utf-8")


def _group(code: str, lead: str, tasks: int) -> dict[str, object]:
    return {
        "ma": f"nhom-{code}",
        "tieu_de": "NHIỆM VỤ MINH HỌA",
        "linh_vuc": "the-che",
        "nhiem_vu": [
            {
                "ma": f"{code}-{number}",
                "mo_ta": f"Nhiệm vụ minh họa số {number}: rà soát, hệ thống hóa văn bản và báo cáo kết quả",
                "san_pham": "Kế hoạch, báo cáo",
                "co_quan_chu_tri": lead,
                "kinh_phi": "2000",
                "thoi_han": "Quý IV/2026",
            }
            for number in range(1, tasks + 1)
        ],
    }


_ANSWERS: list[dict[str, object]] = [
    {"phan_tram": "100", "ngay_hoan_thanh": "05/01/2026", "da_ban_hanh": ["Kế hoạch số 1/KH-UBND ngày 05/01/2026"]},
    {"phan_tram": "50", "giai_ngan": "0.5", "ket_qua": "Đã xong bước một, đang lấy ý kiến các đơn vị."},
    {"phan_tram": "0", "kho_khan": "Chưa có hướng dẫn của tỉnh.", "kien_nghi": "Đề nghị hướng dẫn sớm."},
]


if __name__ == "__main__":
    main()
