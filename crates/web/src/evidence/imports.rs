//! 取込み: the page on which files are uploaded, files wait for their review, and imports are undone.

use askama::Template;
use renkei_app::access::Right;
use renkei_app::{AppError, evidence};
use renkei_document::id::{self, Id};
use renkei_document::language::Language;
use renkei_document::time::Hlc;
use renkei_domain::evidence::view::WaitingRows;
use renkei_domain::evidence::{DeclinedRows, Evidence};
use renkei_domain::view::AgreementView;

use crate::evidence::taking_over::document;
use crate::frame::address;
use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::figure_words::{comma, japan_time_in};
use crate::frame::names::table_name;
use crate::frame::page::html;
use crate::frame::phrases::{phrase, say, tell};
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};

#[derive(Template)]
#[template(path = "evidence/imports.html")]
struct ImportsPage {
    frame: Frame,
    /// Message about the action that was just done; empty if there was none.
    done: &'static str,
    /// Files that could not be read, each with the reason.
    faults: Vec<(String, String)>,
    waiting: Vec<WaitingFile>,
    /// Whether files of the local operator, which this visitor may not see, wait for their review.
    operator_has_files: bool,
    imported: Vec<ImportedFile>,
}

struct WaitingFile {
    href: String,
    name: String,
    size: String,
    at: String,
}

struct ImportedFile {
    id: String,
    name: String,
    tables: String,
    at: String,
    post: String,
    /// Time and reason of the undo; `None` if the import was not undone.
    undone: Option<(String, String)>,
    /// Whether the visitor's side can undo the import.
    may_undo: bool,
    /// Whether the visitor's side made the import.
    is_own: bool,
    /// Address of the page for taking over the rows of the visitor's side, and their number; `None` if no row waits.
    to_take_over: Option<(String, usize)>,
    /// Number of waiting rows of each other party, by the short name of the party.
    waiting: Vec<(String, usize)>,
    /// One sentence for each time that rows of the import were declined: who declined them, when, how many and why.
    declined: Vec<String>,
}

pub fn imports(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let done = match ask.query.get("done") {
        Some("brought") => phrase("ファイルを読み取りました。一つずつ確かめてから取り込んでください。"),
        Some("accepted") => phrase("取り込みました。"),
        Some("waiting") => phrase(
            "取り込みました。相手方の取組は、相手方の事務局が確かめて引き継ぐまで、文書に書かれた値（仮の値）として載ります。",
        ),
        Some("taken-over") => phrase("引き継ぎました。数値は、こちらの実績値になりました。"),
        Some("declined") => {
            phrase("引き継がないことにしました。取組は計画と報告書から外れました。文書は資料として残っています。")
        }
        Some("put-away") => phrase("取込みを取りやめました。記録には何も残っていません。"),
        Some("undone") => phrase("取込みを取り消しました。記録簿には、取り込んだことと取り消したことが残っています。"),
        _ => "",
    };
    page(ask, done, Vec::new())
}

pub fn bring(deed: &Deed<'_>) -> Result<Done, Problem> {
    let mut brought = Vec::new();
    let mut faults = Vec::new();
    for file in &deed.form.files {
        match evidence::put_on_desk(&deed.ask.site.node, deed.ask.visitor, &file.name, file.bytes()?) {
            Ok(id) => brought.push(id),
            Err(fault @ (AppError::Unreadable(_) | AppError::Refused(_) | AppError::DeskFull(_))) => {
                faults.push((file.name.clone(), fault.message_in(deed.ask.visitor.language)));
            }
            Err(fault) => return Err(fault.into()),
        }
    }
    if deed.form.files.is_empty() {
        let said = |japanese| say(deed.ask.visitor.language, japanese).to_owned();
        faults.push((said(phrase("ファイル")), said(phrase("選ばれていません。取り込む文書を選んでください。"))));
    }
    match (&brought[..], faults.is_empty()) {
        ([only], true) => Ok(Done::See(format!("/imports/{only}"))),
        (_, true) => Ok(Done::See("/imports?done=brought".to_owned())),
        (_, false) => Ok(Done::Again(Box::new(page(&deed.ask, "", faults)?))),
    }
}

pub fn undo_import(deed: &Deed<'_>) -> Result<Done, Problem> {
    let actor = deed.ask.actor(Right::Import)?;
    let (agreement, id) = document(&deed.ask)?;
    evidence::undo_import(&deed.ask.site.node, actor, agreement.id, id, deed.form.get("reason").trim())?;
    Ok(Done::See("/imports?done=undone".to_owned()))
}

fn page(ask: &Ask<'_>, done: &'static str, faults: Vec<(String, String)>) -> Result<Answer, Problem> {
    let language = ask.visitor.language;
    let waiting = evidence::waiting(&ask.site.node, ask.visitor)?.into_iter().map(|file| WaitingFile {
        href: format!("/imports/{}", file.id),
        name: file.file_name,
        size: size(file.bytes),
        at: at(language, file.brought_at),
    });
    let mut imported = Vec::new();
    for agreement in ask.moment.view().agreements() {
        let waiting = agreement.waiting_rows();
        let files = agreement.evidence().into_iter();
        imported.extend(files.map(|(id, known)| (known.at, imported_file(ask, agreement, (id, known), &waiting))));
    }
    imported.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    html(&ImportsPage {
        frame: Frame::of(ask.visitor, ask.moment, say(language, "取込み"), Place::Imports, "/imports"),
        waiting: waiting.collect(),
        operator_has_files: !ask.visitor.is_local_operator() && evidence::has_files_of_the_operator(&ask.site.node)?,
        imported: imported.into_iter().map(|(_, file)| file).collect(),
        done: say(language, done),
        faults,
    })
}

fn imported_file(
    ask: &Ask<'_>,
    agreement: AgreementView<'_>,
    (id, evidence): (Id<id::Evidence>, &Evidence),
    waiting: &[WaitingRows<'_>],
) -> ImportedFile {
    let language = ask.visitor.language;
    let (own, others): (Vec<_>, Vec<_>) = waiting.iter().filter(|rows| rows.id == id).partition(|rows| rows.is_own);
    let to_take_over: usize = own.iter().map(|rows| rows.rows.len()).sum();
    let named = |rows: &WaitingRows<'_>| (agreement.party_short_name(rows.party).to_owned(), rows.rows.len());
    ImportedFile {
        may_undo: agreement.may_undo(id),
        is_own: ask.moment.viewer.is_of(evidence.imported_by),
        id: id.to_string(),
        name: evidence.file_name.clone(),
        tables: tables(language, evidence),
        at: japan_time_in(language, evidence.at),
        post: format!("{} {}", agreement.party_short_name(evidence.imported_by), evidence.post),
        undone: evidence.undone.as_ref().map(|(at, reason)| (japan_time_in(language, *at), reason.clone())),
        to_take_over: (to_take_over > 0).then(|| (address::waiting_rows(agreement.id, id), to_take_over)),
        waiting: others.into_iter().map(named).collect(),
        declined: evidence.declined.iter().map(|declined| told(language, agreement, declined)).collect(),
    }
}

fn told(language: Language, agreement: AgreementView<'_>, declined: &DeclinedRows) -> String {
    let DeclinedRows { party, post, at, rows, reason } = declined;
    let by = [agreement.party_short_name(*party), post].join(" ");
    let parts = [japan_time_in(language, *at), by, rows.to_string(), reason.clone()];
    tell(language, "{}に{}が、取組{}件を引き継がないことにしました。理由：{}", parts)
}

/// Names the tables of a document in one line, such as 令和7年度 事業進捗状況、令和8年度 事業計画.
fn tables(language: Language, evidence: &Evidence) -> String {
    let name = |table: &renkei_document::document::PlanTable| table_name(language, table.fiscal_year, table.kind);
    evidence.document.plans.iter().map(name).collect::<Vec<_>>().join(comma(language))
}

fn size(bytes: u64) -> String {
    if bytes < 1_000_000 { format!("{}KB", bytes.div_ceil(1000)) } else { format!("{:.1}MB", bytes as f64 / 1e6) }
}

pub fn at(language: Language, millis: u64) -> String {
    japan_time_in(language, Hlc { millis, counter: 0 })
}
