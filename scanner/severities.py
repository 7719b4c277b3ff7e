"""Severity as people type it, in English or Chinese, and as files carry it."""

from __future__ import annotations

from typing import Final

from patterns.schema import Severity

# The codes of JSONL, CSV and the command line, least first.
NAMES: Final = {
    Severity.INFO: "info",
    Severity.LOW: "low",
    Severity.MEDIUM: "medium",
    Severity.HIGH: "high",
    Severity.CRITICAL: "critical",
}
_ALL_NAMES: Final = {Severity.SUPPORTING: "supporting", **NAMES, Severity.SECRET: "secret"}
_TYPED: Final = {
    **{name: severity for severity, name in NAMES.items()},
    "提示": Severity.INFO,
    "低": Severity.LOW,
    "中": Severity.MEDIUM,
    "高": Severity.HIGH,
    "严重": Severity.CRITICAL,
}


def parse(typed: str) -> Severity | None:
    """The severity a person means, or None.

    >>> parse("Medium"), parse("严重"), parse("bad")
    (<Severity.MEDIUM: 3>, <Severity.CRITICAL: 5>, None)
    """
    return _TYPED.get(typed.strip().lower())


def coded(code: str) -> Severity:
    """The severity of a code as ``name`` gives it."""
    return next(severity for severity, name in _ALL_NAMES.items() if name == code)


def name(severity: int) -> str:
    """The code of a severity, the same in every language."""
    return _ALL_NAMES[Severity(severity)]
