"""Templates that are refused: each with its message and its place, and nothing rendered."""

from pathlib import Path

import pytest

from docgen.base.ooxml import make_entry, read_entries, write_entries
from docgen.errors import TemplateError
from docgen.template.language.compile import compile_template
from tests.template.documents import CONTEXT, CONTRACT, add_line, blank, saved, template

DOCUMENT_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def refusal(path: Path) -> str:
    with pytest.raises(TemplateError) as caught:
        compile_template(path, CONTRACT).render(CONTEXT)
    return str(caught.value)


@pytest.mark.parametrize(
    ("paragraphs", "messages"),
    [
        (["{{ ghichu }}"], ["đoạn 1: lỗi: không có trường “ghichu”", "ý bạn là “ghi_chu”?"]),
        (["x", "{{ ten.x }}"], ["đoạn 2: lỗi: “ten” là văn bản, không có trường “x” bên trong"]),
        (["{{ nhom.ten }}"], ["“nhom” là danh sách: cần vòng lặp"]),
        (["{{ nhom }}"], ["nhom là một danh sách hay nhóm, không in thẳng được"]),
        (["{%p for n in nhom %}", "{{ n.tne }}", "{%p endfor %}"], ["đoạn 2: lỗi: “nhom” không có trường “tne”"]),
        (["{%p for c in ten %}", "{%p endfor %}"], ["ten không phải danh sách"]),
        (["{{ ten|uper }}"], ["không có bộ lọc “uper”", "ý bạn là “upper”?"]),
        (["{{ a }}", "{{ b }}", "{{ c }}"], ["không có trường “a”", "không có trường “b”", "không có trường “c”"]),
        (["x", "{%p for n in nhom %}", "y"], ["đoạn 2: lỗi: {% for n in nhom %} mở mà không đóng"]),
        (["{% if co %}{% for d in dong %}{% endif %}{% endfor %}"], ["nằm chéo với {% for d in dong %}"]),
        (["{% endfor %}"], ["{% endfor %} đóng một khối chưa mở"]),
        (["{% else %}"], ["{% else %} không nằm trong khối nào"]),
        (["x", "{{ ten"], ["đoạn 2: lỗi: thẻ mở mà không đóng trong đoạn: {{ ten"]),
        (["{% if co"], ["đoạn 1: lỗi: thẻ mở mà không đóng trong đoạn: {% if co"]),
        (["{%p for d in dong %} abc", "{{ d }}", "{%p endfor %}"], ["đoạn 1: lỗi: “abc” đứng cùng đoạn với thẻ"]),
        (["{{ " + "(" * 5000 + "ten" + ")" * 5000 + " }}"], ["mẫu lồng quá nhiều"]),
        (["{% for d in dong %}" * 30 + "{% endfor %}" * 30], ["mẫu lồng quá nhiều"]),
        (["{{ ten + }}"], ["thẻ viết sai cú pháp: {{ ten + }}"]),
        (["ten }}"], ["có “}}” lẻ"]),
        (["{% include 'x' %}"], ["không dùng được thẻ include"]),
        (
            ["{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}"],
            ["vòng lặp chạy quá 10.000.000"],
        ),
        (["{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"], ["macro tự gọi mình không dừng"]),
        (["{% set x = 'aaaaaaaaaa' %}" + "{% set x = x ~ x ~ x %}" * 20], ["văn bản ghép lại quá dài"]),
        (["{{ 'a' * 99999999 }}"], ["việc không được phép"]),
        (["{{ 9**9**9 }}"], ["việc không được phép"]),
        (["{{ '%99999999d' % 1 }}"], ["việc không được phép"]),
        (["{{ 1 / 0 }}"], ["không tính được biểu thức"]),
        (["{{ dong|dictsort }}"], ["không tính được biểu thức"]),
        (["{{ dong|map('foo')|join }}"], ["không tính được biểu thức"]),
        (["{% for n in nhom %}{{ loop.previtem.ten }}{% endfor %}"], ["đoạn 1: lỗi: dữ liệu không có trường"]),
        (["{{ [1]|batch(20000000, 'x')|list|length }}"], ["chia quá 1000 phần"]),
        (["{% set a = 9999999999 %}" + "{% set a = a * a %}" * 9], ["việc không được phép"]),
    ],
)
def test_tags_that_can_not_be_right(tmp_path: Path, paragraphs: list[str], messages: list[str]) -> None:
    said = refusal(template(tmp_path, paragraphs))
    for message in messages:
        assert message in said
    assert said.startswith("mau.docx, thân văn bản")


@pytest.mark.parametrize(
    "code",
    [
        "{{ ''.__class__ }}",
        "{{ [].__class__.__mro__ }}",
        "{{ (1).__class__ }}",
        "{{ ten.__class__.__mro__ }}",
        "{{ ten|attr('__class__') }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ lipsum() }}",
        "{{ self.__init__ }}",
        "{{ range.__class__ }}",
        "{{ ten.format }}",
        "{{ ''['__class__'] }}",
        "{{ dong|map(attribute='__class__')|join }}",
        "{% for d in dong %}{{ loop.__init__ }}{% endfor %}",
    ],
)
def test_nothing_of_python_can_be_reached(tmp_path: Path, code: str) -> None:
    assert "lỗi" in refusal(template(tmp_path, [code]))


def test_a_place_in_a_table_is_row_and_cell(tmp_path: Path) -> None:
    rows = [["a", "b"], ["{%tr for n in nhom %}", ""], ["{{ n.ten }}", "{{ n.sai }}"], ["{%tr endfor %}", ""]]
    assert "bảng 1, hàng 3, ô 2, đoạn 1: lỗi: “nhom” không có trường “sai”" in refusal(template(tmp_path, ["x"], rows))


def test_text_beside_a_row_tag_is_pointed_out(tmp_path: Path) -> None:
    rows = [["{%tr for n in nhom %}", "mất"], ["{{ n.ten }}", ""], ["{%tr endfor %}", ""]]
    assert "bảng 1, hàng 1, ô 2, đoạn 1: lỗi: “mất” đứng cùng hàng" in refusal(template(tmp_path, ["x"], rows))


def test_a_template_without_a_body_is_refused(tmp_path: Path) -> None:
    def without_body(parts):  # type: ignore[no-untyped-def]
        return [make_entry(entry.name, b"<a/>") if entry.name == "word/document.xml" else entry for entry in parts]

    assert "không có đoạn văn nào" in refusal(_changed(tmp_path, without_body))


def test_what_word_would_fetch_from_elsewhere_is_refused(tmp_path: Path) -> None:
    document = blank()
    document.add_paragraph("{{ ten }}")
    document.part.relate_to("https://van-ban.example/", f"{DOCUMENT_RELATIONS}/hyperlink", is_external=True)
    compile_template(saved(document, tmp_path), CONTRACT).render(CONTEXT)
    document.part.relate_to("file:///c:/x.dotm", f"{DOCUMENT_RELATIONS}/attachedTemplate", is_external=True)
    assert "trỏ ra ngoài: file:///c:/x.dotm" in refusal(saved(document, tmp_path))


def test_a_place_in_a_header(tmp_path: Path) -> None:
    document = blank()
    document.add_paragraph("{{ ten }}")
    document.sections[0].header.paragraphs[0].text = "{{ sai }}"
    assert "đầu trang" in refusal(saved(document, tmp_path))


@pytest.mark.parametrize("descr", ["vach:0", "vach:2", "vach:dài", "vach:"])
def test_a_rule_line_needs_a_share(tmp_path: Path, descr: str) -> None:
    document = blank()
    add_line(document.add_paragraph("{{ ten }}"), descr)
    assert "ghi từ vach:0.1 đến vach:1" in refusal(saved(document, tmp_path))


def test_a_tag_in_an_attribute_is_refused(tmp_path: Path) -> None:
    document = blank()
    add_line(document.add_paragraph("{{ ten }}"), "{{ ten }}")
    assert "không dùng làm chỗ đặt ảnh được" in refusal(saved(document, tmp_path))
    add_line(document.add_paragraph("{{ ten }}"), "{% if co %}")
    assert "nằm trong thuộc tính" in refusal(saved(document, tmp_path))


def test_a_rule_line_needs_a_text(tmp_path: Path) -> None:
    document = blank()
    add_line(document.add_paragraph(), "vach:0.4")
    assert "không đứng dưới văn bản nào" in refusal(saved(document, tmp_path))


def test_files_that_are_no_templates(tmp_path: Path) -> None:
    missing = tmp_path / "khong-co.docx"
    assert "không có tệp mẫu này" in refusal(missing)
    text = tmp_path / "chu.docx"
    text.write_text("không phải zip", encoding="utf-8")
    assert "không phải .docx hoặc bị hỏng" in refusal(text)
    locked = tmp_path / "khoa.docx"
    locked.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    assert "có mật khẩu" in refusal(locked)
    whole = template(tmp_path, ["{{ ten }}"]).read_bytes()
    cut = tmp_path / "cut.docx"
    cut.write_bytes(whole[: len(whole) // 2])
    assert "bị hỏng" in refusal(cut)


def _changed(tmp_path: Path, change) -> Path:  # type: ignore[no-untyped-def]
    path = template(tmp_path, ["{{ ten }}"])
    path.write_bytes(write_entries(change(read_entries(path.read_bytes()))))
    return path


def test_macros_are_refused(tmp_path: Path) -> None:
    assert "có macro" in refusal(_changed(tmp_path, lambda parts: [*parts, make_entry("word/vbaProject.bin", b"x")]))


def test_other_kinds_of_word_files_are_refused(tmp_path: Path) -> None:
    def as_macro_enabled(parts):  # type: ignore[no-untyped-def]
        def retyped(entry):  # type: ignore[no-untyped-def]
            old = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
            new = b"application/vnd.ms-word.document.macroEnabled.main+xml"
            return make_entry(entry.name, entry.content.replace(old, new))

        return [retyped(entry) if entry.name == "[Content_Types].xml" else entry for entry in parts]

    assert "loại khác" in refusal(_changed(tmp_path, as_macro_enabled))


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><w:document xmlns:w="urn:x">&a;</w:document>'

    def with_bomb(parts):  # type: ignore[no-untyped-def]
        return [make_entry(entry.name, bomb) if entry.name == "word/document.xml" else entry for entry in parts]

    assert "DOCTYPE" in refusal(_changed(tmp_path, with_bomb))
