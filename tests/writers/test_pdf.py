"""PDFs come from LibreOffice in a profile of its own; where it is absent or fails, a person is told what to do."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.errors import OutputError
from docgen.writers import pdf
from docgen.writers.pdf import convert_to_pdf
from docgen.writers.seal import pdf_edited_by_hand, stamp_pdf
from docgen.writers.write import write_document
from tests.writers.documents import make_document

MakePdf = "printf '%%PDF-1.6\\nfrom LibreOffice\\n%%%%EOF\\n'"
FakeOffice = Callable[[str], Path]


@pytest.fixture
def document(tmp_path: Path) -> Path:
    return write_document(tmp_path / "plan" / "ke-hoach.docx", make_document()).path


@pytest.fixture
def fake_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeOffice:
    """Puts a shell script on the PATH in LibreOffice's stead."""

    def make(script: str) -> Path:
        program = tmp_path / "bin" / "soffice"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
        return program

    return make


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_libreoffice_makes_them(
    tmp_path: Path, needs_tool: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    needs_tool("soffice")
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    documents = [tmp_path / place / "ke-hoach.docx" for place in ("xã Thủy Phương", "xã & phường")]
    for document in documents:
        write_document(document, make_document(document.parent.name.replace("&", "&amp;")))
    pdfs = convert_to_pdf(documents)
    assert pdfs == [document.with_suffix(".pdf") for document in documents]
    for path in pdfs:
        assert path.read_bytes().startswith(b"%PDF-")
        assert not pdf_edited_by_hand(path.read_bytes())
        assert names(path.parent) == ["ke-hoach.docx", "ke-hoach.pdf"]
    assert not [path for path in home.rglob("*") if "libreoffice" in path.name.lower()]
    text = subprocess.run([needs_tool("pdftotext"), pdfs[1], "-"], capture_output=True, check=True).stdout.decode()
    assert "xã & phường" in text


def test_without_libreoffice(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(pdf, "USUAL_PLACES", ())
    with pytest.raises(OutputError) as caught:
        convert_to_pdf([document])
    assert str(caught.value) == (
        f"{document}: lỗi: máy này chưa có LibreOffice nên không tạo được PDF\n"
        "  → cài LibreOffice (miễn phí, libreoffice.org), hoặc mở tệp trong Word, chọn Lưu thành, kiểu PDF"
    )


def test_libreoffice_in_its_usual_place(
    document: Path, monkeypatch: pytest.MonkeyPatch, fake_office: FakeOffice
) -> None:
    program = fake_office("exit 0")
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(pdf, "USUAL_PLACES", (program.with_name("none"), program))
    assert pdf.find_libreoffice() == program


def test_no_documents_need_no_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert convert_to_pdf([]) == []


def test_one_start_for_many_with_a_profile_of_its_own(document: Path, fake_office: FakeOffice, tmp_path: Path) -> None:
    fake_office(f'echo "$@" >> "{tmp_path}/calls"; for i in 1 2; do {MakePdf} > $i.pdf; done')
    other = shutil.copy(document, document.with_name("-quyết định.docx"))
    assert [path.name for path in convert_to_pdf([document, other])] == ["ke-hoach.pdf", "-quyết định.pdf"]
    [call] = (tmp_path / "calls").read_text().splitlines()
    assert call.startswith("--headless --norestore -env:UserInstallation=file:///")
    assert call.endswith("/profile --convert-to pdf --outdir . 1.docx 2.docx")
    profile = Path(call.partition("file://")[2].partition(" ")[0])
    assert not profile.parent.exists()


def test_a_hanging_libreoffice_is_ended_with_all_that_it_started(
    document: Path, fake_office: FakeOffice, tmp_path: Path
) -> None:
    fake_office(f'sleep 60 & echo $! > "{tmp_path}/child"; wait')
    start = time.monotonic()
    with pytest.raises(OutputError, match=r"chưa xong sau 0\.5 giây"):
        convert_to_pdf([document], seconds=0.5)
    assert time.monotonic() - start < 5
    child = int((tmp_path / "child").read_text())
    for _wait in range(50):
        if not _runs(child):
            break
        time.sleep(0.05)
    assert not _runs(child)
    assert names(document.parent) == ["ke-hoach.docx"]


def _runs(process: int) -> bool:
    status = Path(f"/proc/{process}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_missing_or_half_result_names_its_document(document: Path, fake_office: FakeOffice) -> None:
    fake_office(f"{MakePdf} > 1.pdf; printf '%%PDF-1.6' > 2.pdf")
    others = [Path(shutil.copy(document, document.with_name(f"{name}.docx"))) for name in ("half", "none")]
    with pytest.raises(OutputError) as caught:
        convert_to_pdf([document, *others])
    assert [problem.code for problem in caught.value.problems] == ["output.no-pdf"] * 2
    assert [problem.place.file for problem in caught.value.problems] == [path.as_posix() for path in others]
    assert names(document.parent) == ["half.docx", "ke-hoach.docx", "ke-hoach.pdf", "none.docx"]


def test_a_missing_document(document: Path, fake_office: FakeOffice) -> None:
    fake_office("exit 1")
    with pytest.raises(OutputError, match="không đọc được tệp"):
        convert_to_pdf([document, document.with_name("none.docx")])


def test_a_program_that_does_not_run(document: Path, fake_office: FakeOffice) -> None:
    fake_office("").write_bytes(b"\x7fELF")
    with pytest.raises(OutputError, match="không chạy được LibreOffice"):
        convert_to_pdf([document])


def test_our_own_pdf_is_replaced(document: Path, fake_office: FakeOffice) -> None:
    fake_office(f"{MakePdf} > 1.pdf")
    target = document.with_suffix(".pdf")
    target.write_bytes(stamp_pdf(b"%PDF-1.6\nolder\n%%EOF\n"))
    convert_to_pdf([document])
    assert target.read_bytes() == stamp_pdf(b"%PDF-1.6\nfrom LibreOffice\n%%EOF\n")


@pytest.mark.parametrize(
    "signed", [stamp_pdf(b"%PDF-1.6\n%%EOF\n") + b"/ByteRange\n%%EOF\n", b"%PDF-1.4\na scan\n%%EOF\n", b""]
)
def test_a_signed_or_scanned_pdf_is_never_overwritten(document: Path, fake_office: FakeOffice, signed: bytes) -> None:
    fake_office(f"{MakePdf} > 1.pdf")
    target = document.with_suffix(".pdf")
    target.write_bytes(signed)
    with pytest.raises(OutputError, match="đổi tên hoặc dời tệp PDF đó đi"):
        convert_to_pdf([document])
    assert target.read_bytes() == signed


def test_a_folder_stands_where_the_pdf_should(document: Path, fake_office: FakeOffice) -> None:
    fake_office("exit 0")
    document.with_suffix(".pdf").mkdir()
    with pytest.raises(OutputError, match="đã có một thư mục"):
        convert_to_pdf([document])
