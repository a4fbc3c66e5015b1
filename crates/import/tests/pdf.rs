//! PDF files, written by hand here: with text, without, locked, damaged and hostile.

use std::fmt::Write as _;

use renkei_import::{Unreadable, read, read_file};

/// A PDF of numbered objects, from 1; the first is the catalogue.
fn pdf(objects: &[&str]) -> Vec<u8> {
    let mut file = String::from("%PDF-1.7\n");
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(file.len());
        write!(file, "{} 0 obj\n{object}\nendobj\n", at + 1).unwrap();
    }
    let start = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(file, "{place:010} 00000 n ").unwrap();
    }
    write!(file, "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1).unwrap();
    file.into_bytes()
}

fn stream(dictionary: &str, content: &str) -> String {
    format!("<< {dictionary} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// One page with this content. Characters are UTF-16 codes that a ToUnicode table says over again.
fn page(content: &str) -> Vec<u8> {
    let to_unicode = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange \
        1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end";
    pdf(&[
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        &stream("", content),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Any /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Any /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) \
         /Supplement 0 >> /DW 1000 >>",
        &stream("", to_unicode),
    ])
}

/// A line of text that begins at a place.
fn line(x: u32, y: u32, text: &str) -> String {
    let codes: String = text.encode_utf16().map(|code| format!("{code:04X}")).collect();
    format!("BT /F1 10 Tf {x} {y} Td <{codes}> Tj ET\n")
}

fn lines_of(file: &[u8]) -> Vec<String> {
    read_file("x.pdf", file).unwrap().lines.into_iter().map(|line| line.text).collect()
}

#[test]
fn lines_of_a_page_are_read_in_their_order() {
    let content = [line(72, 700, "みどり市の取組"), line(72, 760, "令和８年度計画")].concat();
    assert_eq!(lines_of(&page(&content)), ["令和８年度計画", "みどり市の取組"]);
}

#[test]
fn a_pdf_without_text_is_refused_as_a_scan() {
    assert_eq!(read(&page("")).unwrap_err(), Unreadable::Scan { pages: 1 });
}
