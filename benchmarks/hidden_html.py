"""Pages that hold people where nobody looks."""

from __future__ import annotations

import json
from urllib.parse import quote

from benchmarks.hidden_sheets import Write, lines, rows
from scanner.synthetic.people import Person


def _page(template: str, *, encoding: str = "utf-8") -> Write:
    """``{text}`` in a template is repeated for each person."""

    def write(people: list[Person]) -> bytes:
        body = "\n".join(template.replace("{text}", text).replace("{quoted}", quote(text)) for text in lines(people))
        return f"<html><head><title>公示</title></head><body><p>公示如下</p>{body}<p>完</p></body></html>".encode(
            encoding
        )

    return write


def _table(row: str, cell: str) -> Write:
    def write(people: list[Person]) -> bytes:
        body = "".join(
            f"<tr{row if at else ''}>"
            + f"<td>{cells[0]}</td>"
            + "".join(f"<td{cell}>{c}</td>" for c in cells[1:])
            + "</tr>"
            for at, cells in enumerate(rows(people))
        )
        return f"<html><body><p>公示</p><table>{body}</table></body></html>".encode()

    return write


def _json(people: list[Person]) -> bytes:
    data = json.dumps([{"xm": p.name, "sfz": p.resident_id, "dh": p.mobile} for p in people])
    return f"<html><body><p>公示</p><script>var list = {data};</script></body></html>".encode()


def _script_file(people: list[Person]) -> bytes:
    return "".join(f"add('{p.name}', '{p.resident_id}', {p.mobile});\n" for p in people).encode()


HTML: tuple[tuple[str, Write], ...] = (
    ("comment", _page("<!-- {text} -->")),
    ("table row in a comment", _page("<!--<tr><td>{text}</td></tr>-->")),
    ("display:none", _page('<div style="display: none"><p>{text}</p></div>')),
    ("visibility:hidden", _page("<span style='visibility:hidden'>{text}</span>")),
    ("font-size:0", _page("<span style='font-size:0px'>{text}</span>")),
    ("white on white", _page("<span style='color:#fff;background-color:#ffffff'>{text}</span>")),
    ("hidden", _page("<section hidden>{text}</section>")),
    ("template", _page("<template><p>{text}</p></template>")),
    ("hidden rows", _table(' style="display:none"', "")),
    ("hidden columns", _table("", ' style="display:none"')),
    ("hidden input", _page('<input type="hidden" name="data" value="{text}">')),
    ("form value*", _page('<input name="data" value="{text}">')),
    ("alt", _page('<img src="1.jpg" alt="{text}">')),
    ("title", _page('<a href="1.html" title="{text}">查看</a>')),
    ("data-*", _page('<li data-person="{text}">一</li>')),
    ("onclick", _page("<a onclick=\"show('{text}')\">查看</a>")),
    ("meta description", _page('<meta name="description" content="{text}">')),
    ("query of a link", _page('<a href="/query?key={quoted}">查看</a>')),
    ("inline JSON", _json),
    ("string in a script", _page("<script>var a = '{text}';</script>")),
    ("comment in a script", _page("<script>// {text}\n</script>")),
    ("page in GB18030", _page("<!-- {text} -->", encoding="gb18030")),
    ("script file", _script_file),
)
