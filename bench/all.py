"""Every benchmark, one after the other, each in a fresh process and each beside its peers: `make bench`.

Options are handed on to each: `python bench/all.py --quick` for a short look. Figures of one machine are not promises;
the ratios within one run are what counts.
"""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> int:
    print(
        f"{platform.platform()}  {platform.processor() or platform.machine()}  Python {platform.python_version()}", flush=True
    )
    failed = []
    for script in sorted(HERE.glob("*.py")):
        if script == Path(__file__).resolve() or script.name.startswith("_"):
            continue
        print(f"\n=== {script.stem}", flush=True)
        if subprocess.run([sys.executable, str(script), *sys.argv[1:]], check=False).returncode != 0:
            failed.append(script.stem)
    if failed:
        print(f"\nnot measured: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
