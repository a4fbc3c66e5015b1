//! 読み取りの修正: the form for correcting one row of a file before the file is recorded.

use askama::Template;
use renkei_app::{AppError, RowPlace, evidence, placed_rows};
use renkei_document::as_of::read_date;
use renkei_document::document::{Document, Initiative};
use renkei_document::figure::{Figure, State};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::language::Language;
use renkei_document::passage::with_separators;
use serde::Deserialize;

use crate::evidence::review::party_names;
use crate::evidence::row_name::row_name;
use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::figure_words;
use crate::frame::form::Form;
use crate::frame::page::html;
use crate::frame::phrases::{say, tell};
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};

/// The states of a figure that the form offers.
const STATES: [State; 10] = [
    State::Value,
    State::None,
    State::NotHeld,
    State::Recruiting,
    State::Ongoing,
    State::Planned,
    State::NotCompiled,
    State::NotApplicable,
    State::Withheld,
    State::Suppressed,
];

#[derive(Template)]
#[template(path = "evidence/read_row.html")]
struct RowPage {
    frame: Frame,
    address: String,
    back: String,
    name: String,
    faults: Vec<String>,
    /// The parties: key, name, and whether the row belongs to the party.
    parties: Vec<(String, String, bool)>,
    divisions: String,
    text: String,
    items: String,
    figures: Vec<FigureFields>,
    source: Vec<String>,
    corrected: bool,
    left_out: bool,
}

struct FigureFields {
    label: String,
    value: String,
    unit: String,
    as_of: String,
    scope: String,
    provisional: bool,
    dropped: bool,
    /// The states: index, name, and whether the figure has the state.
    states: Vec<(usize, &'static str, bool)>,
}

pub fn read_row(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let known = Known::of(ask)?;
    page(ask, &known, Typed::of(ask.visitor.language, &known.row), Vec::new())
}

#[derive(Default, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
enum RowDeed {
    LeaveOut,
    TakeIn,
    Restore,
    #[default]
    #[serde(other)]
    Save,
}

pub fn correct_row(deed: &Deed<'_>) -> Result<Done, Problem> {
    let known = Known::of(&deed.ask)?;
    let (node, visitor) = (&deed.ask.site.node, deed.ask.visitor);
    let (id, place) = (deed.ask.part("id"), known.place);
    match deed.form.parsed().unwrap_or_default() {
        RowDeed::LeaveOut => evidence::leave_out_read_row(node, visitor, id, place, true)?,
        RowDeed::TakeIn => evidence::leave_out_read_row(node, visitor, id, place, false)?,
        RowDeed::Restore => evidence::restore_read_row(node, visitor, id, place)?,
        RowDeed::Save => {
            let typed = Typed::from_form(deed.ask.visitor.language, &deed.form, &known.row);
            match typed.row(&known) {
                Ok(row) => evidence::correct_read_row(node, visitor, id, place, row)?,
                Err(faults) => return Ok(Done::Again(Box::new(page(&deed.ask, &known, typed, faults)?))),
            }
        }
    }
    Ok(Done::See(format!("/imports/{id}?done=saved&row={place}#row-{place}")))
}

/// The row to correct, with the parts of its document that the form shows.
struct Known {
    place: RowPlace,
    row: Initiative,
    name: String,
    document: Document,
    year: FiscalYear,
    source: Vec<String>,
    corrected: bool,
    left_out: bool,
}

impl Known {
    fn of(ask: &Ask<'_>) -> Result<Self, Problem> {
        let place: RowPlace = ask.part("place").parse().map_err(|()| Problem::NoSuchPage)?;
        let review = evidence::review_with(&ask.site.node, ask.visitor, ask.part("id"), place)?;
        let row = placed_rows(&review.document.value).find(|(known, _)| *known == place).map(|(_, row)| row.clone());
        let row = row.ok_or(Problem::from(AppError::NotOnTheDesk))?;
        let year = review.document.value.plans.get(place.table).map(|table| table.fiscal_year);
        let line = |number: &u32| review.lines.get((*number as usize).checked_sub(1)?).map(|line| line.text.clone());
        Ok(Self {
            place,
            name: row_name(ask.visitor.language, &review, place),
            source: row.lines.iter().filter_map(line).collect(),
            year: year.ok_or(Problem::NoSuchPage)?,
            corrected: review.corrected.contains(&place),
            left_out: review.left_out.contains(&place),
            document: review.document.value,
            row,
        })
    }
}

/// Content of the fields of the form, valid or not.
struct Typed {
    language: Language,
    party: String,
    divisions: String,
    text: String,
    items: String,
    figures: Vec<TypedFigure>,
}

#[derive(Clone)]
struct TypedFigure {
    label: String,
    state: State,
    value: String,
    unit: String,
    as_of: String,
    scope: String,
    provisional: bool,
    dropped: bool,
}

impl Typed {
    fn of(language: Language, row: &Initiative) -> Self {
        let figure = |figure: &Figure| TypedFigure {
            label: figure.label.clone(),
            state: figure.state,
            value: figure.value.map(|value| with_separators(&value.to_string())).unwrap_or_default(),
            unit: figure.unit.clone().unwrap_or_default(),
            as_of: figure.as_of.map(|said| figure_words::as_of_in(language, said)).unwrap_or_default(),
            scope: figure.scope.clone().unwrap_or_default(),
            provisional: figure.provisional,
            dropped: false,
        };
        let item = |(place, item): (usize, &String)| format!("{}{item}", row.mark_of_item(place));
        Self {
            language,
            party: row.party.to_string(),
            divisions: row.divisions.join("\n"),
            text: row.text.clone(),
            items: row.items.iter().enumerate().map(item).collect::<Vec<_>>().join("\n"),
            figures: row.figures.iter().map(figure).collect(),
        }
    }

    fn from_form(language: Language, form: &Form, row: &Initiative) -> Self {
        let figure = |(place, read): (usize, TypedFigure)| {
            let field = |name: &str| form.get(&format!("{name}-{place}")).trim().to_owned();
            let chosen = field("state").parse().ok().and_then(|state: usize| STATES.get(state).copied());
            TypedFigure {
                label: field("label"),
                state: chosen.unwrap_or(read.state),
                value: field("value"),
                unit: field("unit"),
                as_of: field("as-of"),
                scope: field("scope"),
                provisional: !field("provisional").is_empty(),
                dropped: !field("drop").is_empty(),
            }
        };
        Self {
            language,
            party: form.get("party"),
            divisions: form.get("divisions"),
            text: form.get("text"),
            items: form.get("items"),
            figures: Self::of(language, row).figures.into_iter().enumerate().map(figure).collect(),
        }
    }

    /// Returns the row as the visitor typed it; `Err` with every fault of the fields.
    fn row(&self, known: &Known) -> Result<Initiative, Vec<String>> {
        let mut faults = Vec::new();
        let lines = |text: &str| -> Vec<String> {
            text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
        };
        let parties = known.document.agreement.iter().flat_map(|agreement| &agreement.parties);
        let party = parties.map(|party| &party.key).find(|key| key.as_str() == self.party);
        let party = party.unwrap_or(&known.row.party).clone();
        let divisions = lines(&self.divisions);
        if self.text.trim().is_empty() {
            let fault =
                say(self.language, "取組内容が空です。文を入れるか、「この行を取り込まない」を選んでください。");
            faults.push(fault.to_owned());
        }
        let (item_marks, items): (Vec<String>, Vec<String>) = lines(&self.items).iter().map(|line| item(line)).unzip();
        let text = lines(&self.text).join("\n");
        let text = if text == known.row.text.trim() { known.row.text.clone() } else { text };
        // The figure fields belong to the old text. If the text changed, they are ignored, and the figures are read
        // again from the new text.
        let same_text = text == known.row.text && items == known.row.items;
        let mut figures = Vec::new();
        for (place, (typed, read)) in self.figures.iter().zip(&known.row.figures).enumerate() {
            if same_text && !typed.dropped {
                match typed.figure(self.language, read, known.year) {
                    Ok(figure) => figures.push(figure),
                    Err(fault) => {
                        faults.push(tell(self.language, "{}つ目の数値：{}", [(place + 1).to_string(), fault]))
                    }
                }
            }
        }
        let plain = item_marks.iter().all(|mark| mark == "・");
        let printed = known.row.divisions_printed.clone().filter(|_| divisions == known.row.divisions);
        let row = Initiative {
            party,
            divisions,
            divisions_printed: printed,
            item_marks: if plain { Vec::new() } else { item_marks },
            text,
            items,
            figures,
            ..known.row.clone()
        };
        if faults.is_empty() { Ok(row) } else { Err(faults) }
    }
}

impl TypedFigure {
    fn figure(&self, language: Language, read: &Figure, year: FiscalYear) -> Result<Figure, String> {
        if self.label.is_empty() {
            return Err(say(language, "何を数えたかを入れてください。").to_owned());
        }
        let digits: String = self.value.chars().filter(|c| !matches!(c, ',' | '，')).map(half_width).collect();
        let value = match self.state {
            State::Value => {
                let unread = |_| tell(language, "「{}」は数として読めません。", [&self.value]);
                Some(digits.parse().map_err(unread)?)
            }
            _ => None,
        };
        let as_of = if self.as_of.is_empty() {
            None
        } else if read.as_of.map(|said| figure_words::as_of_in(language, said)).as_deref() == Some(&self.as_of) {
            read.as_of
        } else {
            let unread =
                || tell(language, "時点「{}」が読めません。「令和8年1月末」のように入れてください。", [&self.as_of]);
            Some(read_date(&self.as_of, Some(year)).ok_or_else(unread)?.as_of)
        };
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Ok(Figure {
            label: self.label.clone(),
            state: self.state,
            value,
            unit: given(&self.unit),
            as_of,
            scope: given(&self.scope),
            provisional: self.provisional,
            ..read.clone()
        })
    }

    fn fields(self, language: Language) -> FigureFields {
        let state =
            |(place, state): (usize, &State)| (place, say(language, figure_words::state(*state)), *state == self.state);
        FigureFields {
            states: STATES.iter().enumerate().map(state).collect(),
            label: self.label,
            value: self.value,
            unit: self.unit,
            as_of: self.as_of,
            scope: self.scope,
            provisional: self.provisional,
            dropped: self.dropped,
        }
    }
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        '．' => '.',
        '－' | '−' | '▲' | '△' => '-',
        _ => c,
    }
}

/// Splits a line of the items into its bullet and the rest.
fn item(line: &str) -> (String, String) {
    const BULLETS: &str = "・○●◎◇◆□■▪‣※→";
    match line.chars().next().filter(|first| BULLETS.contains(*first)) {
        Some(bullet) => (bullet.to_string(), line[bullet.len_utf8()..].trim_start().to_owned()),
        None => (String::new(), line.to_owned()),
    }
}

fn page(ask: &Ask<'_>, known: &Known, typed: Typed, faults: Vec<String>) -> Result<Answer, Problem> {
    let id = ask.part("id");
    let names = party_names(ask, &known.document);
    let parties = names.into_iter().map(|(key, name)| (key.to_string(), name, key.as_str() == typed.party));
    html(&RowPage {
        frame: Frame::of(
            ask.visitor,
            ask.moment,
            say(ask.visitor.language, "読み取りの修正"),
            Place::Imports,
            "/imports",
        ),
        address: format!("/imports/{id}/rows/{}", known.place),
        back: format!("/imports/{id}?row={0}#row-{0}", known.place),
        name: known.name.clone(),
        parties: parties.collect(),
        divisions: typed.divisions,
        text: typed.text,
        items: typed.items,
        figures: typed.figures.into_iter().map(|figure| figure.fields(typed.language)).collect(),
        source: known.source.clone(),
        corrected: known.corrected,
        left_out: known.left_out,
        faults,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_items_begins_with_its_bullet() {
        for (line, mark, text) in [("・3回", "・", "3回"), ("○ 相談", "○", "相談"), ("続きの文", "", "続きの文")]
        {
            assert_eq!(item(line), (mark.to_owned(), text.to_owned()));
        }
    }

    #[test]
    fn numbers_are_accepted_as_they_are_typed() {
        let digits = |text: &str| -> String { text.chars().map(half_width).collect() };
        assert_eq!(digits("１３０４．５"), "1304.5");
        assert_eq!(digits("▲3"), "-3");
    }
}
