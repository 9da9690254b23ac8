"""The road of templates: example data, checking, previews, new templates, differences."""

import shutil
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import docx
import pytest
from openxml_audit import OpenXmlValidator

from docgen.base.declare import Contract
from docgen.documents import registry
from docgen.documents.example import EXAMPLE_DEADLINES, empty_values, example_values, worst_values
from docgen.errors import ExitCode, OutputError, Severity, TemplateError, UsageError
from docgen.layout.check import check_document
from docgen.model.plan.deadline import last_day
from docgen.template.language.compile import compile_template
from docgen.template.lint.example import empty_context, example_context, worst_context
from docgen.template.lint.fields import tags_of
from docgen.workflows.templates import (
    check,
    difference,
    exit_code,
    fields_of,
    kind_named,
    kind_of_template,
    new_template,
    preview,
    write_fields_page,
)
from tests.pictures import png
from tests.template.documents import all_fields
from tests.template_edits import edited, shipped

CODES = sorted(registry.with_template())
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def used_fields(path: Path, contract: Mapping[str, Contract]) -> frozenset[tuple[str, ...]]:
    return tags_of(path, path.name).against(contract).used


def texts(path: Path) -> list[str]:
    document = docx.Document(str(path))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    return [one.text for holder in (document, *cells) for one in holder.paragraphs]


# ---------------------------------------------------------------- example data


def same_shape(contract: dict[str, Contract], context: dict[str, object]) -> None:
    assert set(contract) == set(context)
    for key, one in contract.items():
        value = context[key]
        kinds = {"list": list, "record": dict, "flag": bool, "text": str, "number": int}
        assert isinstance(value, kinds.get(one.type, object)), (key, value)
        if one.fields:
            for inner in value if isinstance(value, list) else [value]:
                same_shape(dict(one.fields), inner)


@pytest.mark.parametrize("code", CODES)
def test_example_data_has_the_shape_of_the_contract(code: str) -> None:
    kind = registry.kind(code)
    contract = dict(kind.contract)
    same_shape(contract, example_context(contract, example_values(kind)))
    same_shape(contract, worst_context(contract, worst_values(kind)))
    same_shape(contract, empty_context(contract, empty_values()))


@pytest.mark.parametrize("code", CODES)
def test_every_shipped_template_takes_all_example_data(code: str) -> None:
    kind = registry.kind(code)
    program = compile_template(shipped(code), kind.contract)
    assert program.render(example_context(kind.contract, example_values(kind)))
    assert program.render(worst_context(kind.contract, worst_values(kind)))
    assert program.render(empty_context(kind.contract, empty_values()))


@pytest.mark.parametrize("code", CODES)
def test_the_example_of_a_shipped_template_is_in_the_official_form(code: str) -> None:
    kind = registry.kind(code)
    content = compile_template(shipped(code), kind.contract).render(
        example_context(kind.contract, example_values(kind))
    )
    assert [one.message for one in check_document(content) if one.about == "the_thuc" and not one.undecided] == []


def test_the_worst_case_has_sixty_rows_an_empty_list_and_every_deadline() -> None:
    kind = registry.kind("ke_hoach")
    groups = worst_context(kind.contract, worst_values(kind))["phu_luc"][0]["nhom"]
    assert [len(group["nhiem_vu"]) for group in groups] == [60, 1, 0]
    assert {task["thoi_han"] for task in groups[0]["nhiem_vu"]} == set(EXAMPLE_DEADLINES)


def test_all_deadlines_but_the_last_are_ones_that_docgen_reads() -> None:
    assert [words for words in EXAMPLE_DEADLINES if last_day(words, 2026) is None] == [EXAMPLE_DEADLINES[-1]]


def test_example_data_of_any_contract_needs_nothing_else() -> None:
    contract = {
        "ten": Contract("Tên", example="Kế hoạch"),
        "so": Contract("Số", "number"),
        "dong": Contract("Dòng", "list", "một"),
        "nhom": Contract("Nhóm", "list", fields={"ten": Contract("Tên nhóm"), "tien": Contract("Tiền", example="21")}),
    }
    usual = example_context(contract)
    assert usual == {
        "ten": "Kế hoạch",
        "so": 1,
        "dong": ["một"],
        "nhom": [{"ten": "Tên nhóm", "tien": "21"}] * 2,
    }
    worst = worst_context(contract)
    assert len(worst["ten"]) > 200
    assert worst["nhom"][0]["tien"] == "123.456.789.012,5"
    assert empty_context(contract) == {"ten": "", "so": 0, "dong": [], "nhom": []}


# ---------------------------------------------------------------- kinds


def test_a_kind_is_known_by_any_writing_of_its_code() -> None:
    assert kind_named("Quyết định").code == kind_named("quyet-dinh").code == "quyet_dinh"


def test_an_unknown_kind_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="ý bạn là “quyet_dinh”"):
        kind_named("quyet_dnh")


@pytest.mark.parametrize("code", CODES)
def test_the_kind_of_a_template_is_told_from_its_name_or_its_tags(code: str, tmp_path: Path) -> None:
    named = shutil.copy(shipped(code), tmp_path / f"{code.replace('_', '-')}-2026.docx")
    unnamed = shutil.copy(shipped(code), tmp_path / "mau.docx")
    assert kind_of_template(named).code == code
    assert kind_of_template(unnamed).code == code
    assert kind_of_template(unnamed, "van_ban").code == "van_ban"


# ---------------------------------------------------------------- fields


@pytest.mark.parametrize("code", CODES)
def test_what_the_table_says_to_write_is_what_a_template_takes(code: str, tmp_path: Path) -> None:
    kind, rows = fields_of(code)
    assert {row.tag for row in rows} == {".".join(path) for path in all_fields(kind.contract)}
    document = docx.Document()
    for row in rows:
        if row.type == "image":
            document.add_picture(BytesIO(png(20, 20)))._inline.docPr.set("descr", row.write)
        elif row.write:
            closing = "{%p endif %}" if row.type == "flag" else "{%p endfor %}" if row.type == "list" else ""
            for line in [*row.loops, row.write, closing, *["{%p endfor %}" for _loop in row.loops]]:
                document.add_paragraph(line)
    path = tmp_path / kind.template_file
    document.save(str(path))
    assert used_fields(path, kind.contract) >= all_fields(kind.contract) - {("van_ban",)}
    compile_template(path, kind.contract)


def test_the_page_of_fields_is_a_sound_word_file_and_the_same_each_time(tmp_path: Path) -> None:
    kind, rows = fields_of("ke_hoach")
    path = tmp_path / "truong.docx"
    assert not write_fields_page(kind, rows, path).unchanged
    assert write_fields_page(kind, rows, path).unchanged
    assert OpenXmlValidator().validate(path).is_valid
    shown = texts(path)
    assert "{{ nv.thoi_han }}" in shown
    assert "{%p for nv in nhom.nhiem_vu %}" in shown


def test_a_page_of_fields_must_be_a_word_file(tmp_path: Path) -> None:
    kind, rows = fields_of("ke_hoach")
    with pytest.raises(UsageError, match="docx"):
        write_fields_page(kind, rows, tmp_path / "truong.txt")


# ---------------------------------------------------------------- check


@pytest.mark.parametrize("code", CODES)
def test_shipped_templates_pass(code: str) -> None:
    checked = check(shipped(code))
    assert checked.findings == ()
    assert exit_code(checked) is ExitCode.OK


def test_a_wrong_size_is_found_at_the_templates_own_paragraph(tmp_path: Path) -> None:
    path = edited(shipped("cong_van"), tmp_path / "cong_van.docx", ('w:val="28"', 'w:val="32"'), part="word/styles.xml")
    found = {one.code: one for one in check(path).findings}
    content = found["form.ND30-10.1"] if "form.ND30-10.1" in found else next(iter(found.values()))
    assert all(one.startswith("form.ND30-") for one in found)
    assert all(one.anchor is not None for one in found.values())
    assert content.severity in (Severity.ERROR, Severity.WARNING)
    marks = [text for text in texts(path) if "{{ doan.van }}" in text]
    assert marks  # the text of the letter comes from these paragraphs only
    places = {str(place) for one in found.values() for place in (one.place, *one.related)}
    assert all(path.name in place for place in places)


def test_what_stops_the_trial_has_its_paragraph(tmp_path: Path) -> None:
    endless = "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}"
    path = edited(shipped("cong_van"), tmp_path / "cong_van.docx", ("{{ trich_yeu }}", "{{ trich_yeu }}" + endless))
    (finding,) = check(path).findings
    assert finding.code == "template.limit"
    assert finding.anchor is not None
    assert "bảng 1, hàng 2, ô 1, đoạn 2" in str(finding.place)


def test_a_finding_about_a_whole_section_names_it(tmp_path: Path) -> None:
    path = edited(shipped("ke_hoach"), tmp_path / "ke_hoach.docx", ('w:left="1701"', 'w:left="850"'))
    (finding,) = check(path).findings
    assert finding.code == "form.ND30-G3.3"
    places = [place.part or "" for place in (finding.place, *finding.related)]
    assert places == [f"phần trang thứ {number}" for number in range(1, len(places) + 1)]
    assert len(places) >= 2


LOST = '<w:headerReference w:type="default" r:id="rId11"/>{0}<w:formProt w:val="false"/>'
KEPT = '<w:headerReference w:type="default" r:id="rId10"/><w:headerReference w:type="first" r:id="rId11"/>{0}'


def test_a_section_that_libreoffice_cut_to_its_first_page_is_numbered_again(tmp_path: Path) -> None:
    looks = '<w:type w:val="nextPage"/><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    rest = (
        '<w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>'
        '<w:pgNumType w:start="1"/><w:cols w:space="720"/>'
    )
    whole = f"{looks}{rest}<w:titlePg/></w:sectPr>"
    cut, kept = LOST.format(looks + rest) + "</w:sectPr></w:pPr>", KEPT.format(whole)
    changes = (f"{whole}</w:pPr>", cut), (f"{whole}</w:body>", f"{kept}</w:body>")
    path = edited(shipped("ke_hoach"), tmp_path / "ke_hoach.docx", *changes)
    assert check(path).findings == ()
    bare = edited(path, tmp_path / "ke_hoach-2.docx", ('<w:formProt w:val="false"/>', ""))
    assert [one.code for one in check(bare).findings] == ["form.ND30-G5.1"]  # a person meant it so


def test_the_form_is_not_judged_while_the_template_has_errors(tmp_path: Path) -> None:
    path = edited(shipped("cong_van"), tmp_path / "cong_van.docx", ("{{ trich_yeu }}", "{{ trich_yeuu }}"))
    checked = check(path)
    assert checked.wrong
    assert exit_code(checked) is ExitCode.FINDINGS
    assert not [one.code for one in checked.findings if one.code.startswith("form.")]


def test_the_annotated_copy_has_a_comment_for_each_finding(tmp_path: Path) -> None:
    path = edited(
        shipped("cong_van"),
        tmp_path / "cong_van.docx",
        ("{{ trich_yeu }}", "{{ trich_yeuu }}"),
        ("{{ van_ban.so_ky_hieu }}", "{{ van_ban.so_ky_hieu|hoa }}"),
    )
    target = tmp_path / "cong_van.nhan-xet.docx"
    checked = check(path, annotated=target)
    comments = [one.text for one in docx.Document(str(target)).comments]
    assert len(comments) == len(checked.findings) >= 2
    assert any("trich_yeuu" in one for one in comments)
    assert OpenXmlValidator().validate(target).is_valid
    again = check(path, annotated=target).written
    assert again is not None and again.unchanged and not again.kept


def test_a_copy_with_comments_that_a_person_edited_is_kept(tmp_path: Path) -> None:
    path = edited(shipped("cong_van"), tmp_path / "cong_van.docx", ("{{ trich_yeu }}", "{{ trich_yeuu }}"))
    target = tmp_path / "x.nhan-xet.docx"
    shutil.copy(shipped("van_ban"), target)
    checked = check(path, annotated=target)
    assert exit_code(checked) is ExitCode.OUTPUT
    assert target.read_bytes() == shipped("van_ban").read_bytes()


def test_a_zip_with_a_damaged_directory_is_a_template_error(tmp_path: Path) -> None:
    content = bytearray(shipped("cong_van").read_bytes())
    content[content.index(b"PK\x01\x02") + 6] = 142  # the version that it takes to unpack the part
    path = tmp_path / "cong_van.docx"
    path.write_bytes(content)
    with pytest.raises(TemplateError, match="bị hỏng"):
        check(path)


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + bytes(600)])
def test_what_cannot_be_opened_is_a_template_error(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "ke_hoach.docx"
    if content is not None:
        path.write_bytes(content)
    for work in (check, preview, lambda one: difference(one, shipped("ke_hoach"))):
        with pytest.raises(TemplateError):
            work(path)


# ---------------------------------------------------------------- preview


def test_a_preview_is_written_and_drawn(tmp_path: Path, needs_tool: Callable[[str], str]) -> None:
    needs_tool("soffice")
    needs_tool("pdftoppm")
    made = preview(shipped("quyet_dinh"), tmp_path, long=True)
    assert [one.path.name for one in made.written] == [
        "quyet_dinh.docx",
        "quyet_dinh.dai.docx",
        "quyet_dinh.trong.docx",
    ]
    assert [path.name for path in made.pdfs] == ["quyet_dinh.pdf", "quyet_dinh.dai.pdf", "quyet_dinh.trong.pdf"]
    assert {"quyet_dinh-1.png", "quyet_dinh.trong-1.png"} <= {path.name for path in made.pictures}
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in made.pictures)
    assert made.remarks == ()


def test_a_preview_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.workflows.templates.find_libreoffice", lambda: None)
    made = preview(shipped("quyet_dinh"), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["quyet_dinh.docx"]
    assert [one.code for one in made.remarks] == ["template.no-pdf"]


def test_a_preview_replaces_its_own_files_but_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.workflows.templates.find_libreoffice", lambda: None)
    assert not preview(shipped("van_ban"), tmp_path).written[0].unchanged
    assert preview(shipped("van_ban"), tmp_path).written[0].unchanged
    shutil.copy(shipped("cong_van"), tmp_path / "van_ban.docx")
    assert preview(shipped("van_ban"), tmp_path).written[0].kept


# ---------------------------------------------------------------- new


@pytest.mark.parametrize("code", CODES)
def test_a_new_template_places_every_field_or_says_why_not(code: str, tmp_path: Path) -> None:
    path = tmp_path / "mau.docx"
    _written, left_out = new_template(code, path)
    contract = registry.kind(code).contract
    unused = {".".join(field) for field in all_fields(contract) - used_fields(path, contract)}
    assert unused == set(left_out) == set(registry.kind(code).left_out)
    assert all(left_out.values())
    assert check(path, code).findings == ()
    assert OpenXmlValidator().validate(path).is_valid


def test_a_new_template_never_replaces_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mau.docx"
    path.write_bytes(b"x")
    with pytest.raises(OutputError, match="đã có"):
        new_template("ke_hoach", path)
    assert path.read_bytes() == b"x"


# ---------------------------------------------------------------- many faults at once

FAULTS = [
    ("{{ van_ban.so_ky_hieu }}", "{% include 'a' %}", "bảng 1, hàng 3, ô 1"),
    ("{{ van_ban.dia_danh_ngay }}", "{{ dia_danh() }}", "bảng 1, hàng 3, ô 2"),
    ("{{ dan_chieu }}", "{# dan_chieu", "đoạn 7"),
    ("{{ pl.nhan }}", "{{ pl.nhan is chan }}", "đoạn 39"),
    ("{{ nhom.so }}", "{{ van_ban }}", "bảng 3, hàng 3, ô 1"),
    ("{{ nhom.tieu_de }}", "{{ nhom.tieu_de }} }}", "bảng 3, hàng 3, ô 2"),
    ("{{ nv.stt }}", "{{ nv.sttt }}", "bảng 3, hàng 5, ô 1"),
    ("{{ nv.mo_ta }}", "{{ nv.mo_ta|hoa }}", "bảng 3, hàng 5, ô 2"),
    ("{{ nv.san_pham }}", "{{ nv.san_pham", "bảng 3, hàng 5, ô 3"),
    ("{{ nv.co_quan_chu_tri }}", "{{ nv..ten }}", "bảng 3, hàng 5, ô 4"),
    ("{{ nv.co_quan_phoi_hop }}", "{{ ''.__class__ }}", "bảng 3, hàng 5, ô 5"),
    ("{{ nv.kinh_phi }}", "{{ nhom.nhiem_vu.kinh_phi }}", "bảng 3, hàng 5, ô 6"),
    ("{{ nv.thoi_han }}", "{{ nv.thoi_han.nam }}", "bảng 3, hàng 5, ô 7"),
    ("{{ pl.tong }}", "{% for x in pl.tong %}{% endfor %}", "bảng 3, hàng 9, ô 6"),
    ("{{ pl.ket_thuc }}", "{% if pl.ket_thuc %}", "đoạn 70"),
]


def test_fifteen_faults_get_fifteen_comments_each_at_its_paragraph(tmp_path: Path) -> None:
    changes = [(before, after) for before, after, _place in FAULTS]
    path = edited(shipped("ke_hoach"), tmp_path / "ke_hoach.docx", *changes)
    target = tmp_path / "ke_hoach.nhan-xet.docx"
    findings = check(path, annotated=target).findings
    assert len(findings) == len(FAULTS) == 15
    for finding, (_before, _after, place) in zip(findings, FAULTS, strict=True):
        assert f"thân văn bản, {place}" in str(finding.place)
    document = docx.Document(str(target))
    commented = {one.comment_id: one.text for one in document.comments}
    assert len(commented) == 15
    for _before, after, _place in FAULTS:
        (paragraph,) = [one for one in document.element.iter(f"{W}p") if after in "".join(one.itertext())]
        (start,) = paragraph.iterchildren(f"{W}commentRangeStart")
        assert int(start.get(f"{W}id")) in commented
