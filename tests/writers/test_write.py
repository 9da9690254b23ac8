"""Documents are written whole, never over what a person edited, and all that stands in the way is told at once."""

import os
from pathlib import Path

import pytest

from docgen.base.files import is_open
from docgen.errors import ExitCode, OutputError
from docgen.writers.seal import edited_by_hand
from docgen.writers.write import Written, write_document, write_documents
from tests.other_user import AsUser
from tests.writers.documents import edit_by_hand, make_document, make_parts, write_entries

OLD, NEW = make_document("bản cũ"), make_document("bản mới")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "quyet-dinh.docx"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refused(target: Path, content: bytes = NEW, *, force: bool = False) -> str:
    """The code of the one problem that writing raises; the folder is the same before and after."""
    with pytest.raises(OutputError) as caught:
        write_document(target, content, force=force)
    assert caught.value.exit_code == ExitCode.OUTPUT
    [problem] = caught.value.problems
    assert problem.message
    assert problem.hint
    assert problem.place.file
    return problem.code


def test_a_new_file_and_the_folders_it_needs(tmp_path: Path) -> None:
    target = tmp_path / "output" / "huong-thuy-2023" / "quyet-dinh.docx"
    assert write_document(target, NEW) == Written(target, target)
    assert target.read_bytes() == NEW
    assert names(target.parent) == ["quyet-dinh.docx"]


def test_a_relative_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert write_document(Path("a.docx"), NEW) == Written(Path("a.docx"), Path("a.docx"))
    assert write_document(Path("b/c.docx"), NEW).path.read_bytes() == NEW


def test_a_new_file_has_the_rights_that_the_user_set(target: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_document(target, NEW)
    finally:
        os.umask(mask)
    assert target.stat().st_mode & 0o777 == 0o640


def test_our_own_file_is_replaced(target: Path) -> None:
    write_document(target, OLD)
    assert write_document(target, NEW) == Written(target, target)
    assert target.read_bytes() == NEW
    assert names(target.parent) == ["quyet-dinh.docx"]


def test_the_same_bytes_are_not_written_again(target: Path) -> None:
    write_document(target, NEW)
    before = target.stat()
    (target.parent / "~$yet-dinh.docx").touch()  # even while Word has it open
    assert write_document(target, NEW) == Written(target, target, unchanged=True)
    assert (target.stat().st_mtime_ns, target.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_an_edited_file_is_kept_and_the_new_one_goes_beside_it(target: Path) -> None:
    write_document(target, OLD)
    edited = edit_by_hand(target)
    beside = target.with_name("quyet-dinh.moi.docx")
    assert write_document(target, NEW) == Written(target, beside, kept=True)
    assert (target.read_bytes(), beside.read_bytes()) == (edited, NEW)
    assert write_document(target, NEW) == Written(target, beside, kept=True, unchanged=True)
    assert write_document(target, OLD) == Written(target, beside, kept=True)
    assert beside.read_bytes() == OLD
    assert names(target.parent) == ["quyet-dinh.docx", "quyet-dinh.moi.docx"]


def test_an_edited_new_file_is_kept_too(target: Path) -> None:
    contents = {}
    for name in ("quyet-dinh.docx", "quyet-dinh.moi.docx", "quyet-dinh.moi-2.docx"):
        assert write_document(target, OLD).path.name == name
        contents[name] = edit_by_hand(target.with_name(name))
    assert write_document(target, NEW).path.name == "quyet-dinh.moi-3.docx"
    assert {name: target.with_name(name).read_bytes() for name in contents} == contents


@pytest.mark.parametrize("foreign", [b"", b"a text", write_entries(make_parts())], ids=["empty", "text", "other docx"])
def test_a_file_that_was_never_ours_is_kept(target: Path, foreign: bytes) -> None:
    target.write_bytes(foreign)
    assert write_document(target, NEW).kept
    assert target.read_bytes() == foreign


def test_force_saves_the_edited_file_first_and_loses_no_older_one(target: Path) -> None:
    saved = []
    for backup in ("quyet-dinh.docx.bak", "quyet-dinh.docx.bak-2", "quyet-dinh.docx.bak-3"):
        write_document(target, OLD, force=True)
        saved.append((backup, edit_by_hand(target)))
        os.utime(target, (1_000_000_000, 1_000_000_000))
        written = write_document(target, NEW, force=True)
        assert written == Written(target, target, backup=target.with_name(backup))
        assert target.read_bytes() == NEW
        assert target.with_name(backup).stat().st_mtime == 1_000_000_000
    assert [(name, target.with_name(name).read_bytes()) for name, _content in saved] == saved


def test_force_makes_no_backup_of_what_docgen_can_make_again(target: Path) -> None:
    write_document(target, OLD)
    assert write_document(target, NEW, force=True).backup is None
    assert names(target.parent) == ["quyet-dinh.docx"]


def test_a_link_is_replaced_and_what_it_led_to_stays(target: Path) -> None:
    elsewhere = target.with_name("elsewhere.docx")
    elsewhere.write_bytes(OLD)
    target.symlink_to(elsewhere)
    assert write_document(target, NEW).path == target
    assert (target.read_bytes(), elsewhere.read_bytes()) == (NEW, OLD)


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("quyet-dinh.docx", "~$yet-dinh.docx"),
        ("quyet-dinh.docx", "~$quyet-dinh.docx"),
        ("quyet-dinh.docx", ".~lock.quyet-dinh.docx#"),
        ("ke-hoach.docx", "~$-hoach.docx"),
        ("baocao1.docx", "~$aocao1.docx"),
        ("baocao.docx", "~$baocao.docx"),
        ("a.docx", "~$a.docx"),
    ],
)
def test_a_file_open_in_word_is_left_alone(tmp_path: Path, name: str, owner: str) -> None:
    target = tmp_path / name
    write_document(target, OLD)
    (tmp_path / owner).touch()
    with pytest.raises(OutputError) as caught:
        write_document(target, NEW)
    assert str(caught.value) == (
        f"{target}: lỗi: tệp đang mở trong Word hoặc đang bị khóa\n"
        f"  → đóng tệp trong Word rồi chạy lại; nếu tệp không mở ở máy nào, xóa “{owner}”"
    )
    assert target.read_bytes() == OLD


@pytest.mark.parametrize("owner", ["~$uyet-dinh.docx", "~$et-dinh.docx", "~$-hoach.docx"])
def test_the_owner_file_of_another_document_does_not_matter(target: Path, owner: str) -> None:
    (target.parent / owner).touch()
    assert write_document(target, NEW).path == target


def test_an_open_workbook_is_closed_in_excel(tmp_path: Path) -> None:
    said = str(is_open(tmp_path / "ke-hoach.xlsx"))
    assert "đang mở trong Excel" in said and "đóng tệp trong Excel" in said and "Word" not in said


def test_an_edited_file_that_is_open_needs_no_closing(target: Path) -> None:
    target.write_bytes(b"edited")
    (target.parent / "~$yet-dinh.docx").touch()
    assert write_document(target, NEW).kept
    assert refused(target, OLD, force=True) == "output.open"
    assert target.read_bytes() == b"edited"


def test_windows_refuses_to_replace_an_open_file(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.write_bytes(b"edited")

    def replace(source: Path, destination: Path) -> None:
        if destination == target:
            raise PermissionError(13, "sharing violation")
        source.rename(destination)

    monkeypatch.setattr(Path, "replace", replace)
    assert refused(target, force=True) == "output.open"
    assert target.read_bytes() == b"edited"
    assert names(target.parent) == ["quyet-dinh.docx"]  # no backup of what is still there


def test_a_folder_stands_there(target: Path) -> None:
    target.mkdir()
    assert refused(target) == "output.is-folder"


def test_a_pipe_stands_there(target: Path) -> None:
    os.mkfifo(target)
    assert refused(target) == "output.is-folder"


@pytest.mark.parametrize("below", ["quyet-dinh.docx", "a/b/quyet-dinh.docx"])
def test_a_file_stands_where_the_folder_should(tmp_path: Path, below: str) -> None:
    (tmp_path / "output").write_bytes(b"")
    assert refused(tmp_path / "output" / below) == "output.parent-is-file"
    assert names(tmp_path) == ["output"]


@pytest.mark.parametrize("name", ["x" * 250 + ".docx", "x" * 244 + ".docx", "x" * 300 + "/a.docx", "new/" + "ế" * 90])
def test_a_name_too_long(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path / name) == "output.name-too-long"
    assert names(tmp_path) == []


def test_a_folder_without_the_right_to_write(open_folder: Path, as_user: AsUser) -> None:
    target = open_folder / "a.docx"
    open_folder.chmod(0o555)
    assert as_user(lambda: write_document(target, NEW)) == ["output.unwritable"]
    assert as_user(lambda: write_document(open_folder / "new" / "a.docx", NEW)) == ["output.unwritable"]
    assert names(open_folder) == []


def test_a_folder_that_may_not_be_entered(open_folder: Path, as_user: AsUser) -> None:
    (open_folder / "closed").mkdir(mode=0)
    assert as_user(lambda: write_document(open_folder / "closed" / "a.docx", NEW)) == ["output.unwritable"]


def test_a_file_that_may_not_be_read(open_folder: Path, as_user: AsUser) -> None:
    open_folder.chmod(0o777)
    target = open_folder / "a.docx"
    target.write_bytes(b"of another")
    target.chmod(0)
    assert as_user(lambda: write_document(target, NEW)) == ["output.open"]
    target.chmod(0o644)
    assert target.read_bytes() == b"of another"


def test_an_unsound_document_is_not_written(target: Path) -> None:
    assert refused(target, b"no zip") == "output.broken-zip"
    assert names(target.parent) == []


def test_of_many_files_all_problems_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "folder.docx").mkdir()
    (tmp_path / "~$open.docx").touch()
    files = {
        tmp_path / "good.docx": NEW,
        tmp_path / "folder.docx": NEW,
        tmp_path / "open.docx": NEW,
        tmp_path / "new" / "unsound.docx": b"",
    }
    with pytest.raises(OutputError) as caught:
        write_documents(files)
    codes = [problem.code for problem in caught.value.problems]
    assert codes == ["output.is-folder", "output.open", "output.broken-zip"]
    assert names(tmp_path) == ["folder.docx", "~$open.docx"]


def test_many_files_come_back_in_their_order(tmp_path: Path) -> None:
    files = {tmp_path / f"{name}.docx": make_document(name) for name in "cab"}
    (tmp_path / "a.docx").write_bytes(b"edited")
    written = write_documents(files)
    assert [one.target for one in written] == list(files)
    assert [one.kept for one in written] == [False, True, False]
    assert not any(edited_by_hand(one.path.read_bytes()) for one in written)


def test_no_files() -> None:
    assert write_documents({}) == []
