"""What is written is read back equal: plans of every shape that the declarations allow."""

import unicodedata
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.base.declare import Declaration, PartialDate, Record, declarations
from docgen.model.plan.organisation import Organisation
from docgen.model.plan.plan import NamedDocument, Plan, PlanDocument, TextDocument
from docgen.model.plan.text import Node
from docgen.readers.convert import Conversion
from docgen.readers.plan_folder import choosing, read_plan
from docgen.readers.tree import Mapping
from docgen.readers.yaml.reader import parse_yaml
from docgen.readers.yaml.writer import write_plan
from docgen.workflows.build import shipped_data
from tests.conftest import ROOT, MakePlan
from tests.records import from_keys

TRICKY = st.sampled_from(
    ["- a", "#", "a #b", "a: b", "'", '"', "'a", '"a"', "{{ 7*7 }}", "[x]", "& <", "*", "!x", "|", ">", "%", "@", "`",
     "05", "NO", "~", "null", "12:30", "8001a", "1e3", "=", "<<", "? a", "---", "...", "a\n\nb", "a\nb\n", " a", "a ",
     "\na", "a\n b\n", "  a\nb", "a\t", "\ta\nb", "Đường\n- số", "\u2028a", "a\u2029", "😀", "\u200b", "a\xa0", "-",
     "a\n\n\n", "a \nb", "\n\n a", "x" * 300 + " " + "y" * 300]
)  # fmt: skip
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff\ufffe\uffff")
PLAIN = st.text(LETTERS | st.sampled_from("\n :#-'\"đ"), min_size=1, max_size=30)


def typed(text: str) -> bool:
    """Whether a text says anything; what is blank counts as not given."""
    return bool(text.strip())


def as_read(text: str) -> str:
    """What reading makes of a text: nothing around it, but for the indent of the first of several lines."""
    text = unicodedata.normalize("NFC", text).rstrip()
    return text if "\n" in text.lstrip() else text.lstrip()


ANY_TEXT = (TRICKY | PLAIN).filter(typed)
TEXT = ANY_TEXT.map(as_read)
LINE = TEXT.map(lambda text: " ".join(text.split("\n")).strip()).filter(typed)
CODE = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,3})?", fullmatch=True)
# Up to ten digits before the mark and so many after it as make whole đồng of triệu đồng, with zeros at either end.
AMOUNT = st.builds(lambda whole, part, places: Decimal(whole) + Decimal(part % 10**places).scaleb(-places),
                   st.integers(0, 10**10), st.integers(0, 10**6), st.integers(0, 6))  # fmt: skip
DAY = st.dates(date(1900, 1, 1), date(2200, 12, 31))
KINDS: dict[str, st.SearchStrategy[Any]] = {
    "text": TEXT,
    "lines": st.lists(LINE, min_size=1, max_size=3).map(tuple),
    "integer": st.integers(1900, 2200),
    "amount": AMOUNT,
    "date": DAY,
    "partial_date": st.builds(lambda day, open_day: PartialDate(day.year, day.month, None if open_day else day.day),
                              DAY, st.booleans()),
    "flag": st.booleans(),
}  # fmt: skip
CODES = {"ma", "don_vi", "linh_vuc", "truc_thuoc", "thay_boi", "trich_tu", "co_quan_ban_hanh"}


def values(declared: Declaration, depth: int) -> st.SearchStrategy[Any]:
    if declared.record is not None:
        one = records(declared.record, depth - 1)
    elif declared.kind == "choice":
        one = st.sampled_from(sorted(declared.choices))
    else:
        one = CODE if declared.key in CODES else KINDS[declared.kind]
    if declared.many == "list":
        return st.lists(one, min_size=int(declared.required), max_size=2).map(tuple)
    return st.dictionaries(CODE, one, max_size=2) if declared.many == "named" else one


def records(record: type[Record], depth: int) -> st.SearchStrategy[dict[str, Any]]:
    """Values of a record by key, as its declarations allow them; below ``depth`` only what is required."""
    required, optional = {}, {}
    record = TextDocument if record is NamedDocument else record
    for key, declared in declarations(record).items():
        if declared.required:
            required[key] = st.deferred(lambda declared=declared: values(declared, depth))
        elif depth > 0 and (declared.record is None or depth > 1):
            optional[key] = st.deferred(lambda declared=declared: values(declared, depth))
    return st.fixed_dictionaries(required, optional=optional)


def finished(found: dict[str, Any]) -> Plan:
    """The plan of generated values; its list of fields stands in a file named by ``linh_vuc``.

    A head or new values of which nothing is said are none, as on reading.
    """
    found = without_empty(found)
    if "danh_muc_linh_vuc" in found:
        found["linh_vuc"] = "rieng"
    else:
        found.pop("linh_vuc", None)
    if "van_ban" in found:
        found["van_ban"] = {name: from_keys(TextDocument, one) for name, one in found["van_ban"].items()}
    return from_keys(Plan, found)


def without_empty(value: Any) -> Any:
    """Values without those optional groups of them that hold nothing."""
    if isinstance(value, dict):
        kept = {key: without_empty(below) for key, below in value.items()}
        return {key: below for key, below in kept.items() if key not in ("thu_truong", "gia_tri") or below}
    return tuple(map(without_empty, value)) if type(value) is tuple else value


PLANS = records(Plan, 4).map(finished)


def read_back(files: dict[str, str]) -> Plan:
    """What a plan's folder reads as, without the rules: references and sums of generated plans fit nothing."""
    parts = {name: parse_yaml(text, name) for name, text in files.items()}
    assert not any(problems for _, problems in parts.values())
    root = parts.pop("ke-hoach.yaml")[0]
    assert isinstance(root, Mapping)
    documents = Mapping(root.place)
    for name, (tree, _) in parts.items():
        folder, _, stem = name.rpartition("/")
        key = {"don-vi.yaml": "co_quan", "quyet-dinh.yaml": "quyet_dinh"}.get(name, "danh_muc_linh_vuc")
        items, keys = (documents.items, documents.keys) if folder == "van-ban" else (root.items, root.keys)
        key = stem.removesuffix(".yaml") if folder == "van-ban" else key
        items[key], keys[key] = tree, tree.place
    if documents.items:
        root.items["van_ban"], root.keys["van_ban"] = documents, documents.place
    conversion = Conversion(choose=choosing())
    plan = conversion.record(root, Plan)
    assert not conversion.problems, conversion.problems
    assert plan is not None
    return plan


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(PLANS)
def test_generated_plans_read_back_equal(plan: Plan) -> None:
    files = write_plan(plan)
    assert read_back(files) == plan
    assert write_plan(read_back(files)) == files


def saying(text: str) -> Plan:
    """A plan with a text at several depths."""
    node = Node(level="gach", text=text, children=(Node(level="khong", heading=text),))
    return Plan(
        code="a",
        year=2026,
        document=PlanDocument(form="doc_lap", abstract=text, content=(node,)),
        organisation=Organisation(issuing_agency="a"),
    )


@settings(max_examples=400, deadline=None)
@given(TEXT)
def test_any_text_reads_back_equal_at_any_depth(text: str) -> None:
    assert read_back(write_plan(saying(text))) == saying(text)


@settings(max_examples=400, deadline=None)
@given(ANY_TEXT)
def test_white_space_around_a_text_is_not_read(text: str) -> None:
    assert read_back(write_plan(saying(text))) == saying(as_read(text))


@pytest.mark.parametrize(
    ("yaml", "text"),
    [
        ("|\n  a\n", "a"),
        ("|\n  a\n  b\n", "a\nb"),
        ("|+\n  a\n  b\n\n\n", "a\nb"),
        (">\n  a\n  b\n", "a b"),
        ('" 8001a "', "8001a"),
        ('"\\n 8001a"', "8001a"),
        ('"\\ta\\t"', "a"),
        ("|2\n    a\n  b  c\n", "  a\nb  c"),
        ('"a  b"', "a  b"),
    ],
)
def test_what_stands_around_a_text(yaml: str, text: str, make_plan: MakePlan) -> None:
    changes = {"ke-hoach.yaml": [("  trich_yeu: Cải cách hành chính năm 2026", f"  trich_yeu: {_indented(yaml)}")]}
    assert read_plan(make_plan(changes=changes), shipped_data()).value.document.abstract == text


def _indented(yaml: str) -> str:
    return "\n".join(f"  {line}" if number and line else line for number, line in enumerate(yaml.split("\n")))


@settings(max_examples=300, deadline=None)
@given(AMOUNT)
def test_any_amount_reads_back_equal(amount: Decimal) -> None:
    plan = replace(saying("x"), stated_total=amount)
    assert read_back(write_plan(plan)).stated_total == amount


@pytest.mark.parametrize("name", ["huong-thuy-2023", "khung-cap-xa"])
def test_shipped_plans_read_back_equal(name: str, tmp_path: Path) -> None:
    plan = read_plan(ROOT / "data" / name, shipped_data()).value
    for file, text in write_plan(plan).items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8", newline="\n")
    assert read_plan(tmp_path, shipped_data()).value == plan
