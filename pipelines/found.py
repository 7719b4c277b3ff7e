"""The hits of an export: one file, ``hits.parquet``, put together from parts when all of them are matched.

It notes the rules, the key and the records it was made with, and for each part of records what is not in the hits:
texts that could not be searched, and the last days of publicity periods that still ran. Hits of parts that an export
shares with an earlier one are taken from there, if they must be the same: the rules and the key are, everything in the
part was searched, and no publicity period has ended since.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from patterns.schema import HITS
from pipelines import exports, layout, parts

FOUND: Final = HITS.append(pa.field("part", pa.int32(), nullable=False))  # the ordinal of the part of records
_REPEATED: Final = ("doc_id", "entity_type", "rule_id", "segment", "place", "validation", "severity_rule")
_ENCODED: Final = parts.with_dictionaries(FOUND, _REPEATED)  # as they are moved; see exports.ENCODED
_GROUP: Final = 1 << 15  # rows of a group
Rows = npt.NDArray[np.int64]


@dataclass(slots=True)
class PartNote:
    """What is to be known of a part's hits besides them."""

    unmatched: list[tuple[str, str]] = field(default_factory=list)  # (document, reason)
    periods: dict[int, str] = field(default_factory=dict)  # row: last day of its running publicity period

    def holds(self, today: date) -> bool:
        """Whether no publicity period has ended since."""
        return all(today <= date.fromisoformat(end) for end in self.periods.values())

    def encoded(self) -> dict[str, str]:
        return {"unmatched": json.dumps(self.unmatched), "periods": json.dumps(self.periods)}


def note_of(part: Path) -> PartNote:
    """What a part of hits notes."""
    return _note(parts.notes(part))


def _note(noted: Mapping[str, Any]) -> PartNote:
    unmatched, periods = (json.loads(noted.get(name, "null")) for name in ("unmatched", "periods"))
    return PartNote([(doc, why) for doc, why in unmatched or ()], {int(r): end for r, end in (periods or {}).items()})


@dataclass(frozen=True, slots=True)
class Found:
    """All hits of an export as they lie on the disk: ``hits.parquet``, or an older version's parts."""

    folder: Path
    made_with: Mapping[str, str]
    parts: Mapping[int, PartNote]

    def batches(self) -> Iterator[pa.Table]:
        """Columns as FOUND has them, strings or dictionaries of strings, a row group at a time."""
        path = file_of(self.folder)
        if path.exists():
            with pq.ParquetFile(path, read_dictionary=list(_REPEATED)) as file:
                for group in range(file.num_row_groups):
                    yield file.read_row_group(group, columns=FOUND.names, use_threads=False)
        else:
            for ordinal in self.parts:
                yield of_part(self.folder / layout.part_name(ordinal))


def file_of(folder: Path) -> Path:
    return folder / "hits.parquet"


def of_part(part: Path) -> pa.Table:
    """FOUND, of one part of hits."""
    table = parts.columns(part, HITS.names)
    return table.append_column(FOUND.field("part"), pa.array([layout.ordinal(part)] * len(table), pa.int32()))


def look(folder: Path) -> Found:
    """What is known of an export's hits; nothing where there are none, or they cannot be read."""
    noted = parts.notes(file_of(folder))
    if noted:
        said = json.loads(noted["parts"])
        made_with = {name: noted[name] for name in ("rules", "records")}
        return Found(folder, made_with, {int(ordinal): _note(note) for ordinal, note in said.items()})
    return Found(folder, {}, {})


def _look_at_parts(folder: Path, made_with: Mapping[str, str]) -> Found:
    """The same for an export of an older version."""
    noted = {layout.ordinal(part): parts.notes(part) for part in layout.parts(folder)}
    same = {ordinal: _note(notes) for ordinal, notes in noted.items() if made_with.items() <= notes.items()}
    return Found(folder, made_with, same)


@dataclass(frozen=True, slots=True)
class Source:
    """Hits that need not be looked for again: from where, and which of its parts are which of this export."""

    found: Found
    becomes: Mapping[int, int]

    @property
    def known(self) -> frozenset[int]:
        """The parts of this export whose hits they are."""
        return frozenset(self.becomes.values())


def known(records: Path, hits: Path, made_with: Mapping[str, str], today: date) -> Source:
    """The hits of an export that were found before: under its own name, or by the earlier one it shares parts with."""
    own = look(hits)
    if own.made_with == made_with:
        there = {part.ordinal for part in exports.parts_of(records)}
        return Source(own, {o: o for o, note in own.parts.items() if o in there and note.holds(today)})
    origin = exports.origin_of(records)
    if origin is None:
        return Source(own, {})
    wanted = {"rules": made_with["rules"], "records": origin.digest}
    earlier = look(hits.parent / origin.name)
    if not earlier.parts:
        earlier = _look_at_parts(hits.parent / origin.name, wanted)
    if earlier.made_with != wanted:
        return Source(earlier, {})
    shared = {part.origin: part.ordinal for part in exports.parts_of(records) if part.origin >= 0}
    usable = {o for o, note in earlier.parts.items() if note.holds(today) and not note.unmatched}
    return Source(earlier, {was: now for was, now in shared.items() if was in usable})


@dataclass(frozen=True, slots=True)
class Taken:
    """What ``hits.parquet`` says of the hits in it that are another file's: whose, and which parts are which."""

    earlier: str  # the name of its folder
    becomes: Mapping[int, int]


def taken(folder: Path) -> Taken | None:
    """None for hits that were all found anew, or put together by a version that did not note it."""
    noted = json.loads(parts.notes(file_of(folder)).get("taken", "null"))
    return Taken(noted[0], dict(noted[1])) if noted else None


def put_together(
    hits: Path, made_with: Mapping[str, str], source: Source, matched: Sequence[Path],
    visible: Mapping[int, Rows],
) -> None:  # fmt: skip
    """Writes ``hits.parquet``; ``visible``: the rows of parts that hold others too. Raises StorageError."""
    notes = {now: source.found.parts[was] for was, now in source.becomes.items()}
    severities, count = Counter[int](), 0
    with parts.writing(file_of(hits), _ENCODED, ("fingerprint", "score", "shown"), stored=False) as writer:
        held = list[pa.Table]()
        for table in _all(source, matched, visible):
            held.append(table)
            count += len(table)
            for entry in pc.value_counts(table["severity"]).to_pylist():
                severities[entry["values"]] += entry["counts"]
            if sum(map(len, held)) >= _GROUP:
                writer.write_table(parts.compact(pa.concat_tables(held)), _GROUP)
                held = []
        writer.write_table(parts.compact(pa.concat_tables([_ENCODED.empty_table(), *held])), _GROUP)
        notes |= {layout.ordinal(part): note_of(part) for part in matched}
        said = {str(ordinal): note.encoded() for ordinal, note in sorted(notes.items())}
        whose = [source.found.folder.name, list(source.becomes.items())] if source.becomes else None
        more = {"parts": said, "severities": severities, "taken": whose}
        writer.add_key_value_metadata({**made_with, **{name: json.dumps(each) for name, each in more.items()}})
    for part in layout.parts(hits):
        part.unlink(missing_ok=True)


def _all(source: Source, matched: Sequence[Path], visible: Mapping[int, Rows]) -> Iterator[pa.Table]:
    """_ENCODED, some hits at a time."""
    if source.becomes:
        for table in source.found.batches():
            yield _moved(table, source.becomes, visible)
    for part in matched:
        yield of_part(part).cast(_ENCODED)


def _moved(table: pa.Table, becomes: Mapping[int, int], visible: Mapping[int, Rows]) -> pa.Table:
    """The hits of wanted parts, under their ordinals here, and only of records that are still the export's."""
    was, inverse = np.unique(table["part"].to_numpy(), return_inverse=True)
    now = np.array([becomes.get(int(ordinal), -1) for ordinal in was], np.int64)
    part, row = now[inverse], table["record_row"].to_numpy()
    wanted = part >= 0
    for ordinal in now[now >= 0].tolist():
        if ordinal in visible:
            here = part == ordinal
            wanted[here] = np.isin(row[here], visible[ordinal])
    moved = table.set_column(table.schema.get_field_index("part"), FOUND.field("part"), pa.array(part, pa.int32()))
    return moved.filter(pa.array(wanted)).select(FOUND.names).cast(_ENCODED)


def severities(folder: Path) -> dict[int, int]:
    """How many hits of each severity an export has."""
    noted = json.loads(parts.notes(file_of(folder)).get("severities", "{}"))
    return {int(level): count for level, count in noted.items()}
