"""Run every benchmark and write what was measured to ``benchmarks/RESULTS.md``.

    python benchmarks/run.py            all of them (some 15 minutes on two cores)
    python benchmarks/run.py view store only these

Each ``bench_*.py`` has ``rows(quick=False) -> list[Row]``: medians of interleaved runs, CPU of the
thread under test, and the ratio to a floor measured in the same run.
"""

from __future__ import annotations

import argparse
import importlib
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

NAMES = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))


def commit() -> str:
    """Return the commit that was measured, with a plus where the tree had changes."""
    git = ["git", "-C", str(HERE.parent)]
    head = subprocess.run(
        [*git, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    dirty = subprocess.run(
        [*git, "status", "--porcelain"], capture_output=True, text=True, check=False
    ).stdout
    return head.stdout.strip() + ("+" if dirty.strip() else "")


def table(rows) -> str:
    """Return the rows as a Markdown table."""
    lines = [
        "| work | ours | floor | ratio | bar | met |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        met = "yes" if row.met else "**no**"
        lines.append(f"| {row.work} | {row.ours} | {row.floor} | {row.ratio} | {row.bar} | {met} |")
    return "\n".join(lines)


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=NAMES, choices=[*NAMES, []])
    parser.add_argument("--quick", action="store_true", help="fewer runs, smaller projects")
    options = parser.parse_args()
    parts = []
    for name in options.names or NAMES:
        print(f"measuring {name} ...", flush=True)
        part = table(importlib.import_module(f"bench_{name}").rows(quick=options.quick))
        print(part, flush=True)
        parts.append(f"## {name}\n\n{part}\n")
    head = (
        f"# What was measured\n\n`make bench` on {datetime.now(UTC):%Y-%m-%d}, commit {commit()}, "
        f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}. "
        "Medians of interleaved runs; CPU ms of the thread under test unless it says wall; the "
        "ratio is to the floor of the same run.\n\n"
    )
    if set(options.names or NAMES) == set(NAMES) and not options.quick:
        (HERE / "RESULTS.md").write_text(head + "\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
