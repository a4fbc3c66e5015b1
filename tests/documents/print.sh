#!/bin/sh
# Prints the files that make.py made, as other programs do: `print.sh DIR` makes DIR/report-{docx,xlsx,html,chromium}.pdf.
# A program that is not there is told and skipped.
set -eu
directory=${1:?usage: print.sh DIR}
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT

if command -v soffice >/dev/null; then
    for kind in docx xlsx html; do
        filter=pdf
        [ "$kind" = html ] && filter=pdf:writer_web_pdf_Export
        soffice --headless "-env:UserInstallation=file://$profile" --convert-to "$filter" \
            --outdir "$profile/out" "$directory/report.$kind" >/dev/null 2>&1
        mv "$profile/out/report.pdf" "$directory/report-$kind.pdf"
    done
else
    echo "skipped: no soffice here"
fi

if command -v chromium >/dev/null; then
    chromium --headless --no-sandbox --disable-gpu "--user-data-dir=$profile/chromium" \
        "--print-to-pdf=$directory/report-chromium.pdf" "file://$(realpath "$directory/report.html")" >/dev/null 2>&1
else
    echo "skipped: no chromium here"
fi
