"""Tasks, sources and extractors that misbehave on command. Importable, so that workers can unpickle them."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.documents import Document, Member, body
from pipelines.isolation import Verdict, Watch
from pipelines.sources import Shard

Item = tuple[int, tuple[str, ...]]  # number of the item, what to do with each unit


@dataclass(frozen=True)
class Obedient:
    """Its items are lists of words; what a word asks for is done. A line in ``log`` for each unit worked on. The word
    "next" begins another stream."""

    log: Path

    def open(self) -> Callable[[Item, Watch], tuple[int, list[str]]]:
        return self.handle

    def handle(self, item: Item, watch: Watch) -> tuple[int, list[str]]:
        def work(word: str) -> str:
            with self.log.open("a") as log:
                log.write(f"{item[0]} {word} {os.getpid()}\n")
            return obey(word, self.log)

        streams = map(_read, _streams(item[1]))
        return item[0], list(watch.each_of(streams, work, lambda word, v: f"{word}: {v.status} {v.reason}", _lost))


def _streams(words: tuple[str, ...]) -> list[list[str]]:
    streams = list[list[str]]([[]])
    for word in words:
        if word == "next":
            streams.append([])
        else:
            streams[-1].append(word)
    return streams


def _read(words: list[str]) -> Iterator[str]:
    for word in words:
        if word.startswith("reading-"):
            obey(word.removeprefix("reading-"), Path())
        yield word


def _lost(stream: int, index: int, verdict: Verdict) -> str:
    where = f"{index} of stream {stream}" if stream else f"{index}"
    return f"from {where}: {verdict.status} {verdict.reason}"


def obey(word: str, log: Path) -> str:
    if word.startswith("segfault"):
        ctypes.string_at(0)
    elif word.startswith("exit"):
        os._exit(3)
    elif word.startswith("killed") or (word.startswith("once") and log.read_text().count(word) == 1):
        os.kill(os.getpid(), signal.SIGKILL)
    elif word.startswith("hang"):
        time.sleep(600)
    elif word.startswith("slow"):
        time.sleep(0.02)
    elif word.startswith("memory"):
        bytearray(8 << 30)
    elif word.startswith("network"):
        socket.create_connection(("127.0.0.1", 9))
    elif word.startswith("look-up"):
        socket.getaddrinfo("localhost", 80)
    elif word.startswith("error"):
        raise KeyError(word)
    return word


def from_list(words: list[Any]) -> Callable[[], Any | None]:
    items = iter(words)
    return lambda: next(items, None)


SHARD = 16


@dataclass(frozen=True)
class LinesSource:
    """A file whose lines are members: "path|text"; a text "<!name" links the attachment ``name``."""

    path: Path
    kind: str = "lines"

    def fingerprint(self) -> str:
        return self.path.read_bytes().hex()[-32:].rjust(32, "0")

    def total_bytes(self) -> int:
        return self.path.stat().st_size

    def _lines(self) -> list[str]:
        return self.path.read_text(encoding="utf-8").splitlines()

    def shards(self) -> Iterator[Shard]:
        count = len(self._lines())
        for ordinal, start in enumerate(range(0, count, SHARD)):
            yield Shard(ordinal, start, min(start + SHARD, count), size=1, first=start)

    def read(self, shard: Shard) -> Iterator[Member]:
        for line in self._lines()[shard.start : shard.stop]:
            path, _, text = line.partition("|")
            yield Member(path, text.encode(), url=f"http://www.example.gov.cn/{path}")


def open_lines(path: Path, fields: object) -> LinesSource:
    return LinesSource(path)


def obey_text(member: Member) -> Document:
    """Does what the member's text asks for; otherwise that is the document."""
    text = obey((member.data or b"").decode(), Path())
    return Document(text=text, segments=body(text), media_type="text/plain", extractor="fake")
