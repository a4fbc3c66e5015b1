//! 組織の改称: asks whether two names mean the same division, each question once, and shows the answers.

use askama::Template;
use renkei_app::{access::Right, organisation};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::party::PartyKey;
use renkei_domain::organisation::division_names::DivisionAnswer;
use renkei_domain::plan::renamed_divisions::{Carried, Renaming};
use renkei_domain::view::AgreementView;

use crate::frame::address;
use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::figure_words::japan_time_in;
use crate::frame::moment::Moment;
use crate::frame::names::table_name;
use crate::frame::page::html;
use crate::frame::phrases::{phrase, say};
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};
use crate::frame::row_block::{PartyMark, party_mark, party_marks};

/// Maximum number of example rows for a question.
const EXAMPLES: usize = 3;

#[derive(Template)]
#[template(path = "organisation/divisions.html")]
struct DivisionsPage {
    frame: Frame,
    /// Whether an answer was just recorded.
    done: bool,
    questions: Vec<Question>,
    answered: Vec<Answered>,
}

/// Two names that may mean one division, with their party.
struct Names {
    party: PartyMark,
    key: String,
    former: String,
    latter: String,
    since: String,
}

struct Question {
    names: Names,
    rows: usize,
    examples: Vec<Example>,
}

/// A row that has the earlier name in one year and the later name in the next.
struct Example {
    text: String,
    from: Option<String>,
    from_table: String,
    to: Option<String>,
    to_table: String,
}

struct Answered {
    names: Names,
    same: bool,
    post: String,
    at: String,
}

pub fn divisions(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let (agreement, language) = (ask.moment.agreement()?, ask.visitor.language);
    let parties = party_marks(agreement);
    let names = |key: &PartyKey, former: &str, latter: &str, since: FiscalYear| Names {
        party: party_mark(&parties, key),
        key: key.to_string(),
        former: former.to_owned(),
        latter: latter.to_owned(),
        since: since.in_language(language),
    };
    let question = |asked: &Renaming| Question {
        names: names(&asked.party, &asked.former, &asked.latter, asked.since),
        rows: asked.carried.len(),
        examples: asked.carried.iter().take(EXAMPLES).filter_map(|row| example(ask, agreement, row)).collect(),
    };
    let answered = |(id, answer): (Id<id::Party>, &DivisionAnswer)| {
        let key = agreement.agreement.key_of(id)?;
        Some(Answered {
            names: names(key, &answer.former, &answer.latter, answer.since),
            same: answer.same,
            post: answer.post.clone(),
            at: japan_time_in(language, answer.at),
        })
    };
    html(&DivisionsPage {
        frame: Frame::of(ask.visitor, ask.moment, say(language, "組織の改称"), Place::Elsewhere, "/divisions"),
        done: ask.query.get("done").is_some(),
        questions: ask.moment.renamed_divisions().iter().map(question).collect(),
        answered: agreement.division_answers().into_iter().filter_map(answered).collect(),
    })
}

pub fn identify_divisions(deed: &Deed<'_>) -> Result<Done, Problem> {
    let actor = deed.ask.actor(Right::Import)?;
    let agreement = deed.ask.moment.agreement()?;
    let asked = |name: &str| deed.form.get(name);
    let (former, latter, key) = (asked("former"), asked("latter"), PartyKey::new(asked("party")));
    let same = match asked("answer").as_str() {
        "same" => true,
        "other" => false,
        _ => return Err(unclear()),
    };
    let party = agreement.agreement.party_of(&key).ok_or_else(unclear)?;
    let since = since(deed.ask.moment, agreement, (party, &key), (&former, &latter)).ok_or_else(unclear)?;
    organisation::identify_divisions(&deed.ask.site.node, actor, party, (&former, &latter), since, same)?;
    Ok(Done::See("/divisions?done=1".to_owned()))
}

/// Returns the year of the question or of its recorded answer; `None` if the page does not show the question.
fn since(
    moment: &Moment,
    agreement: AgreementView<'_>,
    (party, key): (Id<id::Party>, &PartyKey),
    (former, latter): (&str, &str),
) -> Option<FiscalYear> {
    let answers = agreement.division_answers();
    let answered = answers.iter().find(|(id, answer)| *id == party && answer.is_about(former, latter));
    if let Some((_, answer)) = answered {
        return Some(answer.since);
    }
    let questions = moment.renamed_divisions();
    let asked = questions.iter().find(|asked| asked.party == *key && asked.former == former && asked.latter == latter);
    asked.map(|asked| asked.since)
}

fn unclear() -> Problem {
    Problem::UnreadableForm {
        sentences: phrase(
            "どの課名についての答えかがわかりません。「組織の改称」を開き直して、一覧から答えてください。",
        )
        .into(),
    }
}

fn example(ask: &Ask<'_>, agreement: AgreementView<'_>, row: &Carried) -> Option<Example> {
    let table = |year| table_name(ask.visitor.language, year, row.kind);
    let shown = row.to_id.and_then(|id| agreement.initiative(id));
    let alone = shown.and_then(|shown| ask.moment.row(shown.id));
    let text = alone.as_ref().and_then(|alone| alone.placing()).map(|placing| placing.row.text.clone());
    Some(Example {
        text: text?,
        from: row.from_id.map(|id| address::initiative(agreement.id, id)),
        from_table: table(row.from_year),
        to: row.to_id.map(|id| address::initiative(agreement.id, id)),
        to_table: table(row.to_year),
    })
}
