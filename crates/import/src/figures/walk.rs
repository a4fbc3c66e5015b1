//! Reads one part of a row from start to end: commas, full stops and dates. [`super::remarks`] reads brackets,
//! [`super::counts`] numbers and states.

use std::ops::Range;

use renkei_document::as_of::Precision;
use renkei_document::figure::Period;
use renkei_document::fiscal_year::FiscalYear;

use super::brackets::{Group, groups};
use super::cell::{Cell, Run};
use super::clean::topic_of;
use super::draft::{AsOfNote, Part};
use super::glyphs::Glyphs;
use super::notes::{Dated, dates, event_dates, period};
use super::number::{Number, Role, numbers};
use super::state::state_at;

/// Maximum depth of nested brackets.
const DEEPEST: u8 = 8;

/// Maximum number of characters before 「は、」 that can name the figure.
const LONGEST_THEME: usize = 24;

impl Cell {
    /// Reads one part of the row: its sentences (`None`) or an item.
    pub(crate) fn read(&mut self, part: Part, glyphs: &Glyphs) {
        let mut walk = Walk {
            glyphs,
            groups: groups(glyphs),
            numbers: numbers(glyphs, Some(self.fiscal_year)),
            dates: dates(glyphs, self.fiscal_year),
            part,
            cell: self,
        };
        walk.cell.stretch += 1;
        let first = walk.cell.drafts.len();
        let events = if part.is_some() { walk.cell.events.clone() } else { Vec::new() };
        let mut run = Run { standing: walk.cell.standing.clone(), events, events_used: true, ..Run::default() };
        walk.over(0..glyphs.len(), &mut run);
        if run.after_heading {
            walk.cell.standing = run.standing;
        }
        // A date such as 「10/21に開催」 applies to the figures of the items after it.
        if walk.cell.drafts.len() == first
            && !run.events.is_empty()
            && glyphs.squeezed(0..glyphs.len()).contains("開催")
        {
            walk.cell.events = run.events;
        }
    }
}

pub(super) struct Walk<'a, 'g> {
    pub(super) glyphs: &'a Glyphs<'g>,
    pub(super) groups: Vec<Group>,
    pub(super) numbers: Vec<Number>,
    pub(super) dates: Vec<Dated>,
    pub(super) part: Part,
    pub(super) cell: &'a mut Cell,
}

impl Walk<'_, '_> {
    pub(super) fn over(&mut self, range: Range<usize>, run: &mut Run) {
        run.lead = range.start;
        let mut at = range.start;
        while at < range.end {
            at = self.step(at, range.end, run).max(at + 1);
        }
    }

    /// Reads the token at `at` and returns the next position.
    fn step(&mut self, at: usize, end: usize, run: &mut Run) -> usize {
        let group =
            self.groups.binary_search_by_key(&at, |group| group.open).ok().map(|place| self.groups[place].clone());
        if let Some(group) = group.filter(|group| group.close < end && run.depth < DEEPEST) {
            return self.group(&group, run);
        }
        if let Ok(date) = self.dates.binary_search_by_key(&at, |date| date.place.start) {
            return self.date(date, run);
        }
        if let Ok(place) = self.numbers.binary_search_by_key(&at, |number| number.digits.start) {
            let number = self.numbers[place].clone();
            if number.role == Role::Count && !self.is_part_of_name(&number) {
                return self.count(&number, run);
            }
            run.after_heading = false;
            return number.end;
        }
        if let Some((state, end)) = state_at(self.glyphs, at) {
            return self.state(state, at..end, run);
        }
        match self.glyphs.at(at) {
            Some('。' | '\n') => self.full_stop(at, run),
            Some('※') => {
                self.full_stop(at, run);
            }
            Some('、' | ',' | ';') if self.lead_is_empty(at, run) => run.begin_lead(at + 1),
            // 「登録者数は、5人」 is one clause.
            Some('、')
                if self.glyphs.before(at) == Some('は') && at - run.comma.unwrap_or(run.lead) <= LONGEST_THEME => {}
            Some('、' | ',' | ';') => run.comma = Some(at + 1),
            Some('・' | '-') if self.lead_is_empty(at, run) => run.begin_lead(at + 1),
            Some(c) if !c.is_whitespace() => run.after_heading = false,
            _ => {}
        }
        at + 1
    }

    /// Whether the number is part of a name that continues with 目. (The code for brackets handles names such as
    /// 「100社訪問」.)
    fn is_part_of_name(&self, number: &Number) -> bool {
        self.glyphs.at(number.end) == Some('目')
    }

    pub(super) fn lead_is_empty(&self, at: usize, run: &Run) -> bool {
        let begin = run.comma.unwrap_or(run.lead);
        let mut from = begin;
        for cut in run.cut.iter().filter(|cut| cut.start >= begin) {
            if from < cut.start && !self.is_blank(from..cut.start.min(at)) {
                return false;
            }
            from = from.max(cut.end);
        }
        from >= at || self.is_blank(from..at)
    }

    fn is_blank(&self, range: Range<usize>) -> bool {
        self.glyphs.chars(range).iter().all(|c| c.is_whitespace())
    }

    /// Returns the original words of a range without the cut ranges; runs of blanks become one.
    pub(super) fn words(&self, range: Range<usize>, cut: &[Range<usize>]) -> String {
        let mut text = String::new();
        let mut at = range.start;
        for cut in cut.iter().filter(|cut| cut.start >= range.start && cut.end <= range.end) {
            if cut.start > at {
                text.push_str(self.glyphs.original(at..cut.start));
                text.push(' ');
            }
            at = at.max(cut.end);
        }
        if at < range.end {
            text.push_str(self.glyphs.original(at..range.end));
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Ends a sentence; its topic becomes the topic of the next sentence.
    fn full_stop(&mut self, at: usize, run: &mut Run) {
        let sentence = self.words(run.lead..at, &run.cut);
        if let Some(topic) = topic_of(&sentence) {
            run.topic = Some(topic);
        }
        run.begin_lead(at + 1);
        run.colon = None;
        run.other_year = None;
        run.period = None;
        run.qualifiers.clear();
        self.cell.stretch += 1;
    }

    fn date(&mut self, index: usize, run: &mut Run) -> usize {
        let date = self.dates[index].clone();
        let particle = |at: usize| {
            ["における", "及び", "の", "に", "は", "から", "と", "~", "・"]
                .iter()
                .find_map(|word| self.glyphs.word(at, word))
        };
        let after = particle(date.end);
        run.after_heading = false;
        if date.is_year() {
            let year = FiscalYear::of(date.reading.as_of.last_day());
            let own = year == self.cell.fiscal_year;
            run.other_year = (!own).then(|| (year, date.place.clone()));
            let stands_alone = self.glyphs.at(self.glyphs.skip_blanks(date.end)).is_some_and(|c| c.is_ascii_digit());
            if !own || after.is_some() || stands_alone {
                run.qualifiers.push(self.glyphs.squeezed(date.place.clone()));
                run.cut.push(date.place.start..after.unwrap_or(date.end));
            }
            return date.end;
        }
        let is_end = matches!(date.reading.precision, Precision::MonthEnd | Precision::FiscalYearEnd);
        if date.is_marked() || is_end && self.part.is_some() {
            let forward = after.is_some() || self.glyphs.word(date.end, "まで").is_some();
            self.note(Some(index), None, None, forward);
            run.cut.push(date.place.start..after.unwrap_or(date.end));
            return date.end;
        }
        if let Some(period) = period(self.glyphs, &self.dates, index) {
            run.period = Some(period);
            let end = self.dates[index + 1].place.end;
            run.cut.push(date.place.start..particle(end).unwrap_or(end));
            return end;
        }
        if run.events_used {
            run.events.clear();
            run.events_used = false;
        }
        if run.events.is_empty() {
            run.event_printed = Some(self.glyphs.original(date.place.clone()).to_owned());
        }
        run.events.extend(event_dates(self.glyphs, date.place.clone(), &self.dates));
        run.cut.push(date.place.start..after.unwrap_or(date.end));
        date.end
    }

    /// Stores a note on a date, on a period, or on both.
    pub(super) fn note(&mut self, date: Option<usize>, period: Option<Period>, scope: Option<String>, forward: bool) {
        let date = date.map(|index| &self.dates[index]);
        self.cell.notes.push(AsOfNote {
            as_of: date.map(|date| date.reading.as_of),
            period,
            scope,
            printed: date.map_or("", |date| self.glyphs.original(date.place.start..date.end)).to_owned(),
            after: self.cell.drafts.len(),
            forward,
            malformed: date.is_some_and(|date| date.reading.malformed),
            without_end: date.is_some_and(|date| date.reading.precision == Precision::Month),
        });
    }
}
