"""What a reader finds in a Word file: headings, tables, notes, links, and every text in it."""

import io
import re
import zipfile

from docx.oxml.ns import nsmap
from docx.oxml.parser import parse_xml

W = f"{{{nsmap['w']}}}"
PLAIN_STYLES = {"KsdTabel"}


class WordFile:
    """The parts of a Word file by name, and what its body says."""

    def __init__(self, content):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.body = parse_xml(self.parts["word/document.xml"]).find(f"{W}body")

    def xml(self, name):
        return parse_xml(self.parts[name])

    def headings(self):
        """Level and text of each heading, the title left out."""
        found = []
        for block in self.body.iter(f"{W}p"):
            style = block.find(f"{W}pPr/{W}pStyle")
            level = re.fullmatch(r"Heading(\d)", style.get(f"{W}val") if style is not None else "")
            if level:
                found.append((int(level[1]), text_of(block)))
        return found

    def tables(self):
        """Of each table of data: its rows of cell texts, the header first."""
        return [
            [[text_of(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
            for table in self.body.iter(f"{W}tbl")
            if (style := table.find(f"{W}tblPr/{W}tblStyle")) is not None
            and style.get(f"{W}val") in PLAIN_STYLES
        ]

    def styled(self, name):
        """The paragraphs in one style."""
        return [
            text_of(block)
            for block in self.body.iter(f"{W}p")
            if (style := block.find(f"{W}pPr/{W}pStyle")) is not None
            and style.get(f"{W}val") == name
        ]

    def footnotes(self):
        """The notes in the order of their marks."""
        marks = [one.get(f"{W}id") for one in self.body.iter(f"{W}footnoteReference")]
        if not marks:
            return []
        notes = {one.get(f"{W}id"): text_of(one) for one in self.xml("word/footnotes.xml")}
        return [notes[mark].strip() for mark in marks]

    def codes(self):
        """The codes of every field of the file."""
        found = []
        for name, content in self.parts.items():
            if name.startswith("word/") and name.endswith(".xml"):
                root = parse_xml(content)
                found += [one.text.strip() for one in root.iter(f"{W}instrText")]
                found += [one.get(f"{W}instr").strip() for one in root.iter(f"{W}fldSimple")]
        return found

    def relations(self):
        """Kind, target and mode of every relation between parts, and out of the file."""
        return [
            (one.get("Type").rpartition("/")[2], one.get("Target"), one.get("TargetMode"))
            for name, content in self.parts.items()
            if name.endswith(".rels")
            for one in parse_xml(content)
        ]

    @property
    def text(self):
        """Every text of body, notes, headers and footers, without spaces."""
        names = sorted(name for name in self.parts if re.match(r"word/[^/]+\.xml$", name))
        return re.sub(r"\s+", "", "".join(text_of(self.xml(name)) for name in names))


def text_of(element):
    """The words of an element; the marks of footnotes, and the comma between two of them, left out."""
    marks = {
        part
        for run in element.iter(f"{W}r")
        if (style := run.find(f"{W}rPr/{W}rStyle")) is not None
        and style.get(f"{W}val").startswith("FootnoteReference")
        for part in run.iter(f"{W}t")
    }
    return "".join(part.text or "" for part in element.iter(f"{W}t") if part not in marks)
