"""Compound files from a dictionary: a value is a stream's bytes or the dictionary of a storage."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from pipelines.extractors.ole_writer import repacked

Tree = dict[str, Any]


def ole_file(tree: Tree) -> bytes:
    root = _node("Root Entry", tree)
    return repacked(SimpleNamespace(root=root, openstream=lambda path: _stream(tree, path)), [])


def _node(name: str, content: Any) -> Any:
    if isinstance(content, bytes):
        return SimpleNamespace(name=name, entry_type=2, kids=[])
    kids = [_node(key, value) for key, value in content.items()]
    return SimpleNamespace(name=name, entry_type=1, kids=kids, clsid="")


def _stream(tree: Any, path: list[str]) -> Any:
    for name in path:
        tree = tree[name]
    return SimpleNamespace(read=lambda: tree)
