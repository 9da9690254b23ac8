"""Commands on files whose parts have other names than usual, and on packages that can't be unpacked."""

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from docgen.base.ooxml import read_entries
from tests.conftest import ROOT, MakePlan
from tests.layout.documents import build, decision
from tests.other_names import renamed

Run = Callable[..., tuple[int, str]]
SHIPPED = ROOT / "templates_docx"


def broken(content: bytes, target: Path, added: str = "word/media/x.bin") -> Path:
    """The same package with a part that is packed by a method that Office doesn't know."""
    target.write_bytes(content)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr(added, b"x" * 5000)
    return target


def test_documents_of_another_program_s_template_are_the_same(run: Run, sample: Path, tmp_path: Path) -> None:
    own = tmp_path / "mau"
    own.mkdir()
    for path in SHIPPED.glob("*.docx"):
        (own / path.name).write_bytes(renamed(path.read_bytes()))
    assert run("build", sample, "-o", tmp_path / "a")[0] == 0
    assert run("build", sample, "--templates", own, "-o", tmp_path / "b")[0] == 0
    for path in (tmp_path / "a").glob("*.docx"):
        texts = [
            {entry.name: entry.content for entry in read_entries(one.read_bytes())}["word/document.xml"]
            for one in (path, tmp_path / "b" / path.name)
        ]
        assert texts[0] == texts[1]
        assert run("check", tmp_path / "b" / path.name)[0] == 0


def test_another_program_s_template_is_checked_and_commented(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "quyet_dinh.docx"
    path.write_bytes(renamed((SHIPPED / "quyet_dinh.docx").read_bytes()))
    code, shown = run("template", "check", path)
    assert (code, "không thấy lỗi" in shown) == (0, True)
    parts = {entry.name: entry.content for entry in read_entries(path.read_bytes())}
    body = parts["word/document2.xml"].replace(b"{{ trich_yeu }}", b"{{ trich_yu }}")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, body if name == "word/document2.xml" else content)
    code, shown = run("template", "check", path, "--annotate")
    assert code == 1
    assert "thân văn bản, đoạn 2 (dưới “QUYẾT ĐỊNH”): lỗi: không có trường “trich_yu”" in shown
    copy = {entry.name: entry.content for entry in read_entries((tmp_path / "quyet_dinh.nhan-xet.docx").read_bytes())}
    paragraph = copy["word/document.xml"].partition(b"<w:commentRangeStart")[2].partition(b"</w:p>")[0]
    assert b"trich_yu" in paragraph


def test_a_paper_of_another_program_is_commented_at_its_paragraph(run: Run, tmp_path: Path) -> None:
    draft = decision()
    draft.line("title").size = 16
    path = tmp_path / "sai.docx"
    path.write_bytes(renamed(build(draft)))
    code, shown = run("check", path, "--annotate")
    assert code == 1 and "ND30-05a.1" in shown and "Đã ghi" in shown
    copy = {entry.name: entry.content for entry in read_entries((tmp_path / "sai.nhan-xet.docx").read_bytes())}
    paragraph = copy["word/document2.xml"].partition(b"<w:commentRangeStart")[2].partition(b"</w:p>")[0].decode()
    assert "QUYẾT ĐỊNH" in paragraph
    assert run("check", tmp_path / "sai.nhan-xet.docx")[1].count("ND30-05a.1") == 1


def test_a_form_of_another_program_is_read_and_its_copy_coloured(run: Run, make_plan: MakePlan, tmp_path: Path) -> None:
    form = tmp_path / "ke-hoach.xlsx"
    assert run("convert", make_plan(), "-o", form)[0] == 0
    book = load_workbook(form)
    sheet = book["Nhiệm vụ"]
    row, column = next(
        (cell.row, cell.column) for line in sheet.iter_rows() for cell in line if cell.value == "Kinh phí"
    )
    sheet.cell(row + 2, column).value = "ba mươi"
    book.save(form)
    usual = run("validate", form)
    form.write_bytes(renamed(form.read_bytes()))
    with zipfile.ZipFile(form) as archive:
        assert {"xl/workbook2.xml", "xl/trang/mot.xml"} <= set(archive.namelist())
    assert run("validate", form) == usual
    assert usual[0] == 3 and "ba mươi" in usual[1]
    code, shown = run("validate", form, "--annotate")
    assert (code, "Đã ghi" in shown) == (3, True)
    copy = load_workbook(tmp_path / "ke-hoach.loi.xlsx")
    assert copy["Nhiệm vụ"].cell(row + 2, column).comment is not None


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("template", "check", "--kind", "cong_van"), 4, "tệp mẫu không phải .docx hoặc bị hỏng"),
        (("check", "--annotate"), 6, "gói .docx bị hỏng hoặc quá lớn"),
    ],
)
def test_a_part_that_cant_be_unpacked_is_a_damaged_file(
    run: Run, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    draft = decision()
    draft.line("title").size = 16
    path = broken(build(draft), tmp_path / "hong.docx")
    whole = tmp_path / "lanh.docx"
    whole.write_bytes(build(draft))
    found, shown = run(*words, path, *([whole] if words[0] == "check" else []))
    assert found == code
    assert said in shown
    if words[0] == "check":  # the other file is unharmed
        assert (tmp_path / "lanh.nhan-xet.docx").exists()


def test_a_body_that_cant_be_unpacked_is_no_fault_of_ours(run: Run, tmp_path: Path) -> None:
    parts = {entry.name: entry.content for entry in read_entries(build(decision()))}
    path = tmp_path / "hong.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, None if name == "word/document.xml" else zipfile.ZIP_DEFLATED)
    code, shown = run("check", path)
    assert code == 1
    assert "phần word/document.xml trong tệp bị hỏng" in shown


def test_a_sheet_that_cant_be_unpacked_is_named(run: Run, make_plan: MakePlan, tmp_path: Path) -> None:
    form = tmp_path / "ke-hoach.xlsx"
    assert run("convert", make_plan(), "-o", form)[0] == 0
    shutil.copy(form, tmp_path / "cu.xlsx")
    with zipfile.ZipFile(tmp_path / "cu.xlsx") as old, zipfile.ZipFile(form, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name), zipfile.ZIP_LZMA if name == "xl/worksheets/sheet2.xml" else None)
    code, shown = run("validate", form)
    assert code == 3
    assert "tệp bị hỏng ở phần xl/worksheets/sheet2.xml" in shown


@pytest.mark.parametrize("name", ["ke-hoach.xlsx", "mau.docx"])
def test_a_word_file_of_another_program_is_no_workbook(run: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    word, book = renamed(build(decision())), SHIPPED / "quyet_dinh.docx"
    path.write_bytes(word)
    if name.endswith(".xlsx"):
        assert "đây là tệp Word (.docx), không phải Excel" in run("validate", path)[1]
    else:
        path.write_bytes(renamed(book.read_bytes(), {"word/document.xml": "xl/workbook.xml"}))
        assert run("template", "check", path, "--kind", "quyet_dinh")[0] == 0
