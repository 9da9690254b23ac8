"""Finds content besides its text that a template would copy into every document, such as comments or macros."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping

from docgen.base.locale import translate as _
from docgen.base.ooxml import Entry
from docgen.base.wordprocessing import Element, R, child, own_texts, text_of, value, w
from docgen.errors import Place, Problem, Severity
from docgen.template.language.places import CLOSERS, At, deleted_texts, tag_spans
from docgen.template.language.source import outside_links, package_problems, parse_part
from docgen.template.language.styles import Styles, is_on
from docgen.template.lint.paragraphs import PartPlaces

_REVISIONS = tuple(w(name) for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel"))
_LOOKS = tuple(w(f"{name}PrChange") for name in ("p", "r", "tbl", "tc", "tr", "sect", "tblEx"))
#: Elements between texts that Word displays.
_GAPS = tuple(w(name) for name in ("tab", "br", "cr"))


def content_problems(root: Element, at: At, styles: Styles, comments: Element | None) -> Iterator[Problem]:
    """Report tracked changes, comments, hidden text, duplicate ids and cut tags in a part; nothing is changed."""
    yield from _revisions(root, at)
    yield from _comments(root, at, comments)
    yield from _hidden(root, at, styles)
    yield from _bookmarks(root, at)
    yield from _cut_tags(root, at)


def _revisions(root: Element, at: At) -> Iterator[Problem]:
    hint = _("trong Word: Review, Accept All Changes (hoặc Reject), rồi tắt Track Changes")
    with_tag: set[Element] = set()
    for paragraph, deleted in _by_paragraph(deleted_texts(root)).items():
        text = "".join(one.text or "" for one in deleted)
        if "{{" in text or "{%" in text:
            with_tag.add(paragraph)
            message = _("thẻ trong phần đã xóa (Track Changes) không được điền: {text}").format(text=text.strip()[:60])
            yield Problem("template.deleted-tag", message, hint, at(paragraph), Severity.WARNING)
    for paragraph in _by_paragraph(root.iter(*_REVISIONS)):
        if paragraph not in with_tag:
            message = _("đoạn có sửa đổi đang theo dõi (Track Changes), văn bản làm ra sẽ mang theo")
            yield Problem("template.tracked-change", message, hint, at(paragraph), Severity.WARNING)
    looks = list(_by_paragraph(root.iter(*_LOOKS)))
    if looks:
        message = _("{n} đoạn có thay đổi định dạng đang theo dõi (Track Changes)").format(n=len(looks))
        yield Problem("template.tracked-format", message, hint, at(looks[0]), Severity.WARNING)


def _by_paragraph(elements: Iterable[Element]) -> dict[Element, list[Element]]:
    """Group elements by the paragraph around them, or the first paragraph in them or in their row."""
    found: dict[Element, list[Element]] = {}
    for element in elements:
        paragraph = next(element.iterancestors(w("p")), None)
        if paragraph is None:
            paragraph = next(element.iter(w("p")), None)  # the element contains whole paragraphs or tables
        if paragraph is None:
            row = next(element.iterancestors(w("tr")), None)
            paragraph = next(row.iter(w("p")), None) if row is not None else None
        if paragraph is not None:
            found.setdefault(paragraph, []).append(element)
    return found


def _comments(root: Element, at: At, comments: Element | None) -> Iterator[Problem]:
    by_id = {comment.get(w("id")): comment for comment in (comments.iter(w("comment")) if comments is not None else ())}
    for reference in root.iter(w("commentReference")):
        comment = by_id.get(reference.get(w("id")))
        text = "".join(one.text or "" for one in comment.iter(w("t"))) if comment is not None else ""
        author = comment.get(w("author"), "") if comment is not None else ""
        message = _("có nhận xét của {author}: “{text}”; văn bản làm ra sẽ mang theo").format(
            author=author or _("ai đó"), text=text[:60]
        )
        hint = _("trong Word: Review, Delete, Delete All Comments")
        yield Problem("template.comment", message, hint, at(reference), Severity.WARNING)


def _hidden(root: Element, at: At, styles: Styles) -> Iterator[Problem]:
    for paragraph in root.iter(w("p")):
        texts = [text for text in own_texts(paragraph) if text.text and text.text.strip()]
        shown = "".join(text.text or "" for text in texts if _is_hidden(text, paragraph, styles))
        if shown:
            message = _("chữ ẩn (Hidden): “{text}”").format(text=shown[:60])
            hint = _("xóa, hoặc bỏ chọn Hidden trong Font; người nhận bật hiển thị là thấy")
            yield Problem("template.hidden-text", message, hint, at(paragraph), Severity.WARNING)


def _is_hidden(text: Element, paragraph: Element, styles: Styles) -> bool:
    run = next(text.iterancestors(w("r")), None)
    own = child(run, "rPr")
    ids = (value(run, "rPr", "rStyle"), value(paragraph, "pPr", "pStyle"))
    return is_on((own, *(look for identity in ids for look in styles.chain(identity, "rPr"))), "vanish")


def _cut_tags(root: Element, at: At) -> Iterator[Problem]:
    """Report tags with a tab or a line break inside, which would be printed after the value.

    Split tags must not have been joined yet. With a tag that replaces its paragraph or row, the tab is lost too.
    """
    for paragraph in root.iter(w("p")):
        if "{" not in text_of(paragraph):
            continue
        whole, gaps = "", []
        for piece in paragraph.iter(w("t"), *_GAPS):
            if next(piece.iterancestors(w("p"))) is not paragraph:
                continue
            if piece.tag == w("t"):
                whole += piece.text or ""
            elif next(piece.iterancestors()).tag == w("r"):  # elsewhere w:tab is a tab stop
                gaps.append(len(whole))
        for start, stop in tag_spans(whole) if gaps else ():
            tag = whole[start:stop]
            if tag.endswith(CLOSERS[tag[:2]]) and any(start < gap < stop for gap in gaps):
                message = _("thẻ có dấu Tab hoặc xuống dòng ở giữa, văn bản làm ra sẽ thừa dấu đó: {tag}")
                hint = _("xóa rồi gõ lại thẻ liền một mạch, chỉ dùng dấu cách")
                yield Problem("template.cut-tag", message.format(tag=tag[:60]), hint, at(paragraph), Severity.WARNING)


def _bookmarks(root: Element, at: At) -> Iterator[Problem]:
    """Report bookmarks with the same id; the ids of drawings don't matter, as rendering replaces them."""
    starts = list(root.iter(w("bookmarkStart")))
    times = Counter(start.get(w("id")) for start in starts)
    seen: set[str | None] = set()
    for start in starts:
        identity = start.get(w("id"))
        if identity in seen and times[identity] > 1:
            message = _("dấu trang “{name}” trùng mã {id} với dấu trang khác").format(
                name=start.get(w("name"), ""), id=identity
            )
            hint = _("trong Word: Insert, Bookmark, xóa rồi đặt lại dấu trang này")
            yield Problem("template.duplicate-id", message, hint, at(start))
        seen.add(identity)


def looped_bookmarks(root: Element, loops: Iterable[tuple[Element, Element]], at: At) -> Iterator[Problem]:
    """Report bookmarks that a loop repeats, as each turn would write their id again.

    ``loops`` are pairs of the elements that :func:`~docgen.template.lint.check_tags.standing` gives for the first and
    the last tag of each loop. A bookmark in a paragraph or row that is dropped with its tag isn't repeated; one in a
    row that has both tags is.
    """
    starts = list(root.iter(w("bookmarkStart")))
    if not starts:
        return
    order = {element: number for number, element in enumerate(root.iter())}
    spans = [_repeated(first, last, order) for first, last in loops]
    for start in starts:
        if any(first < order[start] < last for first, last in spans):
            message = _("dấu trang “{name}” nằm trong vòng lặp nên sẽ trùng mã").format(name=start.get(w("name"), ""))
            hint = _("trong Word: Insert, Bookmark, xóa dấu trang này (chọn cả Hidden bookmarks)")
            yield Problem("template.duplicate-id", message, hint, at(start))


def _repeated(first: Element, last: Element, order: Mapping[Element, int]) -> tuple[int, int]:
    """The numbers of the elements between which a loop repeats everything."""
    if first is last:
        return order[first], max(order[inner] for inner in first.iter()) + 1
    return max(order[inner] for inner in first.iter()), order[last]


_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
#: Parts whose content other checks report, at its paragraph.
_ELSEWHERE = ("word/comments", "word/header", "word/footer")


def check_package(
    entries: list[Entry], shown: str, parts: Mapping[str, tuple[Element, PartPlaces]]
) -> Iterator[Problem]:
    """Report macros, other kinds of file, external links and duplicate relationship ids.

    ``parts`` are the parts with text.
    """
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
    """Report tags in parts that aren't rendered, such as charts and SmartArt; ``parts`` are the rendered ones."""
    for entry in entries:
        inside = entry.name.startswith("word/") and entry.name.endswith(".xml") and entry.name not in parts
        if inside and not entry.name.startswith(_ELSEWHERE) and (b"{{" in entry.content or b"{%" in entry.content):
            message = _("có thẻ trong phần {part}: thẻ ở biểu đồ, SmartArt không được điền").format(part=entry.name)
            hint = _("chuyển thẻ ra đoạn văn, ô bảng hoặc khung chữ (Text Box)")
            yield Problem("template.unreached-tag", message, hint, Place(shown, part=entry.name), Severity.WARNING)


def _user(part: tuple[Element, PartPlaces] | None, identity: str) -> Place | None:
    """The place of the first element that uses a relationship."""
    if part is None:
        return None
    root, places = part
    for element in root.iter("{*}*"):
        if any(str(name).startswith(R) and value == identity for name, value in element.attrib.items()):
            return places.at(element)
    return None
