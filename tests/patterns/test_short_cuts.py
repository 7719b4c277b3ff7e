"""Where the core leaves work out because it knows the outcome, the outcome is the one it would have come to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import levels, reading, tables, votes
from patterns.candidates import Kind
from patterns.column_kinds import ColumnKind as K
from patterns.factors import Factor
from patterns.found import Found
from patterns.levels import raise_by_volume
from patterns.schema import Severity
from patterns.severity import rule, volume_level

_KINDS = st.sampled_from([Kind.ID18, Kind.LONG, Kind.ID15, Kind.MOBILE, Kind.ID_WRAPPED])
_LINE = st.text("姓名证号码A1234567890\t\t", max_size=60)
_LINES = st.lists(st.one_of(_LINE, _LINE.map(lambda line: line * 9)), min_size=1, max_size=30)


@st.composite
def tables_with_spots(draw: Callable[..., object]) -> tuple[str, tables.Table, list[tuple[int, int, int]]]:
    lines: list[str] = draw(_LINES)  # type: ignore[assignment]
    before, text = draw(st.sampled_from(["", "\n", "x"])), "\n".join(lines)  # type: ignore[misc]
    text = f"{before}{text}{draw(st.sampled_from(['', chr(10), 'x']))}"
    table = tables.parse(text, len(str(before)), len(str(before)) + len("\n".join(lines)))
    spots = []
    for _ in range(draw(st.integers(0, 25))):  # type: ignore[call-overload]
        start: int = draw(st.integers(table.start, max(table.start, table.end - 1)))  # type: ignore[assignment]
        end: int = draw(st.integers(start, min(table.end, start + 22)))  # type: ignore[assignment]
        spots.append((start, end, int(draw(_KINDS))))  # type: ignore[call-overload]
    return text, table, sorted(spots)


@settings(max_examples=300)
@given(tables_with_spots())
def test_a_table_of_short_lines_holds_no_spot_over_a_line_break_and_no_long_cell(
    made: tuple[str, tables.Table, list[tuple[int, int, int]]],
) -> None:
    text, table, spots = made
    inside, between = reading._by_cells(text, table, spots)
    assert inside == [spot for spot in spots if reading._in_a_cell(text, spot)]
    assert sorted(inside + between) == spots


@given(st.lists(_KINDS, max_size=12), st.sampled_from(["序号\t身份证号", "序号\t编号", "甲\t乙"]))
def test_too_few_ids_vote_for_no_column(kinds: list[Kind], header: str) -> None:
    lines = [header, *(f"{number}\t340302197806150421" for number in range(len(kinds)))]
    table = tables.parse("\n".join(lines), 0, len("\n".join(lines)))
    starts = [start + line.find("\t") + 1 for start, line in zip(table.starts[1:], lines[1:], strict=True)]
    spots = [(start, start + 18, int(kind)) for start, kind in zip(starts, kinds, strict=True)]
    named = any(vote & K.ID for vote in votes.of_numbers(table, spots).values())
    assert votes.may_name_ids(spots) or not named


_HITS = st.builds(
    lambda start, length, entity, severity: Found(
        start, start + length, entity, "r", Factor.ID, f"{start}", severity=severity
    ),
    st.integers(0, 60), st.integers(1, 9), st.sampled_from(["RESIDENT_ID", "MOBILE"]), st.integers(1, 5),
)  # fmt: skip


@given(st.lists(_HITS, max_size=12), st.booleans())
def test_hits_in_order_are_left_as_they_are(hits: list[Found], ordered: bool) -> None:
    hits = sorted(hits, key=lambda hit: hit.start) if ordered else hits
    places = [(hit.start, hit.end, hit.entity) for hit in hits]
    highest: dict[tuple[int, int, str], int] = {}
    for place, hit in zip(places, hits, strict=True):
        highest[place] = max(hit.severity, highest.get(place, 0))
    expected = sorted(highest, key=lambda place: (place[0], -place[1], place[2]))
    found = levels._once(list(hits))
    assert [(hit.start, hit.end, hit.entity) for hit in found] == expected
    assert [hit.severity for hit in found] == [highest[place] for place in expected]


_COUNTED = st.tuples(
    st.sampled_from([
        (Factor.ID, "S01"), (Factor.ID_MASKED, "S05"), (Factor.MOBILE, "S10"), (Factor.NAME, "S30"),
        (Factor.ID_MASKED_10, "S03"),
    ]),
    st.sampled_from([Severity.SUPPORTING, Severity.INFO, Severity.LOW, Severity.MEDIUM, Severity.CRITICAL]),
    st.sampled_from([1, 49, 50, 51, 499, 500, 620]),
    st.booleans(),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_COUNTED, max_size=5))
def test_levels_rise_by_the_number_of_people(groups: list[tuple[tuple[int, str], Severity, int, bool]]) -> None:
    hits = [
        Found(0, 1, "X", "r", factor, f"{factor}-{number}" + ("****" if hidden else "0123"), severity=level,
              severity_rule=code)
        for (factor, code), level, count, hidden in groups for number in range(count)
    ]  # fmt: skip
    people: dict[int, set[str]] = defaultdict(set)
    for hit in hits:
        if hit.severity >= Severity.LOW or levels._ends_in_sight(hit):
            people[hit.factor].add(hit.value)
    expected = []
    for hit in hits:
        row = rule(hit.severity_rule)
        kind = hit.factor | (row.needs if row else 0)
        counts = hit.severity >= Severity.LOW or levels._ends_in_sight(hit)
        level = volume_level(Severity(hit.severity), len(people[hit.factor]), kind) if counts else hit.severity
        expected.append(max(level, hit.severity))
    raise_by_volume(hits)
    assert [hit.severity for hit in hits] == expected
