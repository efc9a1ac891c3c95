"""Divide a width among columns: by what they need, what they wish for, and their shares."""


def capped(needs: list[float], room: float) -> list[float]:
    """The needs with the widest cut down to one measure, so that together they fill the room."""
    left, widths = room, dict.fromkeys(range(len(needs)), 0.0)
    by_need = sorted(widths, key=lambda number: (needs[number], number))
    for place, number in enumerate(by_need):
        widths[number] = min(needs[number], left / (len(by_need) - place))
        left -= widths[number]
    return list(widths.values())


def grown(needs: list[float], wanted: list[float], room: float) -> list[float]:
    """What is wanted, or as much of it as there is room for beyond the needs."""
    more = sum(wanted) - sum(needs)
    part = min(1.0, max(0.0, room - sum(needs)) / more) if more > 0 else 1.0
    return [need + (want - need) * part for need, want in zip(needs, wanted, strict=True)]


def filled(
    shares: list[float], needs: list[float], wanted: list[float], room: float
) -> list[float]:
    """The room by shares, but none has more than it wants while another has less.

    Args:
        shares: Above 0.
        needs: At most the room in all, but for rounding.
        wanted: At least the needs; where the room is wider than all of them, the shares decide.
        room: The width to divide.
    """
    if sum(wanted) <= room:
        return divided(shares, needs, room)
    full: set[int] = set()
    while True:
        free = [n for n in range(len(shares)) if n not in full]
        left = room - sum(wanted[n] for n in full)
        parts = divided([shares[n] for n in free], [needs[n] for n in free], left)
        widths = dict(zip(free, parts, strict=True))
        more = {n for n in free if widths[n] > wanted[n]}
        if not more:
            return [wanted[n] if n in full else widths[n] for n in range(len(shares))]
        full |= more


def divided(shares: list[float], needs: list[float], room: float) -> list[float]:
    """The room by shares; too narrow columns get what they need, the others divide the rest.

    Args:
        shares: Above 0.
        needs: At most the room in all, but for rounding.
        room: The width to divide.
    """
    short: set[int] = set()
    while True:
        free = room - sum(needs[n] for n in short)
        wish = sum(share for n, share in enumerate(shares) if n not in short)
        widths = [needs[n] if n in short else s * free / wish for n, s in enumerate(shares)]
        more = {n for n, width in enumerate(widths) if n not in short and width < needs[n]}
        if not more:
            return widths
        short |= more
