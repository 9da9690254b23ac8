"""A missing tool is never passed over in silence."""

from collections.abc import Callable

import pytest


def test_a_missing_tool_is_skipped_aloud(needs_tool: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.warns(UserWarning, match="khong-co is not installed"), pytest.raises(pytest.skip.Exception):
        needs_tool("khong-co")


def test_a_missing_tool_fails_on_ci(needs_tool: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="khong-co is not installed"):
        needs_tool("khong-co")


def test_a_tool_that_is_there_is_found(needs_tool: Callable[[str], str]) -> None:
    assert needs_tool("python3")
