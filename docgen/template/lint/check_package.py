"""What a template's package brings along that no template may have: told at the paragraph that uses it."""

from collections import Counter
from collections.abc import Container, Iterator, Mapping

from docgen.base.locale import translate as _
from docgen.base.ooxml import Entry
from docgen.errors import Place, Problem, Severity
from docgen.template.language.source import outside_links, package_problems, parse_part
from docgen.template.language.xml import Element
from docgen.template.lint.check_places import PartPlaces

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
#: Parts whose content is told elsewhere, each at its paragraph.
_TOLD = ("word/comments", "word/header", "word/footer")
_USES = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def check_package(
    entries: list[Entry], shown: str, parts: Mapping[str, tuple[Element, PartPlaces]]
) -> Iterator[Problem]:
    """Macros, another kind of file, outside links and relationships of one id; ``parts`` are the parts with text."""
    users = [_user(parts.get(link.owner), link.identity) for link in outside_links(entries, shown)]
    for problem in package_problems(entries, shown):
        place = users.pop(0) if problem.code == "template.external" else None
        yield problem if place is None else problem.at(place)
    for entry in entries:
        if entry.name.endswith(".rels"):
            times = Counter(relation.get("Id") for relation in parse_part(entry, shown).iter(_RELATION))
            for identity in sorted(str(identity) for identity, count in times.items() if count > 1):
                message = _("phần {part} có hai liên kết cùng mã {id}").format(part=entry.name, id=identity)
                hint = _("mở trong Word rồi lưu lại dạng .docx")
                yield Problem("template.duplicate-id", message, hint, Place(shown, part=entry.name))


def unreached_tags(entries: list[Entry], shown: str, parts: Container[str]) -> Iterator[Problem]:
    """Tags in drawings, charts and other parts that are never filled in; ``parts`` are the names of those that are."""
    for entry in entries:
        inside = entry.name.startswith("word/") and entry.name.endswith(".xml") and entry.name not in parts
        if inside and not entry.name.startswith(_TOLD) and (b"{{" in entry.content or b"{%" in entry.content):
            message = _("có thẻ trong phần {part}: thẻ ở biểu đồ, SmartArt không được điền").format(part=entry.name)
            hint = _("chuyển thẻ ra đoạn văn, ô bảng hoặc khung chữ (Text Box)")
            yield Problem("template.unreached-tag", message, hint, Place(shown, part=entry.name), Severity.WARNING)


def _user(part: tuple[Element, PartPlaces] | None, identity: str) -> Place | None:
    """The place of the first element that uses a relationship."""
    if part is None:
        return None
    root, places = part
    for element in root.iter("{*}*"):
        if any(str(name).startswith(_USES) and value == identity for name, value in element.attrib.items()):
            return places.at(element)
    return None
