//! The changes that the page of an indicator offers (deeds): describe, merge, separate, set a target, and state shared
//! facts.

use renkei_app::access::Right;
use renkei_app::{AppError, indicator, shared_fact};
use renkei_document::figure::Indicator;
use renkei_document::id::{self, Id};
use renkei_document::wareki::AsOf;
use renkei_domain::authority::actor::Actor;
use renkei_domain::indicator::Target;
use renkei_domain::indicator::command::IndicatorCommand;
use renkei_domain::indicator::view::IndicatorView;
use renkei_domain::shared_fact::command::FactDeed;
use renkei_domain::shared_fact::{FactMember, Reporting};
use renkei_domain::view::AgreementView;
use serde::Deserialize;

use crate::frame::address;
use crate::frame::phrases::{InBoth, phrase, say};
use crate::frame::problem::Problem;
use crate::frame::route::{Deed, Done};
use crate::frame::typed::Typed;
use crate::indicator::one::page;
use crate::indicator::parts::DefinitionFields;

/// A form of the page.
#[derive(Deserialize)]
#[serde(tag = "deed", rename_all = "lowercase")]
enum IndicatorDeed {
    Describe(Box<DefinitionFields>),
    Merge {
        other: Id<Indicator>,
    },
    Part {
        other: Id<Indicator>,
    },
    Target(TargetFields),
    /// States that the indicator and one of the other party report the same fact.
    Fact {
        other: Id<Indicator>,
        #[serde(default)]
        name: String,
    },
    Agree {
        fact: Id<id::SharedFact>,
    },
    Withdraw {
        fact: Id<id::SharedFact>,
    },
    Explain {
        fact: Id<id::SharedFact>,
        #[serde(default)]
        reason: String,
    },
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct TargetFields {
    by: String,
    value: String,
    note: String,
}

/// The change that a form requests.
enum Wanted {
    Of(IndicatorCommand),
    OfFact(FactDeed),
}

pub fn change_indicator(deed: &Deed<'_>) -> Result<Done, Problem> {
    let ask = &deed.ask;
    let actor = ask.actor(Right::Define)?;
    let agreement = ask.moment.agreement()?;
    let indicators = agreement.indicators();
    let id: Id<Indicator> = ask.part("id").parse().map_err(|_| Problem::NoSuchIndicator)?;
    let view = indicators.of(id).ok_or(Problem::NoSuchIndicator)?;
    let sent: IndicatorDeed = deed.form.parsed().ok_or_else(unreadable)?;
    let is_typed = matches!(sent, IndicatorDeed::Describe(_) | IndicatorDeed::Target(_));
    let wanted = match wanted(agreement, view, sent) {
        // If a date or number cannot be read, the form is shown again with everything that was typed.
        Err(Problem::UnreadableForm { sentences }) if is_typed => {
            let refusals = vec![sentences.in_language(ask.visitor.language).to_owned()];
            let typed = Typed { form: Some(&deed.form), refusals };
            return Ok(Done::Again(Box::new(page(ask, id, &typed)?)));
        }
        known => known?,
    };
    match carry_out(deed, actor, agreement, view, wanted) {
        Ok(()) => Ok(Done::See(format!("{}?done=1", address::indicator(agreement.id, view.id)))),
        Err(denied) if denied.is_denied() => Err(denied.into()),
        Err(AppError::Refused(reasons)) => {
            let language = ask.visitor.language;
            let refusals = reasons.iter().map(|reason| reason.message_in(language)).collect();
            let typed = Typed { form: Some(&deed.form), refusals };
            Ok(Done::Again(Box::new(page(ask, id, &typed)?)))
        }
        Err(fault) => Err(fault.into()),
    }
}

fn carry_out(
    deed: &Deed<'_>,
    actor: Actor,
    agreement: AgreementView<'_>,
    view: &IndicatorView<'_>,
    wanted: Wanted,
) -> Result<(), AppError> {
    let node = &deed.ask.site.node;
    match wanted {
        Wanted::Of(command) => indicator::change_indicator(node, actor, command),
        Wanted::OfFact(fact) => shared_fact::tell(node, actor, agreement.id, view.party, fact),
    }
}

fn wanted(agreement: AgreementView<'_>, view: &IndicatorView<'_>, sent: IndicatorDeed) -> Result<Wanted, Problem> {
    let (party, indicator) = (view.party, view.id);
    Ok(match sent {
        IndicatorDeed::Describe(fields) => {
            let definition = Box::new(fields.definition(indicator)?);
            Wanted::Of(IndicatorCommand::Describe { party, indicator, definition })
        }
        IndicatorDeed::Merge { other } => {
            Wanted::Of(IndicatorCommand::Merge { party, kept: indicator, same: vec![other] })
        }
        IndicatorDeed::Part { other } => Wanted::Of(IndicatorCommand::Part { party, indicators: vec![other] }),
        IndicatorDeed::Target(fields) => {
            Wanted::Of(IndicatorCommand::SetTarget { party, indicator, target: target(&fields)? })
        }
        IndicatorDeed::Fact { other, name } => Wanted::OfFact(state(agreement, view, other, name)?),
        IndicatorDeed::Agree { fact } => {
            let indicators = agreement.indicators();
            let known = agreement.shared_facts(&indicators).into_iter().find(|known| known.id == fact);
            let known = known.ok_or_else(unreadable)?.fact;
            let (name, members) = (known.name.clone(), known.members.clone());
            Wanted::OfFact(FactDeed::State { fact: Some(fact), name, members })
        }
        IndicatorDeed::Withdraw { fact } => Wanted::OfFact(FactDeed::Withdraw { fact }),
        IndicatorDeed::Explain { fact, reason } => Wanted::OfFact(FactDeed::Explain { fact, reason }),
    })
}

fn state(
    agreement: AgreementView<'_>,
    view: &IndicatorView<'_>,
    other: Id<Indicator>,
    name: String,
) -> Result<FactDeed, Problem> {
    let indicators = agreement.indicators();
    let partner = indicators.of(other).ok_or_else(unreadable)?;
    let member = |view: &IndicatorView<'_>| FactMember { party: view.party, of: Reporting::Indicator(view.id) };
    Ok(FactDeed::State { fact: None, name, members: vec![member(view), member(partner)] })
}

fn target(fields: &TargetFields) -> Result<Target, Problem> {
    let by: AsOf = fields.by.trim().parse().map_err(|_| wrong_target())?;
    let value = fields.value.replace([',', '，'], "");
    let value = match value.trim() {
        "" => None,
        plain => Some(plain.parse().map_err(|_| wrong_target())?),
    };
    Ok(Target { by, value, note: fields.note.trim().to_owned() })
}

fn unreadable() -> Problem {
    not_read(phrase("何をするかが選ばれていません。指標のページを開き直して、選んでください。"))
}

fn wrong_target() -> Problem {
    not_read(phrase("目標値の時点は 2027-03-31 か 2027-03 のように、値は数字だけで入れてください。"))
}

fn not_read(sentence: &'static str) -> Problem {
    Problem::UnreadableForm { sentences: InBoth::of(|language| say(language, sentence).to_owned()) }
}
