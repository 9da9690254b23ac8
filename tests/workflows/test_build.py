"""``docgen build`` as a clerk uses it: files, numbers, drafts, templates, what is kept, and what is refused."""

import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from docgen.base.declare import PartialDate
from docgen.base.ooxml import content_hash, read_entries
from docgen.errors import DataError
from docgen.workflows.build import build, load_plan, shipped_templates
from tests.conftest import ROOT, MakePlan

Run = Callable[..., tuple[int, str]]
NAMES = ["ke-hoach.docx", "quyet-dinh.docx", "to-trinh.docx"]


def text_of(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_sample_gives_its_documents(run: Run, sample: Path, tmp_path: Path) -> None:
    code, said = run("build", sample, "-o", tmp_path / "out")
    assert code == 0, said
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == NAMES


def test_the_same_plan_gives_the_same_bytes(sample: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        build(sample, tmp_path / name)
    for name in NAMES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_second_build_changes_nothing(run: Run, sample: Path, tmp_path: Path) -> None:
    run("build", sample, "-o", tmp_path)
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert run("build", sample, "-o", tmp_path)[0] == 0
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_only_what_is_named(run: Run, sample: Path, tmp_path: Path) -> None:
    assert run("build", sample, "--only", "quyet_dinh,to-trinh", "-o", tmp_path)[0] == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["quyet-dinh.docx", "to-trinh.docx"]
    code, said = run("build", sample, "--only", "quyet_dihn", "-o", tmp_path)
    assert code == 2
    assert "ý bạn là “quyet-dinh”?" in said


def test_number_and_date_are_filled_in_everywhere(run: Run, make_plan: MakePlan, tmp_path: Path) -> None:
    plan = make_plan(ROOT / "tests" / "cases" / "plan" / "several-appendices")
    code, said = run("build", plan, "--so", "7", "--ngay", "5/2/2026", "-o", tmp_path / "out")
    assert code == 0, said
    assert "Số: 07/" in text_of(tmp_path / "out" / "quyet-dinh.docx")
    assert "ngày 05 tháng 02 năm 2026" in text_of(tmp_path / "out" / "quyet-dinh.docx")
    plan_text = text_of(tmp_path / "out" / "ke-hoach.docx")
    assert plan_text.count("ngày 05 tháng 02 năm 2026") >= 2  # the plan's own line and those of its appendices
    assert "Phụ lục I\n" in plan_text
    assert "Phụ lục II\n" in plan_text


def test_without_a_number_the_gaps_stay(make_plan: MakePlan, tmp_path: Path) -> None:
    build(make_plan(), tmp_path / "out")
    assert re.search(r"Số: {6,}/QĐ-UBND", text_of(tmp_path / "out" / "quyet-dinh.docx"))
    assert re.search(r"\(Kèm theo Quyết định số {6,}/QĐ-UBND ngày {6,}", text_of(tmp_path / "out" / "ke-hoach.docx"))


def test_an_electronic_document_keeps_its_gaps(make_plan: MakePlan, tmp_path: Path) -> None:
    changes = {"quyet-dinh.yaml": [("van_ban:\n", "van_ban:\n  phat_hanh: dien_tu\n")]}
    build(make_plan(changes=changes), tmp_path / "out", number="12", issued_on=PartialDate(2026, 1, 5))
    text = text_of(tmp_path / "out" / "ke-hoach.docx")
    assert re.search(r"\(Kèm theo Quyết định số {6,}/", text)
    # The place that the signing program fills (C33) has the main document's ký hiệu.
    assert re.search(r"^Số: {6,}/QĐ-UBND; .*:.*:", text, re.MULTILINE)


def test_another_number_than_the_data_states_is_refused(run: Run, sample: Path, tmp_path: Path) -> None:
    code, said = run("build", sample, "--so", "12", "-o", tmp_path)
    assert code == 3
    assert "quyet-dinh.yaml:6:" in said
    assert "dữ liệu ghi số 3951, dòng lệnh ghi số 12" in said
    code, said = run("build", sample, "--ngay", "31/12/2022", "-o", tmp_path)
    assert code == 3
    assert "dữ liệu ghi ngày 30 tháng 12 năm 2022" in said
    assert run("build", sample, "--ngay", "31/02/2022", "-o", tmp_path)[0] == 2
    assert not list(tmp_path.iterdir())


def test_placeholders_are_for_drafts_only(run: Run, tmp_path: Path) -> None:
    assert run("init", tmp_path / "xa", "--year", "2026")[0] == 0
    code, said = run("build", tmp_path / "xa", "-o", tmp_path / "out")
    assert code == 3
    assert "lỗi: còn chỗ chưa điền: [điền: tên xã]" in said
    assert not (tmp_path / "out").exists()
    assert run("build", tmp_path / "xa", "--du-thao", "-o", tmp_path / "out")[0] == 0
    headers = _headers(tmp_path / "out" / "quyet-dinh.docx")
    assert all("DỰ THẢO" in header for header in headers)


def test_a_document_that_is_no_draft_has_no_watermark(sample: Path, tmp_path: Path) -> None:
    build(sample, tmp_path)
    assert not any("DỰ THẢO" in header for header in _headers(tmp_path / "ke-hoach.docx"))


def _headers(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("word/header")]
        assert names
        return [archive.read(name).decode() for name in names]


def test_an_office_has_templates_of_its_own(run: Run, make_plan: MakePlan, tmp_path: Path) -> None:
    plan = make_plan()
    _rewritten(
        shipped_templates() / "quyet_dinh.docx", plan / "mau" / "quyet_dinh.docx", "QUYẾT ĐỊNH:", "NAY QUYẾT ĐỊNH:"
    )
    _rewritten(shipped_templates() / "quyet_dinh.docx", tmp_path / "t" / "quyet_dinh.docx", "QUYẾT ĐỊNH:", "BÈN QUYẾT:")
    assert run("build", plan, "-o", tmp_path / "out")[0] == 0
    assert "NAY QUYẾT ĐỊNH:" in text_of(tmp_path / "out" / "quyet-dinh.docx")
    assert run("build", plan, "--templates", tmp_path / "t", "-o", tmp_path / "out")[0] == 0
    assert "BÈN QUYẾT:" in text_of(tmp_path / "out" / "quyet-dinh.docx")
    assert run("build", plan, "--templates", tmp_path / "khong-co", "-o", tmp_path / "out")[0] == 2


def test_a_template_with_a_wrong_tag_writes_nothing(run: Run, make_plan: MakePlan, tmp_path: Path) -> None:
    plan = make_plan()
    _rewritten(shipped_templates() / "ke_hoach.docx", plan / "mau" / "ke_hoach.docx", "nv.mo_ta", "nv.mota")
    code, said = run("build", plan, "-o", tmp_path / "out")
    assert code == 4
    assert re.search(r"thân văn bản, bảng \d, hàng \d, ô 2, đoạn 1: lỗi: .*không có trường “mota”", said)
    assert "ý bạn là “mo_ta”?" in said
    assert not (tmp_path / "out").exists()


def _rewritten(source: Path, target: Path, old: str, new: str) -> None:
    """A template changed as a person changes it in Word."""
    target.parent.mkdir(parents=True, exist_ok=True)
    document = docx.Document(str(source))
    paragraphs = [*document.paragraphs]
    paragraphs += [
        each for table in document.tables for row in table.rows for cell in row.cells for each in cell.paragraphs
    ]
    runs = [run for paragraph in paragraphs for run in paragraph.runs if old in run.text]
    assert runs
    for run in runs:
        run.text = run.text.replace(old, new)
    document.save(str(target))


def test_what_a_person_edited_is_kept(run: Run, make_plan: MakePlan, tmp_path: Path) -> None:
    plan, out = make_plan(), tmp_path / "out"
    run("build", plan, "-o", out)
    edited = docx.Document(str(out / "quyet-dinh.docx"))
    edited.add_paragraph("sửa tay")
    edited.save(str(out / "quyet-dinh.docx"))
    code, said = run("build", plan, "--so", "9", "--ngay", "1/3/2026", "-o", out)
    assert code == 6
    assert "Giữ nguyên" in said
    assert "sửa tay" in text_of(out / "quyet-dinh.docx")
    assert "Số: 09/" in text_of(out / "quyet-dinh.moi.docx")
    assert run("build", plan, "--so", "9", "--ngay", "1/3/2026", "-o", out, "--force")[0] == 0
    assert "Số: 09/" in text_of(out / "quyet-dinh.docx")
    assert "sửa tay" in text_of_backup(out / "quyet-dinh.docx.bak", tmp_path)


def text_of_backup(path: Path, folder: Path) -> str:
    shutil.copy(path, folder / "bak.docx")
    return text_of(folder / "bak.docx")


def test_a_file_open_in_word_is_said(run: Run, sample: Path, tmp_path: Path) -> None:
    (tmp_path / "~$yet-dinh.docx").write_bytes(b"x")
    code, said = run("build", sample, "-o", tmp_path)
    assert code == 6
    assert "đóng" in said.lower()
    assert [path.name for path in tmp_path.iterdir()] == ["~$yet-dinh.docx"]


def test_json_is_one_object(run: Run, sample: Path, tmp_path: Path) -> None:
    code, said = run("build", sample, "-o", tmp_path, "--format", "json")
    result = json.loads(said)
    assert code == 0
    assert result["ok"] is True
    assert len(result["written"]) == 3
    assert {problem["code"] for problem in result["problems"]} >= {"frame.typed-reference"}


def test_a_file_says_where_it_came_from(sample: Path, tmp_path: Path) -> None:
    build(sample, tmp_path)
    content = (tmp_path / "quyet-dinh.docx").read_bytes()
    custom = next(entry for entry in read_entries(content) if entry.name == "docProps/custom.xml").content.decode()
    assert content_hash(read_entries(content)) in custom
    for name in ("docgen.template", "docgen.data", "docgen.version"):
        assert name in custom
    properties = docx.Document(str(tmp_path / "quyet-dinh.docx")).core_properties
    assert properties.created is not None
    assert properties.created.strftime("%d/%m/%Y") == "30/12/2022"


def test_odd_characters_come_out_as_typed(tmp_path: Path, make_plan: MakePlan) -> None:
    plan = make_plan(ROOT / "tests" / "cases" / "plan" / "odd-characters")
    loaded = load_plan(plan)
    build(loaded, tmp_path / "out")
    text = text_of(tmp_path / "out" / "ke-hoach.docx")
    for _path, task in loaded.value.tasks():
        assert "\n".join(task.description) in text
    for _path, node in loaded.value.nodes():
        if _path[0] == "ke_hoach":
            assert node.line.rstrip(". ").replace("./", "") in text


def test_an_official_letter(make_plan: MakePlan, tmp_path: Path) -> None:
    letter = (
        "ten_loai: Công văn\n"
        "van_ban:\n  ky_hieu: UBND-VX\n  ngay: 5/3/2026\n  so: '8'\n  lien_he: 'ĐT: 0234'\n"
        "  nguoi_ky: {quyen_han: [TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH], ho_ten: Trần Văn B}\n"
        "  kinh_gui: [Phòng Nội vụ, Phòng Tư pháp]\n  noi_nhan: [Như trên]\n  luu: VT\n"
        "trich_yeu: về việc góp ý dự thảo\nnoi_dung:\n  - {cap: khong, van: Đề nghị góp ý}\n"
    )
    build(make_plan(files={"van-ban/gop-y.yaml": letter}), tmp_path / "out", only=["gop-y"])
    text = text_of(tmp_path / "out" / "gop-y.docx")
    for part in (
        "Số: 08/UBND-VX",
        "V/v góp ý dự thảo",
        "- Phòng Nội vụ;",
        "- Phòng Tư pháp.",
        "Đề nghị góp ý./.",
        "- Như trên;",
    ):
        assert part in text
    assert "CÔNG VĂN" not in text


def test_two_documents_of_one_name_are_refused(make_plan: MakePlan, tmp_path: Path) -> None:
    document = "ten_loai: Tờ trình\nvan_ban: {ky_hieu: x, nguoi_ky: {quyen_han: [TRƯỞNG PHÒNG], ho_ten: A}}\n"
    document += "trich_yeu: x\nnoi_dung: [{cap: khong, van: x}]\n"
    plan = make_plan(files={"van-ban/quyet-dinh.yaml": document})
    with pytest.raises(DataError, match="trống hoặc đã có"):
        build(plan, tmp_path / "out")


def test_numbers_that_are_none(run: Run, make_plan: MakePlan, tmp_path: Path) -> None:
    for number in ("12/QĐ-UBND", "1\x01", "", " "):
        code, said = run("build", make_plan(), "--so", number, "-o", tmp_path / "out")
        assert code == 2
        assert "không dùng làm số văn bản được" in said
    assert not (tmp_path / "out").exists()


def test_a_typed_line_is_pointed_out_when_the_number_comes(run: Run, make_plan: MakePlan, tmp_path: Path) -> None:
    plan = make_plan(changes={"ke-hoach.yaml": [("  trich_yeu:", "  dan_chieu: (Kèm theo văn bản)\n  trich_yeu:")]})
    assert "Kèm theo" not in run("build", plan, "-o", tmp_path / "a")[1]
    assert "in nguyên như gõ, không tự điền số 12" in run("build", plan, "--so", "12", "-o", tmp_path / "b")[1]


def test_one_amount_in_two_notations_gives_one_document(make_plan: MakePlan, tmp_path: Path) -> None:
    plan = make_plan()
    text = (plan / "ke-hoach.yaml").read_text(encoding="utf-8")
    assert "kinh_phi: 20\n" in text
    build(plan, tmp_path / "a")
    (plan / "ke-hoach.yaml").write_text(text.replace("kinh_phi: 20\n", "kinh_phi: '20,00'\n"), encoding="utf-8")
    build(plan, tmp_path / "b")
    assert (tmp_path / "a" / "ke-hoach.docx").read_bytes() == (tmp_path / "b" / "ke-hoach.docx").read_bytes()


def test_without_libreoffice_nothing_is_written(
    run: Run, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("docgen.writers.pdf.USUAL_PLACES", ())
    code, said = run("build", sample, "--pdf", "-o", tmp_path / "out")
    assert code == 6
    assert "cài LibreOffice" in said
    assert not (tmp_path / "out").exists()


def test_names_may_be_one_text(sample: Path, tmp_path: Path) -> None:
    written = build(sample, tmp_path, only="quyet_dinh, ke_hoach", templates=str(shipped_templates())).written
    assert [one.path.name for one in written] == ["quyet-dinh.docx", "ke-hoach.docx"]


def test_a_loop_that_breaks_the_document_blames_the_template(run: Run, make_plan: MakePlan, tmp_path: Path) -> None:
    document = docx.Document(str(shipped_templates() / "quyet_dinh.docx"))
    document.add_paragraph("{% for d in can_cu %}")
    document.add_table(1, 1).cell(0, 0).text = "{% endfor %}"
    (tmp_path / "t").mkdir()
    document.save(str(tmp_path / "t" / "quyet_dinh.docx"))
    code, said = run("build", make_plan(), "--templates", tmp_path / "t", "-o", tmp_path / "out")
    assert code == 4
    assert "t/quyet_dinh.docx" in said
    assert not (tmp_path / "out").exists()


def test_a_number_for_a_document_that_is_not_made(run: Run, sample: Path, tmp_path: Path) -> None:
    code, said = run("build", sample, "--only", "to-trinh", "--so", "3951", "-o", tmp_path)
    assert code == 2
    assert "--so và --ngay là của quyet-dinh" in said


def test_a_folder_without_templates_is_said(run: Run, sample: Path, tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    code, said = run("build", sample, "--templates", tmp_path / "t", "-o", tmp_path / "out")
    assert code == 2
    assert "không có mẫu nào" in said
