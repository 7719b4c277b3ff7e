"""Mail, saved pages, Outlook's messages."""

from __future__ import annotations

import struct
from base64 import b64encode
from email.message import EmailMessage

from pipelines.documents import Document, Member
from pipelines.extractors import extract, media
from pipelines.extractors.detect import detect
from pipelines.schema import SegmentKind, Status
from tests.pipelines.extractors.ole_files import ole_file


def found(document: Document) -> list[tuple[str, str, str]]:
    return [(s.kind, s.place, document.text[s.start : s.end]) for s in document.segments]


def message() -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = "关于名单的函", "张三 <zs@example.com>", "李四 <ls@example.com>"
    made.set_content("正文一\n正文二\n")
    made.add_alternative("<p>网页正文</p>", subtype="html")
    made.add_attachment(b"a,b", maintype="text", subtype="csv", filename="名单.csv")
    return made


def test_a_mail_and_its_parts() -> None:
    inner = EmailMessage()
    inner["Subject"], inner["To"] = "内", "x@example.com"
    inner.set_content("转发\n")
    outer = message()
    outer.add_attachment(inner)
    data = outer.as_bytes()
    assert detect(data, "a.txt2") == media.MAIL
    document = extract(Member("a.eml", data))
    assert found(document) == [
        (SegmentKind.TITLE, "", "关于名单的函"),
        (SegmentKind.METADATA, "From", "张三 <zs@example.com>"),
        (SegmentKind.METADATA, "To", "李四 <ls@example.com>"),
        (SegmentKind.BODY, "", "正文一\n正文二"),
    ]
    assert [c.path for c in document.children] == ["a.eml!/part2.html", "a.eml!/名单.csv", "a.eml!/part4.eml"]
    assert document.children[1].data == b"a,b"
    assert extract(document.children[0]).text == "网页正文"
    assert "转发" in extract(document.children[2]).text


def test_raw_gbk_headers_and_names() -> None:
    head = "Subject: 名单\nMIME-Version: 1.0\nFrom: =?gb2312?B?{}?=\nContent-Type: multipart/mixed; boundary=x\n\n"
    data = head.format(b64encode("赵".encode("gbk")).decode()).encode("gbk")
    part = 'Content-Type: application/x; name="附件.xls"\nContent-Transfer-Encoding: base64\n\n'.encode("gbk")
    body = b"--x\nContent-Type: text/plain; charset=gb2312\n\n" + "张三".encode("gbk") + b"\n--x\n"
    document = extract(Member("a.eml", data + body + part + b64encode(b"1") + b"\n--x--\n"))
    assert document.text == "名单\n赵\n张三"
    assert [(c.path, c.data) for c in document.children] == [("a.eml!/附件.xls", b"1")]


def test_a_saved_page_is_the_page() -> None:
    page = "<html><head><title>题</title></head><body><table><tr><td>张三<td>1</table></body></html>".encode("gbk")
    data = (
        b"From: <Saved by Windows Internet Explorer 8>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset="gb2312"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n" + b64encode(page) + b"\r\n--b\r\nContent-Type: image/png\r\n"
        b"Content-Location: http://x/a.png?1\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n"
    )
    document = extract(Member("a.doc", data))
    assert (document.media_type, document.extractor) == (media.MHTML, "mhtml")
    assert "张三\t1" in document.text
    assert [c.path for c in document.children] == ["a.doc!/a.png"]


def property_stream(page: int) -> bytes:
    return bytes(32) + struct.pack("<HHIII", 3, 0x3FFD, 6, page, 0)


def test_an_outlook_message() -> None:
    inner = {"__properties_version1.0": property_stream(936), "__substg1.0_0037001F": "内件".encode("utf-16-le")}
    data = ole_file(
        {
            "__properties_version1.0": property_stream(936),
            "__substg1.0_0037001E": "关于名单".encode("gbk"),
            "__substg1.0_1000001E": "正文：张三\r\n".encode("gbk"),
            "__substg1.0_10130102": b"<p>html</p>",
            "__substg1.0_0C1A001F": "赵六".encode("utf-16-le"),
            "__recip_version1.0_#00000000": {"__substg1.0_3001001F": "钱七".encode("utf-16-le"),
                                             "__substg1.0_39FE001F": "q@example.com".encode("utf-16-le")},
            "__attach_version1.0_#00000000": {"__substg1.0_3707001F": "名单.csv".encode("utf-16-le"),
                                              "__substg1.0_37010102": b"a,b"},
            "__attach_version1.0_#00000001": {"__substg1.0_3001001F": "内件".encode("utf-16-le"),
                                              "__substg1.0_3701000D": inner},
        }
    )  # fmt: skip
    assert detect(data) == media.MSG
    document = extract(Member("a.msg", data))
    assert document.status == Status.EXTRACTED
    assert found(document) == [
        (SegmentKind.TITLE, "", "关于名单"),
        (SegmentKind.METADATA, "From", "赵六"),
        (SegmentKind.METADATA, "recipient", "钱七 q@example.com"),
        (SegmentKind.BODY, "", "正文：张三"),
    ]
    assert [c.path for c in document.children] == ["a.msg!/body.html", "a.msg!/名单.csv", "a.msg!/内件.msg"]
    assert extract(document.children[2]).text == "内件"
