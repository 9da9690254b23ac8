"""The wheel holds all that docgen needs, and works from any folder; so does the editable install."""

import configparser
import importlib.metadata
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

OWN = ("docgen", "data", "templates_docx")
SAMPLE = "7 nhóm, 22 nhiệm vụ, 406 triệu đồng"


def configuration() -> configparser.ConfigParser:
    found = configparser.ConfigParser()
    found.read(ROOT / "setup.cfg", encoding="utf-8")
    return found


def test_every_package_is_listed() -> None:
    listed = configuration()["options"]["packages"].split()
    present = {
        ".".join(("docgen", *path.parent.relative_to(ROOT / "docgen").parts))
        for path in (ROOT / "docgen").rglob("__init__.py")
    }
    mapped = {"docgen.data", "docgen.templates_docx"}
    assert listed == sorted(listed)
    assert set(listed) == present | mapped


def run(arguments: list[str | Path], cwd: Path) -> str:
    done = subprocess.run(
        list(map(str, arguments)),
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": ""},
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build_wheel(tmp_path: Path) -> Path:
    """A wheel from a copy of the sources, so that nothing is left behind in them."""
    source = tmp_path / "source"
    source.mkdir()
    for name in OWN:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, source)
    try:
        new_enough = tuple(map(int, importlib.metadata.version("setuptools").split(".")[:2])) >= (70, 1)
    except importlib.metadata.PackageNotFoundError:
        new_enough = False
    isolation = ["--no-isolation"] if new_enough else []  # older ones need a package of their own for wheels
    run([sys.executable, "-m", "build", "--wheel", *isolation, "--outdir", tmp_path / "dist", source], tmp_path)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    return wheel


def environment(home: Path) -> Path:
    """The Python of an environment with all that docgen depends on, but without docgen."""
    venv.create(home, with_pip=False)
    paths = {"base": str(home), "platbase": str(home)}
    site = Path(sysconfig.get_path("purelib", "venv", vars=paths))
    # What docgen depends on comes from this environment, docgen itself does not: .pth files there aren't followed.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return Path(sysconfig.get_path("scripts", "venv", vars=paths)) / Path(sys.executable).name


def test_a_wheel_works_from_any_folder(tmp_path: Path) -> None:
    wheel = build_wheel(tmp_path)
    held = set(zipfile.ZipFile(wheel).namelist())
    for folder, pattern in (("data", "*.yaml"), ("templates_docx", "*.docx"), ("docgen", "*.py"), ("docgen", "*.json")):
        for path in (ROOT / folder).rglob(pattern):
            inside = path.relative_to(ROOT).as_posix()
            assert (inside if folder == "docgen" else f"docgen/{inside}") in held
    assert not [name for name in held if name.startswith("tests/")]

    home = tmp_path / "môi trường"
    python = environment(home)
    scripts = python.parent
    install = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index"]
    run([*install, wheel], tmp_path)

    folder = tmp_path / "ở đâu đó"
    folder.mkdir()
    docgen = scripts / "docgen"
    where = run(
        [python, "-c", "import docgen.workflows.build as p; print(p.__file__); print(p.shipped_data())"], folder
    )
    module, data = where.splitlines()
    assert Path(module).is_relative_to(home)
    assert SAMPLE in run([docgen, "validate", Path(data) / "huong-thuy-2023"], folder)
    run([docgen, "init", "mới", "--year", "2027"], folder)
    assert "năm 2027 hợp lệ" in run([docgen, "validate", "mới"], folder)
    assert run([docgen, "words", "406", "--unit", "triệu đồng"], folder) == "Bốn trăm linh sáu triệu đồng\n"


def test_a_checkout_works_without_an_install(tmp_path: Path) -> None:
    checkout = tmp_path / "docgen mới lấy về"
    checkout.mkdir()
    for name in OWN:
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
    python = environment(tmp_path / "môi trường")
    installed = "from importlib.util import find_spec; print(find_spec('docgen'))"
    assert run([python, "-c", installed], tmp_path) == "None\n"

    docgen = [python, "-m", "docgen"]
    assert SAMPLE in run([*docgen, "validate", "data/huong-thuy-2023"], checkout)
    run([*docgen, "build", "data/huong-thuy-2023", "-o", tmp_path / "out"], checkout)
    assert {path.name for path in (tmp_path / "out").iterdir()} >= {"quyet-dinh.docx", "ke-hoach.docx"}
    run([*docgen, "init", tmp_path / "mới", "--year", "2027"], checkout)
    assert (tmp_path / "mới" / "mau" / "ke_hoach.docx").exists()
    assert "năm 2027 hợp lệ" in run([*docgen, "validate", tmp_path / "mới"], checkout)
    assert "Ngày nghỉ năm 2026" in run([*docgen, "periods", "2026"], checkout)


def test_an_editable_install_works_from_any_folder(tmp_path: Path) -> None:
    docgen = Path(sys.executable).with_name("docgen")
    if not docgen.exists():
        pytest.skip("docgen isn't installed here, so its editable install was NOT tested")
    where = run([sys.executable, "-c", "import docgen; print(docgen.__file__)"], tmp_path).strip()
    assert Path(where).is_relative_to(ROOT)
    run([docgen, "init", "moi"], tmp_path)
    assert "hợp lệ" in run([docgen, "validate", "moi"], tmp_path)
    data = run([sys.executable, "-c", "import docgen.workflows.build as p; print(p.shipped_data())"], tmp_path).strip()
    assert SAMPLE in run([docgen, "validate", Path(data) / "huong-thuy-2023"], tmp_path)
