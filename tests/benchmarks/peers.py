"""docxtemplater as a peer of the benches: where node finds it, as ``make bench`` sees to."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_SCRIPT = Path(__file__).with_name("docxtemplater.js")


def docxtemplater(template: Path, data: Mapping[str, Any], times: int) -> dict[str, float] | None:
    """Milliseconds (the median of ``times``, after one that warms up) and megabytes; None where it isn't installed."""
    node = shutil.which("node")
    if node is None or not os.environ.get("NODE_PATH"):
        return None
    values = template.with_suffix(".json")
    values.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    command = [node, str(_SCRIPT), str(template), str(values), str(times)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found
