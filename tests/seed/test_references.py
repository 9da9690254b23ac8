"""What the shipped plans refer to exists: units, fields of work, nodes, figures in the cited texts."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

DATA = Path(__file__).parents[2] / "data"
PLANS = ["huong-thuy-2023", "khung-cap-xa"]
PLACEHOLDER = re.compile(r"\[điền: [^\[\]]+\]")


def load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


def nodes(tree: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in tree:
        yield node
        yield from nodes(node.get("noi_dung", []))


def codes(records: list[dict[str, Any]]) -> set[str]:
    listed = [record["ma"] for record in records if "ma" in record]
    assert len(listed) == len(set(listed)), f"doubled ma: {listed}"
    assert all(re.fullmatch(r"[a-z0-9-]+", code) for code in listed)
    return set(listed)


@pytest.mark.parametrize("plan", PLANS)
def test_references_exist(plan: str) -> None:
    data, office = load(DATA / plan / "ke-hoach.yaml"), load(DATA / plan / "don-vi.yaml")
    fields = codes(load(DATA / "linh_vuc" / "cchc.yaml")["linh_vuc"])
    units, tree = codes(office["don_vi"]), list(nodes(data["ke_hoach"]["noi_dung"]))
    groups = data["phu_luc"][0]["nhom"]
    codes([*groups, *(task for group in groups for task in group["nhiem_vu"])])
    codes(data["chi_tieu"])
    assert office["co_quan_ban_hanh"] in units
    for unit in office["don_vi"]:
        assert {member["don_vi"] for member in unit.get("thanh_vien", [])} <= units
        assert unit.get("truc_thuoc", office["co_quan_ban_hanh"]) in units
    assert {code for node in tree for code in node.get("don_vi", [])} <= units
    used = [*groups, *data["chi_tieu"], *(node for node in tree if "linh_vuc" in node)]
    assert {record["linh_vuc"] for record in used} == fields
    assert {indicator["don_vi"] for indicator in data["chi_tieu"]} <= units
    assert {indicator["trich_tu"] for indicator in data["chi_tieu"]} == codes(tree)


@pytest.mark.parametrize("plan", PLANS)
def test_figures_of_indicators_stand_in_the_cited_text(plan: str) -> None:
    data = load(DATA / plan / "ke-hoach.yaml")
    texts = {node["ma"]: node["van"] for node in nodes(data["ke_hoach"]["noi_dung"]) if "ma" in node}
    for indicator in data["chi_tieu"]:
        if indicator.get("dinh_tinh") != "true":
            assert f"{indicator['muc_tieu']}%" in texts[indicator["trich_tu"]], indicator["ma"]


def test_every_percentage_under_chi_tieu_is_an_indicator() -> None:
    data = load(DATA / "huong-thuy-2023" / "ke-hoach.yaml")
    duties = data["ke_hoach"]["noi_dung"][2]["noi_dung"]
    targets = " ".join(
        node["van"] for clause in duties if "linh_vuc" in clause for node in nodes([clause["noi_dung"][0]])
    )
    stated = sorted(re.findall(r"(\d+)%", targets))
    assert stated == sorted(item["muc_tieu"] for item in data["chi_tieu"] if "muc_tieu" in item)


@pytest.mark.parametrize("plan", PLANS)
def test_units_of_tasks_are_known_names(plan: str) -> None:
    units = load(DATA / plan / "don-vi.yaml")["don_vi"]
    names = {name for unit in units for name in (unit["ten"], *(other["ten"] for other in unit.get("ten_khac", [])))}
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    for group in load(DATA / plan / "ke-hoach.yaml")["phu_luc"][0]["nhom"]:
        for task in group["nhiem_vu"]:
            for key in ("co_quan_chu_tri", "co_quan_phoi_hop"):
                left = re.sub(longest_first, "", " ".join(task[key].split()))
                assert not re.sub(r"[,;\s]|\bvà\b", "", left), (task["ma"], key, left)


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.yaml")), ids=lambda path: str(path.relative_to(DATA)))
def test_files_are_plain_yaml(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert "\t" not in text
    assert "\r" not in text
    events = list(yaml.parse(text, yaml.BaseLoader))
    assert all(getattr(event, "anchor", None) is None and getattr(event, "tag", None) is None for event in events)


@pytest.mark.parametrize("path", sorted((DATA / "khung-cap-xa").rglob("*.yaml")), ids=lambda path: path.name)
def test_placeholders_have_one_shape(path: Path) -> None:
    text = "\n".join(line.split("#")[0] for line in path.read_text(encoding="utf-8").split("\n"))
    assert PLACEHOLDER.search(text)
    assert not re.search(r"[\[…]", re.sub(r"\[[A-ZĐ][^\[\]:]*\]|\[[a-z, -]+\]", "", PLACEHOLDER.sub("", text)))
