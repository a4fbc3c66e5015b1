//! Tests PDF files, which are written here: with text, without text, encrypted, damaged and hostile.

use renkei_document::locus::Locus;
use renkei_import::{Unreadable, read, read_file};

/// Returns a PDF with these objects, numbered from 1; the first object is the catalogue.
fn pdf_with(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut file = String::from("%PDF-1.7\n");
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (at, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    let start = file.len();
    file += &table;
    file += &format!("trailer\n<< /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    file.into_bytes()
}

fn stream(dictionary: &str, content: &str) -> String {
    format!("<< {dictionary} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// Returns the objects of a file with these pages and these further resources. Characters are UTF-16 codes, and a table
/// maps each code to itself.
fn objects(pages: &[String], resources: &str) -> Vec<String> {
    let to_unicode = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange \
        1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end";
    let kids: Vec<String> = (0..pages.len()).map(|at| format!("{} 0 R", 6 + at * 2)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Any /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
            .to_owned(),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Any /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) \
         /Supplement 0 >> /DW 1000 >>"
            .to_owned(),
        stream("", to_unicode),
    ];
    for (at, content) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> {resources} >> >>",
            7 + at * 2
        ));
        objects.push(stream("", content));
    }
    objects
}

fn pages(contents: &[String]) -> Vec<u8> {
    pdf_with(&objects(contents, ""), "")
}

fn page(content: &[String]) -> Vec<u8> {
    pages(&[content.concat()])
}

/// Returns the drawing operators for a line of text at a position, measured from the lower left corner.
fn line(x: u32, y: u32, text: &str) -> String {
    let codes: String = text.encode_utf16().map(|code| format!("{code:04X}")).collect();
    format!("BT /F1 10 Tf {x} {y} Td <{codes}> Tj ET\n")
}

/// Returns the drawing operators for a box.
fn frame(x: u32, y: u32, width: u32, height: u32) -> String {
    format!("{x} {y} {width} {height} re S\n")
}

#[track_caller]
fn check(file: &[u8], expected: &[&str]) {
    let lines: Vec<String> =
        read_file("x.pdf", file).expect("a readable file").lines.into_iter().map(|line| line.text).collect();
    assert_eq!(lines, expected);
}

#[test]
fn lines_are_read_in_order_and_continued_lines_are_joined() {
    check(
        &page(&[line(72, 700, "みどり市の取組"), line(72, 760, "令和８年度計画")]),
        &["令和８年度計画", "みどり市の取組"],
    );
    let full = "あ".repeat(45);
    let content = [line(72, 760, &full), line(72, 745, &full), line(72, 730, "おわり。"), line(72, 715, "次の文")];
    check(&page(&content), &[&format!("{full}{full}おわり。"), "次の文"]);
}

#[test]
fn boxes_make_tables_and_a_box_without_a_line_inside_is_one_cell() {
    let content = [
        frame(72, 700, 60, 60),
        frame(132, 730, 30, 30),
        frame(132, 700, 30, 30),
        frame(162, 730, 300, 30),
        frame(162, 700, 300, 30),
        line(75, 740, "労働局"),
        line(135, 740, "①"),
        line(135, 710, "②"),
        line(165, 740, "相談を行った。"),
        line(165, 710, "訪問を行った。"),
    ];
    check(&page(&content), &["労働局\t①\t相談を行った。", "\t②\t訪問を行った。"]);
    let read = read_file("x.pdf", &page(&content)).unwrap();
    assert_eq!(read.lines[1].cells[2].at, Some(Locus::Page { page: 1, left: 165, top: 123 }));
}

#[test]
fn page_numbers_are_removed_and_a_row_continues_over_a_page_break() {
    let first = [
        frame(72, 60, 30, 60),
        frame(102, 60, 80, 60),
        frame(182, 60, 343, 60),
        line(75, 90, "①"),
        line(105, 90, "相談課"),
        line(185, 90, &"い".repeat(33)),
        line(290, 30, "- 1 -"),
    ];
    let second = [
        frame(72, 700, 30, 60),
        frame(102, 700, 80, 60),
        frame(182, 700, 343, 60),
        line(185, 730, "行った。"),
        line(290, 30, "- 2 -"),
    ];
    check(&pages(&[first.concat(), second.concat()]), &[&format!("①\t相談課\t{}行った。", "い".repeat(33))]);
}

#[test]
fn a_pdf_without_text_is_refused_and_a_page_without_text_is_reported() {
    assert_eq!(read(&page(&[])).unwrap_err(), Unreadable::Scan { pages: 1 });
    let mut objects = objects(&[line(72, 700, "本文"), "/I Do".to_owned()], "/XObject << /I 10 0 R >>");
    objects.push(stream(
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray",
        "a",
    ));
    let findings = read(&pdf_with(&objects, "")).unwrap().findings;
    let left_out: Vec<_> = findings.iter().filter(|finding| finding.notice.code() == "source.left-out").collect();
    assert_eq!(left_out.len(), 1);
    assert_eq!(left_out[0].place.at, Some(Locus::Page { page: 2, left: 0, top: 0 }));
}

#[test]
fn a_locked_pdf_is_refused_with_that_reason() {
    let objects = objects(&[line(72, 700, "秘密")], "");
    let lock = format!(
        "/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{0}> /U <{0}> >> /ID [<00> <00>]",
        "41".repeat(32)
    );
    assert_eq!(read(&pdf_with(&objects, &lock)).unwrap_err(), Unreadable::Encrypted);
}

#[test]
fn a_damaged_pdf_is_read_as_far_as_it_goes_or_refused() {
    let good = page(&[line(72, 700, "みどり市")]);
    let text = String::from_utf8_lossy(&good).replace("startxref\n", "startxref\n9");
    check(text.as_bytes(), &["みどり市"]);
    for cut in (9..good.len()).step_by(37) {
        if let Err(reason) = read(&good[..cut]) {
            assert!(matches!(reason, Unreadable::Damaged { .. } | Unreadable::Scan { .. }), "{cut}: {reason:?}");
        }
    }
}

#[test]
fn forms_that_draw_each_other_again_and_again_end() {
    let again = "/X Do ".repeat(20);
    let mut objects = objects(&[line(72, 700, "前") + &again], "/XObject << /X 8 0 R >>");
    objects
        .push(stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 8 0 R >> >>", &again));
    assert!(matches!(read(&pdf_with(&objects, "")).unwrap_err(), Unreadable::TooMuchInside { .. }));
}

#[test]
fn a_circular_page_tree_ends() {
    let mut objects = objects(&[line(72, 700, "前")], "");
    objects[1] = "<< /Type /Pages /Kids [2 0 R 6 0 R] /Count 2 >>".to_owned();
    let _ = read(&pdf_with(&objects, ""));
}

#[test]
fn excessive_nesting_is_refused_and_deep_nesting_is_read() {
    let too_deep = read(&page(&["[".repeat(2_000_000)])).unwrap_err();
    assert!(matches!(too_deep, Unreadable::TooMuchInside { .. }), "{too_deep:?}");
    for (open, close) in [("[", "]"), ("<< /A ", ">>"), ("(", ")")] {
        let deep = format!("{} {}", open.repeat(1_200), close.repeat(1_200));
        assert_eq!(read(&page(std::slice::from_ref(&deep))).unwrap_err(), Unreadable::Scan { pages: 1 });
        let mut objects = objects(&[line(72, 700, "本文")], "");
        objects.push(deep);
        check(&pdf_with(&objects, "/Info 8 0 R"), &["本文"]);
    }
}

#[test]
fn trees_of_hundreds_of_levels_end() {
    let mut tree: Vec<String> = objects(&[line(72, 700, "本文")], "");
    tree[1] = "<< /Type /Pages /Kids [8 0 R] /Count 1 >>".to_owned();
    for at in 8..300 {
        tree.push(format!("<< /Type /Pages /Kids [{} 0 R] /Count 1 >>", at + 1));
    }
    tree.push("<< /Type /Pages /Kids [6 0 R] /Count 1 >>".to_owned());
    check(&pdf_with(&tree, ""), &["本文"]);
    let mut chain = objects(&[line(72, 700, "本文")], "/ColorSpace << /C 8 0 R >>");
    for at in 8..3_000 {
        chain.push(format!("{} 0 R", at + 1));
    }
    chain.push("/DeviceGray".to_owned());
    let _ = read(&pdf_with(&chain, "/Info 8 0 R"));
}
