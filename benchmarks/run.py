"""Run every benchmark and write what was measured to ``benchmarks/RESULTS.md``.

    python benchmarks/run.py            all of them (some 15 minutes on two cores)
    python benchmarks/run.py view store only these

Each ``bench_*.py`` has ``rows(quick=False) -> list[Row]``: medians of interleaved runs, CPU of the
thread under test, and the ratio to a floor measured in the same run.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

from row import Row

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


def measured(name: str, *, quick: bool) -> list[Row]:
    """Run one benchmark in a process of its own, so that none warms or slows another."""
    child = [sys.executable, str(HERE / "run.py"), "--rows", name, *(["--quick"] if quick else [])]
    done = subprocess.run(child, stdout=subprocess.PIPE, text=True, check=True)
    return [Row(**row) for row in json.loads(done.stdout.splitlines()[-1])]


def print_rows(name: str, *, quick: bool) -> None:
    """Be the child: measure, and print the rows as the last line."""
    found = importlib.import_module(f"bench_{name}").rows(quick=quick)
    print("\n" + json.dumps([asdict(row) for row in found]), flush=True)
    # Windows and threads of the thing measured need no tidy end here.
    os._exit(0)


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help=", ".join(NAMES))
    parser.add_argument("--quick", action="store_true", help="fewer runs, smaller projects")
    parser.add_argument("--rows", choices=NAMES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.rows:
        print_rows(options.rows, quick=options.quick)
    names = options.names or NAMES
    parts = []
    for name in names:
        print(f"measuring {name} ...", flush=True)
        part = table(measured(name, quick=options.quick))
        print(part, flush=True)
        parts.append(f"## {name}\n\n{part}\n")
    head = (
        f"# What was measured\n\n`make bench` on {datetime.now(UTC):%Y-%m-%d}, commit {commit()}, "
        f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}. "
        "Medians of interleaved runs; CPU ms of the thread under test unless it says wall; the "
        "ratio is to the floor of the same run.\n\n"
    )
    if names == NAMES and not options.quick:
        (HERE / "RESULTS.md").write_text(head + "\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
