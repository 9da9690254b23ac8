"""A page break between the turns of a loop, and none after the last: ``{% ngat_trang %}`` in a turn's first paragraph.

The paragraph gets Word's own "Page break before" from the second time on that its loop prints it, so that no empty
paragraph is left on either page.
"""

from collections.abc import Callable, Iterator

from docgen.base.locale import translate as _
from docgen.errors import Place, Problem
from docgen.template.language.xml import Element, w
from docgen.template.tags.marks import marks_of, properties_of, put_in, take_out

TAG = "ngat_trang"


def prepare_breaks(root: Element, splice: Callable[[str], str], place: Callable[[Element], Place]) -> Iterator[Problem]:
    """Turn each mark into the paragraph's property; what can't be is returned."""
    depth, number = 0, 0
    for paragraph in root.iter(w("p")):
        found = []
        for mark in marks_of(paragraph):
            depth += {"for": 1, "endfor": -1}.get(mark.name, 0)
            if mark.name == TAG:
                found.append((mark, depth))
        if not found:
            continue
        take_out([mark for mark, _depth in found])
        problem = _fault(paragraph, [mark.takes for mark, _depth in found], found[0][1], place)
        if problem is not None:
            yield problem
            continue
        number += 1
        setting = put_in(properties_of(paragraph), "pageBreakBefore")
        setting.set(w("val"), splice("{{ loop|_page_break('" + str(number) + "') }}"))


def _fault(paragraph: Element, takes: list[str], depth: int, place: Callable[[Element], Place]) -> Problem | None:
    where = place(paragraph)
    if any(takes):
        message = _("“ngat_trang” không đứng riêng một đoạn hay một hàng")
        return Problem("template.page-break", message, _("gõ {% ngat_trang %} vào đoạn đầu của mỗi lượt lặp"), where)
    if depth < 1:
        message = _("{% ngat_trang %} không nằm trong vòng lặp nào")
        hint = _("dùng trong vòng lặp; chỗ khác thì chọn “Page break before” của đoạn trong Word")
        return Problem("template.page-break", message, hint, where)
    if next(paragraph.iterancestors(w("tbl")), None) is not None:
        message = _("{% ngat_trang %} nằm trong bảng")
        return Problem("template.page-break", message, _("đặt vào một đoạn ở ngoài bảng, ngay trước bảng"), where)
    return None
