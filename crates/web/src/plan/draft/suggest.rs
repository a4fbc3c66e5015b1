//! 修正の提案: a suggestion of another wording for a row of the other side. It has a reason, and the row's owner answers it.

use askama::Template;
use renkei_app::access::Right;
use renkei_app::{AppError, plan};
use renkei_document::id::{self, Id};
use renkei_document::language::Language;
use renkei_document::time::Hlc;
use renkei_domain::plan::command::{SuggestEdit, SuggestionAnswer};
use renkei_domain::plan::joining::accepted;
use renkei_domain::plan::needs::{to_change, to_suggest};
use renkei_domain::plan::refusal::DraftRefusal;
use renkei_domain::plan::suggestion::{Answer as Given, Suggestion};
use renkei_domain::plan::{Initiative, Wording};
use renkei_domain::refusal::Refusal;
use renkei_domain::view::AgreementView;
use serde::Deserialize;

use crate::frame::address;
use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::figure_words::japan_time_in;
use crate::frame::page::{html, unkept};
use crate::frame::phrases::{InBoth, say, tell};
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};
use crate::frame::word_marks::{Piece, pieces};
use crate::plan::draft::asked::asked_row;
use crate::plan::draft::edit::RowForm;
use crate::plan::draft::fields::RowFields;
use crate::plan::draft::open::own_parties;
use crate::plan::draft::to_show::{ToShow, in_short};
use crate::plan::draft::typed::{Keeping, keep_refused, put_away, suggestion_place, typed};

#[derive(Template)]
#[template(path = "plan/row_suggest.html")]
struct SuggestPage {
    frame: Frame,
    row_address: String,
    address: String,
    present: RowFields,
    form: RowForm,
    keeping: Keeping,
    reason: String,
}

/// A suggestion as the page of its row shows it, compared with the present wording.
pub struct SuggestionBlock {
    pub id: String,
    /// A digest of the row's wording with which the suggestion is compared.
    pub read: String,
    pub by: String,
    pub at: String,
    pub reason: String,
    /// The answer; `None` if there is none yet.
    pub answer: Option<String>,
    /// Whether the row has changed since the suggestion was made.
    pub moved: bool,
    pub present: Vec<Piece>,
    pub proposed: Vec<Piece>,
    pub may_answer: bool,
    pub may_withdraw: bool,
}

pub fn suggest_row(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let (agreement, seen) = asked_row(ask)?;
    let (row, place) = (seen.initiative, suggestion_place(seen.id));
    let (keeping, wordings) = (Keeping::at(ask, &place), agreement.wordings(row));
    if let Some((kept, typed)) = typed(ask, &place)? {
        let base = typed.get("base").parse().ok().filter(|base| wordings.of(*base).is_some());
        let base = base.unwrap_or(wordings.present().at);
        let form = RowForm::of(ask, RowFields::from_form(&typed), Some(base));
        return page(ask, agreement, seen.id, row, (form, keeping.shows(ask, &kept)), typed.get("reason")).map(unkept);
    }
    let form = RowForm::of(ask, RowFields::of(&row.wording), Some(wordings.present().at));
    page(ask, agreement, seen.id, row, (form, keeping), String::new()).map(unkept)
}

pub fn send_suggestion(deed: &Deed<'_>) -> Result<Done, Problem> {
    let ask = &deed.ask;
    let actor = ask.actor(Right::Suggest)?;
    let (agreement, seen) = asked_row(ask)?;
    let (fields, reason) = (RowFields::from_form(&deed.form), deed.form.get("reason"));
    let base = deed.form.get("base").parse().map_err(|()| unreadable())?;
    let by = suggesting(ask, agreement, seen.initiative)?;
    let before = agreement.wordings(seen.initiative).of(base).unwrap_or(&seen.initiative.wording);
    let wording = fields.wording(Some(before));
    let suggest =
        SuggestEdit { agreement: agreement.id, by, initiative: seen.id, base, wording, reason: reason.clone() };
    match plan::suggest_edit(&ask.site.node, actor, suggest) {
        Ok(()) => {
            put_away(deed, &suggestion_place(seen.id));
            Ok(Done::See(format!("{}#suggestions", address::initiative(agreement.id, seen.id))))
        }
        Err(AppError::Refused(reasons)) => {
            let mut form = RowForm::of(ask, fields, Some(base));
            form.faults = reasons.iter().map(|why| why.message_in(ask.visitor.language)).collect();
            keep_refused(deed, &suggestion_place(seen.id));
            let keeping = Keeping::at(ask, &suggestion_place(seen.id));
            Ok(Done::Again(Box::new(page(ask, agreement, seen.id, seen.initiative, (form, keeping), reason)?)))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Returns the party for which the visitor makes a suggestion: their own, or for the local operator a party that does
/// not own the row.
fn suggesting(ask: &Ask<'_>, agreement: AgreementView<'_>, row: &Initiative) -> Result<Id<id::Party>, Problem> {
    let mut parties = own_parties(ask, agreement).into_iter().map(|(id, _)| id);
    let own = parties.clone().next();
    parties.find(|party| *party != row.party).or(own).ok_or(Problem::Forbidden)
}

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "lowercase")]
enum AnswerDeed {
    Accept {
        /// A digest of the row's wording with which the page compared the suggestion.
        #[serde(default)]
        read: String,
    },
    Decline {
        #[serde(default)]
        reason: String,
    },
    Withdraw,
}

/// Answers a suggestion.
pub fn answer_suggestion(deed: &Deed<'_>) -> Result<Done, Problem> {
    let ask = &deed.ask;
    let agreement = ask.moment.agreement()?;
    let id: Id<Suggestion> = ask.part("id").parse().map_err(|_| Problem::NoSuchInitiative)?;
    let suggestion = agreement.suggestion(id).ok_or(Problem::NoSuchInitiative)?;
    let answer = match deed.form.parsed().ok_or_else(unreadable)? {
        AnswerDeed::Accept { read } => SuggestionAnswer::Accept { read: read_at(agreement, suggestion, &read)? },
        AnswerDeed::Decline { reason } => SuggestionAnswer::Decline { reason },
        AnswerDeed::Withdraw => SuggestionAnswer::Withdraw,
    };
    plan::answer_suggestion(&ask.site.node, ask.actor(Right::Suggest)?, agreement.id, id, answer)?;
    Ok(Done::See(format!("{}#suggestions", address::initiative(agreement.id, suggestion.initiative))))
}

/// Returns the time of the wording with which the page compared the suggestion; `Err` if the row has changed since.
fn read_at(agreement: AgreementView<'_>, suggestion: &Suggestion, read: &str) -> Result<Hlc, Problem> {
    let (id, row) = (suggestion.initiative, agreement.visible(suggestion.initiative));
    let row = row.ok_or(Problem::NoSuchInitiative)?;
    if in_short(&[ToShow { id, row }]) != read {
        return Err(AppError::Refused(vec![Refusal::Draft(DraftRefusal::NotAsAnswered)]).into());
    }
    Ok(agreement.wordings(row).present().at)
}

/// Returns the suggestions for a row, oldest first.
pub fn suggestions(
    ask: &Ask<'_>,
    agreement: AgreementView<'_>,
    id: Id<id::Initiative>,
    row: &Initiative,
) -> Vec<SuggestionBlock> {
    let (language, wordings) = (ask.visitor.language, agreement.wordings(row));
    let read = in_short(&[ToShow { id, row }]);
    let block = |(id, known): (Id<Suggestion>, &Suggestion)| {
        let open = known.answer == Given::Open;
        let proposed = if open { accepted(row, known) } else { known.wording.clone() };
        let compared = if open { row.wording.clone() } else { wordings.of(known.base).unwrap_or(&row.wording).clone() };
        let (present, proposed) = pieces(&whole(&compared, language), &whole(&proposed, language));
        SuggestionBlock {
            id: id.to_string(),
            read: read.clone(),
            by: format!("{} {}", agreement.party_short_name(known.party), known.post),
            at: japan_time_in(language, known.at),
            reason: known.reason.clone(),
            answer: answer_words(language, &known.answer),
            moved: open && !wordings.is_present(known.base),
            present,
            proposed,
            may_answer: open && ask.visitor.meets(&to_change(row)),
            may_withdraw: open && ask.visitor.meets(&to_suggest(known.party)),
        }
    };
    agreement.suggestions(id).into_iter().map(block).collect()
}

fn answer_words(language: Language, answer: &Given) -> Option<String> {
    match answer {
        Given::Open => None,
        Given::Accepted { post, at } => {
            Some(tell(language, "採用（{}、{}）", [post.as_str(), japan_time_in(language, *at).as_str()]))
        }
        Given::Declined { post, at, reason } => Some(tell(
            language,
            "不採用（{}、{}）：{}",
            [post.as_str(), japan_time_in(language, *at).as_str(), reason.as_str()],
        )),
        Given::Withdrawn { at } => Some(tell(language, "取下げ（{}）", [japan_time_in(language, *at)])),
    }
}

/// Returns all parts of a wording that people read, as one text.
pub fn whole(wording: &Wording, language: Language) -> String {
    let fields = RowFields::of(wording);
    let mut lines = vec![fields.text, fields.items, tell(language, "担当課：{}", [wording.divisions.join("、")])];
    lines.extend(crate::plan::draft::tools::particulars(&wording.particulars, language));
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

fn page(
    ask: &Ask<'_>,
    agreement: AgreementView<'_>,
    id: Id<id::Initiative>,
    row: &Initiative,
    (form, keeping): (RowForm, Keeping),
    reason: String,
) -> Result<Answer, Problem> {
    let row_address = address::initiative(agreement.id, id);
    let title = say(ask.visitor.language, "修正を提案する");
    html(&SuggestPage {
        frame: Frame::of(ask.visitor, ask.moment, title, Place::Plan, &row_address),
        address: suggestion_place(id),
        row_address,
        present: RowFields::of(&row.wording),
        form,
        keeping,
        reason,
    })
}

fn unreadable() -> Problem {
    Problem::UnreadableForm {
        sentences: InBoth::of(|language| {
            say(language, "取組のページを開き直して、もう一度操作してください。").to_owned()
        }),
    }
}
