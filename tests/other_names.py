"""Word files and workbooks as Word and Excel on the web save them: the same parts under other names."""

import zipfile
from io import BytesIO

#: What each usual name becomes, wherever a part is named.
NAMES = {
    "word/document.xml": "word/document2.xml",
    "word/styles.xml": "word/kieu.xml",
    "word/header1.xml": "word/dau-trang.xml",
    "word/numbering.xml": "word/danh-so.xml",
    "docProps/custom.xml": "docProps/custom2.xml",
    "xl/workbook.xml": "xl/workbook2.xml",
    "xl/worksheets/sheet1.xml": "xl/trang/mot.xml",
    "xl/sharedStrings.xml": "xl/chu.xml",
    "xl/styles.xml": "xl/kieu.xml",
}


def renamed(content: bytes, names: dict[str, str] | None = None) -> bytes:
    """The same package, its parts under other names (:data:`NAMES`) and all that leads to them changed alike."""
    wanted = NAMES if names is None else names
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            folder = name.partition("_rels/")[0]
            for usual, other in wanted.items():
                if name == "[Content_Types].xml":
                    data = data.replace(f'"/{usual}"'.encode(), f'"/{other}"'.encode())
                elif name.endswith(".rels"):
                    for start in ("/", "") if folder == "" else ("/",):
                        data = data.replace(f'Target="{start}{usual}"'.encode(), f'Target="/{other}"'.encode())
                    target = usual.removeprefix(folder)
                    data = data.replace(f'Target="{target}"'.encode(), f'Target="/{other}"'.encode())
            new.writestr(_new(name, wanted), data)
    return out.getvalue()


def _new(name: str, names: dict[str, str]) -> str:
    head, rels, file = name.rpartition("_rels/")
    if rels and file.endswith(".rels") and head:
        folder, _slash, last = names.get(head + file[:-5], head + file[:-5]).rpartition("/")
        return f"{folder}/_rels/{last}.rels"
    return names.get(name, name)
