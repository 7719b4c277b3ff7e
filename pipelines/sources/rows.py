"""From a row of an export to a member: its text or HTML is the data, the rest its fields."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Final

from pipelines.documents import Member
from pipelines.schema import Status
from pipelines.sources.fieldmap import CONTENT, FieldMap

_MARKUP: Final = re.compile(
    r"<(?:!doctype|html|body|div|p|br|table|td|span|a|img|h[1-6]|ul|li|font|strong|b)\b[^<]*>", re.I
)
_URL: Final = re.compile(r"https?://\S+", re.I)
_BARE_URL: Final = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?/\S*", re.I)


def member(path: str, row: Mapping[str, object], fields: FieldMap, limit: int) -> Member:
    """The member of one row, column → value. Columns that mean nothing known stay in ``fields`` under their own names;
    a row without text or HTML is read as the text of all its columns."""
    columns = {str(column): _text(value) for column, value in row.items()}
    meant = fields.fields(columns)
    values: dict[str, str] = {}
    for column, value in columns.items():
        name = meant.get(column, column)
        if name == CONTENT:
            name = "html" if _MARKUP.search(value) else "text"
        if value and not values.setdefault(name, value):
            values[name] = value
    text = values.get("html") or values.get("text")
    if text is None:
        text = "\n".join(f"{column}\t{value}" for column, value in columns.items() if value)
    url, fetched_at = _url(values.get("url", "")), _moment(values.get("fetched_at", ""))
    data = text.encode()
    if len(data) > limit:
        return Member(path, None, url, status=Status.TOO_LARGE, reason=f"{len(data)} bytes")
    media_type = "text/html" if "html" in values else "text/plain"
    return Member(path, data, url, media_type, "utf-8", fetched_at, values)


def broken_row(path: str, reason: str) -> Member:
    return Member(path, None, status=Status.CORRUPT, reason=reason)


def _text(value: object) -> str:
    """A value as text that UTF-8 can hold: a lone half of a surrogate pair becomes U+FFFD."""
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, date):
        return value.isoformat()
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    try:
        text.encode()
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", "\ufffd", text)
    return text


def _url(value: str) -> str:
    value = value.strip()
    if _URL.fullmatch(value):
        return value
    return f"http://{value}" if _BARE_URL.fullmatch(value) else ""


def _moment(value: str) -> datetime | None:
    """ISO 8601, or seconds or milliseconds since 1970; UTC where no zone is said."""
    try:
        if value.isdecimal() and len(value) in (10, 13):
            return datetime.fromtimestamp(int(value[:10]), UTC)
        moment = datetime.fromisoformat(value)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
