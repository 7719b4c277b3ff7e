"""Old Office files and OpenDocument under a password: opened with the owner's, else listed as encrypted."""

from __future__ import annotations

import hashlib
import os
import struct
import zlib
from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import olefile
import pytest
import xlwt
from Cryptodome.Cipher import AES, ARC4, Blowfish

from pipelines.documents import Document, Member
from pipelines.extractors import extract
from pipelines.extractors.biff import records
from pipelines.extractors.office_ciphers import turned, xor_of
from pipelines.schema import Status
from tests.pipelines.extractors import test_ppt
from tests.pipelines.extractors.archives import zipped
from tests.pipelines.extractors.ole_files import ole_file

FIXTURES = Path(__file__).parent / "fixtures"
SALT, VERIFIER = b"0123456789abcdef", b"the verifier is."
WORD, EXCEL = 512, 1024
PASSWORD = "公示2017"
Keys = Callable[[int], bytes]
Lock = tuple[bytes, Keys]  # the header, and the key of each block


def plain_rc4(password: str = PASSWORD) -> Lock:
    first = hashlib.md5(password.encode("utf-16-le")).digest()[:5]
    second = hashlib.md5((first + SALT) * 16).digest()[:5]

    def key(block: int) -> bytes:
        return hashlib.md5(second + struct.pack("<I", block)).digest()

    checked = ARC4.new(key(0)).encrypt(VERIFIER + hashlib.md5(VERIFIER).digest())
    return struct.pack("<2H", 1, 1) + SALT + checked, key


def provider_rc4(bits: int = 128, password: str = PASSWORD) -> Lock:
    first = hashlib.sha1(SALT + password.encode("utf-16-le")).digest()

    def key(block: int) -> bytes:
        found = hashlib.sha1(first + struct.pack("<I", block)).digest()
        return found[:5] + bytes(11) if bits == 40 else found[: bits // 8]

    checked = ARC4.new(key(0)).encrypt(VERIFIER + hashlib.sha1(VERIFIER).digest())
    header = struct.pack("<8I", 4, 0, 0x6801, 0x8004, bits, 1, 0, 0) + "RC4\0".encode("utf-16-le")
    verifier = struct.pack("<I", 16) + SALT + checked[:16] + struct.pack("<I", 20) + checked[16:]
    return struct.pack("<2H2I", 2, 2, 4, len(header)) + header + verifier, key


def turned_by(stream: bytes, key: Keys, block: int) -> bytes:
    parts = (ARC4.new(key(n)).encrypt(stream[n * block :][:block]) for n in range(-(-len(stream) // block)))
    return b"".join(parts)


def gold_streams() -> dict[str, bytes]:
    with olefile.OleFileIO(FIXTURES / "gold.doc") as ole:
        return {entry[0]: ole.openstream(entry).read() for entry in ole.listdir() if len(entry) == 1}


def locked_doc(lock: Lock) -> bytes:
    """The header stands before the table stream, whose places in the FIB move on by its length."""
    header, key = lock
    streams = gold_streams()
    main, table = bytearray(streams["WordDocument"]), header + streams["1Table"]
    for at in range(154, 154 + 8 * 80, 8):
        place, length = struct.unpack_from("<2I", main, at)
        if length:
            struct.pack_into("<I", main, at, place + len(header))
    struct.pack_into("<H", main, 10, struct.unpack_from("<H", main, 10)[0] | 0x100)
    struct.pack_into("<I", main, 14, len(header))
    streams["WordDocument"] = bytes(main[:68]) + turned_by(bytes(main), key, WORD)[68:]
    streams["1Table"] = header + turned_by(table, key, WORD)[len(header) :]
    return ole_file(streams)


def xor_doc() -> bytes:
    xor = xor_of("secret")
    assert xor is not None
    pad, streams = xor.pad(7), gold_streams()
    for name in ("WordDocument", "1Table"):
        streams[name] = bytes(b ^ pad[n % 16] if b not in (0, pad[n % 16]) else b for n, b in enumerate(streams[name]))
    main = bytearray(gold_streams()["WordDocument"][:68] + streams["WordDocument"][68:])
    flags = struct.unpack_from("<H", main, 10)[0]
    struct.pack_into("<H", main, 10, flags | 0x8100)
    struct.pack_into("<2H", main, 14, xor.key, xor.verifier)
    return ole_file(streams | {"WordDocument": bytes(main)})


def plain_xls() -> bytes:
    book = xlwt.Workbook()
    for sheet in (book.add_sheet("名单"), book.add_sheet("二")):
        for row in range(40):
            sheet.write(row, 0, f"张三丰{row}")
            sheet.write(row, 1, row)
    out = BytesIO()
    book.save(out)
    with olefile.OleFileIO(BytesIO(out.getvalue())) as ole:
        return bytes(ole.openstream("Workbook").read())


def with_filepass(content: bytes) -> bytes:
    """The record behind the first one; what lies behind it moves on by its length."""
    stream, record = plain_xls(), struct.pack("<HH", 0x2F, len(content)) + content
    first = 4 + struct.unpack_from("<H", stream, 2)[0]
    out = bytearray(stream[:first] + record + stream[first:])
    for kind, at, _ in records(bytes(out)):
        if kind == 0x85:
            struct.pack_into("<I", out, at, struct.unpack_from("<I", out, at)[0] + len(record))
    return bytes(out)


def locked_book(content: bytes, turn: Callable[[bytes], bytes]) -> bytes:
    stream = with_filepass(content)
    out = bytearray(turn(stream))
    for kind, at, size in records(stream):
        plain = size if kind in (0x809, 0x2F) else 4 if kind == 0x85 else 0
        out[at - 4 : at + plain] = stream[at - 4 : at + plain]
    return ole_file({"Workbook": bytes(out)})


def locked_xls(lock: Lock) -> bytes:
    header, key = lock
    return locked_book(struct.pack("<H", 1) + header, lambda stream: turned_by(stream, key, EXCEL))


def xor_xls() -> bytes:
    xor = xor_of("secret")
    assert xor is not None
    pad = xor.pad(2)

    def turn(stream: bytes) -> bytes:
        out = bytearray(stream)
        for _, at, size in records(stream):
            out[at : at + size] = bytes(turned(stream[at + n] ^ pad[(at + size + n) % 16], 5) for n in range(size))
        return bytes(out)

    return locked_book(struct.pack("<3H", 0, xor.key, xor.verifier), turn)


def locked_ppt() -> bytes:
    header, key = provider_rc4()
    session = test_ppt.box(0x2F14, header)
    plain = test_ppt.file(test_ppt.box(1000), test_ppt.slide(test_ppt.chars("张三丰")), session, live=(0, 1, 2))
    with olefile.OleFileIO(BytesIO(plain)) as ole:
        streams = {entry[0]: ole.openstream(entry).read() for entry in ole.listdir()}
    stream, at = bytearray(streams["PowerPoint Document"]), 0
    for number, size in enumerate((8, len(test_ppt.slide(test_ppt.chars("张三丰")))), 1):
        stream[at : at + size] = ARC4.new(key(number)).encrypt(bytes(stream[at : at + size]))
        at += size
    user = bytearray(streams["Current User"])
    struct.pack_into("<I", user, 12, 0xF3D1C4DF)
    return ole_file({"PowerPoint Document": bytes(stream), "Current User": bytes(user)})


def locked_odf(name: str, blowfish: bool = False, password: str = PASSWORD) -> bytes:
    ns = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    digest = hashlib.sha1 if blowfish else hashlib.sha256
    with ZipFile(FIXTURES / name) as plain:
        parts = {n: plain.read(n) for n in plain.namelist() if not n.endswith("/")}
    entries, out = [], {"mimetype": parts["mimetype"]}
    for path, data in parts.items():
        if path in ("mimetype", "META-INF/manifest.xml"):
            continue
        salt, vector, size = os.urandom(16), os.urandom(8 if blowfish else 16), 16 if blowfish else 32
        key = hashlib.pbkdf2_hmac("sha1", digest(password.encode()).digest(), salt, 64, size)
        packed = zlib.compress(data, wbits=-15)
        if blowfish:
            filled = packed + bytes(-len(packed) % 8)
            out[path] = Blowfish.new(key, Blowfish.MODE_CFB, iv=vector, segment_size=64).encrypt(filled)[: len(packed)]
        else:
            pad = 16 - len(packed) % 16
            out[path] = AES.new(key, AES.MODE_CBC, iv=vector).encrypt(packed + bytes([pad]) * pad)
        cipher = "Blowfish CFB" if blowfish else "http://www.w3.org/2001/04/xmlenc#aes256-cbc"
        kind = "SHA1/1K" if blowfish else "http://x#sha256-1k"
        start = "" if blowfish else '<m:start-key-generation m:start-key-generation-name="http://x#sha256"/>'
        check = b64encode(digest(packed[:1024]).digest()).decode()
        entries.append(
            f'<m:file-entry m:full-path="{path}"><m:encryption-data m:checksum="{check}" m:checksum-type="{kind}">'
            f'<m:algorithm m:algorithm-name="{cipher}" '
            f'm:initialisation-vector="{b64encode(vector).decode()}"/>{start}<m:key-derivation m:iteration-count="64" '
            f'm:key-derivation-name="PBKDF2" m:salt="{b64encode(salt).decode()}" m:key-size="{size}"/>'
            "</m:encryption-data></m:file-entry>"
        )
    out["META-INF/manifest.xml"] = f'<m:manifest xmlns:m="{ns}">{"".join(entries)}</m:manifest>'.encode()
    return zipped(out)


FILES = {
    "rc4.doc": (locked_doc(plain_rc4()), PASSWORD, "张三丰"),
    "provider.doc": (locked_doc(provider_rc4()), PASSWORD, "张三丰"),
    "xor.doc": (xor_doc(), "secret", "张三丰"),
    "rc4.xls": (locked_xls(plain_rc4()), PASSWORD, "张三丰39\t39"),
    "provider.xls": (locked_xls(provider_rc4(40)), PASSWORD, "张三丰39\t39"),
    "default.xls": (locked_xls(plain_rc4("VelvetSweatshop")), "", "张三丰39\t39"),
    "xor.xls": (xor_xls(), "secret", "张三丰39\t39"),
    "a.ppt": (locked_ppt(), PASSWORD, "张三丰"),
    "aes.odt": (locked_odf("gold.odt"), PASSWORD, "张三丰"),
    "blowfish.odt": (locked_odf("gold.odt", blowfish=True), PASSWORD, "张三丰"),
}


def read(name: str, *passwords: str) -> Document:
    return extract(Member(name, FILES[name][0]), passwords)


@pytest.mark.parametrize("name", FILES)
def test_the_owners_password_opens_it(name: str) -> None:
    _, password, words = FILES[name]
    document = read(name, "wrong", *filter(None, [password]))
    assert (document.status, document.reason) == (Status.EXTRACTED, "")
    assert words in document.text


@pytest.mark.parametrize("name", [name for name in FILES if name != "default.xls"])
def test_without_it_the_file_is_listed(name: str) -> None:
    for passwords in ((), ("wrong", "密码", "x" * 40, "\ud800")):
        document = read(name, *passwords)
        assert (document.status, document.reason, document.text) == (Status.ENCRYPTED, "password", "")


def test_ways_that_are_not_known_stay_encrypted() -> None:
    unknown = locked_doc((struct.pack("<2H", 9, 9) + bytes(60), lambda block: b"12345678"))
    rounds = zipped({n: _more_rounds(n, d) for n, d in _parts(FILES["aes.odt"][0]).items()})
    for data in (unknown, rounds):
        assert extract(Member("a", data), ["x"]).status == Status.ENCRYPTED


def _parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _more_rounds(name: str, data: bytes) -> bytes:
    return data.replace(b'"64"', b'"999999999"') if name.startswith("META-INF") else data


@pytest.mark.parametrize(
    ("password", "verifier"), [("VelvetSweatshop", 0x9A0A), ("a", 0xCE88)], ids=["of the specification's", "short"]
)
def test_verifiers_of_the_xor_cipher(password: str, verifier: int) -> None:
    xor = xor_of(password)
    assert xor is not None and xor.verifier == verifier
