"""OOXML under a password: what the specification's steps encrypt, the reader opens."""

from __future__ import annotations

import hashlib
import struct
from base64 import b64encode

import pytest
from Cryptodome.Cipher import AES

from pipelines.documents import Document, Member
from pipelines.extractors import extract, media, office_crypto
from pipelines.extractors.detect import detect
from pipelines.schema import Status
from tests.pipelines.extractors.ole_files import ole_file
from tests.pipelines.extractors.test_docx import made, p, run

PLAIN = made(p(run("张三")) + p(run("x" * 20_000)))
SALT, SECRET = bytes(range(16)), bytes(range(32))


def cbc(key: bytes, vector: bytes, data: bytes) -> bytes:
    padded = data.ljust(-(-len(data) // 16) * 16, b"\0")
    return AES.new(key, AES.MODE_CBC, iv=vector).encrypt(padded)


def agile(password: str, spins: int = 50) -> bytes:
    spun = office_crypto._spun(hashlib.sha512, SALT, password, spins)
    blocks = office_crypto._INPUT, office_crypto._VALUE, office_crypto._KEY
    values = SALT, hashlib.sha512(SALT).digest(), SECRET
    sealed = [cbc(hashlib.sha512(spun + b).digest()[:32], SALT, v) for b, v in zip(blocks, values, strict=True)]
    names = "encryptedVerifierHashInput", "encryptedVerifierHashValue", "encryptedKeyValue"
    written = " ".join(f'{n}="{b64encode(v).decode()}"' for n, v in zip(names, sealed, strict=True))
    common = f'keyBits="256" hashAlgorithm="SHA512" saltValue="{b64encode(SALT).decode()}"'
    keys = f'<keyData {common}/><encryptedKey spinCount="{spins}" {common} {written}/>'
    info = f'<encryption xmlns="urn:e">{keys}</encryption>'
    package = b"".join(
        cbc(SECRET, hashlib.sha512(SALT + n.to_bytes(4, "little")).digest()[:16], PLAIN[at : at + 4096])
        for n, at in enumerate(range(0, len(PLAIN), 4096))
    )
    return packed(b"\4\0\4\0\x40\0\0\0" + info.encode(), package)


def standard(password: str) -> bytes:
    spun = office_crypto._spun(hashlib.sha1, SALT, password, 50_000)
    last = hashlib.sha1(spun + bytes(4)).digest()
    key = hashlib.sha1(bytes(b ^ 0x36 for b in last.ljust(64, b"\0"))).digest()[:16]
    cipher = AES.new(key, AES.MODE_ECB)
    verifier = cipher.encrypt(SALT), cipher.encrypt(hashlib.sha1(SALT).digest().ljust(32, b"\0"))
    header = struct.pack("<8I", 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0) + "AES\0".encode("utf-16-le")
    info = b"\3\0\2\0\x24\0\0\0" + struct.pack("<I", len(header)) + header
    info += struct.pack("<I", 16) + SALT + verifier[0] + struct.pack("<I", 20) + verifier[1]
    return packed(info, cipher.encrypt(PLAIN.ljust(-(-len(PLAIN) // 16) * 16, b"\0")))


def packed(info: bytes, package: bytes) -> bytes:
    size = len(PLAIN).to_bytes(8, "little")
    return ole_file({"EncryptionInfo": info, "EncryptedPackage": size + package})


def read(data: bytes, *passwords: str) -> Document:
    assert detect(data) == media.ENCRYPTED_OFFICE
    return extract(Member("a.docx", data), passwords)


@pytest.mark.parametrize("data", [agile("公示2017"), standard("公示2017")], ids=["agile", "standard"])
def test_a_password_of_the_owners(data: bytes) -> None:
    opened = read(data, "wrong", "公示2017")
    assert (opened.media_type, opened.status, opened.text[:2]) == (media.DOCX, Status.EXTRACTED, "张三")
    locked = read(data, "wrong")
    assert (locked.status, locked.reason, locked.text) == (Status.ENCRYPTED, "password", "")


def test_the_password_that_office_tries_by_itself() -> None:
    assert read(agile("VelvetSweatshop")).text.startswith("张三")


@pytest.mark.parametrize(
    "info", [b"\4\0\4\0\x40\0\0\0no xml", b"\3\0\2\0\x24\0\0\0", b"\4\0\4\0\x40\0\0\0<a><keyData/></a>"]
)
def test_an_encryption_that_is_not_understood(info: bytes) -> None:
    document = read(packed(info, bytes(64)), "x")
    assert document.status == Status.ENCRYPTED
    many = agile("x").replace(b'spinCount="50"', b'spinCount="9999999999"')
    assert read(many, "x").status in (Status.ENCRYPTED, Status.CORRUPT)
