"""An auditor's recount: every figure of a report computed a second time, from the YAML files alone.

`facts.py` reads the files with PyYAML's BaseLoader, `recount.py` counts. Neither imports docgen: where the two
computations agree, they agree by the documentation (docs/bao-cao.md, docs/du-lieu.md, data/), not by shared code.
"""
