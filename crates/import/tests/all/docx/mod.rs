//! Tests Word files as offices write them: the visible text is read with its places, and a finding reports each part
//! that is not read.

mod builder;
mod hostile;

use builder::{Docx, cell, paragraph, row, table};
use renkei_document::finding::Notice;
use renkei_document::locus::Locus;
use renkei_import::{ReadFile, Unreadable, read_file};

const LISTS: &str = "<w:abstractNum w:abstractNumId='0'>\
    <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='第%1'/></w:lvl>\
    <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimalFullWidth'/><w:lvlText w:val='（%2）'/><w:suff w:val='nothing'/></w:lvl>\
    </w:abstractNum><w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:start w:val='1'/>\
    <w:numFmt w:val='decimalEnclosedCircle'/><w:lvlText w:val='%1'/></w:lvl></w:abstractNum>\
    <w:abstractNum w:abstractNumId='2'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='&#xF06C;'/></w:lvl></w:abstractNum>\
    <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>\
    <w:num w:numId='3'><w:abstractNumId w:val='2'/></w:num>\
    <w:num w:numId='4'><w:abstractNumId w:val='1'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride></w:num>";

fn reading(docx: &Docx) -> ReadFile {
    read_file("a.docx", &docx.bytes()).expect("it is a document")
}

/// Compares the lines that are read from a document body with the expected lines.
#[track_caller]
fn check(body: &str, expected: &[&str]) {
    let read = reading(&Docx::new(body).part("numbering", LISTS));
    let lines: Vec<&str> = read.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(lines, expected, "{body}");
}

fn listed(list: u32, level: u32, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr></w:pPr>\
         <w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

#[test]
fn paragraphs_are_lines_as_a_person_reads_them() {
    check(&(paragraph("一") + &paragraph("") + &paragraph("　二 三")), &["一", "二 三"]);
    check(
        "<w:p><w:r><w:t>相</w:t></w:r><w:r><w:t xml:space='preserve'>談 </w:t><w:br/><w:t>3件</w:t></w:r></w:p>",
        &["相談 3件"],
    );
    check("<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>みどり市長</w:t></w:r></w:p>", &["甲 みどり市長"]);
    check("<w:p><w:r><w:t>学校&amp;企業&#xFF5E;&lt;注&gt;</w:t></w:r></w:p>", &["学校&企業～<注>"]);
    check("<w:p><w:r><w:t>東</w:t><w:softHyphen/><w:t>京</w:t><w:noBreakHyphen/></w:r></w:p>", &["東京-"]);
    check("<w:p><w:hyperlink><w:r><w:t>案内</w:t></w:r></w:hyperlink></w:p>", &["案内"]);
    check(
        "<w:sdt><w:sdtPr><w:alias w:val='名'/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>中</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        &["中"],
    );
    check(
        "<w:p><w:r><w:ruby><w:rt><w:r><w:t>みどり</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>緑</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
        &["緑"],
    );
    check("<w:p><w:r><w:sym w:font='Wingdings' w:char='F06C'/><w:t>相談</w:t></w:r></w:p>", &["●相談"]);
}

#[test]
fn fields_show_their_results() {
    check(
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>第1 趣旨</w:t><w:tab/></w:r>\
         <w:fldSimple w:instr='PAGEREF x'><w:r><w:t>3</w:t></w:r></w:fldSimple></w:p>",
        &["第1 趣旨 3"],
    );
}

#[test]
fn lists_have_their_numbers() {
    let body =
        [listed(1, 0, "趣旨"), listed(1, 0, "計画"), listed(1, 1, "雇用"), listed(1, 1, "訓練"), listed(1, 0, "他")];
    check(&body.concat(), &["第1 趣旨", "第2 計画", "（１）雇用", "（２）訓練", "第3 他"]);
    check(&(listed(3, 0, "相談") + &listed(3, 0, "・訪問") + &listed(3, 0, "")), &["・相談", "・訪問"]);
    check(
        &(listed(2, 0, "一") + &listed(2, 0, "二") + &listed(4, 0, "三") + &listed(0, 0, "四")),
        &["① 一", "② 二", "① 三", "四"],
    );
    let numbers = table(&[row(&[listed(2, 0, ""), cell("相談課")]), row(&[listed(2, 0, ""), cell("訓練課")])]);
    check(&numbers, &["①\t相談課", "②\t訓練課"]);
}

#[test]
fn a_style_puts_a_heading_into_a_list() {
    let styles = "<w:style w:type='paragraph' w:styleId='h'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>\
                  <w:style w:type='paragraph' w:styleId='h1'><w:basedOn w:val='h'/></w:style>\
                  <w:style w:type='character' w:styleId='c'><w:rPr><w:vanish/></w:rPr></w:style>";
    let body = "<w:p><w:pPr><w:pStyle w:val='h1'/></w:pPr><w:r><w:t>趣旨</w:t></w:r><w:r><w:rPr><w:rStyle w:val='c'/></w:rPr><w:t>秘</w:t></w:r></w:p>";
    let read = reading(&Docx::new(body).part("numbering", LISTS).part("styles", styles));
    assert_eq!(read.lines[0].text, "第1 趣旨");
}

#[test]
fn cells_are_at_their_places_in_the_grid() {
    let merged = |text: &str, merge: &str| format!("<w:tcPr>{merge}</w:tcPr>{}", paragraph(text));
    let rows = [
        row(&[merged("労働局", "<w:vMerge w:val='restart'/>"), cell("①"), cell("相談課"), cell("行う。")]),
        row(&[merged("", "<w:vMerge/>"), cell("②"), merged("行う。", "<w:gridSpan w:val='2'/>")]),
        "<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr><w:tc><w:p><w:r><w:t>③</w:t></w:r></w:p></w:tc></w:tr>"
            .to_owned(),
    ];
    check(&table(&rows), &["労働局\t①\t相談課\t行う。", "\t②\t行う。\t", "\t③"]);
    let nested = table(&[row(&[
        cell("①"),
        paragraph("行う。") + &table(&[row(&[cell("求人"), cell("3件")])]) + &paragraph(""),
    ])]);
    check(&nested, &["①\t行う。 求人 3件"]);
}

#[test]
fn a_frame_is_no_table() {
    let grid = |columns: usize, rows: &[String]| {
        format!("<w:tbl><w:tblGrid>{}</w:tblGrid>{}</w:tbl>", "<w:gridCol/>".repeat(columns), rows.concat())
    };
    let inner = grid(2, &[row(&[cell("①"), cell("行う。")])]);
    check(&grid(1, &[row(&[paragraph("第2 計画") + &inner + &paragraph("以上")])]), &["第2 計画", "①\t行う。", "以上"]);
    let heading = "<w:tcPr><w:gridSpan w:val='2'/></w:tcPr>".to_owned() + &paragraph("第3 計画");
    let body = grid(2, &[row(&[heading]), row(&[cell("①"), cell("行う。")])]);
    let read = reading(&Docx::new(&body));
    assert_eq!((read.lines[0].text.as_str(), read.lines[0].cells.len()), ("第3 計画", 0));
}

#[test]
fn each_line_and_cell_has_its_place() {
    let body = paragraph("一")
        + &table(&[row(&[cell("a"), cell("b")])])
        + &paragraph("")
        + &table(&[row(&[cell("c")])])
        + &paragraph("二");
    let read = reading(&Docx::new(&body));
    let at = |line: usize| read.lines[line].at.clone().expect("a place");
    assert_eq!(at(0), Locus::Paragraph { paragraph: 1 });
    assert_eq!(read.lines[1].cells[1].at, Some(Locus::Table { table: 1, row: 1, column: 2 }));
    assert_eq!(at(2), Locus::Table { table: 2, row: 1, column: 1 });
    assert_eq!(at(3), Locus::Paragraph { paragraph: 2 });
}

#[test]
fn paragraphs_with_tabs_are_a_table_only_where_they_look_like_one() {
    let tabbed = |texts: &[&str]| {
        texts.iter().map(|text| paragraph(&text.replace('\t', "</w:t><w:tab/><w:t>"))).collect::<String>()
    };
    check(
        &tabbed(&["労働局\t①\t相談課\t行う。", "\t②\t訓練課\t教える。"]),
        &["労働局\t①\t相談課\t行う。", "\t②\t訓練課\t教える。"],
    );
    check(&tabbed(&["甲\tみどり市\t市長", "乙\tあおば労働局\t局長"]), &["甲 みどり市 市長", "乙 あおば労働局 局長"]);
}

#[test]
fn tracked_changes_are_read_as_accepted_and_reported() {
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let body = format!(
        "<w:p>{}<w:ins>{}</w:ins><w:del><w:r><w:delText>廃止</w:delText></w:r></w:del></w:p>\
         <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p><w:p>{}</w:p>{}",
        run("相談"),
        run("3件"),
        run("前"),
        run("後"),
        table(&[
            format!("<w:tr><w:trPr><w:del/></w:trPr><w:tc>{}</w:tc></w:tr>", paragraph("消した行")),
            row(&[cell("残る")])
        ])
    );
    check(&body, &["相談3件", "前後", "残る"]);
    let read = reading(&Docx::new(&body));
    let findings = &read.imported.findings;
    let tracked = findings.iter().find(|finding| finding.notice.code() == "source.tracked").expect("told");
    assert_eq!(
        tracked.notice,
        Notice::SourceTracked { inserted: "3件".to_owned(), deleted: "廃止／消した行".to_owned() }
    );
    assert_eq!(tracked.place.line, Some(1));
}

#[test]
fn hidden_and_omitted_content_is_reported() {
    let hidden = "<w:p><w:r><w:t>見える</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>見えない</w:t></w:r></w:p>";
    let text_box = "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>囲み</w:t></w:r></w:p>\
                    </w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>囲み</w:t></w:r></w:p>\
                    </w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent><w:t>本文</w:t></w:r></w:p>";
    let picture = "<w:p><w:r><w:drawing><a:blip/><a:t>図の字</a:t></w:drawing></w:r></w:p>";
    let body = [hidden, text_box, picture].concat();
    check(&body, &["見える", "本文", "囲み"]);
    let notes = "<w:footnote><w:p><w:r><w:t>出典は統計</w:t></w:r></w:p></w:footnote>";
    let read = reading(&Docx::new(&body).part("footnotes", notes).part("header1", &paragraph("柱")));
    let told: Vec<String> = read.imported.findings.iter().map(|finding| finding.notice.message()).collect();
    for words in ["隠し文字「見えない」", "「囲み」", "脚注・文末脚注「出典は統計」", "画像・図形 1点"]
    {
        assert_eq!(told.iter().filter(|message| message.contains(words)).count(), 1, "{words} in {told:?}");
    }
    assert!(!format!("{read:?}").contains('柱'));
}

#[test]
fn names_of_parts_and_prefixes_are_the_writer_s_own() {
    let strict = Docx::new("").raw(
        "word/doc2.xml",
        "<x:document xmlns:x='http://purl.oclc.org/ooxml/wordprocessingml/main'><x:body><x:p><x:r><x:t>厳密</x:t></x:r></x:p></x:body></x:document>",
    );
    let strict = strict
        .without("word/document.xml")
        .raw("_rels/.rels", "<Relationships><Relationship Id='a' Type='http://purl.oclc.org/x/officeDocument' Target='/word/doc2.xml'/></Relationships>")
        .raw("[Content_Types].xml", "<Types><Override PartName='/word/doc2.xml' ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>");
    assert_eq!(reading(&strict).lines[0].text, "厳密");
    let utf_16: Vec<u8> = "\u{feff}<?xml version='1.0' encoding='UTF-16'?><w:document><w:body><w:p><w:r><w:t>緑</w:t></w:r></w:p></w:body></w:document>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(reading(&Docx::new("").raw_bytes("word/document.xml", utf_16)).lines[0].text, "緑");
}

#[test]
fn a_file_that_is_not_docx_is_refused_with_the_next_step() {
    let compound = |stream: &str| {
        let name = stream.encode_utf16().flat_map(u16::to_le_bytes);
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".iter().copied().chain([0; 600]).chain(name).collect::<Vec<u8>>()
    };
    let refused = |bytes: &[u8]| read_file("a.docx", bytes).expect_err("it is none");
    assert_eq!(refused(&compound("EncryptedPackage")), Unreadable::Encrypted);
    assert!(refused(&compound("WordDocument")).to_string().contains(".docx の形式で保存し直して"));
    assert!(refused(&compound("Workbook")).to_string().contains(".xlsx の形式で"));
    assert_eq!(
        refused(
            &Docx::new("")
                .without("word/document.xml")
                .raw("mimetype", "application/vnd.oasis.opendocument.text")
                .bytes()
        ),
        Unreadable::OtherOffice { name: "OpenDocument の文書（.odt）", save_as: ".docx" }
    );
    let damaged = refused(&Docx::new("").raw("word/document.xml", "<w:document><w:p>").bytes());
    assert!(damaged.to_string().contains("壊れている"));
}
