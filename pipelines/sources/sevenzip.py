"""7z: its files come out of py7zr one after the other, as they lie in the archive's solid blocks.

py7zr pushes what it unpacks into objects it is given, so a source, which is asked for members, runs it in a thread
that stays a few members ahead. Names are exchanged for numbers while it runs: it refuses a whole archive for one
name that leaves the folder, and here no name reaches a disk.

Imported where a 7z is met: py7zr takes as long to import as all other sources together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from queue import Queue
from threading import Thread
from typing import Any, BinaryIO, Final

import py7zr
from py7zr.io import Py7zIO, WriterFactory

from pipelines.documents import Member
from pipelines.schema import Status
from pipelines.sources.names import shown

_AHEAD: Final = 8  # members unpacked before they are asked for
_LOCKED: Final = Member("", None, status=Status.ENCRYPTED, reason="password")

Emit = Callable[[Member], None]


class _Sink(Py7zIO):
    """Takes one file's bytes, up to ``limit`` of them, and hands them on when py7zr has checked them."""

    def __init__(self, path: str, limit: int, emit: Emit) -> None:
        self._path, self._limit, self._emit = path, limit, emit
        self._data, self._size = bytearray(), 0

    def write(self, s: bytes | bytearray) -> int:
        self._size += len(s)
        if self._size <= self._limit:
            self._data += s
        else:
            self._data.clear()
        return len(s)

    def close(self) -> None:
        if self._size > self._limit:
            self._emit(Member(self._path, None, status=Status.TOO_LARGE, reason=f"{self._size} bytes"))
        else:
            self._emit(Member(self._path, bytes(self._data)))

    def read(self, size: int | None = None) -> bytes:
        return b""

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0

    def flush(self) -> None:
        return None

    def size(self) -> int:
        return self._size


class _Factory(WriterFactory):
    def __init__(self, names: list[str], limit: int, emit: Emit) -> None:
        self._names, self._limit, self._emit = names, limit, emit

    def create(self, filename: str) -> Py7zIO:
        return _Sink(self._names[int(filename.rpartition("/")[2])], self._limit, self._emit)


def members(file: BinaryIO, passwords: Sequence[str], limit: int) -> Iterator[Member]:
    """Every file of a 7z as it is asked for. A last member with the path "" says what is wrong with the rest."""
    return pulled(lambda emit: unpack(file, passwords, limit, emit))


def unpack(file: BinaryIO, passwords: Sequence[str], limit: int, emit: Emit) -> None:
    """Emits every file of a 7z; the last member says what is wrong with the rest, its path is then "".

    What ``emit`` raises comes through, so that a caller may stop.
    """
    count = 0

    def counted(member: Member) -> None:
        nonlocal count
        count += 1
        try:
            emit(member)
        except Exception as error:
            raise _Stop(error) from error

    problem: Member | None = None
    for password in (None, *passwords):
        problem = _attempt(file, password, limit, counted)
        if problem is None or count:
            break
    if problem:
        emit(problem)


class _Stop(BaseException):
    """Carries what ``emit`` raised past the handlers for damage."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(cause)
        self.cause = cause


def _attempt(file: BinaryIO, password: str | None, limit: int, emit: Emit) -> Member | None:
    file.seek(0)
    locked = False
    try:
        with py7zr.SevenZipFile(file, password=password) as archive:
            locked = archive.needs_password()
            if locked and password is None:
                return _LOCKED
            _extract(archive, limit, emit)
    except _Stop as stop:
        raise stop.cause from None
    except MemoryError:
        raise
    except py7zr.exceptions.PasswordRequired:
        return _LOCKED
    except py7zr.exceptions.UnsupportedCompressionMethodError:
        return Member("", None, status=Status.UNSUPPORTED, reason="7z: compression method")
    except Exception as error:  # py7zr raises whatever damage makes it stumble over; a wrong password is damage, too
        if locked or password is not None:
            return _LOCKED
        return Member("", None, status=Status.CORRUPT, reason=f"corrupt: {type(error).__name__}: {error}"[:200])
    return None


def _extract(archive: Any, limit: int, emit: Emit) -> None:
    names, targets = [], []
    for number, file in enumerate(archive.files):
        names.append(shown(file.filename))
        if file.is_symlink or file.is_junction or file.is_socket:
            emit(Member(names[-1], None, status=Status.UNSUPPORTED, reason="symlink"))
        elif not file.is_directory:
            targets.append(str(number))
        file._file_info["filename"] = str(number)
    archive.extract(targets=targets, factory=_Factory(names, limit, emit))


class _Abandoned(Exception):
    pass


def pulled(push: Callable[[Emit], None]) -> Iterator[Member]:
    """What ``push`` emits, as it is asked for; at most _AHEAD members are held. Its errors are raised here."""
    queue: Queue[Member | Exception | None] = Queue(_AHEAD)
    abandoned = False

    def emit(member: Member) -> None:
        if abandoned:
            raise _Abandoned
        queue.put(member)

    def run() -> None:
        try:
            push(emit)
            queue.put(None)
        except _Abandoned:
            return
        except Exception as error:
            queue.put(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        while (item := queue.get()) is not None:
            if isinstance(item, Exception):
                raise item
            yield item
    finally:
        abandoned = True
        while not queue.empty():
            queue.get_nowait()
