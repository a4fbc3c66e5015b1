//! Tests Word files that are made to break a reader: no panic, limited time and memory, and a clear message.

use renkei_import::{MAX_LINES, Unreadable, read_file};

use crate::docx::builder::{Docx, cell, paragraph, row, table};

fn read(docx: &Docx) -> Result<Vec<String>, Unreadable> {
    read_file("a.docx", &docx.bytes()).map(|read| read.lines.into_iter().map(|line| line.text).collect())
}

#[test]
fn a_file_that_unpacks_beyond_the_limit_is_refused() {
    let bomb = Docx::new("").raw_bytes("word/media/a.xml", vec![b' '; 200 * 1024 * 1024]);
    assert_eq!(read(&bomb), Err(Unreadable::TooMuchInside { limit: "展開後の大きさ" }));
    let parts = (0..4_100).fold(Docx::new(""), |docx, number| docx.raw(&format!("word/{number}"), ""));
    assert_eq!(read(&parts), Err(Unreadable::TooMuchInside { limit: "部品の数" }));
    let text = Docx::new(&paragraph(&"あ".repeat(6_000_000)));
    assert_eq!(read(&text), Err(Unreadable::TooMuchInside { limit: "文字の量" }));
    let lines = Docx::new(&paragraph("あ").repeat(MAX_LINES + 1));
    assert!(matches!(read(&lines), Err(Unreadable::TooManyLines { .. })));
}

#[test]
fn entities_are_never_expanded() {
    let mut entities = "<!ENTITY a0 \"爆\">".to_owned();
    for level in 1..30 {
        entities += &format!("<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10));
    }
    let document = format!(
        "<!DOCTYPE d [{entities}<!ENTITY x SYSTEM 'file:///etc/passwd'>]><w:document><w:body>{}</w:body></w:document>",
        paragraph("前&a29;&x;後")
    );
    assert_eq!(read(&Docx::new("").raw("word/document.xml", &document)), Ok(vec!["前後".to_owned()]));
}

#[test]
fn elements_nested_deeper_than_the_stack_are_read() {
    const DEEP: usize = 100_000;
    for (open, close) in [
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:p><w:r><w:drawing><w:txbxContent>", "</w:txbxContent></w:drawing></w:r></w:p>"),
        ("<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>"),
        ("<w:ins>", "</w:ins>"),
        ("<w:p>", "</w:p>"),
        ("<w:r>", "</w:r>"),
    ] {
        let body = format!("{}{}{}", open.repeat(DEEP), paragraph("底"), close.repeat(DEEP));
        assert_eq!(read(&Docx::new(&body)), Ok(vec!["底".to_owned()]), "{open}");
    }
    let deleted = format!("{}{}{}", "<w:del>".repeat(DEEP), paragraph("底"), "</w:del>".repeat(DEEP));
    assert_eq!(read(&Docx::new(&deleted)), Ok(vec![]));
}

#[test]
fn absurd_tables_are_read() {
    let spans = "<w:tcPr><w:gridSpan w:val='1000000000'/></w:tcPr>".to_owned() + &paragraph("a");
    let below = "<w:tcPr><w:gridSpan w:val='-7'/><w:vMerge/></w:tcPr>".to_owned() + &paragraph("b");
    assert_eq!(
        read(&Docx::new(&table(&[row(&[spans.clone(), cell("c")]), row(&[below])]))),
        Ok(vec!["a\tc".into(), "b".into()])
    );
    let wide = table(&[row(&vec![cell("x"); 5_000])]);
    assert_eq!(read(&Docx::new(&wide)).map(|lines| lines[0].split('\t').count()), Ok(64));
    let skipped = "<w:tbl><w:tr><w:trPr><w:gridBefore w:val='99999999999999999999'/><w:gridAfter w:val='4000000000'/></w:trPr><w:tc>";
    assert_eq!(
        read(&Docx::new(&format!("{skipped}{}</w:tc></w:tr></w:tbl>", paragraph("d")))),
        Ok(vec!["d".to_owned()])
    );
    let head = row(&(0..64).map(|at| cell(&at.to_string())).collect::<Vec<_>>());
    let last =
        "<w:tr><w:trPr><w:gridBefore w:val='63'/></w:trPr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr>";
    let many = table(&[head, last.repeat(40_000)]);
    assert_eq!(read(&Docx::new(&many)), Err(Unreadable::TooMuchInside { limit: "表のセルの数" }));
}

#[test]
fn elements_out_of_place_are_read_or_left() {
    for body in [
        "<w:tc><w:p/></w:tc>",
        "<w:tr><w:tc>",
        "</w:tbl>",
        "<w:tbl><w:p><w:r><w:t>a</w:t></w:r></w:p><w:tc/><w:tr/></w:tbl>",
        "<w:t>a</w:t><w:r><w:t>b</w:t></w:r>",
        "<w:txbxContent></w:txbxContent><w:Fallback/><w:p><w:pPr><w:tcPr><w:gridSpan/></w:tcPr></w:pPr></w:p>",
        "<w:tbl><w:tr><w:tc><w:txbxContent><w:p><w:r><w:t>a</w:t></w:r></w:p></w:txbxContent></w:tc></w:tr></w:tbl>",
    ] {
        let _ = read(&Docx::new(body));
    }
}

#[test]
fn senseless_lists_and_styles_are_read() {
    let lists = "<w:abstractNum w:abstractNumId='0'><w:numStyleLink w:val='s'/><w:lvl w:ilvl='0'>\
                 <w:start w:val='9223372036854775807'/><w:numFmt w:val='upperRoman'/><w:lvlText w:val='%1%1%9%0%%'/></w:lvl>\
                 <w:lvl w:ilvl='77777777777'/></w:abstractNum>\
                 <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num><w:lvlOverride/></w:num>";
    let styles = "<w:style w:type='paragraph' w:default='1' w:styleId='s'><w:basedOn w:val='s'/><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>";
    let body = paragraph("あ") + &paragraph("い");
    let lines = read(&Docx::new(&body).part("numbering", lists).part("styles", styles)).expect("read");
    assert!(lines[1].ends_with('い'), "{lines:?}");
}

#[test]
fn a_file_cut_anywhere_is_refused_with_a_word() {
    let whole = Docx::new(&table(&[row(&[cell("①"), cell("行う。")])])).bytes();
    for cut in (4..whole.len() - 1).step_by(7) {
        let answer = read_file("a.docx", &whole[..cut]);
        assert!(answer.is_err_and(|error| error.to_string().contains("壊れている")), "cut at {cut}");
    }
}
