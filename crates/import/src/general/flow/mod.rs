//! 流し読み — reads the figures of running text and of flattened tables. The words before a number become its label; its
//! kind and time are taken from the headings, markers and dates above the number.

use std::collections::HashSet;

use renkei_document::figure::{Figure, FigureKind};

use super::dates::{Said, dates};
use super::labels::{is_measure, is_plain_kind, kind_of};
use super::lines::Line;
use super::marks::Style;
use super::setting::Setting;
use super::sheet::{Sheet, sheets_in};
use super::tokens::{Kind, Token};

mod naming;
mod state;
mod taking;

use state::{Chunk, Flow, Opened};
use taking::{figure, period_of};

/// Returns the figures of the tokens, in their order.
pub(super) fn figures_in(setting: &Setting, tokens: &[Token]) -> Vec<Figure> {
    let mut sheets = sheets_in(setting, tokens).into_iter().peekable();
    let mut flow = Flow {
        setting,
        tokens,
        pending: Vec::new(),
        group: 0,
        line_group: 0,
        kind: None,
        said: setting.said,
        clause_kind: None,
        aimed: None,
        heading: None,
        subject: None,
        prefix: None,
        comparison: None,
        opened: Vec::new(),
        found: Vec::new(),
    };
    let mut at = 0;
    while at < tokens.len() {
        match sheets.next_if(|sheet| sheet.tokens.start <= at) {
            Some(sheet) => {
                at = sheet.tokens.end.max(at + 1);
                flow.sheet(sheet);
            }
            None => at = flow.step(at).max(at + 1),
        }
    }
    without_repeats(flow.found)
}

/// Removes repeated figures: a press notice states its main figure in the headline and again in the text.
fn without_repeats(found: Vec<Figure>) -> Vec<Figure> {
    let mut seen = HashSet::new();
    let known = |figure: &Figure| {
        let period = figure.period.map(|period| (period.from, period.to));
        (figure.label.clone(), figure.value, figure.unit.clone(), figure.kind, figure.as_of, period)
    };
    found.into_iter().filter(|figure| seen.insert(known(figure))).collect()
}

impl Flow<'_> {
    /// Adds the values of a table; label, unit and kind of these values are already known.
    fn sheet(&mut self, sheet: Sheet) {
        self.clear();
        for cell in sheet.cells {
            let token = &self.tokens[cell.token];
            let Kind::Count(count) = &token.kind else { continue };
            let as_of = cell.said.and_then(|said| said.as_of(self.setting.fiscal_year));
            let line = &self.setting.lines[token.line];
            self.found.push(Figure {
                kind: cell.kind,
                as_of,
                period: cell.said.and_then(period_of),
                ..figure(cell.label, count, cell.unit, line, token)
            });
        }
    }

    fn step(&mut self, at: usize) -> usize {
        match &self.tokens[at].kind {
            Kind::Word => self.word(at),
            Kind::Count(_) => return self.counts(at),
            Kind::Date(said) => {
                // After a marker, as in 【目標】令和5年度末までの…, a date does not change the kind that the marker has set.
                let marked = at > 0 && matches!(self.tokens[at - 1].kind, Kind::Marker(Some(_), _));
                let said = said.in_era(self.setting.fiscal_year);
                (self.said, self.kind) = (Some(said), self.kind.filter(|_| marked));
                self.group += 1;
            }
            Kind::Marker(kind, said) => self.marker(at, *kind, *said),
            Kind::Heading(place) => self.headed(*place),
            Kind::Open(_) => return self.open(at),
            Kind::Close => self.close(),
            Kind::Comma => self.comma(at),
            Kind::LineEnd => {
                self.opened.clear();
                self.group += 1;
                self.line_group = self.group;
            }
            Kind::Stop | Kind::Dash => self.clear(),
            Kind::Arrow => {
                self.clear();
                // In 12件 → 20件 the number after the arrow is a target.
                let to = matches!(self.tokens.get(at + 1).map(|next| &next.kind), Some(Kind::Count(_)));
                self.kind = None;
                self.clause_kind = to.then_some(FigureKind::Target);
            }
        }
        at + 1
    }

    /// Handles a comma; a kind with a colon (目標:) sets the kind of the following figures.
    fn comma(&mut self, at: usize) {
        let token = &self.tokens[at];
        let colon = self.setting.lines[token.line].chars.get(token.range.start) == Some(&':');
        if let Some(kind) =
            self.pending.last().filter(|last| colon && is_plain_kind(&last.text)).and_then(|last| kind_of(&last.text))
        {
            self.kind = Some(kind);
            self.pending.pop();
        }
        self.group += 1;
    }

    /// Ends a bracket and drops the waiting words inside it; the label words before it stay.
    fn close(&mut self) {
        if let Some(opened) = self.opened.pop() {
            self.pending.retain(|chunk| chunk.group < opened.group);
        }
        self.group += 1;
    }

    fn word(&mut self, at: usize) {
        const MOST: usize = 12;
        let token = &self.tokens[at];
        let text = self.setting.lines[token.line].printed_at(token.range.clone());
        let behind_count = at > 0 && !token.parted && matches!(self.tokens[at - 1].kind, Kind::Count(_));
        let text = if behind_count { without_tail(text).to_owned() } else { text.to_owned() };
        if text.is_empty() {
            return;
        }
        let behind_date = at > 0 && matches!(self.tokens[at - 1].kind, Kind::Date(_));
        if let Some(kind) = kind_of(&text).filter(|_| behind_date) {
            self.kind = Some(kind);
        }
        match self.pending.last_mut() {
            // Spaced-out characters (実 績) are joined; so is a word that continues after a bracket.
            Some(last)
                if last.group == self.group && (!token.parted || (is_single(&last.text) && is_single(&text))) =>
            {
                last.text.push_str(&text);
            }
            _ => self.pending.push(Chunk { text, group: self.group }),
        }
        if self.pending.len() > MOST {
            self.pending.remove(0);
        }
    }

    fn marker(&mut self, at: usize, kind: Option<FigureKind>, said: Option<Said>) {
        match (kind, said) {
            // In 120人(H26), the marker is the date of the figure before it.
            (None, Some(said)) if at > 0 && matches!(self.tokens[at - 1].kind, Kind::Count(_)) => {
                if self.found.last().is_some_and(|figure| self.is_read_from(figure, at - 1)) {
                    self.date_last(said);
                }
            }
            (None, said) => (self.said, self.kind) = (said, self.kind),
            (kind, said) => {
                self.clear();
                (self.kind, self.said) = (kind, said);
            }
        }
        self.group += 1;
    }

    fn headed(&mut self, place: usize) {
        let heading = &self.setting.headings[place];
        // In a slide of two columns, a bullet of the other column may come between a label and its value.
        let waiting =
            matches!(heading.style, Style::Bullet(_)) && self.pending.last().is_some_and(|last| is_measure(&last.text));
        if !waiting {
            self.clear();
            (self.kind, self.subject) = (None, None);
            let said = dates(&Line::new(1, &heading.text).chars).last().map(|date| date.said);
            self.said = said.or(self.setting.said);
        }
        let aims = ["目標", "目標値", "成果指標", "目標数値"].iter().any(|word| heading.text.ends_with(word));
        if aims {
            self.aimed = Some(heading.style);
        } else if self.aimed == Some(heading.style) {
            self.aimed = None;
        }
        self.heading = Some(place);
        self.group += 1;
    }

    /// Opens a bracket. A bracket without numbers is a remark on the figure before it, or part of the word before it.
    fn open(&mut self, at: usize) -> usize {
        const LONGEST: usize = 40;
        let line = self.tokens[at].line;
        let inside = self.tokens[at + 1..].iter().take(LONGEST).take_while(|token| token.line == line);
        let Some(length) = inside.clone().position(|token| token.kind == Kind::Close) else { return at + 1 };
        let close = at + 1 + length;
        let held = &self.tokens[at + 1..close];
        if held.iter().any(|token| matches!(token.kind, Kind::Count(_))) {
            let base = self.found.last().filter(|figure| at > 0 && self.is_read_from(figure, at - 1));
            let base = base.map(|figure| figure.label.clone());
            self.group += 1;
            self.opened.push(Opened { group: self.group, base });
            return at + 1;
        }
        let behind_figure = at > 0 && matches!(self.tokens[at - 1].kind, Kind::Count(_));
        if behind_figure {
            if self.found.last().is_some_and(|figure| self.is_read_from(figure, at - 1)) {
                self.remark(held);
            }
        } else if let Some(last) = self.pending.last_mut().filter(|_| !self.tokens[at].parted) {
            let range = self.tokens[at].range.start..self.tokens[close].range.end;
            last.text.push_str(self.setting.lines[line].printed_at(range));
        }
        close + 1
    }

    /// Applies a date in brackets after a figure: (令和7年3月末現在).
    fn remark(&mut self, held: &[Token]) {
        let said = held.iter().find_map(|token| if let Kind::Date(said) = token.kind { Some(said) } else { None });
        if let Some(said) = said {
            self.date_last(said);
        }
    }

    fn date_last(&mut self, said: Said) {
        let year = self.setting.fiscal_year;
        if let Some(last) = self.found.last_mut() {
            (last.as_of, last.period) = (said.as_of(year), period_of(said));
        }
    }

    /// Reads a number, or several in a row.
    fn counts(&mut self, at: usize) -> usize {
        if let Some(label) = self.attached_label(at) {
            self.take(at, label, true);
            return at + 1;
        }
        let run = self.run(at);
        let end = run.last().map_or(at, |last| last + 1);
        let labels = self.complete_labels();
        if run.len() > 1 && labels.len() >= run.len() {
            let labels: Vec<String> = labels[labels.len() - run.len()..].to_vec();
            for (&place, label) in run.iter().zip(labels) {
                self.take(place, label, false);
            }
        } else {
            let label = self.own_label();
            let headed = at > 0 && matches!(self.tokens[at - 1].kind, Kind::Heading(_)) && label.is_empty();
            let label = if headed { self.heading_label().map(str::to_owned).unwrap_or_default() } else { label };
            self.take(run[0], label, false);
            self.by_legend(&run[1..], end);
        }
        self.clause_kind = None;
        self.pending.clear();
        self.group += 1;
        end
    }

    /// Returns the positions of consecutive numbers, including numbers alone in brackets.
    fn run(&self, at: usize) -> Vec<usize> {
        let kind = |place: usize| self.tokens.get(place).map(|token| &token.kind);
        let mut places = vec![at];
        let mut next = at + 1;
        if at > 0 && matches!(kind(at - 1), Some(Kind::Open(_))) && kind(next) == Some(&Kind::Close) {
            next += 1;
        }
        loop {
            match (kind(next), kind(next + 1), kind(next + 2)) {
                (Some(Kind::Count(_)), _, _) => {
                    places.push(next);
                    next += 1;
                }
                (Some(Kind::Open(_)), Some(Kind::Count(inside)), Some(Kind::Close)) => {
                    let behind_unit = matches!(kind(next - 1), Some(Kind::Count(count)) if count.unit.is_some());
                    if behind_unit && inside.unit.is_some() {
                        return places;
                    }
                    places.push(next + 1);
                    next += 3;
                }
                _ => return places,
            }
        }
    }
}

/// Removes words such as 増 or となり, which follow a number but do not name a thing.
fn without_tail(text: &str) -> &str {
    const TAILS: &str = "増加し 増加 減少し 減少 増の 減の 増 減 上昇し 上昇 低下し 低下 改善し 改善 悪化し 悪化 上回り 上回った 上回る 下回り 下回った 下回る \
        となった となっている となり となる でした である です";
    let mut rest = text;
    while let Some(next) = TAILS.split_whitespace().find_map(|tail| rest.strip_prefix(tail)) {
        rest = next;
    }
    rest
}

fn is_single(text: &str) -> bool {
    text.chars().count() == 1
}
