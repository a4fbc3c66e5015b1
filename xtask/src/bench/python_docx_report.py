"""Makes a Word file of a report in JSON with python-docx: headings, leads, and a table a section; prints seconds."""

import json
import sys
import time

from docx import Document

source, target = sys.argv[1:3]
start = time.perf_counter()
with open(source, encoding="utf-8") as file:
    report = json.load(file)
book = Document()
for plan in report["plans"]:
    book.add_heading(plan["title"], 1)
    for chapter in plan["chapters"]:
        book.add_heading(f"{chapter['number']}　{chapter['title']}", 2)
        for section in chapter["sections"]:
            book.add_heading(f"({section['number']})　{section['title']}", 3)
            book.add_paragraph(section["lead"] or "")
            rows = section["initiatives"]
            table = book.add_table(len(rows) + 1, 4)
            for cell, name in zip(table.rows[0].cells, ("区分", "番号", "担当課", "取組内容")):
                cell.text = name
            for cells, row in zip((line.cells for line in list(table.rows)[1:]), rows):
                content = [row["text"], *("・" + item for item in row["items"])]
                texts = (row["party"], str(row["number"]), "、".join(row["divisions"]), "\n".join(content))
                for cell, text in zip(cells, texts):
                    cell.text = text
book.save(target)
print(f"seconds {time.perf_counter() - start:.3f}")
