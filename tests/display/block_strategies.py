"""Any block of the document model, for Hypothesis."""

from hypothesis import strategies as st

from ksd_toolkit import document as doc

TEXTS = st.text(max_size=40)
RUNS = st.lists(
    st.builds(
        doc.Run,
        TEXTS,
        st.sampled_from(["plain", "strong", "emphasis", "code"]),
        st.sampled_from(["", "https://contoh.go.id/a", "javascript:alert(1)", "#bagian-1"]),
        footnote=st.one_of(st.just(""), TEXTS),
    ),
    max_size=4,
).map(tuple)

NUMBERS = st.floats(-999, 9999, allow_nan=False).map(lambda value: round(value, 1))
TONES = st.sampled_from(doc.MAP_TONES)
SHAPES = st.builds(
    doc.MapShape,
    code=TEXTS,
    name=TEXTS,
    told=st.lists(TEXTS, max_size=3).map(tuple),
    tone=TONES,
    x=NUMBERS,
    y=NUMBERS,
    path=st.sampled_from(["", "M0,0L9.5,0L9.5,9Z", "M0,0L9,0L9,9ZM2,2L3,3L2,3Z"]),
    radius=st.sampled_from([0.0, 2.5]),
    marked=st.booleans(),
)
MAPS = st.builds(
    doc.RegionMap,
    caption=TEXTS,
    alt=TEXTS,
    width=st.just(630.0),
    height=st.floats(1, 900),
    shapes=st.lists(SHAPES, max_size=4).map(tuple),
    key=st.lists(st.tuples(TONES, TEXTS), max_size=3).map(tuple),
    lines=st.lists(
        st.builds(
            doc.MapLine,
            NUMBERS,
            NUMBERS,
            NUMBERS,
            NUMBERS,
            st.sampled_from(["border", "near", "sea", "leader"]),
        ),
        max_size=3,
    ).map(tuple),
    labels=st.lists(
        st.builds(
            doc.MapLabel,
            TEXTS,
            NUMBERS,
            NUMBERS,
            st.booleans(),
            st.sampled_from(["left", "center", "right"]),
        ),
        max_size=3,
    ).map(tuple),
    description=TEXTS,
    note=TEXTS,
    svg=st.just("<svg/>"),
)


@st.composite
def tables(draw):
    columns = draw(
        st.lists(
            st.builds(
                doc.Column,
                TEXTS,
                st.sampled_from(["left", "right", "center"]),
                st.sampled_from([0.0, 1.0, 2.5]),
            ),
            min_size=1,
            max_size=5,
        )
    )
    row = st.tuples(*(TEXTS for _ in columns))
    rows = draw(st.lists(row, max_size=4))
    header = draw(st.integers(-1, len(columns) - 1))
    return doc.Table(draw(TEXTS), tuple(columns), tuple(rows), draw(TEXTS), header)


SIGNATORIES = st.builds(doc.Signatory, TEXTS, TEXTS, TEXTS)
CLAUSES = st.builds(
    doc.Clause,
    TEXTS,
    st.lists(RUNS, max_size=3).map(tuple),
    st.sampled_from(["none", "number", "letter"]),
)
FORMAL = st.one_of(
    st.builds(doc.Particulars, st.lists(st.tuples(TEXTS, RUNS), max_size=3).map(tuple)),
    st.builds(doc.Clauses, st.lists(CLAUSES, max_size=3).map(tuple)),
    st.builds(
        doc.Signatures,
        st.lists(SIGNATORIES, max_size=5).map(tuple),
        st.lists(TEXTS, max_size=2).map(tuple),
        st.booleans(),
    ),
    st.builds(doc.Annex, TEXTS, TEXTS, st.lists(TEXTS, max_size=2).map(tuple), st.booleans()),
    st.builds(doc.References, st.lists(RUNS, max_size=2).map(tuple)),
)

BLOCKS = st.one_of(
    st.builds(doc.Heading, st.integers(1, 3), RUNS),
    st.builds(doc.Paragraph, RUNS, st.booleans()),
    st.builds(
        doc.Items,
        st.lists(RUNS, max_size=4).map(tuple),
        st.sampled_from(["bullet", "number", "letter"]),
    ),
    tables(),
    st.builds(doc.Figure, TEXTS, st.just("<svg/>"), TEXTS, TEXTS, st.integers(10, 100)),
    MAPS,
    st.builds(
        doc.Callout,
        TEXTS,
        st.lists(RUNS, max_size=3).map(tuple),
        st.sampled_from(["info", "warning", "success", "quote"]),
        st.booleans(),
    ),
    st.builds(
        doc.KeyFigures,
        st.lists(st.builds(doc.KeyFigure, TEXTS, TEXTS, TEXTS), max_size=6).map(tuple),
    ),
    st.builds(
        doc.Provenance, TEXTS, st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=3).map(tuple)
    ),
    FORMAL,
)
