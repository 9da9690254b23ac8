"""The filters that translation puts into a template's code for docgen's own tags: all that such a tag does at render.

What prepares a template for them stands in a module for each tag.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from jinja2 import Undefined

from docgen.base.images import Image, image_of, read_image
from docgen.base.locale import translate as _
from docgen.template.language.run import RUN, Shown, Written


def break_before(loop: object, number: str) -> str:
    """The property's value: off the first time that this run of the loop prints the paragraph, on from then."""
    loops = RUN.get().loops
    again = loops.get(number) is loop
    loops[number] = loop
    return "1" if again else "0"


def merge(value: object, key: str, first: bool = False) -> str:
    """Whether a cell begins a merged one or goes on from the cell above, in Word's words."""
    run = RUN.get()
    if isinstance(value, Undefined):
        str(value)  # noted as missing
    same = not first and key in run.above and run.above[key] == value
    run.above[key], run.merged[key] = value, same
    return "continue" if same else "restart"


def unless_merged(content: str, key: str) -> str:
    """What a cell says, where it doesn't go on from the one above; it was written all the same, so it counts."""
    return Written("") if RUN.get().merged[key] else content


def is_merged(key: str) -> bool:
    """Whether the cell goes on from the one above."""
    return RUN.get().merged[key]


def end_merge(key: str) -> str:
    """Let the next cell of the column begin anew; prints nothing."""
    RUN.get().above.pop(key, None)
    return ""


def restart(number: int, highest: int) -> str:
    """Begin a list anew from here on; prints nothing."""
    run = RUN.get()
    new = highest + len(run.restarted) + 1
    run.restarted.append((new, number))
    run.lists[number] = new
    return ""


def list_in_force(number: int) -> str:
    """The number that a list has now."""
    return str(RUN.get().lists.get(number, number))


def show_image(value: object, part: str, link: str, width: int, height: int) -> bool:
    """Choose what a placeholder shows now: a picture's bytes or the name of its file; False for nothing.

    Raises ImageFault where there is no such picture or it can't be used.
    """
    run = RUN.get()
    if not value and not isinstance(value, bytes):
        str(value)  # a missing field is noted
        return False
    if isinstance(value, bytes):
        image = image_of(value, _("ảnh trong dữ liệu"))
    elif run.folder is None:
        run.shown = Shown(link, width, height)
        return True
    else:
        image = read_image(run.folder, str(value))
    scale = min(width / image.width, height / image.height)
    wide, high = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    run.shown = Shown(_link(image, part), wide, high, (width - wide) // 2, (height - high) // 2)
    return True


def _link(image: Image, part: str) -> str:
    """The relationship of a part to a picture; each picture is in the document once."""
    run = RUN.get()
    digest = hashlib.sha256(image.content).hexdigest()[:16]
    name = f"word/media/docgen-{digest}.{image.kind}"
    run.media[name] = image
    return run.links.setdefault((part, name), f"rIdDocgen{digest}")


def shown(name: str, offset: int = 0) -> str:
    """A fact of the picture that is shown now, with what is to be added to it."""
    found = getattr(RUN.get().shown, name)
    return str(found + offset) if isinstance(found, int) else str(found)


FILTERS: Mapping[str, Any] = {
    "_end_merge": end_merge,
    "_image": show_image,
    "_is_merged": is_merged,
    "_list": list_in_force,
    "_merge": merge,
    "_page_break": break_before,
    "_restart": restart,
    "_shown": shown,
    "_unless_merged": unless_merged,
}
