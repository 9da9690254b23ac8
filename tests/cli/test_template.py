"""``docgen template``: what a person and a program read, the files, and the exit code."""

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from docgen.documents import registry
from tests.conftest import ROOT

Run = Callable[..., tuple[int, str]]
SHIPPED = ROOT / "templates_docx"


def broken(target: Path) -> Path:
    """A Công văn with a tag that no contract knows."""
    with zipfile.ZipFile(SHIPPED / "cong_van.docx") as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            new.writestr(info, old.read(info).replace(b"{{ trich_yeu }}", b"{{ trich_yu }}"))
    return target


def test_fields_are_a_table(run: Run) -> None:
    code, shown = run("template", "fields", "ke_hoach")
    assert code == 0
    lines = shown.splitlines()
    assert lines[0].split() == ["Trường", "Nội", "dung", "Kiểu", "Bắt", "buộc", "Ví", "dụ"]
    (line,) = [line for line in lines if line.startswith("phu_luc.nhom.nhiem_vu.thoi_han ")]
    assert "Thời gian hoàn thành" in line
    assert line.endswith("Trước ngày 31/12/2023")


def test_fields_are_json(run: Run) -> None:
    code, shown = run("template", "fields", "ke-hoach", "--format", "json")
    found = json.loads(shown)
    assert (code, found["ok"], found["kind"]) == (0, True, "ke_hoach")
    (task,) = [row for row in found["fields"] if row["tag"] == "phu_luc.nhom.nhiem_vu.mo_ta"]
    assert task["write"] == "{{ nv.mo_ta }}"
    assert task["loops"][-1] == "{%p for nv in nhom.nhiem_vu %}"


def test_fields_are_a_word_page(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "truong.docx"
    assert run("template", "fields", "cong_van", "-o", path) == (0, f"Đã ghi {path.as_posix()}\n")
    assert zipfile.is_zipfile(path)


@pytest.mark.parametrize("words", [("fields", "cong_van", "-o"), ("preview", SHIPPED / "cong_van.docx", "-o")])
def test_what_a_person_edited_is_kept_and_is_exit_code_6(
    words: tuple[object, ...], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docgen.workflows.templates.find_libreoffice", lambda: None)
    target = tmp_path / "cong_van.docx"
    out = target if words[0] == "fields" else tmp_path
    assert run("template", *words, out)[0] == 0
    edited = docx.Document(str(target))
    edited.add_paragraph("ghi thêm")
    edited.save(str(target))
    kept = target.read_bytes()
    code, shown = run("template", *words, out)
    assert code == 6
    assert f"Giữ nguyên {target.as_posix()}" in shown
    assert target.read_bytes() == kept
    code, shown = run("template", *words, out, "--format", "json")
    assert (code, json.loads(shown)["ok"], json.loads(shown)["kept"]) == (6, False, [target.as_posix()])


def test_two_copies_that_would_be_one_file_are_refused(run: Run, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        broken(tmp_path / name / "cong_van.docx")
    both = [tmp_path / name / "cong_van.docx" for name in ("a", "b")]
    code, shown = run("template", "check", *both, "--annotate", "-o", tmp_path / "ra")
    assert code == 2
    assert "bản nhận xét trùng tên với bản của" in shown
    assert not (tmp_path / "ra").exists()


def test_an_unknown_kind_is_exit_code_2(run: Run, tmp_path: Path) -> None:
    for words in (("fields", "quyetdinh2"), ("new", "quyetdinh2", "-o", tmp_path / "a.docx")):
        code, shown = run("template", *words)
        assert code == 2
        assert "không có loại mẫu “quyetdinh2”" in shown
    assert list(tmp_path.iterdir()) == []


def test_sound_templates_are_exit_code_0(run: Run) -> None:
    code, shown = run("template", "check", SHIPPED)
    assert code == 0
    assert [line.rpartition(": ")[2] for line in shown.splitlines()] == ["không thấy lỗi"] * len(
        registry.with_template()
    )


def test_a_template_with_an_error_is_exit_code_1(run: Run, tmp_path: Path) -> None:
    code, shown = run("template", "check", broken(tmp_path / "cong_van.docx"))
    assert code == 1
    assert "cong_van.docx (mẫu cong_van): 1 lỗi, 0 điều khác" in shown
    assert "bảng 1, hàng 2, ô 1, đoạn 2" in shown
    assert "ý bạn là “trich_yeu”?" in shown


def test_the_annotated_copy_goes_where_it_is_asked_for(run: Run, tmp_path: Path) -> None:
    path = broken(tmp_path / "cong_van.docx")
    code, shown = run("template", "check", path, "--annotate", "-o", tmp_path / "ra")
    assert code == 1
    assert f"Đã ghi {(tmp_path / 'ra' / 'cong_van.nhan-xet.docx').as_posix()}" in shown


def test_findings_are_json_with_their_anchor(run: Run, tmp_path: Path) -> None:
    path = broken(tmp_path / "cong_van.docx")
    code, shown = run("template", "check", path, SHIPPED / "van_ban.docx", "--format", "json")
    found = json.loads(shown)
    assert (code, found["ok"]) == (1, False)
    first, second = found["files"]
    assert (first["kind"], first["ok"], second["kind"], second["ok"]) == ("cong_van", False, "van_ban", True)
    (finding,) = found["problems"]
    assert finding["place"]["file"] == first["file"] == path.as_posix()
    assert finding["code"] == "template.unknown-field"
    assert finding["anchor"]["part"] == "word/document.xml"


@pytest.mark.parametrize("command", ["check", "preview"])
def test_a_template_that_cannot_be_opened_is_exit_code_4(command: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "cong_van.docx").write_bytes(b"chu")
    code, shown = run("template", command, tmp_path / "cong_van.docx")
    assert code == 4
    assert "không phải .docx hoặc bị hỏng" in shown


def test_other_templates_are_judged_beside_one_that_cannot_be_opened(run: Run, tmp_path: Path) -> None:
    code, shown = run("template", "check", tmp_path / "khong-co.docx", SHIPPED / "van_ban.docx")
    assert code == 4
    assert "van_ban.docx (mẫu van_ban): không thấy lỗi" in shown
    assert "không có tệp mẫu này" in shown


def test_a_preview_says_what_it_wrote(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.workflows.templates.find_libreoffice", lambda: None)
    code, shown = run("template", "preview", SHIPPED / "bao_cao.docx", "--long", "-o", tmp_path)
    assert code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "bao_cao.dai.docx",
        "bao_cao.docx",
        "bao_cao.trong.docx",
    ]
    assert shown.count("Đã ghi ") == 3
    assert "chưa có LibreOffice" in shown


def test_a_preview_of_a_template_at_fault_writes_nothing(run: Run, tmp_path: Path) -> None:
    path = broken(tmp_path / "cong_van.docx")
    code, shown = run("template", "preview", path, "-o", tmp_path / "ra")
    assert code == 4
    assert "trich_yu" in shown
    assert not (tmp_path / "ra").exists()


def test_a_new_template_says_what_it_leaves_out(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "moi.docx"
    code, shown = run("template", "new", "quyet_dinh", "-o", path)
    assert code == 0
    assert shown.startswith(f"Đã ghi {path.as_posix()}\n")
    assert "  van_ban.kinh_gui: văn bản loại này không có “Kính gửi”" in shown
    assert run("template", "new", "quyet_dinh", "-o", path)[0] == 6


def test_a_difference_is_told_and_is_no_error(run: Run, tmp_path: Path) -> None:
    code, shown = run("template", "diff", SHIPPED / "cong_van.docx", broken(tmp_path / "cong_van.docx"))
    assert code == 0
    assert shown.splitlines() == [
        "Trường bỏ: trich_yeu",
        "Trong mẫu:",
        "  thân văn bản, bảng 1, hàng 2, ô 1, đoạn 2: “{{ trich_yeu }}” → “{{ trich_yu }}”",
    ]


def test_no_difference_is_said(run: Run, tmp_path: Path) -> None:
    copy = shutil.copy(SHIPPED / "cong_van.docx", tmp_path / "cong_van.docx")
    assert run("template", "diff", SHIPPED / "cong_van.docx", copy) == (0, "Hai mẫu như nhau.\n")


def test_differences_of_documents_are_told(run: Run, tmp_path: Path, sample: Path) -> None:
    old = SHIPPED / "quyet_dinh.docx"
    code, shown = run("template", "diff", old, SHIPPED / "van_ban.docx", "--kind", "ke_hoach", "--data", sample)
    assert code == 4  # a template of another kind can't make the documents
    code, shown = run("template", "diff", old, old, "--data", sample)
    assert code == 0
    assert shown.endswith("  quyet-dinh.docx: không đổi chữ nào\n")
    code, shown = run("template", "diff", old, old, "--data", sample, "--format", "json")
    assert json.loads(shown)["documents"] == {"quyet-dinh.docx": {"paragraphs": [], "parts": []}}


def test_a_plan_that_is_not_there_is_exit_code_3(run: Run, tmp_path: Path) -> None:
    old = SHIPPED / "quyet_dinh.docx"
    assert run("template", "diff", old, old, "--data", tmp_path / "khong-co")[0] == 3
