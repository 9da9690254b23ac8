"""Which paragraphs are which component, in files laid out in the many ways that offices lay them out."""

from docgen.layout.components import Component, Document, Scene, Standing
from docgen.layout.docx.reader import read_facts
from docgen.layout.recognition import patterns
from docgen.layout.recognition.recognise import recognise
from docgen.wording.text import fold_case
from tests.layout.documents import Draft, Line, appendix, body, build, decision, letter, plan
from tests.layout.packages import package, paragraph, run


def scene(*drafts: Draft) -> Scene:
    return recognise(read_facts(build(*drafts)))


def bare(*lines: str) -> Document:
    """The document of a file of centred paragraphs, one a line; "|" is a line break, ">" a tab."""
    marks = {"|": "</w:t><w:br/><w:t>", ">": "</w:t><w:tab/><w:t>"}
    body = ""
    for line in lines:
        text = "".join(marks.get(letter, letter) for letter in line)
        body += paragraph(run(text), '<w:jc w:val="center"/>')
    return recognise(read_facts(package(body))).documents[0]


def texts(document: Document) -> dict[str, str]:
    return {name.value: part.text for name, part in document.parts.items() if part and name != Component.CONTENT}


def test_a_decision() -> None:
    (document,) = scene(decision()).documents
    found = texts(document)
    assert document.standing is Standing.MAIN
    assert document.name == "quyết định"
    assert {name: lines and " ".join(f"{line.lead}{line.text}" for line in lines) for name, lines in
            decision().parts.items() if name != "content"} == found  # fmt: skip
    assert [item.text[:7] for item in document[Component.CONTENT].paragraphs if item.text] == [
        "Điều 1.",
        "Điều 2.",
        "Điều 3.",
    ]


def test_a_letter() -> None:
    (document,) = scene(letter()).documents
    assert document.is_letter
    assert document.name is None
    assert document[Component.SUBJECT].text == "V/v báo cáo kết quả cải cách hành chính quý I năm 2023"
    assert document[Component.ADDRESSEES].paragraphs[0].text == "Kính gửi:"
    assert document[Component.CONTACT].text.startswith("Địa chỉ")


def test_a_file_of_four_documents() -> None:
    found = scene(decision(), plan(), appendix("Phụ lục I"), appendix("Phụ lục II"))
    kinds = [document.standing for document in found.documents]
    assert kinds == [Standing.MAIN, Standing.ATTACHED, Standing.APPENDIX, Standing.APPENDIX]
    (first, nothing), (second, both) = found.hosts()
    assert first is not None and second is not None
    assert (first.name, nothing, second.name, len(both)) == ("quyết định", [], "kế hoạch", 2)


def test_an_attached_document_without_a_letterhead_is_still_one() -> None:
    draft = plan()
    for name in ("parent_agency", "issuing_agency", "national_name", "motto"):
        draft[name] = []
    kinds = [document.standing for document in scene(decision(), draft).documents]
    assert kinds == [Standing.MAIN, Standing.ATTACHED]


def test_a_proposal_has_a_title_and_addressees() -> None:
    draft = decision()
    for name in ("authority", "bases", "decides"):
        draft[name] = []
    draft["title"] = [Line("TỜ TRÌNH", bold=True)]
    draft["addressees"] = [Line("Kính gửi: Ủy ban nhân dân thị xã Hương Thủy.")]
    (document,) = scene(draft).documents
    assert (document.name, document.is_letter) == ("tờ trình", False)
    assert document[Component.ADDRESSEES].text == "Kính gửi: Ủy ban nhân dân thị xã Hương Thủy."


def test_an_authority_of_one_name_over_two_lines_is_one_agency() -> None:
    draft = decision()
    draft["parent_agency"] = []
    (document,) = scene(draft).documents
    assert document[Component.ISSUING_AGENCY].text == "ỦY BAN NHÂN DÂN THỊ XÃ HƯƠNG THỦY"
    assert not document[Component.PARENT_AGENCY]


def test_a_letterhead_by_tabs() -> None:
    document = bare(
        "UBND TỈNH>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "SỞ NỘI VỤ>Độc lập - Tự do - Hạnh phúc",
        "Số: 12/BC-SNV>Huế, ngày 12 tháng 3 năm 2023",
        "BÁO CÁO",
        "Kết quả cải cách hành chính",
    )
    assert texts(document) == {
        "parent_agency": "UBND TỈNH",
        "issuing_agency": "SỞ NỘI VỤ",
        "national_name": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "motto": "Độc lập - Tự do - Hạnh phúc",
        "number": "Số: 12/BC-SNV",
        "place_and_date": "Huế, ngày 12 tháng 3 năm 2023",
        "title": "BÁO CÁO",
        "abstract": "Kết quả cải cách hành chính",
    }
    assert not document.tabled


def test_lines_broken_with_shift_enter() -> None:
    document = bare("QUYẾT ĐỊNH|Về việc phê duyệt kế hoạch", "Nơi nhận:|- Như Điều 3;|- Lưu: VT.")
    found = texts(document)
    assert (found["title"], found["abstract"]) == ("QUYẾT ĐỊNH", "Về việc phê duyệt kế hoạch")
    assert (found["recipients_label"], found["recipients"]) == ("Nơi nhận:", "- Như Điều 3; - Lưu: VT.")


def test_another_title_of_the_signer_stands_above_the_name() -> None:
    draft = plan()
    draft["recipients_label"] = [Line("Nơi nhận:", size=12)]
    draft["signing_authority"] = [Line("TM. HỘI ĐỒNG", bold=True), Line("CHỦ TỊCH", bold=True), Line(""), Line("")]
    draft["signer"] = [Line("GIÁM ĐỐC SỞ NỘI VỤ"), Line("Nguyễn Văn A", bold=True)]
    (document,) = scene(draft).documents
    assert document[Component.SIGNING_AUTHORITY].text == "TM. HỘI ĐỒNG CHỦ TỊCH"
    assert document[Component.OTHER_TITLE].text == "GIÁM ĐỐC SỞ NỘI VỤ"
    assert document[Component.SIGNER].text == "Nguyễn Văn A"


def test_a_sentence_that_names_a_phu_luc_begins_none() -> None:
    draft = plan()
    draft["content"].insert(0, body("Phụ lục I kèm theo Kế hoạch này nêu các nhiệm vụ."))
    assert len(scene(draft).documents) == 1


def test_nothing_is_recognised_in_nothing() -> None:
    (document,) = recognise(read_facts(package(""))).documents
    assert texts(document) == {}


def test_words_that_folded_lines_are_held_against_are_folded() -> None:
    words = (*patterns._AGENCY_STARTS, *patterns._OFFICES, *patterns._BASES)
    assert [word for word in words if fold_case(word) != word.strip()] == []
