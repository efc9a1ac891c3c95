"""Trees of six leaves that add, multiply or do both, and answers to hang on them."""

from math import factorial

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ksd_toolkit.scoring.tree import Node, flat

LEAVES = 6


def nested(root, first, second, third, fourth):
    """Three levels: A and B below the root, C and D below B; the aggregation of each."""
    below = (Node("C", third, (1, 3)), Node("D", fourth, (4,)))
    return Node("", root, (5,), (Node("A", first, (0, 2)), Node("B", second, (), below)))


ADD, MULTIPLY = "additive", "geometric"
ADDED = nested(ADD, ADD, ADD, ADD, ADD)
MIXED = nested(ADD, MULTIPLY, MULTIPLY, ADD, MULTIPLY)
MIXED_BELOW = nested(MULTIPLY, ADD, MULTIPLY, ADD, MULTIPLY)
MULTIPLIED = nested(MULTIPLY, MULTIPLY, MULTIPLY, MULTIPLY, MULTIPLY)
TREES = {
    "flat": flat(LEAVES),
    "added": ADDED,
    "mixed": MIXED,
    "mixed below": MIXED_BELOW,
    "multiplied": MULTIPLIED,
    "one product": flat(LEAVES, MULTIPLY),
}

STEPS = st.sampled_from([0.0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1.0])
WEIGHTS = arrays(float, LEAVES, elements=st.integers(0, 400).map(lambda tenths: tenths / 10))
POSITIVE = arrays(float, LEAVES, elements=st.integers(1, 400).map(lambda tenths: tenths / 10))


@st.composite
def answers(draw, least=0, blanks=True):
    """Values (n x 6), blank here and there unless told otherwise, and which of them apply."""
    shape = (draw(st.integers(least, 6)), LEAVES)
    steps = st.one_of(STEPS, st.just(np.nan)) if blanks else STEPS
    applies = st.integers(0, 4).map(bool) if blanks else st.just(True)
    return draw(arrays(float, shape, elements=steps)), draw(arrays(bool, shape, elements=applies))


@st.composite
def any_trees(draw, aggregations=(ADD, MULTIPLY), columns=None, code=""):
    """A tree of any depth and shape over all six leaves; a node's code is its path."""
    columns = draw(st.permutations(range(LEAVES))) if columns is None else columns
    direct = draw(st.integers(0, len(columns)))
    leaves, rest, children = columns[:direct], columns[direct:], []
    while rest:
        # A node above all that is left would go down for ever.
        taken = draw(st.integers(1, min(len(rest), max(1, len(columns) - 1))))
        path = f"{code}/{len(children) + 1}"
        children.append(draw(any_trees(aggregations, rest[:taken], path)))
        rest = rest[taken:]
    return Node(code, draw(st.sampled_from(aggregations)), tuple(leaves), tuple(children))


def reordered(node, places):
    """The same tree over columns that stand elsewhere: column `c` has moved to `places[c]`."""
    return Node(
        node.code,
        node.aggregation,
        tuple(places[column] for column in node.leaves),
        tuple(reordered(child, places) for child in node.children),
    )


def shapley(worth, players):
    """The Shapley value of each player of a game, every coalition visited.

    Args:
        worth: What a coalition (a frozenset of players) is worth.
        players: How many there are; at most a handful.
    """
    everyone = range(players)
    shares = []
    for player in everyone:
        others = [other for other in everyone if other != player]
        share = 0.0
        for picked in range(2 ** len(others)):
            coalition = frozenset(o for bit, o in enumerate(others) if picked >> bit & 1)
            size = len(coalition)
            orders = factorial(size) * factorial(players - size - 1)
            share += orders * (worth(coalition | {player}) - worth(coalition))
        shares.append(share / factorial(players))
    return shares
