"""The plan in data/huong-thuy-2023 is the issued text of tests/seed, word for word and in order.

The YAML is flattened in the order of printing, with all computed parts (labels, Stt, sums) filled in here,
and compared with the plain text paragraph by paragraph and cell by cell. White space is folded, text is NFC.

Differences that are allowed, each with its reason:

* blank lines and runs of white space: layout of the plain text, not words (but the gaps for the number and
  the date in the Phụ lục's "kèm theo" line are kept exactly);
* the empty row after VI.1: left over from editing, without a word, so it is dropped (EMPTY_ROW_AFTER);
* the end marks: ";" after a căn cứ, "." after the proposer and the closing "./." are printed by us and not
  stored (the functions *_printed add them);
* empty cells of group rows and of the total: the plain text shows merged cells unevenly (4 or 5 in a group).
"""

import copy
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent
PLAN = HERE.parents[1] / "data" / "huong-thuy-2023"
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII"]
HEAD = [
    "Stt",
    "Nội dung, nhiệm vụ",
    "Sản phẩm",
    "Cơ quan chủ trì",
    "Cơ quan phối hợp",
    "Kinh phí triển khai\n(triệu đồng)",
    "Thời gian\nhoàn thành",
]
COLUMNS = ["mo_ta", "san_pham", "co_quan_chu_tri", "co_quan_phoi_hop", "kinh_phi", "thoi_han"]
EMPTY_ROW_AFTER = ("VI", "1")
TOTAL_IN_WORDS = "(Bằng chữ: Bốn trăm linh sáu triệu đồng)"

# ---------------------------------------------------------------- the issued text


def folded(text: str) -> str:
    """Lines without blank ones, runs of white space as one space, NFC."""
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", text).split("\n"))
    return "\n".join(line for line in lines if line)


def seed_parts() -> tuple[str, str]:
    """The running text, and the table (every cell of it begins with a tab)."""
    text = (HERE / "huong-thuy-2023.txt").read_text(encoding="utf-8")
    start = text.index("\tStt\n")
    return text[:start], text[start:]


def seed_paragraphs() -> list[str]:
    return folded(seed_parts()[0]).split("\n")


def seed_rows() -> list[list[str]]:
    cells = [folded(cell) for cell in seed_parts()[1].split("\t")[1:]]
    rows, rest = [cells[:7]], cells[7:]
    while rest[0] != "Tổng":
        # A group row has four or five cells, up to the "1" of its first task; all others have seven.
        size = rest.index("1") if rest[0] in ROMAN else 7
        row, rest = rest[:size], rest[size:]
        rows.append([cell for cell in row if cell] if row[0] in ROMAN else row)
    rows.append([cell for cell in rest[:3] if cell])
    rows.append([cell for cell in rest[3:] if cell])
    return rows


# ---------------------------------------------------------------- the data, as printed


def load(name: str) -> Any:
    return yaml.load((PLAN / name).read_text(encoding="utf-8"), yaml.BaseLoader)


def nodes_printed(nodes: list[dict[str, Any]]) -> Iterator[str]:
    counts: dict[str, int] = {}
    for node in nodes:
        level = node["cap"]
        number = counts[level] = counts.get(level, 0) + 1
        label = {
            "muc": f"{ROMAN[number - 1]}. " if level == "muc" else "",
            "khoan": f"{number}. ",
            "diem": f"{'abcdđeghik'[number - 1]}) ",
            "gach": "- ",
            "dieu": f"Điều {number}. ",
            "khong": "",
        }[level]
        (words,) = (node[key] for key in ("tieu_de", "van") if key in node)
        yield label + words
        yield from nodes_printed(node.get("noi_dung", []))


def decision_printed(decision: dict[str, Any]) -> list[str]:
    return [
        "QUYẾT ĐỊNH",
        *decision["trich_yeu"].split("\n"),
        decision["van_ban"]["tham_quyen"],
        *(basis + ";" for basis in decision["can_cu"]),
        f"Theo đề nghị của {decision['theo_de_nghi']}.",
        "QUYẾT ĐỊNH:",
        *ended(nodes_printed(decision["noi_dung"])),
    ]


def plan_printed(data: dict[str, Any]) -> list[str]:
    plan = data["ke_hoach"]
    signatory = plan["van_ban"]["nguoi_ky"]
    return [
        "KẾ HOẠCH",
        *plan["trich_yeu"].split("\n"),
        plan["dan_chieu"],
        *ended(nodes_printed(plan["noi_dung"])),
        *signatory["quyen_han"],
        signatory["ho_ten"],
    ]


def ended(paragraphs: Iterator[str]) -> list[str]:
    *before, last = paragraphs
    return [*before, last + "./."]


def appendix_head_printed(appendix: dict[str, Any]) -> list[str]:
    return ["PHỤ LỤC", appendix["tieu_de"], appendix["dan_chieu"]]


def appendix_rows_printed(appendix: dict[str, Any]) -> list[list[str]]:
    rows, total = [HEAD], Decimal(0)
    for roman, group in zip(ROMAN, appendix["nhom"], strict=True):
        amounts = [Decimal(task["kinh_phi"]) for task in group["nhiem_vu"] if "kinh_phi" in task]
        total += sum(amounts, Decimal(0))
        rows.append([roman, group["tieu_de"], *([str(sum(amounts))] if amounts else [])])
        for number, task in enumerate(group["nhiem_vu"], start=1):
            rows.append([str(number), *(task.get(column, "") for column in COLUMNS)])
            if (roman, str(number)) == EMPTY_ROW_AFTER:
                rows.append([""] * 7)
    return [*rows, ["Tổng", str(total)], [TOTAL_IN_WORDS]]


def all_printed(decision: dict[str, Any], data: dict[str, Any]) -> tuple[list[str], list[list[str]]]:
    (appendix,) = data["phu_luc"]
    paragraphs = [*decision_printed(decision), *plan_printed(data), *appendix_head_printed(appendix)]
    return [folded(paragraph) for paragraph in paragraphs], appendix_rows_printed(appendix)


# ---------------------------------------------------------------- tests


def test_running_text_is_word_for_word() -> None:
    paragraphs, _ = all_printed(load("quyet-dinh.yaml"), load("ke-hoach.yaml"))
    for number, (ours, issued) in enumerate(zip(paragraphs, seed_paragraphs(), strict=False), start=1):
        assert ours == issued, f"paragraph {number}"
    assert len(paragraphs) == len(seed_paragraphs())


def test_table_is_word_for_word() -> None:
    _, rows = all_printed(load("quyet-dinh.yaml"), load("ke-hoach.yaml"))
    for number, (ours, issued) in enumerate(zip(rows, seed_rows(), strict=False), start=1):
        assert ours == issued, f"row {number}"
    assert len(rows) == len(seed_rows())


def test_sums_are_those_of_the_issued_table() -> None:
    rows = seed_rows()
    assert [row[2] for row in rows if row[0] in ROMAN and len(row) == 3] == ["5", "21", "200", "70", "110"]
    assert rows[-2] == ["Tổng", "406"]
    tasks = [row for row in rows if re.fullmatch(r"\d+", row[0])]
    assert len(tasks) == 22


def test_gaps_for_number_and_date_are_kept() -> None:
    (line,) = (line for line in seed_parts()[0].split("\n") if "Quyết định số:  " in line)
    (appendix,) = load("ke-hoach.yaml")["phu_luc"]
    assert appendix["dan_chieu"] == unicodedata.normalize("NFC", line.strip())


NOT_IN_THE_TEXT = {  # keys that aren't printed, or were filled in because the plain text lost them
    "ke-hoach.yaml": {
        "ma",
        "nam",
        "don_vi_tinh",
        "linh_vuc",
        "hinh_thuc",
        "ky_ten",
        "don_vi",
        "chi_tieu",
        "cap",
    },
    "quyet-dinh.yaml": {"so", "ky_hieu", "dia_danh", "ngay", "nguoi_ky", "noi_nhan", "luu", "cap"},
}


def leaves(value: Any, skip: set[str], path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for key, child in value.items():
            if key not in skip:
                yield from leaves(child, skip, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from leaves(child, skip, (*path, index))
    else:
        yield path


def mutated(value: Any, path: tuple[Any, ...], change: Any) -> Any:
    result = copy.deepcopy(value)
    parent = result
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = change(parent[path[-1]])
    return result


def one_word_changed(text: str) -> str:
    """The last word gets another letter; an amount becomes another amount."""
    return str(Decimal(text) + 1) if re.fullmatch(r"\d+", text) else re.sub(r"(\w)(\W*)$", r"\1x\2", text)


@pytest.mark.parametrize("file", sorted(NOT_IN_THE_TEXT))
def test_a_changed_word_anywhere_is_seen(file: str) -> None:
    files = {name: load(name) for name in NOT_IN_THE_TEXT}
    issued = (seed_paragraphs(), seed_rows())
    assert all_printed(files["quyet-dinh.yaml"], files["ke-hoach.yaml"]) == issued
    paths = list(leaves(files[file], NOT_IN_THE_TEXT[file]))
    assert len(paths) > 10
    for path in paths:
        changed = {**files, file: mutated(files[file], path, one_word_changed)}
        assert all_printed(changed["quyet-dinh.yaml"], changed["ke-hoach.yaml"]) != issued, path


def test_a_moved_node_or_task_is_seen() -> None:
    decision, data = load("quyet-dinh.yaml"), load("ke-hoach.yaml")
    issued = (seed_paragraphs(), seed_rows())
    swapped = copy.deepcopy(data)
    swapped["phu_luc"][0]["nhom"][1]["nhiem_vu"].reverse()
    assert all_printed(decision, swapped) != issued
    swapped = copy.deepcopy(data)
    swapped["ke_hoach"]["noi_dung"][2]["noi_dung"].insert(0, swapped["ke_hoach"]["noi_dung"][2]["noi_dung"].pop())
    assert all_printed(decision, swapped) != issued
