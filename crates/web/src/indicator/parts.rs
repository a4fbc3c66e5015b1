//! The definition form of an indicator, and the definition read from it.

use jiff::civil::Date;
use renkei_document::counting::{AddsUp, Counting};
use renkei_document::figure::Indicator;
use renkei_document::id::Id;
use renkei_domain::indicator::view::{IndicatorView, Indicators};
use renkei_domain::indicator::{IndicatorDefinition, QuotientOf};

use crate::frame::form::Form;
use crate::frame::phrases::{InBoth, phrase, say};
use crate::frame::problem::Problem;
use crate::frame::route::Ask;
use crate::frame::typed::Typed;
use crate::indicator::choice::Choice;

/// The fields of the definition form.
pub(crate) struct DefinitionForm {
    pub open: bool,
    pub meaning: String,
    pub adds_up: Vec<Choice>,
    pub counting: Vec<Choice>,
    pub unit: String,
    pub scope: String,
    pub division: String,
    pub source: String,
    pub method: String,
    pub caution: String,
    pub next_due: String,
    pub rate: String,
    pub numerators: Vec<Choice>,
    pub denominators: Vec<Choice>,
}

pub(crate) fn definition_form(
    ask: &Ask<'_>,
    indicators: &Indicators<'_>,
    view: &IndicatorView<'_>,
    keepers: &[String],
    typed: &Typed<'_>,
) -> DefinitionForm {
    let language = ask.visitor.language;
    let said = view.definition().filter(|_| view.is_own).cloned().unwrap_or_else(|| IndicatorDefinition {
        division: keepers.first().cloned().unwrap_or_default(),
        ..IndicatorDefinition::default()
    });
    let form = typed.form.filter(|form| form.get("deed") == "describe");
    let text = |name: &str, said: &str| form.map_or_else(|| said.to_owned(), |form| form.get(name));
    let option = |value: &str, label: &str, chosen: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        chosen: value == chosen,
    };
    let adds_up = text("adds_up", said.adds_up.map(AddsUp::key).unwrap_or_default());
    let counting = text("counting", said.counting.map(Counting::key).unwrap_or_default());
    let quotient = said.quotient.as_ref();
    let part = |name: &str, said: Option<String>| {
        let chosen = text(name, &said.unwrap_or_default());
        let own = indicators.iter().filter(|other| other.party == view.party && other.id != view.id);
        own.map(|other| option(&other.id.to_string(), &other.printed.label, &chosen)).collect()
    };
    DefinitionForm {
        open: form.is_some() || view.definition().is_none(),
        meaning: text("meaning", &said.meaning),
        adds_up: std::iter::once(None)
            .chain(AddsUp::ALL.map(Some))
            .map(|known| option(known.map_or("", AddsUp::key), say(language, AddsUp::in_words(known)), &adds_up))
            .collect(),
        counting: std::iter::once(None)
            .chain(Counting::ALL.map(Some))
            .map(|known| option(known.map_or("", Counting::key), say(language, Counting::in_words(known)), &counting))
            .collect(),
        unit: text("unit", said.unit.as_deref().or(view.printed.unit.as_deref()).unwrap_or_default()),
        scope: text("scope", said.scope.as_deref().or(view.printed.scope.as_deref()).unwrap_or_default()),
        division: text("division", &said.division),
        source: text("source", &said.source),
        method: text("method", &said.method),
        caution: text("caution", &said.caution),
        next_due: text("next_due", &said.next_due.map(|day| day.to_string()).unwrap_or_default()),
        rate: text("rate", quotient.map(|known| known.name.as_str()).unwrap_or_default()),
        numerators: part("numerator", quotient.map(|known| known.numerator.to_string())),
        denominators: part("denominator", quotient.map(|known| known.denominator.to_string())),
    }
}

/// Reads the definition from a form.
pub(crate) fn definition_of(own: Id<Indicator>, form: &Form) -> Result<IndicatorDefinition, Problem> {
    let text = |name: &str| form.get(name).trim().to_owned();
    let some = |name: &str| Some(text(name)).filter(|text| !text.is_empty());
    let sentence = phrase("日付は 2027-03-31 のように入れ、指標は一覧から選んでください。");
    let unreadable =
        || Problem::UnreadableForm { sentences: InBoth::of(|language| say(language, sentence).to_owned()) };
    let next_due: Option<Date> = some("next_due").map(|day| day.parse()).transpose().map_err(|_| unreadable())?;
    let id = |name: &str| some(name).map(|id| id.parse::<Id<Indicator>>()).transpose().map_err(|_| unreadable());
    let quotient = match (some("rate"), id("numerator")?, id("denominator")?) {
        (None, None, None) => None,
        (name, numerator, denominator) => Some(QuotientOf {
            name: name.unwrap_or_default(),
            numerator: numerator.unwrap_or(own),
            denominator: denominator.unwrap_or(own),
        }),
    };
    Ok(IndicatorDefinition {
        meaning: text("meaning"),
        adds_up: AddsUp::of_key(&text("adds_up")),
        counting: Counting::of_key(&text("counting")),
        unit: some("unit"),
        scope: some("scope"),
        quotient,
        division: text("division"),
        source: text("source"),
        method: text("method"),
        caution: text("caution"),
        next_due,
    })
}
