//! The form for the definition of an indicator, and the definition that is read from it.

use jiff::civil::Date;
use renkei_document::counting::{AddsUp, Counting};
use renkei_document::figure::Indicator;
use renkei_document::id::Id;
use renkei_domain::indicator::view::{IndicatorView, Indicators};
use renkei_domain::indicator::{IndicatorDefinition, QuotientOf};
use serde::Deserialize;

use crate::frame::form::Form;
use crate::frame::phrases::{InBoth, phrase, say};
use crate::frame::problem::Problem;
use crate::frame::route::Ask;
use crate::frame::typed::Typed;
use crate::indicator::choice::Choice;

/// The form for a definition, with the choices of its lists.
pub(crate) struct DefinitionForm {
    pub open: bool,
    pub fields: DefinitionFields,
    pub adds_up: Vec<Choice>,
    pub counting: Vec<Choice>,
    pub numerators: Vec<Choice>,
    pub denominators: Vec<Choice>,
}

/// Content of the fields of the form, valid or not.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct DefinitionFields {
    pub meaning: String,
    pub adds_up: String,
    pub counting: String,
    pub unit: String,
    pub scope: String,
    pub division: String,
    pub source: String,
    pub method: String,
    pub caution: String,
    pub next_due: String,
    pub rate: String,
    pub numerator: String,
    pub denominator: String,
}

pub(crate) fn definition_form(
    ask: &Ask<'_>,
    indicators: &Indicators<'_>,
    view: &IndicatorView<'_>,
    keepers: &[String],
    typed: &Typed<'_>,
) -> DefinitionForm {
    let language = ask.visitor.language;
    let form = typed.form_of("describe");
    let fields = form.and_then(Form::parsed).unwrap_or_else(|| DefinitionFields::of(view, keepers));
    let option = |value: &str, label: &str, chosen: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        chosen: value == chosen,
    };
    let part = |chosen: &str| {
        let own = indicators.iter().filter(|other| other.party == view.party && other.id != view.id);
        own.map(|other| option(&other.id.to_string(), &other.printed.label, chosen)).collect()
    };
    let (adds_up, counting) = (fields.adds_up.as_str(), fields.counting.as_str());
    DefinitionForm {
        open: form.is_some() || view.definition().is_none(),
        adds_up: std::iter::once(None)
            .chain(AddsUp::ALL.map(Some))
            .map(|known| option(known.map_or("", AddsUp::key), say(language, AddsUp::in_words(known)), adds_up))
            .collect(),
        counting: std::iter::once(None)
            .chain(Counting::ALL.map(Some))
            .map(|known| option(known.map_or("", Counting::key), say(language, Counting::in_words(known)), counting))
            .collect(),
        numerators: part(&fields.numerator),
        denominators: part(&fields.denominator),
        fields,
    }
}

impl DefinitionFields {
    /// Returns the fields with the indicator's present definition; for an undefined indicator, with default values.
    fn of(view: &IndicatorView<'_>, keepers: &[String]) -> Self {
        let said = view.definition().filter(|_| view.is_own).cloned().unwrap_or_else(|| IndicatorDefinition {
            division: keepers.first().cloned().unwrap_or_default(),
            ..IndicatorDefinition::default()
        });
        let quotient = said.quotient.as_ref();
        Self {
            meaning: said.meaning,
            adds_up: said.adds_up.map(AddsUp::key).unwrap_or_default().to_owned(),
            counting: said.counting.map(Counting::key).unwrap_or_default().to_owned(),
            unit: said.unit.or(view.printed.unit.clone()).unwrap_or_default(),
            scope: said.scope.or(view.printed.scope.clone()).unwrap_or_default(),
            division: said.division,
            source: said.source,
            method: said.method,
            caution: said.caution,
            next_due: said.next_due.map(|day| day.to_string()).unwrap_or_default(),
            rate: quotient.map(|known| known.name.clone()).unwrap_or_default(),
            numerator: quotient.map(|known| known.numerator.to_string()).unwrap_or_default(),
            denominator: quotient.map(|known| known.denominator.to_string()).unwrap_or_default(),
        }
    }

    /// Returns the definition that the fields describe; `Err` if a field cannot be read.
    pub fn definition(&self, own: Id<Indicator>) -> Result<IndicatorDefinition, Problem> {
        let text = |typed: &str| typed.trim().to_owned();
        let some = |typed: &str| Some(text(typed)).filter(|text| !text.is_empty());
        let sentence = phrase("日付は 2027-03-31 のように入れ、指標は一覧から選んでください。");
        let unreadable =
            || Problem::UnreadableForm { sentences: InBoth::of(|language| say(language, sentence).to_owned()) };
        let next_due: Option<Date> =
            some(&self.next_due).map(|day| day.parse()).transpose().map_err(|_| unreadable())?;
        let id = |typed: &str| some(typed).map(|id| id.parse::<Id<Indicator>>()).transpose().map_err(|_| unreadable());
        let quotient = match (some(&self.rate), id(&self.numerator)?, id(&self.denominator)?) {
            (None, None, None) => None,
            (name, numerator, denominator) => Some(QuotientOf {
                name: name.unwrap_or_default(),
                numerator: numerator.unwrap_or(own),
                denominator: denominator.unwrap_or(own),
            }),
        };
        Ok(IndicatorDefinition {
            meaning: text(&self.meaning),
            adds_up: AddsUp::of_key(&text(&self.adds_up)),
            counting: Counting::of_key(&text(&self.counting)),
            unit: some(&self.unit),
            scope: some(&self.scope),
            quotient,
            division: text(&self.division),
            source: text(&self.source),
            method: text(&self.method),
            caution: text(&self.caution),
            next_due,
        })
    }
}
