//! 表のない文書 — reads documents without plan tables: press notices, agreements announced on a page, KPI sheets, slides
//! flattened to text, minutes, statistics, plans of other places.

mod columns;
mod dates;
mod flow;
mod labels;
mod lines;
mod marks;
mod names;
mod outline;
mod parties;
mod plain;
mod setting;
mod sheet;
mod title;
mod tokens;
mod words;
mod years;

use renkei_document::document::{AgreementText, Document, FORMAT, FrontMatter, Imported};
use renkei_document::finding::{Finding, Notice};
use renkei_document::fiscal_year::FiscalYear;

use crate::blocks::Block;
use dates::Said;
use lines::Line;
use outline::Found;
use setting::Setting;
use title::Title;

/// 表のない文書を読む — reads title, parties, dates, year, headings and figures, as far as the text contains them.
pub fn read_general(text: &str) -> Imported<Document> {
    let (lines, unread) = lines::lines_of(text);
    read(&lines, unread, text)
}

/// Like [`read_general`], but for an HTML page whose tags are already removed.
pub(crate) fn read_blocks(blocks: &[Block]) -> Imported<Document> {
    let texts: Vec<(u32, String)> = blocks.iter().map(|block| (block.line, block.line_text())).collect();
    let numbered = texts.iter().flat_map(|(line, text)| text.lines().map(|text| (*line, text)));
    let (lines, unread) = lines::numbered_lines(numbered);
    read(&lines, unread, "")
}

/// Reads the lines. `source` is the original text; it may begin with a note on the web address of the page.
fn read(lines: &[Line], unread: Option<u32>, source: &str) -> Imported<Document> {
    let found = outline::headings(lines);
    let title = title::title_of(lines, &found);
    let fiscal_year = years::fiscal_year_of(lines, title.as_ref(), &found);
    let mut findings = years::stale_years(lines, fiscal_year);
    findings
        .extend(unread.map(|line| Finding::at_line(Notice::TextUnread { text: format!("{line}行目から後") }, line)));
    let agreement = agreement_of(lines, &found, title.as_ref(), source);
    let tokens: Vec<_> =
        (0..lines.len()).flat_map(|index| tokens::tokens_of(lines, index, &found, index + 1 == lines.len())).collect();
    let setting = setting(lines, &found, title.as_ref(), fiscal_year);
    let figures = flow::figures_in(&setting, &tokens);
    let headings = outline::levelled(&found, lines, title.as_ref().map(|title| title.text.as_str()));
    let document = Document {
        figures,
        format: FORMAT.to_owned(),
        issued_on: years::issued_on(lines),
        fiscal_year,
        front_matter: FrontMatter {
            title_lines: title.iter().map(|title| title.text.clone()).collect(),
            issuers: agreement
                .iter()
                .flat_map(|agreement| &agreement.parties)
                .map(|party| party.name.clone())
                .collect(),
            ..FrontMatter::default()
        },
        title: title.map(|title| title.text),
        agreement,
        headings,
        ..Document::default()
    };
    Imported { value: document, findings }
}

/// Returns the properties that the title states for all figures.
fn setting<'a>(
    lines: &'a [Line],
    headings: &'a [Found],
    title: Option<&Title>,
    year: Option<FiscalYear>,
) -> Setting<'a> {
    const RULES: &str = "よくある質問 Q&A FAQ 助成金 給付金 奨励金 補助金 募集 申込 ご案内 のご案内";
    const TAILS: [&str; 5] = ["の推移", "の状況", "について", "の動き", "の公表"];
    let text = title.map(|title| Line::new(1, &title.text).text()).unwrap_or_default();
    let months = dates::dates(&Line::new(1, &text).chars).into_iter().map(|date| date.said);
    let mut months: Vec<Said> = months.filter(|said| matches!(said, Said::Month { .. })).collect();
    // In 令和7年3月卒業者の内定状況(令和7年1月末現在) the end of a month is the counting date, so it takes precedence.
    months.sort_by_key(|said| matches!(said, Said::Month { end: true, .. }));
    let said = months.last().copied();
    let month_year = said.and_then(|said| match said {
        Said::Month { year, month, .. } => Some(FiscalYear(if month >= 4 { year } else { year - 1 })),
        _ => None,
    });
    let core = TAILS.iter().find_map(|tail| text.strip_suffix(tail)).unwrap_or(&text);
    let measure = core.rsplit(['の', ' ']).next().filter(|measure| labels::is_measure(measure)).map(str::to_owned);
    let strict = RULES.split(' ').any(|word| text.contains(word));
    Setting { lines, headings, fiscal_year: year.or(month_year), said, measure, strict }
}

/// Returns parties, signatories and conclusion date; `None` if the text names neither a party nor a conclusion date.
fn agreement_of(lines: &[Line], headings: &[Found], title: Option<&Title>, text: &str) -> Option<AgreementText> {
    let parties = parties::parties_of(lines, title.map(|title| title.text.as_str()), text);
    let signatories = parties::signatories_of(lines, &parties);
    let concluded_on = years::concluded_on(lines, headings, title);
    (!parties.is_empty() || concluded_on.is_some()).then(|| AgreementText {
        concluded_on,
        parties,
        signatories,
        ..AgreementText::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "本文\nみどり市雇用対策協定\nみどり市(市長 山田太郎)と厚生労働省あおば労働局(局長 佐藤花子)は、協定を結びました。\n\
                        協定締結\n- 期日 平成30年2月20日(火曜日)\n- 場所 市役所\n目的\n雇用を広げます。\n◇窓口 ①1,234人（令和6年度末）";

    #[test]
    fn a_text_cut_anywhere_is_read_without_panic() {
        for (end, _) in PAGE.char_indices() {
            let imported = read_general(&PAGE[..end]);
            assert_eq!(imported.value.format, FORMAT);
        }
    }
}
