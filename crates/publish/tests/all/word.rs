//! 報告書のWord文書 — tests of the Word file and of an office's templates, for an invented town.

use std::io::{Cursor, Read, Write};
use std::path::PathBuf;

use renkei_document::document::Document;
use renkei_publish::{PageNumbers, PressError, Templates, WordLayout, docx, template_files};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

const TRIAL: &str = include_str!("../../templates/trial.json");

fn document() -> Document {
    serde_json::from_str(TRIAL).expect("the shape of a document")
}

fn parts(file: &[u8]) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(file)).expect("a ZIP");
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).expect("a part");
            let mut text = String::new();
            part.read_to_string(&mut text).expect("UTF-8");
            (part.name().expect("a name").into_owned(), text)
        })
        .collect()
}

fn part(file: &[u8], name: &str) -> String {
    let all = parts(file);
    all.into_iter().find(|(known, _)| known == name).map(|(_, text)| text).unwrap_or_else(|| panic!("no {name}"))
}

fn zipped(parts: &[(String, String)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).expect("starts");
        writer.write_all(text.as_bytes()).expect("writes");
    }
    writer.finish().expect("finishes").into_inner()
}

fn ours() -> Vec<u8> {
    let files = template_files().expect("our files");
    files.into_iter().find(|(name, _)| *name == "report.docx").expect("a Word file").1
}

/// Returns our template with a text in one part replaced.
#[track_caller]
fn changed(name: &str, from: &str, to: &str) -> Vec<u8> {
    let mut all = parts(&ours());
    let (_, text) = all.iter_mut().find(|(known, _)| known == name).expect("the part");
    assert!(text.contains(from), "{from} is not in {name}");
    *text = text.replace(from, to);
    zipped(&all)
}

fn made(report: &Document) -> Vec<u8> {
    docx(report, &WordLayout::ours().expect("ours"), &PageNumbers::default()).expect("made")
}

fn words(xml: &str) -> String {
    let texts = xml.split("<w:t xml:space=\"preserve\">").skip(1);
    texts.filter_map(|text| text.split_once("</w:t>")).map(|(text, _)| text).collect()
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let first = made(&document());
    assert!(first == made(&document()));
    let mut other = document();
    other.plans[0].chapters[0].sections[0].initiatives[0].text = "改めた。".to_owned();
    assert!(first != made(&other));
}

#[test]
fn every_part_that_word_looks_for_is_there_and_no_placeholder_is_left() {
    let file = made(&document());
    let all = parts(&file);
    assert_eq!(all[0].0, "[Content_Types].xml");
    for (name, text) in &all {
        assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\""), "{name}");
        assert!(!text.contains("{{"), "{name}");
    }
    let types = part(&file, "[Content_Types].xml");
    let named = all.iter().filter(|(name, _)| !name.contains("_rels") && !name.starts_with('['));
    for (name, _) in named {
        assert!(types.contains(&format!("PartName=\"/{name}\"")), "{name}");
    }
}

#[test]
fn the_words_are_in_the_order_of_the_report() {
    let text = words(&part(&made(&document()), "word/document.xml"));
    let mut rest = text.as_str();
    for sentence in [
        "みどり市雇用対策協定みどり市及びあおば労働局は、協定を締結する。",
        "（目的）第1条　雇用環境の改善を目的とする。2　前項による。",
        "附則締結の日から実施する。本書2通を作成する。平成27年3月17日みどり市長緑川花子",
        "みどり市雇用対策協定に基づく事業計画みどり市あおば労働局令和8年3月",
        "目次第1　趣旨第2　令和7年度進捗状況1　就業支援(1)　事業主支援第3　令和8年度事業計画",
        "第1　趣旨この計画は、協定に基づく。",
        "第2　令和7年度進捗状況1　就業支援(1)　事業主支援市と労働局は、雇用の拡大を図る。",
        "区分番号担当課取組内容労働局①職業安定課説明会を開催した。求人企業 1,304 社（R8.1月末時点）",
        "みどり市②働き方推進課、相談課窓口で相談を行った。相談 12 件",
        "第3　令和8年度事業計画",
    ] {
        let (_, after) = rest.split_once(sentence).unwrap_or_else(|| panic!("{sentence} is not in {rest}"));
        rest = after;
    }
}

#[test]
fn headings_tables_and_lists_are_real_ones() {
    let mut report = document();
    let rows = &mut report.plans[0].chapters[0].sections[0].initiatives;
    let first = rows[0].clone();
    rows.insert(1, first);
    let file = made(&report);
    let text = part(&file, "word/document.xml");
    for markup in [
        "<w:pStyle w:val=\"Heading1\"/>",
        "<w:pStyle w:val=\"Heading2\"/><w:pageBreakBefore w:val=\"0\"/>",
        "<w:pStyle w:val=\"Heading3\"/>",
        "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>",
        "<w:vMerge w:val=\"restart\"/>",
        "<w:vMerge/></w:tcPr>",
        "<w:tblCaption w:val=\"事業主支援の取組\"/>",
        "<w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\"/>",
        "<w:pStyle w:val=\"RowBullet\"/></w:pPr><w:r><w:t xml:space=\"preserve\">求人企業 1,304 社</w:t>",
        "<w:pStyle w:val=\"RowBullet\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"2\"/></w:numPr>",
        "<w:pStyle w:val=\"RowText\"/></w:pPr><w:r><w:t xml:space=\"preserve\">（R8.1月末時点）</w:t>",
    ] {
        assert!(text.contains(markup), "{markup} is missing");
    }
    assert!(part(&file, "word/numbering.xml").contains("<w:lvlText w:val=\"○\"/>"));
    let core = part(&file, "docProps/core.xml");
    for said in [
        "<dc:title>みどり市雇用対策協定に基づく事業計画</dc:title>",
        "<dc:creator>みどり市、あおば労働局</dc:creator>",
        ">2026-03-31T00:00:00Z<",
    ] {
        assert!(core.contains(said), "{said}: {core}");
    }
}

#[test]
fn every_anchor_of_the_contents_is_a_bookmark() {
    let text = part(&made(&document()), "word/document.xml");
    let anchors: Vec<&str> = text.split("w:anchor=\"").skip(1).filter_map(|it| it.split('"').next()).collect();
    assert_eq!(anchors.len(), 7);
    for anchor in anchors {
        assert_eq!(text.matches(&format!("w:name=\"{anchor}\"")).count(), 1, "{anchor}");
    }
}

#[test]
fn rare_characters_survive() {
    let mut report = document();
    let text = "髙橋と山﨑と𠮷田と葛\u{E0100}城<&>\"'を訪ねた。";
    report.plans[0].chapters[0].sections[0].initiatives[0].text = text.to_owned();
    let file = made(&report);
    let escaped = "髙橋と山﨑と𠮷田と葛\u{E0100}城&lt;&amp;&gt;&quot;&apos;を訪ねた。";
    assert!(part(&file, "word/document.xml").contains(escaped));
}

#[test]
fn a_document_of_any_shape_can_be_written() {
    let whole = document();
    let without_agreement = Document { agreement: None, ..whole.clone() };
    let agreement_alone =
        Document { plans: Vec::new(), front_matter: Default::default(), title: None, ..whole.clone() };
    let mut empty = whole.clone();
    empty.plans[0].chapters[0].sections[0].initiatives.clear();
    empty.plans[1].chapters.clear();
    for report in [&without_agreement, &agreement_alone, &empty, &Document::default()] {
        let text = part(&made(report), "word/document.xml");
        assert!(text.contains("</w:p><w:sectPr>"), "the last is no paragraph");
    }
    let cover = "<w:pStyle w:val=\"CoverSpace\"/>";
    assert!(part(&made(&whole), "word/document.xml").contains(cover));
    assert!(!part(&made(&agreement_alone), "word/document.xml").contains(cover), "an empty cover is no page");
}

#[test]
fn a_placeholder_may_be_split_over_runs_and_be_inside_a_line() {
    let spread = "<w:t>『{</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{年</w:t></w:r><w:r><w:t>度}</w:t></w:r><w:r><w:t>}の報告』</w:t>";
    let template = changed("word/document.xml", "<w:t>{{発行年月}}</w:t>", spread);
    let layout = WordLayout::read("report.docx", &template).expect("good");
    let text = part(&docx(&document(), &layout, &PageNumbers::default()).expect("made"), "word/document.xml");
    assert!(words(&text).contains("『令和8年度の報告』"), "{}", words(&text));
}

#[test]
fn the_report_follows_the_pages_and_styles_of_the_template() {
    let narrow = changed("word/document.xml", "w:right=\"1134\"", "w:right=\"3134\"");
    let text = |template: &[u8]| {
        let layout = WordLayout::read("report.docx", template).expect("good");
        part(&docx(&document(), &layout, &PageNumbers::default()).expect("made"), "word/document.xml")
    };
    assert!(text(&ours()).contains("<w:tblW w:w=\"9638\" w:type=\"dxa\"/>"));
    assert!(text(&narrow).contains("<w:tblW w:w=\"7638\" w:type=\"dxa\"/>"));
    let renamed = changed("word/styles.xml", "w:styleId=\"Heading1\"", "w:styleId=\"1\"");
    assert!(text(&renamed).contains("<w:pStyle w:val=\"1\"/>"));
    let unnamed = changed("word/styles.xml", "<w:name w:val=\"heading 3\"/>", "<w:name w:val=\"other\"/>");
    assert!(text(&unnamed).contains("<w:pStyle w:val=\"renkeiHeading3\"/>"), "a style of Word itself is put in");
}

#[track_caller]
fn faults(template: &[u8], expected: &[&str]) {
    let faults = WordLayout::read("report.docx", template).expect_err("faults");
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), expected.len(), "{told:?}");
    for (told, expected) in told.iter().zip(expected) {
        assert!(told.starts_with(expected), "{told} does not begin with {expected}");
    }
}

#[test]
fn faults_of_a_word_template_are_reported_with_their_place() {
    let body = |from, to| changed("word/document.xml", from, to);
    let place = "report.docx 本文の第";
    faults(
        &body("{{標題}}", "{{標だい}}"),
        &[&format!("{place}3段落「{{{{標だい}}}}」: 差込項目「標だい」はありません。")],
    );
    faults(
        &body("{{進捗}}", "前 {{進捗}}"),
        &[&format!("{place}9段落「前 {{{{進捗}}}}」: 差込項目「進捗」は、前後に文字のない")],
    );
    faults(&body("{{計画}}", "計画"), &["report.docx: 差込項目「計画」がありません。"]);
    faults(
        &body("{{計画}}", "{{計画"),
        &[&format!("{place}10段落「{{{{計画」: 「{{{{」に対する「}}}}」が"), "report.docx: 差込項目「計画」が"],
    );
    faults(&body("{{趣旨}}", "{{計画}}"), &[&format!("{place}10段落「{{{{計画}}}}」: 差込項目「計画」が二度")]);
    faults(
        &changed("word/footer1.xml", "<w:t>1</w:t>", "<w:t>{{計画}}</w:t>"),
        &[
            "report.docx ヘッダー・フッターの第1段落「{{計画}} / {{計画}}」: 差込項目「計画」は、表、枠",
            "report.docx ヘッダー・フッターの第1段落",
        ],
    );
    faults(&changed("word/styles.xml", "取組 内容", "内容"), &["report.docx: スタイル「取組 内容」がありません。"]);
    faults(b"no ZIP", &["report.docx: Word文書として読めません（ZIP）。"]);
    faults(&body("</w:body>", ""), &["report.docx: Word文書として読めません（word/document.xml"]);
}

/// Returns an empty folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    // Removes the folder of an earlier run.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

#[test]
fn faults_of_a_typst_template_are_reported_with_line_and_column() {
    let told = |bytes: &str| {
        let folder = folder("faulty-templates");
        std::fs::write(folder.join("report.typ"), bytes).expect("written");
        let checked = Templates::in_folder(&folder).and_then(Templates::check);
        match checked {
            Err(PressError::Templates(faults)) => faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
            Err(PressError::NoJapaneseFont { .. }) => {
                renkei_sample::skip_or_fail_in_ci("no Japanese font");
                "skipped".to_owned()
            }
            other => panic!("{other:?}"),
        }
    };
    let syntax = told("= 報告\n#let a = (1, 2\n本文");
    assert!(syntax.starts_with("report.typ 2行"), "{syntax}");
    let unknown = told("= 報告\n本文 #nothing");
    assert!(
        unknown == "skipped" || unknown.starts_with("report.typ 2行5字目「本文 #nothing」: Typstの誤りです。"),
        "{unknown}"
    );
}

#[test]
fn our_templates_are_good_templates() {
    let folder = folder("our-templates");
    for (name, bytes) in template_files().expect("ours") {
        std::fs::write(folder.join(name), bytes).expect("written");
    }
    let templates = Templates::in_folder(&folder).expect("good");
    match templates.check() {
        Ok(()) => {}
        Err(PressError::NoJapaneseFont { .. }) => renkei_sample::skip_or_fail_in_ci("no Japanese font"),
        Err(fault) => panic!("{fault}"),
    }
    let guide = std::fs::read_to_string(folder.join("使い方.txt")).expect("a guide");
    for name in ["{{標題}}", "{{計画}}"] {
        assert!(guide.contains(name), "{name}");
    }
    assert!(
        Templates::in_folder(&self::folder("no-templates"))
            .expect_err("nothing")
            .to_string()
            .contains("template export")
    );
}

#[test]
fn page_and_section_breaks_of_a_template_stay() {
    let section = "<w:sectPr><w:pgSz w:w=\"16838\" w:h=\"11906\"/></w:sectPr>";
    let text = |from: &str, to: &str| {
        let template = changed("word/document.xml", from, to);
        let layout = WordLayout::read("report.docx", &template).expect("good");
        part(&docx(&document(), &layout, &PageNumbers::default()).expect("made"), "word/document.xml")
    };
    let title = "<w:pStyle w:val=\"CoverTitle\"/>";
    let begun = "<w:pStyle w:val=\"CoverTitle\"/><w:pageBreakBefore/>";
    let with_break = text("{{協定}}</w:t>", "{{協定}}</w:t><w:br w:type=\"page\"/>");
    assert_eq!(with_break.matches("<w:pStyle w:val=\"CoverSpace\"/><w:pageBreakBefore/>").count(), 1);
    let title_begins = text(title, begun);
    assert_eq!(title_begins.matches(title).count(), 2, "a paragraph a line");
    assert_eq!(title_begins.matches(begun).count(), 1, "one page for all lines");
    let ending = text(
        "<w:pStyle w:val=\"a\"/></w:pPr>\n      <w:r><w:t>{{進捗}}",
        &format!("<w:pStyle w:val=\"a\"/>{section}</w:pPr><w:r><w:t>{{{{進捗}}}}"),
    );
    assert_eq!(ending.matches(section).count(), 1, "{ending}");
    assert!(ending.contains("<w:tblW w:w=\"16838\""), "the tables of a wide section are wide");
}
