"""Reads a workbook with openpyxl and writes its rows again, each in openpyxl's own fastest way; prints seconds."""

import sys
import time

from openpyxl import Workbook, load_workbook

source, target = sys.argv[1:3]
start = time.perf_counter()
book = load_workbook(source, read_only=True, data_only=True)
rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
read = time.perf_counter() - start

start = time.perf_counter()
book = Workbook(write_only=True)
sheet = book.create_sheet("rows")
for row in rows:
    sheet.append(row)
book.save(target)
print(f"write {time.perf_counter() - start:.3f} read {read:.3f} rows {len(rows) - 1}")
