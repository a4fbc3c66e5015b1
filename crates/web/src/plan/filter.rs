//! The filter of a plan's page, by which the page shows some of the rows only. It is part of the address.

use std::collections::HashSet;

use renkei_app::Visitor;
use renkei_document::document::{Initiative as Row, PlanTable};
use renkei_document::figure::State;
use renkei_document::language::Language;

use crate::frame::phrases::{phrase, say};
use crate::frame::problem::Problem;
use crate::frame::route::Ask;
use crate::frame::row_block::{PartyMark, Placing, placings};
use crate::frame::{address, figure_words};

/// The states of figures that the filter offers, with their names for the address.
const STATES: [(&str, State); 9] = [
    ("none", State::None),
    ("not_held", State::NotHeld),
    ("recruiting", State::Recruiting),
    ("ongoing", State::Ongoing),
    ("planned", State::Planned),
    ("not_compiled", State::NotCompiled),
    ("not_applicable", State::NotApplicable),
    ("withheld", State::Withheld),
    ("suppressed", State::Suppressed),
];

/// A condition on the figures of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// The row has a figure that consists of this state and has no number.
    State(State),
    /// 数値あり: the row has a figure with a number.
    Value,
    /// 数値なし: the row has no figure.
    NoFigure,
    /// 確認事項あり: the row has a finding.
    Finding,
}

/// Conditions that a row must meet to be shown, and whether last year's rows are shown beside this year's.
pub struct PlanFilter<'a> {
    party: Option<&'a str>,
    division: Option<&'a str>,
    chapter: Option<u32>,
    wanted: Option<Wanted>,
    pub beside: bool,
    visitor: &'a Visitor,
}

/// One option of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// The form of the filter above the rows, with its present values.
#[derive(Debug, Clone)]
pub struct FilterForm {
    pub parties: Vec<Choice>,
    pub divisions: Vec<Choice>,
    pub chapters: Vec<Choice>,
    pub states: Vec<Choice>,
    pub beside: bool,
    /// Whether any condition is set.
    pub active: bool,
}

impl<'a> PlanFilter<'a> {
    /// Reads the filter from the address; `Err` if this table does not offer one of the values.
    pub fn read(ask: &Ask<'a>, table: &PlanTable, parties: &[PartyMark]) -> Result<Self, Problem> {
        let query = ask.query;
        let chapter = query.get("chapter").map(|value| {
            let number = address::canonical(value);
            let known = number.filter(|number| table.chapters.iter().any(|chapter| chapter.number == *number));
            known.ok_or_else(|| ask.no_such_choice("chapter", phrase("柱")))
        });
        let no_state = || ask.no_such_choice("state", phrase("数値の状態"));
        let wanted = query.get("state").map(|value| wanted(value).ok_or_else(no_state));
        let party = query.get("party");
        if party.is_some_and(|value| !parties.iter().any(|party| party.key == value)) {
            return Err(ask.no_such_choice("party", phrase("当事者")));
        }
        let beside = match query.get("beside") {
            None => false,
            Some("1") => true,
            Some(_) => return Err(ask.no_such_choice("beside", phrase("前年度と並べる"))),
        };
        let division = query.get("division");
        let (chapter, wanted) = (chapter.transpose()?, wanted.transpose()?);
        Ok(Self { party, division, chapter, wanted, beside, visitor: ask.visitor })
    }

    /// Whether any condition is set, so that some rows may be hidden.
    pub fn is_active(&self) -> bool {
        self.party.is_some() || self.division.is_some() || self.chapter.is_some() || self.wanted.is_some()
    }

    pub fn keeps(&self, placing: Placing<'_>, findings: usize) -> bool {
        let row = placing.row;
        self.party.is_none_or(|party| row.party.as_str() == party)
            && self.division.is_none_or(|division| self.visitor.is_of_division(&row.divisions, division))
            && self.chapter.is_none_or(|chapter| placing.chapter == chapter)
            && self.wanted.is_none_or(|wanted| has(row, wanted, findings))
    }

    pub fn form(&self, language: Language, table: &PlanTable, parties: &[PartyMark]) -> FilterForm {
        let choice = |value: &str, label: &str, chosen: Option<&str>| Choice {
            value: value.to_owned(),
            label: label.to_owned(),
            chosen: chosen == Some(value),
        };
        let chapter = self.chapter.map(|number| number.to_string());
        let chapters = table.chapters.iter().map(|known| {
            let number = known.number.to_string();
            choice(&number, &format!("{number} {}", known.title), chapter.as_deref())
        });
        let mut divisions = divisions(table);
        divisions.extend(self.division.filter(|chosen| !divisions.contains(chosen)));
        let state = self.wanted.map(name_of);
        FilterForm {
            parties: parties.iter().map(|party| choice(&party.key, &party.name, self.party)).collect(),
            divisions: divisions.iter().map(|name| choice(name, name, self.division)).collect(),
            chapters: chapters.collect(),
            states: states(table).map(|(value, label)| choice(value, say(language, label), state)).collect(),
            beside: self.beside,
            active: self.is_active(),
        }
    }
}

fn wanted(name: &str) -> Option<Wanted> {
    match name {
        "value" => Some(Wanted::Value),
        "no_figure" => Some(Wanted::NoFigure),
        "finding" => Some(Wanted::Finding),
        _ => STATES.iter().find(|(known, _)| *known == name).map(|(_, state)| Wanted::State(*state)),
    }
}

fn name_of(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::Value => "value",
        Wanted::NoFigure => "no_figure",
        Wanted::Finding => "finding",
        Wanted::State(state) => STATES.iter().find(|(_, known)| *known == state).map_or("value", |(name, _)| name),
    }
}

fn has(row: &Row, wanted: Wanted, findings: usize) -> bool {
    match wanted {
        Wanted::State(state) => row.figures.iter().any(|figure| figure.state == state),
        Wanted::Value => row.figures.iter().any(|figure| figure.state == State::Value),
        Wanted::NoFigure => row.figures.is_empty(),
        Wanted::Finding => findings > 0,
    }
}

/// Maximum number of divisions that the form offers. Rows of other divisions can be found by the search.
const MOST_DIVISIONS: usize = 500;

/// Returns the divisions of a table, in the order of the first row of each.
fn divisions(table: &PlanTable) -> Vec<&str> {
    let mut known = HashSet::new();
    let all = placings(table).flat_map(|placing| &placing.row.divisions).map(String::as_str);
    all.filter(|division| known.insert(*division)).take(MOST_DIVISIONS).collect()
}

/// Returns the choices for the state: three that every table has, and the states that occur in this table.
fn states(table: &PlanTable) -> impl Iterator<Item = (&'static str, &'static str)> {
    let stands = |state: State| placings(table).any(|placing| has(placing.row, Wanted::State(state), 0));
    let known: Vec<_> = STATES.into_iter().filter(|(_, state)| stands(*state)).collect();
    let always =
        [("finding", phrase("確認事項あり")), ("value", phrase("数値あり")), ("no_figure", phrase("数値なし"))];
    always.into_iter().chain(known.into_iter().map(|(name, state)| (name, figure_words::state(state))))
}
