"""Codes of why an export proves nothing removed, or nothing at all."""

from __future__ import annotations

from typing import Final


class NotWhole:
    """Why what is not in an export may be on the site all the same; beside the codes of pipelines.landing.Why."""

    CUT: Final = "cut"  # it ended early
    SHRUNK: Final = "shrunk"  # it holds far fewer files than the last one
    FAILED: Final = "failed"  # it could not be read
    UNFINISHED: Final = "unfinished_night"  # the time was up
    MISSING: Final = "missing"  # there is none
