"""Characters looked for at bytes against a plain comparison."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from patterns import runs
from patterns.bytewise import Characters

TEXTS = st.text(st.sampled_from("×某¡皖a1，…\u00ad"), max_size=20)


@given(wanted=TEXTS.map(lambda text: "".join(c for c in text if not c.isascii())), text=TEXTS)
def test_width_is_that_of_the_character_that_begins_at_a_byte(wanted: str, text: str) -> None:
    raw = text.encode()
    expected = [
        max((len(c.encode()) for c in wanted if raw.startswith(c.encode(), at)), default=0) for at in range(len(raw))
    ]
    buf = runs.pad(np.frombuffer(raw, np.uint8))
    assert Characters(wanted).width(buf, np.arange(len(raw)) + runs.PAD).tolist() == expected


def test_lead_names_the_first_bytes() -> None:
    assert np.flatnonzero(Characters("×某").lead()).tolist() == sorted({"×".encode()[0], "某".encode()[0]})
