"""Where the letters of a PDF stand: words with their boxes, page by page, in points from the lower left."""

from dataclasses import dataclass

import pypdfium2

FOOT = 62.0  # the stamp and the page number stand below


@dataclass(frozen=True)
class Word:
    text: str
    left: float
    bottom: float
    right: float
    top: float
    letters: tuple = ()

    def side(self, at):
        """Left and right edge of one of its letters."""
        return self.letters[at][0], self.letters[at][2]


def sizes(content):
    """Width and height of each page, in whole millimetres."""
    with pypdfium2.PdfDocument(content) as pdf:
        return [tuple(round(side * 25.4 / 72) for side in page.get_size()) for page in pdf]


def words(content):
    """Of each page, its words in order of the file."""
    with pypdfium2.PdfDocument(content) as pdf:
        return [list(_words(page.get_textpage())) for page in pdf]


def letter_boxes(content):
    """Of each page, its width and height and the box of every visible letter."""
    with pypdfium2.PdfDocument(content) as pdf:
        for page in pdf:
            text = page.get_textpage()
            letters = text.get_text_range()
            count = text.count_chars()
            boxes = [text.get_charbox(n) for n in range(count)]
            whole = len(letters) == count
            yield (
                page.get_size(),
                [
                    box
                    for n, box in enumerate(boxes)
                    if (not whole or not letters[n].isspace()) and box[2] > box[0]
                ],
            )


def _words(page):
    letters = [(page.get_text_range(n, 1), page.get_charbox(n)) for n in range(page.count_chars())]
    taken = []
    for letter, box in [*letters, (" ", None)]:
        if letter.isspace() or not letter:
            if taken:
                yield _word(taken)
            taken = []
        else:
            taken.append((letter, box))


def _word(letters):
    boxes = [box for _, box in letters]
    return Word(
        "".join(letter for letter, _ in letters),
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
        tuple(boxes),
    )
