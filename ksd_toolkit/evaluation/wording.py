"""How a label reads in the middle of a sentence."""


def mid_sentence(label: str) -> str:
    """`label` with a small first letter, unless it begins with an abbreviation.

    >>> mid_sentence("Akan berakhir"), mid_sentence("KB atau NK ditandatangani")
    ('akan berakhir', 'KB atau NK ditandatangani')
    """
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
