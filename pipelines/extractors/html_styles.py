"""Whether a tag hides what stands in its element: by an attribute, or by its own style."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_VOID: Final = frozenset(
    (
        "input",
        "img",
        "br",
        "hr",
        "meta",
        "link",
        "col",
        "area",
        "base",
        "embed",
        "source",
        "param",
        "wbr",
        "body",
        "html",
    )
)
_RULES: Final = (
    ("display:none", re.compile(r"display\s*:\s*none", re.IGNORECASE)),
    ("visibility:hidden", re.compile(r"visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)),
    ("font-size:0", re.compile(r"font-size\s*:\s*0+(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:!|;|$)", re.IGNORECASE)),
    ("opacity:0", re.compile(r"(?<![-\w])opacity\s*:\s*0+(?:\.0+)?\s*(?:!|;|$)", re.IGNORECASE)),
    ("color:transparent", re.compile(r"(?<![-\w])color\s*:\s*transparent", re.IGNORECASE)),
)
_WHITE: Final = r"(?:white|#fff(?:fff)?(?![\da-f])|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))"
_WHITE_TEXT: Final = re.compile(rf"(?<![-\w])color\s*:\s*{_WHITE}", re.IGNORECASE)
_WHITE_COLOR: Final = re.compile(_WHITE, re.IGNORECASE)
_BACKGROUND: Final = re.compile(r"background(?:-color)?\s*:\s*([^;]+)", re.IGNORECASE)


def how_hidden(name: str, attributes: Mapping[str, str]) -> str:
    """ "display:none", "hidden", "white on white", …; "" for what is shown. Style sheets are not asked."""
    if name in _VOID:
        return ""
    if name == "template" or "hidden" in attributes:
        return "template" if name == "template" else "hidden"
    style = attributes.get("style", "")
    for how, rule in _RULES:
        if rule.search(style):
            return how
    return "white on white" if _white_on_white(attributes, style) else ""


def _white_on_white(attributes: Mapping[str, str], style: str) -> bool:
    """White text whose own tag says that its ground is white: of the ground around it nothing is known here, and white
    captions on blue are common."""
    white = _WHITE_TEXT.search(style) or _WHITE_COLOR.fullmatch(attributes.get("color", "").strip())
    ground = _BACKGROUND.search(style)
    return bool(white and _WHITE_COLOR.match(ground[1] if ground else attributes.get("bgcolor", "").strip()))
