"""An archive whose members are spoilt documents, made as they are read. Importable, so that workers can unpickle it."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.fuzz_mutations import spoilt
from benchmarks.fuzz_seeds import Seed, given, seeds
from pipelines.documents import Member
from pipelines.sources import FieldMap, Shard

_SHARD: Final = 100
_LARGEST: Final = 2_000_000  # bytes of a file that is spoilt


def write_seeds(path: Path, folder: Path | None) -> str:
    """Makes the sound documents once for all workers; a digest of them: equal digests, equal runs."""
    sound = seeds() + (given(folder, _LARGEST) if folder else [])
    path.write_bytes(pickle.dumps(sound))
    return f"{len(sound)} sound documents, digest {blake2b(repr(sound).encode(), digest_size=6).hexdigest()}"


@lru_cache(maxsize=1)
def _seeds(path: Path) -> list[Seed]:
    sound: list[Seed] = pickle.loads(path.read_bytes())
    return sound


def document(number: int, seed: int, sound: Path) -> Member:
    """Spoilt document ``number`` of a seed; always the same."""
    random = Random(f"{seed} {number}")
    name, data = _seeds(sound)[number % len(_seeds(sound))]
    return Member(f"{number}/{name}", spoilt(data, random))


@dataclass(frozen=True)
class FuzzSource:
    path: Path
    documents: int
    seed: int
    sound: Path
    kind: str = "fuzz"

    def fingerprint(self) -> str:
        return blake2b(f"{self.documents} {self.seed}".encode(), digest_size=16).hexdigest()

    def total_bytes(self) -> int:
        return self.documents

    def shards(self) -> Iterator[Shard]:
        for ordinal, first in enumerate(range(0, self.documents, _SHARD)):
            stop = min(first + _SHARD, self.documents)
            yield Shard(ordinal, first, stop, size=stop - first, first=first)

    def read(self, shard: Shard) -> Iterator[Member]:
        for number in range(shard.start, shard.stop):
            yield document(number, self.seed, self.sound)


@dataclass(frozen=True)
class Opener:
    source: FuzzSource

    def __call__(self, path: Path, fields: FieldMap, passwords: Sequence[str] = ()) -> FuzzSource:
        return self.source
