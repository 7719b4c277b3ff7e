"""The floors under the quality: a file of numbers that only rise."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

PATH: Final = Path(__file__).with_name("floors.toml")
_HEADER: Final = (
    "# Floors of `python -m benchmarks.quality` and `benchmarks.archives`; raised with --raise, never lowered by hand\n"
    "# without saying why.\n"
)


def read(path: Path = PATH) -> dict[str, float]:
    if not path.exists():
        return {}
    return {str(key): float(value) for key, value in tomllib.loads(path.read_text("utf-8")).items()}


def below(measured: Mapping[str, float], path: Path = PATH) -> list[str]:
    """What lies under its floor, or was measured once and is gone; only names of the measured sets count.

    A set without any floor is named too: a check that checks nothing must not pass."""
    sets = {tuple(key.split(".")[:2]) for key in measured}
    floors = {key: value for key, value in read(path).items() if tuple(key.split(".")[:2]) in sets}
    bare = sets - {tuple(key.split(".")[:2]) for key in floors}
    return [f"{'.'.join(name)}: no floors yet, set them with --raise" for name in sorted(bare)] + [
        f"{key}: {measured.get(key, 0.0):.4f} < {floor:.4f}"
        for key, floor in sorted(floors.items())
        if measured.get(key, 0.0) < floor
    ]


def lift(measured: Mapping[str, float], path: Path = PATH) -> None:
    """Raises each floor to the measured value, rounded down to four places; none falls."""
    floors = read(path)
    for key, value in measured.items():
        floors[key] = max(floors.get(key, 0.0), math.floor(value * 10_000) / 10_000)
    path.write_text(_HEADER + "".join(f'"{key}" = {value}\n' for key, value in sorted(floors.items())), "utf-8")
