//! 取込みの確認: shows the file beside the rows and figures that were read from it. The visitor then records or discards the
//! file.

use std::collections::{BTreeMap, HashSet};

use askama::Template;
use renkei_app::{AppError, Review, RowPlace, evidence};
use renkei_document::document::{Document, Initiative};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::language::Language;
use renkei_document::limits;
use renkei_document::party::PartyKey;
use renkei_domain::evidence::headings::HeadingPart;
use renkei_domain::evidence::merging::{Change, RowChange};
use renkei_domain::evidence::refusal::EvidenceRefusal;
use renkei_domain::refusal::Refusal;
use serde::Deserialize;

use crate::evidence::imports::at;
use crate::evidence::row_name::row_name;
use crate::evidence::strips::{MOST_LISTED, Placed, Stretch, Strip, Strips, asked_page};
use crate::finding::list::FindingBlock;
use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::figure_words::comma;
use crate::frame::names::table_name;
use crate::frame::page::html;
use crate::frame::paging::{Pager, Paging, bytes_of};
use crate::frame::phrases::{phrase, say, tell};
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};

#[derive(Template)]
#[template(path = "evidence/review.html")]
struct ReviewPage {
    frame: Frame,
    address: String,
    file_name: String,
    at: String,
    summary: Vec<String>,
    /// Whether corrections were saved just now.
    saved: bool,
    /// Whether the file was not recorded because the recorded data changed in the meantime.
    outdated: bool,
    /// Whether the file was not recorded because nobody confirmed the number of rows that the merge removes.
    unconfirmed: bool,
    /// Number of removed rows that the visitor has to confirm; 0 if there are none.
    to_confirm: usize,
    is_confirmed: bool,
    recorded: String,
    refusals: Vec<String>,
    /// One sentence for each year whose report would be too long for a PDF.
    without_pdf: Vec<String>,
    changes: Vec<ChangeBlock>,
    /// Number of changes on all pages, and the number of this page of changes.
    changes_count: usize,
    changes_page: usize,
    changes_pager: Option<Pager>,
    /// Changed rows of the other side. The merge leaves them as they are, although the document differs.
    stay: Vec<ChangeBlock>,
    stay_count: usize,
    stay_pager: Option<Pager>,
    /// Headings that the merge leaves as they are because rows of the other side are below them, and their number.
    headings: Vec<HeadingBlock>,
    headings_count: usize,
    /// Whether the merge keeps the recorded cover although the document has another one.
    cover_stays: bool,
    /// Number of rows that the merge leaves unchanged.
    same: usize,
    /// Findings about the file as a whole.
    findings: Vec<FindingBlock>,
    findings_count: usize,
    strips: Vec<Strip>,
    pager: Option<Pager>,
    left_out: Vec<(String, String)>,
    /// Number of rows of the file that are left out of the import.
    left_out_count: usize,
}

/// A row that a merge changes.
struct ChangeBlock {
    id: String,
    kept: bool,
    kind: &'static str,
    name: String,
    before: String,
    after: String,
}

/// A heading that the merge leaves as it is.
struct HeadingBlock {
    name: String,
    there: String,
    brought: String,
}

pub fn review(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let review = evidence::review(&ask.site.node, ask.visitor, ask.part("id"))?;
    let (document, language) = (&review.document.value, ask.visitor.language);
    let names = party_names(ask, document);
    let changes = review.merged.iter().flatten().flat_map(|merged| &merged.changes);
    let block = |change: &&RowChange| change_block(language, change, &names);
    let (stay, told): (Vec<&RowChange>, Vec<&RowChange>) =
        changes.clone().filter(|change| change.change != Change::Same).partition(|change| stays(&review, change));
    let [stay_paging, told_paging] =
        [&stay, &told].map(|list| Paging::of_short(list.iter().map(|change| bytes_of_change(change))));
    let (stay_page, told_page) = (ask.page_of(&stay_paging, "stay")?, ask.page_of(&told_paging, "changes")?);
    let address = format!("/imports/{}", ask.part("id"));
    let mut placed = Placed::of(language, &review);
    let stretches = placed.stretches(&review);
    let paging = Paging::of(stretches.iter().map(Stretch::bytes));
    let page = asked_page(ask, &paging, &stretches)?;
    let places = stretches
        .iter()
        .enumerate()
        .flat_map(|(place, stretch)| stretch.lines.iter().map(move |(line, _)| (*line, place)));
    let pages = places.map(|(line, place)| (line, paging.page_of(place))).collect();
    let strips = Strips { language, review: &review, names: &names, id: ask.part("id"), page, pages: &pages };
    let strips = strips.of(&stretches[paging.entries(page)]);
    // Each list stays on its page when another list is paged. `page` is set because the address may name a row instead.
    let here = ask.query.with("row", "").with("done", "").with("page", &page.to_string());
    let list = |name: &str, to: usize| {
        let anchor = if name == "page" { "beside" } else { name };
        format!("{}#{anchor}", here.with(name, &to.to_string()).behind(&address))
    };
    html(&ReviewPage {
        frame: Frame::of(ask.visitor, ask.moment, say(language, "取込みの確認"), Place::Imports, "/imports"),
        pager: paging.pager(language, page, |page| list("page", page)),
        address: address.clone(),
        at: at(language, review.brought_at),
        summary: summary(language, &review),
        without_pdf: without_pdf(language, &review),
        saved: ask.query.get("done") == Some("saved"),
        outdated: ask.query.get("done") == Some("outdated"),
        unconfirmed: ask.query.get("done") == Some("unconfirmed"),
        to_confirm: if review.refusals.is_empty() { review.to_confirm } else { 0 },
        is_confirmed: review.confirmed >= review.to_confirm,
        recorded: review.recorded.clone(),
        same: changes.filter(|change| change.change == Change::Same).count(),
        changes: told[told_paging.entries(told_page)].iter().map(block).collect(),
        changes_count: told.len(),
        changes_page: told_page,
        changes_pager: told_paging.pager(language, told_page, |page| list("changes", page)),
        stay: stay[stay_paging.entries(stay_page)].iter().map(block).collect(),
        stay_count: stay.len(),
        stay_pager: stay_paging.pager(language, stay_page, |page| list("stay", page)),
        headings: headings(language, &review).take(MOST_LISTED).collect(),
        headings_count: headings(language, &review).count(),
        cover_stays: review.loses_its_cover,
        findings: placed.elsewhere(),
        findings_count: placed.all_elsewhere().count(),
        left_out: left_out(language, &review, ask.part("id")),
        left_out_count: review.left_out.len(),
        file_name: review.file_name.clone(),
        refusals: review.refusals.iter().map(|refusal| refusal.message_in(language)).collect(),
        strips,
    })
}

/// The form below a reviewed file: the action of the visitor, and which recorded rows stay.
#[derive(Default, Deserialize)]
#[serde(default)]
struct ReviewForm {
    r#do: Option<ReviewDeed>,
    /// Not empty if the form has the checkboxes of a page of rows.
    chosen: String,
    reviewed: String,
    /// Number of the page of rows that the form shows; empty if it shows all rows.
    page: String,
    /// The number of removed rows that the visitor confirms.
    gone: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ReviewDeed {
    /// 取り込む: records the file.
    Accept,
    /// 取りやめる: puts the file away.
    PutAway,
    /// Saves which recorded rows stay.
    Keep,
}

/// Handles the form: records the file (取り込む), discards it (取りやめる), or saves which recorded rows stay.
pub fn decide_on(deed: &Deed<'_>) -> Result<Done, Problem> {
    let (site, visitor, id) = (deed.ask.site, deed.ask.visitor, deed.ask.part("id"));
    let form: ReviewForm = deed.form.parsed().unwrap_or_default();
    match form.r#do {
        Some(ReviewDeed::Accept) => {
            if !form.chosen.is_empty() {
                keep_chosen(deed, &form)?;
            }
            let recorded = match evidence::accept(
                &site.node,
                visitor,
                id,
                Some(form.reviewed.as_str()).filter(|said| !said.is_empty()),
            ) {
                Err(AppError::ReviewOutdated) => {
                    evidence::confirm_gone(&site.node, visitor, id, 0)?;
                    return Ok(Done::See(format!("/imports/{id}?done=outdated")));
                }
                Err(AppError::Refused(refusals)) if is_unconfirmed(&refusals) => {
                    return Ok(Done::See(format!("/imports/{id}?done=unconfirmed")));
                }
                recorded => recorded?,
            };
            let done = if recorded.waiting.is_empty() { "accepted" } else { "waiting" };
            Ok(Done::See(format!("/imports?done={done}")))
        }
        Some(ReviewDeed::PutAway) => {
            evidence::put_away(&site.node, visitor, id)?;
            Ok(Done::See("/imports?done=put-away".to_owned()))
        }
        Some(ReviewDeed::Keep) => {
            keep_chosen(deed, &form)?;
            let is_further = form.page.parse().is_ok_and(|page: usize| page > 1);
            let page = if is_further { format!("&changes={}", form.page) } else { String::new() };
            Ok(Done::See(format!("/imports/{id}?done=saved{page}#changes")))
        }
        None => Err(Problem::UnreadableForm {
            sentences: phrase("画面を開き直して、もう一度送ってください。").into()
        }),
    }
}

fn is_unconfirmed(refusals: &[Refusal]) -> bool {
    matches!(refusals, [Refusal::Evidence(EvidenceRefusal::MostRowsGo { .. })])
}

/// Saves which recorded rows stay, and the confirmed number of removed rows. The form decides only about the rows on
/// its page; decisions on other pages do not change.
fn keep_chosen(deed: &Deed<'_>, form: &ReviewForm) -> Result<(), Problem> {
    let ids = |name| deed.form.all(name).filter_map(|row| row.parse().ok()).collect::<HashSet<_>>();
    let among = (!form.page.is_empty()).then(|| ids("shown"));
    let (node, visitor, id) = (&deed.ask.site.node, deed.ask.visitor, deed.ask.part("id"));
    evidence::keep_rows(node, visitor, id, ids("kept"), among.as_ref())?;
    Ok(evidence::confirm_gone(node, visitor, id, form.gone.parse().unwrap_or(0))?)
}

/// Returns the name of each party of a document, as the pages of the review show it.
pub fn party_names(ask: &Ask<'_>, document: &Document) -> BTreeMap<PartyKey, String> {
    let known = ask.moment.agreement().ok().map(|agreement| agreement.agreement.text.parties.clone());
    let own = document.agreement.iter().flat_map(|text| text.parties.clone());
    let all = known.into_iter().flatten().chain(own);
    all.map(|party| (party.key.clone(), party.short_name.unwrap_or(party.name))).collect()
}

fn summary(language: Language, review: &Review) -> Vec<String> {
    let document = &review.document.value;
    let tables = document.plans.iter().zip(&review.merged).enumerate().map(|(place, (table, merged))| {
        let rows = table.chapters.iter().flat_map(|chapter| &chapter.sections).flat_map(|section| &section.initiatives);
        let figures: usize = rows.clone().map(|row| row.figures.len()).sum();
        let what = match merged {
            None if review.drafted.contains(&place) => {
                say(language, "作成中の計画があるため、取り込めません").to_owned()
            }
            None => say(language, "新しく取り込みます").to_owned(),
            Some(merged) => {
                let counts =
                    [Change::New, Change::Changed, Change::Gone].map(|change| merged.count(change).to_string());
                tell(language, "既にある表に統合します：新規{}件、変更{}件、なくなる{}件", counts)
            }
        };
        let name = table_name(language, table.fiscal_year, table.kind);
        let parts = [name, rows.count().to_string(), figures.to_string(), what];
        tell(language, "{}：取組{}件、数値{}件。{}。", parts)
    });
    let articles = document.agreement.as_ref().map_or(0, |agreement| agreement.articles.len());
    let agreement = (articles > 0).then(|| tell(language, "協定書：{}条。", [articles.to_string()]));
    let figures = document.figures.len().to_string();
    let other = (document.plans.is_empty()).then(|| tell(language, "表のない文書：数値{}件。", [figures]));
    let waiting = review.waiting.iter().map(|(party, rows)| {
        let parts = [party.clone(), rows.to_string(), party.clone()];
        tell(
            language,
            "{}の取組{}件は、{}の事務局が確かめて引き継ぐまで、文書に書かれた値（仮の値）として載ります。",
            parts,
        )
    });
    agreement.into_iter().chain(tables).chain(other).chain(waiting).collect()
}

/// Returns one sentence for each report that the import would make too long for a PDF.
fn without_pdf(language: Language, review: &Review) -> Vec<String> {
    let told = |(year, rows): &(FiscalYear, usize)| {
        let parts = [year.in_language(language), rows.to_string(), limits::ROWS_OF_PDF.to_string()];
        tell(
            language,
            "取り込むと、{}の報告書の取組は{}件になり、PDFにできる{}件を超えます。報告書と版は、Word・HTML・Excel などで作り、PDFは作れません。",
            parts,
        )
    };
    review.too_long_for_pdf.iter().map(told).collect()
}

/// Estimated size of a change on the page without its texts, in bytes.
const CHANGE: usize = 500;

fn bytes_of_change(change: &RowChange) -> usize {
    let rows = change.before.iter().chain(&change.after);
    CHANGE + rows.flat_map(|row| std::iter::once(&row.text).chain(&row.items)).map(|text| bytes_of(text)).sum::<usize>()
}

/// Whether the row is of the other side and therefore stays, although the document differs and nobody chose that it
/// stays.
fn stays(review: &Review, change: &RowChange) -> bool {
    let chosen = change.before.as_ref().and_then(|row| row.id).is_some_and(|id| review.kept.contains(&id));
    change.change == Change::Kept && !chosen
}

/// Returns the headings that the merge leaves as they are, each with its table and place.
fn headings(language: Language, review: &Review) -> impl Iterator<Item = HeadingBlock> {
    let tables = review.document.value.plans.iter().zip(&review.merged);
    tables.flat_map(move |(table, merged)| {
        let kept = merged.iter().flat_map(|merged| &merged.kept_headings);
        kept.map(move |heading| {
            let place = match heading.part {
                HeadingPart::Table => say(language, "表の題名").to_owned(),
                HeadingPart::Chapter(chapter) => chapter.to_string(),
                HeadingPart::Section(chapter, section) => format!("{chapter}({section})"),
                HeadingPart::Lead(chapter, section) => tell(language, "{}の前文", [format!("{chapter}({section})")]),
            };
            let name = format!("{} {place}", table_name(language, table.fiscal_year, table.kind));
            HeadingBlock { name, there: heading.there.clone(), brought: heading.brought.clone() }
        })
    })
}

fn change_block(language: Language, change: &RowChange, names: &BTreeMap<PartyKey, String>) -> ChangeBlock {
    let kind = match change.change {
        Change::New => phrase("新規"),
        Change::Changed => phrase("変更"),
        Change::Gone => phrase("なくなる"),
        Change::Kept | Change::Same => phrase("今のまま残す"),
    };
    let (before, after) = (change.before.as_ref(), change.after.as_ref());
    let in_division = |row: &Initiative| row.divisions.join(comma(language));
    let differ_in_divisions =
        before.zip(after).is_some_and(|(was, now)| in_words(was) == in_words(now) && was.divisions != now.divisions);
    let told = |row: Option<&Initiative>| match row {
        Some(row) if differ_in_divisions => {
            format!("{}\n{}", tell(language, "（{}）", [in_division(row)]), in_words(row))
        }
        row => row.map(in_words).unwrap_or_default(),
    };
    // The name contains the party and the divisions that the row has after the merge.
    let row = if change.change == Change::Kept { before.or(after) } else { after.or(before) };
    let party = row.and_then(|row| names.get(&row.party)).map_or("", String::as_str);
    let divisions = row.map(in_division).unwrap_or_default();
    ChangeBlock {
        id: before.and_then(|row| row.id).map(|id| id.to_string()).unwrap_or_default(),
        name: format!("{}({}) {party} {divisions}", change.chapter, change.section),
        before: told(before),
        after: told(after),
        kept: change.change == Change::Kept,
        kind: say(language, kind),
    }
}

/// Returns the text of a row and its items, one per line.
fn in_words(row: &Initiative) -> String {
    let items = row.items.iter().enumerate().map(|(place, item)| format!("{}{item}", row.mark_of_item(place)));
    std::iter::once(row.text.clone()).chain(items).collect::<Vec<_>>().join("\n")
}

fn left_out(language: Language, review: &Review, id: &str) -> Vec<(String, String)> {
    let address = |place: &RowPlace| (format!("/imports/{id}/rows/{place}"), row_name(language, review, *place));
    review.left_out.iter().take(MOST_LISTED).map(address).collect()
}
