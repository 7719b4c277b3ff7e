"""One folder holds everything an office's scan knows.

scan.toml  sites.toml    what people set
records/  hits/          what was read and matched (Parquet); records/ alone holds raw text
findings.duckdb          findings, cases, events: masked values only
quarantine/  reports/    files that could not be read safely; what was written for people
key                      32 random bytes; fingerprints are keyed with it. Lost key: old findings cannot be matched
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scanner.errors import WorkspaceError, from_os
from scanner.i18n import N_, language

if TYPE_CHECKING:
    from pipelines.sites import SiteMap
    from scanner.config import Config, Contact

_FOLDERS: Final = ("records", "hits", "quarantine", "reports")
_KEY_BYTES: Final = 32
_MARK: Final = "scan.toml"


@dataclass(frozen=True)
class Workspace:
    """A workspace that exists. Opening one reads nothing but its key's presence."""

    root: Path

    @property
    def records(self) -> Path:
        return self.root / "records"

    @property
    def hits(self) -> Path:
        return self.root / "hits"

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    @property
    def database(self) -> Path:
        return self.root / "findings.duckdb"

    @cached_property
    def config(self) -> Config:
        from scanner.config import load

        return load(self.root / _MARK)

    @cached_property
    def sites(self) -> SiteMap:
        from scanner.config import load_sites

        return load_sites(self.root / "sites.toml")

    def check_exports(self) -> None:
        """Raises ConfigError when scan.toml says of exports that they are of a site that sites.toml does not have."""
        from scanner.errors import ConfigError

        known = {site.id for site in self.sites.sites}
        for export in self.config.exports:
            if export.site and export.site not in known:
                what = N_("[[export]] names the site {id}, which is not in sites.toml")
                todo = N_("Use the id of one of its sites: {known}.") if known else N_("Add it there first.")
                raise ConfigError(what, self.root / _MARK, todo, {"id": export.site, "known": ", ".join(sorted(known))})

    @cached_property
    def contacts(self) -> dict[str, Contact]:
        """Who takes notices in each unit, as ``sites.toml`` says."""
        from scanner.config import load_contacts

        return load_contacts(self.root / "sites.toml")

    @cached_property
    def key(self) -> bytes:
        """The secret of the fingerprints. Raises WorkspaceError when it is missing or damaged."""
        path = self.root / "key"
        todo = N_("Restore it from a backup: without it, old and new findings cannot be told to be the same.")
        try:
            key = path.read_bytes()
        except FileNotFoundError:
            raise WorkspaceError(N_("The workspace's key is missing"), path, todo) from None
        if len(key) != _KEY_BYTES:
            raise WorkspaceError(N_("The workspace's key is damaged"), path, todo)
        return key

    def wrong_key(self) -> WorkspaceError:
        """For a run that finds that the findings were made with another key."""
        todo = N_("Restore it from a backup: without it, old and new findings cannot be told to be the same.")
        return WorkspaceError(N_("The workspace's findings were made with another key"), self.root / "key", todo)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Held while a run works: one at a time. The system releases it when the process dies, however it dies."""
        with (self.root / ".run.lock").open("a+") as handle:
            if not _lock(handle.fileno()):
                handle.seek(0)
                raise WorkspaceError(
                    N_("Another run is working in this workspace (process {pid})"),
                    self.root,
                    N_("Wait until it has finished."),
                    {"pid": handle.read().strip() or "?"},
                )
            handle.truncate(0)
            handle.write(str(os.getpid()))
            handle.flush()
            yield
            handle.truncate(0)

    def is_running(self) -> bool:
        """Whether a run is working right now. One that was killed is not."""
        try:
            with self.running():
                return False
        except WorkspaceError:
            return True


def open_workspace(root: Path) -> Workspace:
    """The workspace at ``root``. Raises WorkspaceError when there is none."""
    if not (root / _MARK).is_file():
        raise WorkspaceError(
            N_("This folder is not a workspace"),
            root.resolve(),
            N_("Make one with `scan init`, or name one with -w FOLDER."),
        )
    return Workspace(root)


def is_workspace(root: Path) -> bool:
    return (root / _MARK).is_file()


def create(root: Path) -> Workspace:
    """A new workspace at ``root``, its data readable by its owner only. Raises WorkspaceError rather than overwrite."""
    if root.exists() and not root.is_dir():
        raise WorkspaceError(N_("This is a file, not a folder"), root.resolve(), N_("Choose another name."))
    taken = [name for name in (_MARK, "sites.toml", "key", "findings.duckdb", *_FOLDERS) if (root / name).exists()]
    if taken:
        what = N_("There is a workspace already, or something of the same name")
        raise WorkspaceError(what, root.resolve() / taken[0], N_("Nothing was changed."))
    with _undone_on_failure(root) as made:
        if not root.exists() or not any(root.iterdir()):  # a folder people use already keeps its rights
            made += [folder for folder in (root, *root.parents) if not folder.exists()]
            root.mkdir(parents=True, exist_ok=True)
            root.chmod(0o700)
        for folder in _FOLDERS:
            made.insert(0, root / folder)
            (root / folder).mkdir(mode=0o700)
        made[:0] = [root / "key", root / "sites.toml", root / _MARK]
        _write_key(root / "key")
        (root / "sites.toml").write_text(template("sites"), encoding="utf-8")
        (root / _MARK).write_text(template("scan"), encoding="utf-8")  # last: now it is a workspace
    return Workspace(root)


@contextmanager
def _undone_on_failure(root: Path) -> Iterator[list[Path]]:
    """A list for the paths made, the innermost first; when the system refuses one they are removed again."""
    made: list[Path] = []
    try:
        yield made
    except OSError as error:
        for path in made:
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)
        raise from_os(error, root.resolve()) from None


def template(name: str) -> str:
    """The commented settings file ``name`` (scan or sites), in the active language."""
    return (files("scanner") / "templates" / f"{name}.{language()}.toml").read_text(encoding="utf-8")


def _write_key(path: Path) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
        handle.write(secrets.token_bytes(_KEY_BYTES))


def _lock(descriptor: int) -> bool:
    if os.name == "nt":
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
