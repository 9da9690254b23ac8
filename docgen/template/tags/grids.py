"""Tables whose rows got more or fewer cells than they are drawn with: their grid is fitted after the render.

docxtpl does so for every table at each render; here it is done only where a template's tags can change the columns.
"""

from lxml import etree

from docgen.base.ooxml import parse_xml

#: Tags that change how many cells a row has.
_CHANGING = ("{%tc ", "{{tc ", "{% colspan", "{%colspan", "{% hm", "{%hm")


def changes_grids(xml: str) -> bool:
    """Whether the tags of a part can change how many columns a table has."""
    return any(tag in xml for tag in _CHANGING)


def fit_grids(xml: str) -> str:
    """A rendered part with the grid of each table as wide as its rows; one that is broken as it is."""
    try:
        parse_xml(xml.encode())  # docxtpl would mend silently what is broken
    except etree.XMLSyntaxError:
        return xml  # the proof says what is wrong with it
    from docxtpl import DocxTemplate  # only such templates need it, and with docx it takes long to import

    tree = DocxTemplate("").fix_tables(xml.encode())
    return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + etree.tostring(tree, encoding="unicode")
