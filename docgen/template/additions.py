"""The filters that translation puts into a template's code for docgen's own tags."""

from collections.abc import Mapping
from typing import Any

from docgen.template.breaks import break_before
from docgen.template.merges import end_merge, is_merged, merge, unless_merged
from docgen.template.numbering import list_in_force, restart
from docgen.template.pictures import show_image, shown

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
