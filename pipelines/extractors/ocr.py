"""Text recognition: rapidocr, offline, its models in its package (extra ``[ocr]``), imported when a picture comes.

A picture takes one to five seconds and a document that takes a minute is lost as a whole, so there is a bound on the
time that the pictures of one archive member take together, however they are packed in it.
"""

from __future__ import annotations

import importlib.util
from functools import lru_cache
from time import monotonic
from typing import Any, Final

from pipelines.extractors.assembly import Unreadable
from pipelines.extractors.ofd_page import Piece
from pipelines.schema import Status

MAX_SECONDS: Final = 35.0  # for all pictures of one archive member


class _Clock:
    """Seconds spent on the member that is being read; a worker reads one at a time."""

    spent = 0.0


def available() -> bool:
    return importlib.util.find_spec("rapidocr") is not None


def begin() -> None:
    """A new archive member: all its time lies before it."""
    _Clock.spent = 0.0


def has_time() -> bool:
    return _Clock.spent < MAX_SECONDS


def pieces_of(picture: Any) -> tuple[list[Piece], float]:
    """The words in a picture (a file's bytes, or pixels) and where they stand; how sure that is, from 0 to 1.

    Raises Unreadable when the time is used up.
    """
    if not has_time():
        raise Unreadable(Status.TIMED_OUT, "OCR: no time left")
    began = monotonic()
    result = engine()(picture)
    _Clock.spent += monotonic() - began
    boxes, texts, scores = result.boxes, result.txts, result.scores
    if boxes is None or not texts:
        return [], 1.0
    return [_piece(box, words) for box, words in zip(boxes, texts, strict=True)], sum(scores) / len(scores)


def _piece(box: Any, words: str) -> Piece:
    xs, ys = [float(x) for x, _ in box], [float(y) for _, y in box]
    return Piece(min(xs), max(xs), max(ys), max(ys) - min(ys), words, hidden=False)


@lru_cache(maxsize=1)
def engine() -> Any:
    from rapidocr import RapidOCR

    threads = {"intra_op_num_threads": 1, "inter_op_num_threads": 1}  # the workers share the processors
    return RapidOCR(
        params={"Global.log_level": "critical"} | {f"EngineConfig.onnxruntime.{name}": n for name, n in threads.items()}
    )
