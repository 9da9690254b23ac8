"""The summary of a run to whoever must know: handed to a command of the operator's own."""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from docgen.base.locale import translate as _

SECONDS = 60.0


def notify(command: str, summary: Mapping[str, Any], *, seconds: float = SECONDS) -> str:
    """Run a command without a shell: the summary as JSON (UTF-8) on its stdin, one line in ``DOCGEN_SUMMARY``.

    Returns "" or a sentence that says what went wrong; a notice that isn't sent never changes the run.
    """
    line = " ".join(f"{name}={summary[name]}" for name in ("jobs", "made", "refused", "failed") if name in summary)
    environment = {**os.environ, "DOCGEN_SUMMARY": line}
    try:
        words = command if sys.platform == "win32" else shlex.split(command)
        content = json.dumps(summary, ensure_ascii=False).encode()
        done = subprocess.run(  # noqa: S603 - the operator's own command
            words, input=content, env=environment, timeout=seconds, check=False, stdout=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        return _("lệnh --notify chưa xong sau {seconds:g} giây nên đã bị dừng").format(seconds=seconds)
    except OSError as error:
        return _("không chạy được lệnh --notify: {reason}").format(reason=error.strerror or error)
    except (ValueError, IndexError):
        return _("không chạy được lệnh --notify: lệnh trống, hoặc có dấu nháy chưa đóng")
    return _("lệnh --notify kết thúc với mã {code}").format(code=done.returncode) if done.returncode else ""
