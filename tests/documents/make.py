#!/usr/bin/env python3
"""Makes report.docx, report.xlsx and report.html from a report in plain text: `make.py TEXT OUTDIR`.

What offices have is Word and Excel; what we have of it is text. This script writes the files as a person would have
typed them from that text, by the standard library alone, without renkei and without repairing anything:

* a line with tabs becomes a table row, cell for cell; lines with tabs that follow each other are one table;
* the name of an organisation (a filled first cell that is no number) is merged over the empty first cells below it;
* <p>, <br>, <ul> in a cell part its paragraphs; every other line is a paragraph, headings with a heading style.
"""

import re
import sys
import unicodedata
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

TAG = re.compile(r"</?(?:p|br|ul|ol|div)(?: [^<>]*)?/?>", re.IGNORECASE)
ENTRY = re.compile(r"<li(?: [^<>]*)?>", re.IGNORECASE)
INLINE = re.compile(r"</?(?:li|b|i|u|strong|em|span)(?: [^<>]*)?>", re.IGNORECASE)
MARK = re.compile(r"^\s*(?:[①-⑳㉑-㉟㊱-㊿]|[(（]?[0-9０-９]+[)）.．]?$|第[0-9０-９]+$)")
HEADINGS = [
    (1, re.compile(r"^第[0-9０-９]+[ \u3000]+\S")),
    (2, re.compile(r"^[0-9０-９]+[ \u3000.．]+[^0-9０-９\s].{0,40}$")),
    (3, re.compile(r"^[(（][0-9０-９]+[)）]\s*\S.{0,60}$")),
]
NAMESPACE = "http://schemas.openxmlformats.org"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# What stands between the margins of a page of A4, in twentieths of a point and in millimetres.
PAGE_TWIPS, PAGE_MM = 9638, 170
EM_TWIPS = 210


class Cell:
    """A cell: its paragraphs, and over how many rows it spans (0 where a cell above covers it)."""

    def __init__(self, source):
        self.paragraphs = paragraphs(source)
        self.rows = 1


def paragraphs(source):
    text = INLINE.sub("", ENTRY.sub("\n・", TAG.sub("\n", source)))
    return [part.strip(" ") for part in text.split("\n") if part.strip()]


def heading_level(line):
    """1 to 3; 0 for a paragraph. A sentence is no heading."""
    if line.endswith("。"):
        return 0
    return next((level for level, pattern in HEADINGS if pattern.match(line)), 0)


def read(text):
    """The report as [("p", level, paragraph) | ("table", rows)]."""
    blocks = []
    after_table = False
    for line in text.splitlines():
        if "\t" in line:
            row = [Cell(source) for source in line.split("\t")]
            blocks[-1][1].append(row) if after_table else blocks.append(("table", [row]))
            after_table = True
            continue
        after_table = False
        blocks.extend(("p", heading_level(line.strip()), paragraph) for paragraph in paragraphs(line))
    for block in blocks:
        if block[0] == "table":
            square(block[1])
            merge(block[1])
    return blocks


def square(rows):
    """A table is a rectangle: short rows get empty cells at their end."""
    width = max(len(row) for row in rows)
    for row in rows:
        row.extend(Cell("") for _ in range(width - len(row)))


def merge(rows):
    """The organisation spans the empty first cells below it."""
    top = None
    for row in rows:
        first = row[0]
        if first.paragraphs:
            name = "".join(first.paragraphs)
            is_name = len(name) <= 24 and not MARK.match(name) and not set(name) <= set("-=| ")
            top = first if is_name else None
        elif top is not None:
            top.rows += 1
            first.rows = 0


def width_of(text):
    """In full-width characters."""
    return sum(1 if unicodedata.east_asian_width(c) in "WFA" else 0.55 for c in text)


def column_widths(rows, total):
    """Short columns as wide as their text, the longest share what is left; in the unit of `total`."""
    columns = len(rows[0])
    longest = [max((width_of(p) for row in rows for p in row[at].paragraphs), default=1) for at in range(columns)]
    em = total * EM_TWIPS / PAGE_TWIPS
    fixed = [(min(length, 9) + 1.4) * em if length <= 24 and length < max(longest) else None for length in longest]
    left = total - sum(width for width in fixed if width is not None)
    each = max(left / max(fixed.count(None), 1), 3 * em)
    return [each if width is None else width for width in fixed]


def title_of(blocks):
    """What the running head says: the line above the plans that names them, else the first paragraph."""
    texts = [block[2] for block in blocks if block[0] == "p"]
    return next((text for text in texts if text.endswith("に基づく")), texts[0] if texts else "")


# ---------------------------------------------------------------------------------------------------------- Word

W = f'xmlns:w="{NAMESPACE}/wordprocessingml/2006/main" xmlns:r="{NAMESPACE}/officeDocument/2006/relationships"'


def run(text, properties=""):
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def word_paragraph(text, style=""):
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{run(text) if text else ''}</w:p>"


def word_cell(cell, width):
    merged = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else "<w:vMerge/>" if cell.rows == 0 else ""
    inside = "".join(word_paragraph(p, "Cell") for p in cell.paragraphs) or word_paragraph("", "Cell")
    return f'<w:tc><w:tcPr><w:tcW w:w="{width:.0f}" w:type="dxa"/>{merged}</w:tcPr>{inside}</w:tc>'


def word_table(rows):
    widths = column_widths(rows, PAGE_TWIPS)
    grid = "".join(f'<w:gridCol w:w="{width:.0f}"/>' for width in widths)
    body = "".join(
        "<w:tr>" + "".join(word_cell(cell, width) for cell, width in zip(row, widths)) + "</w:tr>" for row in rows
    )
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths):.0f}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>'
    )


def word_document(blocks):
    parts = []
    for at, block in enumerate(blocks):
        if block[0] == "table":
            # Word joins tables that nothing parts.
            if at and blocks[at - 1][0] == "table":
                parts.append(word_paragraph(""))
            parts.append(word_table(block[1]))
        else:
            parts.append(word_paragraph(block[2], f"Heading{block[1]}" if block[1] else ""))
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="default" r:id="rId3"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" '
        'w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )
    return f"{XML}<w:document {W}><w:body>{''.join(parts)}{word_paragraph('')}{section}</w:body></w:document>"


def word_styles():
    font = '<w:rFonts w:ascii="BIZ UDGothic" w:hAnsi="BIZ UDGothic" w:eastAsia="BIZ UDGothic"/>'
    plain = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{font}<w:sz w:val="21"/><w:lang w:val="en-US" w:eastAsia="ja-JP"/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Cell"><w:name w:val="Table Text"/><w:basedOn w:val="Normal"/></w:style>'
    )
    headings = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        f'<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="240" w:after="120"/>'
        f'<w:outlineLvl w:val="{level - 1}"/></w:pPr><w:rPr><w:b/><w:sz w:val="{30 - 3 * level}"/></w:rPr></w:style>'
        for level in (1, 2, 3)
    )
    return f"{XML}<w:styles {W}>{plain}{headings}</w:styles>"


def write_docx(blocks, path):
    part = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    names = [("document", "document.main"), ("styles", "styles"), ("header1", "header"), ("footer1", "footer")]
    overrides = [(f"/word/{name}.xml", f"{part}{kind}+xml") for name, kind in names]
    page = f'<w:fldSimple w:instr=" PAGE ">{run("1")}</w:fldSimple>'
    centred = '<w:pPr><w:jc w:val="center"/></w:pPr>'
    files = {
        "[Content_Types].xml": content_types(overrides),
        "_rels/.rels": relationships([("officeDocument", "word/document.xml")]),
        "word/_rels/document.xml.rels": relationships(
            [("styles", "styles.xml"), ("header", "header1.xml"), ("footer", "footer1.xml")]
        ),
        "word/document.xml": word_document(blocks),
        "word/styles.xml": word_styles(),
        "word/header1.xml": f"{XML}<w:hdr {W}><w:p>{run(title_of(blocks))}</w:p></w:hdr>",
        "word/footer1.xml": f"{XML}<w:ftr {W}><w:p>{centred}{page}</w:p></w:ftr>",
    }
    write_package(path, files)


# --------------------------------------------------------------------------------------------------------- Excel


def sheets_of(blocks):
    """[(name, blocks)]: what stands before the first section, then a sheet a section with the headings above it."""
    starts = []
    for at, block in enumerate(blocks):
        if block[0] != "p" or block[1] != 3:
            continue
        # A section has a table before the next heading; a line of the contents has none.
        following = blocks[at + 1 : at + 8]
        heading = next((n for n, b in enumerate(following) if b[0] == "p" and b[1]), len(following))
        if any(b[0] == "table" for b in following[:heading]):
            start = at
            while start and blocks[start - 1][0] == "p" and blocks[start - 1][1] in (1, 2):
                start -= 1
            starts.append((start, at))
    sheets = [("協定・目次・趣旨", blocks[: starts[0][0]] if starts else blocks)]
    place = {1: "", 2: ""}
    for (start, at), end in zip(starts, [start for start, _ in starts[1:]] + [len(blocks)]):
        for block in blocks[start:at]:
            place[block[1]] = re.match(r"第?[0-9０-９]+", block[2]).group()
        name = "-".join(part for part in [place[1], place[2]] if part) + " " + blocks[at][2]
        sheets.append((sheet_name(name, [used for used, _ in sheets]), blocks[start:end]))
    return sheets


def sheet_name(name, used):
    """Excel takes 31 characters, none of []:*?/\\, and each name once."""
    name = re.sub(r"[\[\]:*?/\\]", "・", name)[:31].strip("'")
    number = 2
    while name in used:
        name, number = f"{name[:27]} {number}", number + 1
    return name


class Strings:
    """The shared strings of a workbook."""

    def __init__(self):
        self.places = {}

    def of(self, text):
        return self.places.setdefault(text, len(self.places))

    def xml(self):
        items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in self.places)
        count = len(self.places)
        return f'{XML}<sst xmlns="{NAMESPACE}/spreadsheetml/2006/main" count="{count}" uniqueCount="{count}">{items}</sst>'


PLAIN, BORDERED, HEADING = 0, 1, 2


def excel_cell(reference, text, style, strings):
    if not text:
        return f'<c r="{reference}" s="{style}"/>'
    if re.fullmatch(r"0|[1-9][0-9]{0,8}", text):
        return f'<c r="{reference}" s="{style}"><v>{text}</v></c>'
    return f'<c r="{reference}" s="{style}" t="s"><v>{strings.of(text)}</v></c>'


def row_height(cells, widths):
    """A row is as high as its highest cell needs; programs do not work it out when they open the file."""
    lines = [sum(int(width_of(p) * 1.8 / width) + 1 for p in cell.paragraphs) for cell, width in zip(cells, widths)]
    return 15 * max(lines + [1])


def excel_sheet(blocks, head, strings):
    tables = [block[1] for block in blocks if block[0] == "table"]
    columns = max([4] + [len(rows[0]) for rows in tables])
    everything = [row + [Cell("")] * (columns - len(row)) for table in tables for row in table]
    widths = [max(width, 6) for width in column_widths(everything, 90)] if everything else [90 / columns] * columns
    rows, merges = [], []
    for block in blocks:
        if block[0] == "p":
            number = len(rows) + 1
            height = 18 * (int(width_of(block[2]) / 44) + 1)
            cell = excel_cell(f"A{number}", block[2], HEADING if block[1] else PLAIN, strings)
            rows.append(f'<row r="{number}" ht="{height}" customHeight="1">{cell}</row>')
            merges.append(f"A{number}:{chr(64 + columns)}{number}")
            continue
        for cells in block[1]:
            number = len(rows) + 1
            texts = ["\n".join(cell.paragraphs) for cell in cells]
            inside = (excel_cell(f"{chr(65 + at)}{number}", t, BORDERED, strings) for at, t in enumerate(texts))
            height = min(row_height(cells, widths), 409)
            rows.append(f'<row r="{number}" ht="{height}" customHeight="1">{"".join(inside)}</row>')
            if cells[0].rows > 1:
                merges.append(f"A{number}:A{number + cells[0].rows - 1}")
    cols = "".join(
        f'<col min="{at}" max="{at}" width="{width:.1f}" customWidth="1"/>' for at, width in enumerate(widths, 1)
    )
    merged = "".join(f'<mergeCell ref="{reference}"/>' for reference in merges)
    return (
        f'{XML}<worksheet xmlns="{NAMESPACE}/spreadsheetml/2006/main">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<cols>{cols}</cols><sheetData>{"".join(rows)}</sheetData>'
        f'<mergeCells count="{len(merges)}">{merged}</mergeCells>'
        '<pageMargins left="0.6" right="0.6" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="portrait" fitToWidth="1" fitToHeight="0"/>'
        f"<headerFooter><oddHeader>&amp;L{escape(head)}</oddHeader><oddFooter>&amp;C&amp;P</oddFooter></headerFooter></worksheet>"
    )


def excel_styles():
    top = '<alignment vertical="top" wrapText="1"/>'
    side = '<{0} style="thin"><color auto="1"/></{0}>'
    box = "".join(side.format(edge) for edge in ("left", "right", "top", "bottom"))
    font = '<sz val="11"/><name val="BIZ UDGothic"/><family val="3"/><charset val="128"/>'
    return (
        f'{XML}<styleSheet xmlns="{NAMESPACE}/spreadsheetml/2006/main">'
        f'<fonts count="2"><font>{font}</font><font><b/>{font}</font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        f'<borders count="2"><border><left/><right/><top/><bottom/></border><border>{box}</border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="3">'
        f'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">{top}</xf>'
        f'<xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyBorder="1" applyAlignment="1">{top}</xf>'
        f'<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">{top}</xf>'
        "</cellXfs></styleSheet>"
    )


def write_xlsx(blocks, path):
    sheets = sheets_of(blocks)
    head, strings = title_of(blocks), Strings()
    pages = [excel_sheet(inside, head, strings) for _, inside in sheets]
    part = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    names = [f"worksheets/sheet{at + 1}.xml" for at in range(len(sheets))]
    overrides = [(f"/xl/{name}", f"{part}worksheet+xml") for name in names]
    overrides += [("/xl/workbook.xml", f"{part}sheet.main+xml"), ("/xl/styles.xml", f"{part}styles+xml")]
    overrides += [("/xl/sharedStrings.xml", f"{part}sharedStrings+xml")]
    listed = "".join(
        f'<sheet name="{escape(name, {chr(34): "&quot;"})}" sheetId="{at}" r:id="rId{at}"/>'
        for at, (name, _) in enumerate(sheets, 1)
    )
    links = [("worksheet", name) for name in names] + [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
    files = {
        "[Content_Types].xml": content_types(overrides),
        "_rels/.rels": relationships([("officeDocument", "xl/workbook.xml")]),
        "xl/_rels/workbook.xml.rels": relationships(links),
        "xl/workbook.xml": f'{XML}<workbook xmlns="{NAMESPACE}/spreadsheetml/2006/main" '
        f'xmlns:r="{NAMESPACE}/officeDocument/2006/relationships"><sheets>{listed}</sheets></workbook>',
        "xl/styles.xml": excel_styles(),
        "xl/sharedStrings.xml": strings.xml(),
    }
    files.update((f"xl/{name}", page) for name, page in zip(names, pages))
    write_package(path, files)


# ------------------------------------------------------------------------------------------------ office packages


def content_types(overrides):
    listed = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides)
    return (
        f'{XML}<Types xmlns="{NAMESPACE}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def relationships(links):
    base = f"{NAMESPACE}/officeDocument/2006/relationships"
    listed = "".join(
        f'<Relationship Id="rId{at}" Type="{base}/{kind}" Target="{target}"/>' for at, (kind, target) in enumerate(links, 1)
    )
    return f'{XML}<Relationships xmlns="{NAMESPACE}/package/2006/relationships">{listed}</Relationships>'


def write_package(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            # The same text makes the same bytes on any day.
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text.encode(), zipfile.ZIP_DEFLATED)


# ---------------------------------------------------------------------------------------------------------- HTML

CSS = """
@page { size: A4; margin: 20mm; @bottom-center { content: counter(page); } }
body { font: 10.5pt "BIZ UDGothic", sans-serif; margin: 0; }
table { border-collapse: collapse; width: 170mm; table-layout: fixed; margin-bottom: 4mm; }
td { border: 0.3mm solid #000; padding: 1mm; vertical-align: top; overflow-wrap: anywhere; }
td p { margin: 0; }
"""


def html_cell(cell):
    if cell.rows == 0:
        return ""
    span = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    texts = [escape(text) for text in cell.paragraphs]
    inside = texts[0] if len(texts) == 1 else "".join(f"<p>{text}</p>" for text in texts)
    return f"<td{span}>{inside}</td>"


def html_table(rows):
    widths = column_widths(rows, PAGE_MM)
    cols = "".join(f'<col style="width: {width:.1f}mm">' for width in widths)
    body = "\n".join("<tr>" + "".join(map(html_cell, row)) + "</tr>" for row in rows)
    return f"<table border=\"1\">\n<colgroup>{cols}</colgroup>\n<tbody>\n{body}\n</tbody>\n</table>"


def write_html(blocks, path):
    parts = []
    for block in blocks:
        if block[0] == "table":
            parts.append(html_table(block[1]))
        else:
            tag = f"h{block[1]}" if block[1] else "p"
            parts.append(f"<{tag}>{escape(block[2])}</{tag}>")
    body = "\n".join(parts)
    title = escape(title_of(blocks))
    path.write_text(
        f'<!DOCTYPE html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>{CSS}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n",
        encoding="utf-8",
        newline="\n",
    )


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: make.py TEXT OUTDIR")
    blocks = read(Path(sys.argv[1]).read_text(encoding="utf-8-sig"))
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    write_docx(blocks, folder / "report.docx")
    write_xlsx(blocks, folder / "report.xlsx")
    write_html(blocks, folder / "report.html")


if __name__ == "__main__":
    main()
