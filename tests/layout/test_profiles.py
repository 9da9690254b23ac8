"""A profile is a set of rows and checks; every rule of the shipped one says why it is and shows a right case."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from docgen.errors import Severity
from docgen.layout import check
from docgen.layout.check import ND30, Profile
from docgen.layout.components import Component, Document, Scene
from docgen.layout.rules.base import Findings, Rule, place_of
from docgen.layout.rules.rows import Row
from tests.layout.documents import build, decision

SECOND = Rule("XX1-B.1", "hai-trang", "Mỗi văn bản có một chữ ký", "Điều 2")


def unsigned(scene: Scene, document: Document) -> Findings:
    if not document[Component.SIGNER]:
        yield SECOND.broken(place_of(scene, document.begin))


OTHER = Profile(
    code="khac",
    name="Một quy định khác",
    rows=(
        Row(Component.TITLE, "5", 0, "tên loại", "ten-loai", "Điều 1", size=(15, 16), bold=True, decree="XX1"),
        Row(Component.MOTTO, "1", 0, "tiêu đề", "tieu-de", "Điều 1", "C", italic=True, decree="XX1"),
    ),
    document_checks=(unsigned,),
    written=(SECOND,),
)


@pytest.fixture(autouse=True)
def two_profiles(monkeypatch: pytest.MonkeyPatch) -> None:
    both = MappingProxyType({**check.PROFILES, OTHER.code: OTHER})
    monkeypatch.setattr(check, "PROFILES", both)


def test_another_set_of_rules_judges_otherwise() -> None:
    draft = decision()
    draft["signer"] = []
    found = check.check_document(build(draft), profile="khac")
    assert [(item.rule, item.severity) for item in found] == [
        ("XX1-5.1", Severity.ERROR),
        ("XX1-1.3", Severity.INFO),
        ("XX1-B.1", Severity.ERROR),
    ]
    assert {item.rule for item in check.check_document(build(draft))} == {"ND30-07b.8"}


def test_its_rules_are_its_own() -> None:
    codes = [rule.code for rule in check.all_rules("khac")]
    assert codes == ["ND30-T.1", "XX1-1.3", "XX1-5.1", "XX1-5.2", "XX1-B.1"]


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(KeyError):
        check.check_document(b"", profile="khong-co")


def test_every_rule_says_why_and_shows_a_right_case() -> None:
    silent = [rule.code for rule in check.all_rules() if not (rule.reason and rule.example.startswith("đúng: "))]
    assert silent == []


def test_a_rule_about_words_never_shouts() -> None:
    words = [rule for rule in check.all_rules() if rule.about == "noi_dung"]
    assert len(words) >= 10
    assert Severity.ERROR not in {rule.severity for rule in words}
    assert replace(words[0], about="the_thuc").severity is Severity.ERROR


def test_there_are_enough_rules_for_the_decree() -> None:
    assert len({rule.code for rule in ND30.rules()}) >= 60
