//! 流し読み — the figures of running text and of flattened tables: a number takes the words before it as its label, and
//! what headings, markers and dates above it say of its kind and time.

use renkei_domain::document::Source;
use renkei_domain::figure::{Figure, FigureKind, Period, State};
use renkei_domain::fiscal_year::FiscalYear;

use super::dates::{Said, dates};
use super::labels::{is_comparison, is_kind_only, is_measure, kind_of, speaks_of_results, states_a_rule, unit_of};
use super::lines::{Line, is_kanji, is_katakana};
use super::marks::Style;
use super::outline::Found;
use super::sheet::{Sheet, sheets_in};
use super::tokens::{Count, Kind, Token};

mod naming;

/// What is known of the document where its figures are read.
pub(super) struct Setting<'a> {
    pub lines: &'a [Line],
    pub headings: &'a [Found],
    pub fiscal_year: Option<FiscalYear>,
}

/// A word that waits for its number.
#[derive(Debug, Clone)]
struct Chunk {
    text: String,
    /// Chunks of one clause have one number.
    group: u32,
}

struct Flow<'a> {
    setting: &'a Setting<'a>,
    tokens: &'a [Token],
    pending: Vec<Chunk>,
    group: u32,
    /// Of the last marker, or of the words behind the last date.
    kind: Option<FigureKind>,
    said: Option<Said>,
    heading: Option<usize>,
    /// The last thing that was counted.
    subject: Option<String>,
    /// The words before the last one of the last label: 公共職業訓練 in 「公共職業訓練 施設内 80%、委託 70%」.
    prefix: Option<String>,
    found: Vec<Figure>,
}

/// The figures of the tokens, in their order.
pub(super) fn figures_in(setting: &Setting, tokens: &[Token]) -> Vec<Figure> {
    let mut sheets = sheets_in(setting, tokens).into_iter().peekable();
    let mut flow = Flow {
        setting,
        tokens,
        pending: Vec::new(),
        group: 0,
        kind: None,
        said: None,
        heading: None,
        subject: None,
        prefix: None,
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
    flow.found
}

impl Flow<'_> {
    /// The values of a table have their label, unit and kind.
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
                (self.said, self.kind) = (Some(*said), None);
                self.group += 1;
            }
            Kind::Marker(kind, said) => self.marker(*kind, *said),
            Kind::Heading(place) => self.headed(*place),
            Kind::Open(_) => return self.open(at),
            Kind::Close => {}
            Kind::Comma | Kind::LineEnd => self.group += 1,
            Kind::Stop | Kind::Dash => self.clear(),
            Kind::Arrow => {
                self.clear();
                self.kind = None;
            }
        }
        at + 1
    }

    fn clear(&mut self) {
        self.pending.clear();
        self.prefix = None;
    }

    fn word(&mut self, at: usize) {
        const MOST: usize = 12;
        let token = &self.tokens[at];
        let text = self.setting.lines[token.line].printed_at(token.range.clone()).to_owned();
        let behind_date = at > 0 && matches!(self.tokens[at - 1].kind, Kind::Date(_));
        if let Some(kind) = kind_of(&text).filter(|_| behind_date) {
            self.kind = Some(kind);
        }
        match self.pending.last_mut() {
            // 実 績 was spaced out; a word goes on behind a bracket.
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

    fn marker(&mut self, kind: Option<FigureKind>, said: Option<Said>) {
        match (kind, said) {
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
        // In a slide of two columns a bullet of the other column may stand between a label and its value.
        let waiting =
            matches!(heading.style, Style::Bullet(_)) && self.pending.last().is_some_and(|last| is_measure(&last.text));
        if !waiting {
            self.clear();
            (self.kind, self.subject) = (None, None);
            self.said = dates(&Line::new(1, &heading.text).chars).last().map(|date| date.said);
        }
        self.heading = Some(place);
        self.group += 1;
    }

    /// A bracket that holds no number is a remark: on the figure before it, or part of the word before it.
    fn open(&mut self, at: usize) -> usize {
        const LONGEST: usize = 40;
        let line = self.tokens[at].line;
        let inside = self.tokens[at + 1..].iter().take(LONGEST).take_while(|token| token.line == line);
        let Some(length) = inside.clone().position(|token| token.kind == Kind::Close) else { return at + 1 };
        let close = at + 1 + length;
        let held = &self.tokens[at + 1..close];
        if held.iter().any(|token| matches!(token.kind, Kind::Count(_))) {
            self.group += 1;
            return at + 1;
        }
        let behind_figure = at > 0 && matches!(self.tokens[at - 1].kind, Kind::Count(_));
        if behind_figure {
            self.remark(held);
        } else if let Some(last) = self.pending.last_mut().filter(|_| !self.tokens[at].parted) {
            let range = self.tokens[at].range.start..self.tokens[close].range.end;
            last.text.push_str(self.setting.lines[line].printed_at(range));
        }
        close + 1
    }

    /// (令和7年3月末現在) behind a figure.
    fn remark(&mut self, held: &[Token]) {
        let said = held.iter().find_map(|token| if let Kind::Date(said) = token.kind { Some(said) } else { None });
        if let (Some(said), Some(last)) = (said, self.found.last_mut()) {
            last.as_of = said.as_of(self.setting.fiscal_year).or(last.as_of);
        }
    }

    /// A number, or several in a row.
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
            self.take(run[0], label, false);
            self.by_legend(&run[1..], end);
        }
        self.pending.clear();
        self.group += 1;
        end
    }

    /// The places of numbers that follow each other with nothing between but brackets that hold one each.
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

    /// Makes a figure of a number, if its label and unit say enough.
    fn take(&mut self, at: usize, label: String, attached: bool) {
        let token = &self.tokens[at];
        let Kind::Count(count) = &token.kind else { return };
        let after = self.words_after(at);
        let told = self.kind.is_some() || self.said.is_some();
        let label = match label.as_str() {
            "" if told && count.unit.is_some() => self.heading_label().unwrap_or_default().to_owned(),
            _ => label,
        };
        let unit = count.unit.clone().or_else(|| self.unit_without_word(&label, count));
        let Some(unit) = unit.filter(|unit| is_figure(&label, unit, told)) else {
            // A list of places has its own order: what was counted before does not go on through it.
            if count.unit.is_none() {
                self.subject = None;
            }
            return;
        };
        let label = self.in_full(label);
        if !attached && !is_comparison(&label) {
            let counted = label
                .rsplit_once(' ')
                .filter(|(_, last)| is_kind_only(last))
                .map_or(label.as_str(), |(counted, _)| counted);
            if is_measure(counted) && !is_kind_only(counted) {
                self.subject = Some(counted.to_owned());
            }
        }
        let line = &self.setting.lines[token.line];
        let kind = self.kind_of_figure(&label, &after, attached, &unit);
        let label = match grows(&after, &self.pending) {
            true => format!("{} 増加", self.heading_label().unwrap_or(&label)),
            false => label,
        };
        self.found.push(Figure {
            kind,
            as_of: self.said.and_then(|said| said.as_of(self.setting.fiscal_year)),
            period: self.said.and_then(period_of),
            provisional: after.starts_with("見込"),
            ..figure(label, count, unit, line, token)
        });
    }

    /// What a number without unit counts in: as its label says, or what the label is a kind of.
    fn unit_without_word(&self, label: &str, count: &Count) -> Option<String> {
        let year = !count.separated && count.value.scale() == 0 && (1900.into()..2100.into()).contains(&count.value);
        let named = is_measure(label) && !year;
        let by_label = || unit_of(label).or_else(|| label.rsplit_once(' ').and_then(|(subject, _)| unit_of(subject)));
        named.then(by_label).flatten().map(str::to_owned)
    }

    fn kind_of_figure(&self, label: &str, after: &str, attached: bool, unit: &str) -> FigureKind {
        let share = attached && matches!(unit, "%" | "倍");
        let aimed = after.starts_with("を目標") || after.starts_with("を目指") || after.starts_with("以上を目");
        let by_label = kind_of(label);
        match by_label {
            Some(kind @ (FigureKind::YearOnYear | FigureKind::Derived | FigureKind::Target)) => kind,
            _ if share => FigureKind::Derived,
            _ if aimed => FigureKind::Target,
            _ => self.kind.or(by_label).unwrap_or(FigureKind::Actual),
        }
    }

    fn words_after(&self, at: usize) -> String {
        const NEAR: usize = 8;
        let mut depth = 0_u32;
        let next = self.tokens[at + 1..].iter().take(NEAR).find(|token| {
            match token.kind {
                Kind::Open(_) => depth += 1,
                Kind::Close => depth = depth.saturating_sub(1),
                _ => return depth == 0,
            }
            false
        });
        match next {
            Some(token) if token.kind == Kind::Word && token.line == self.tokens[at].line => {
                self.setting.lines[token.line].printed_at(token.range.clone()).to_owned()
            }
            _ => String::new(),
        }
    }
}

fn figure(label: String, count: &Count, unit: String, line: &Line, token: &Token) -> Figure {
    Figure {
        label,
        state: State::Value,
        value: Some(count.value),
        unit: Some(unit),
        kind: FigureKind::Actual,
        as_of: None,
        period: None,
        event_dates: Vec::new(),
        scope: None,
        qualifier: count.qualifier.clone(),
        provisional: false,
        source: Source { line: Some(line.number), text: context_of(line, token) },
        span: None,
        observation: None,
    }
}

/// H31 in a table means the fiscal year.
fn period_of(said: Said) -> Option<Period> {
    match said {
        Said::FiscalYear(year) => Some(Period { from: year.first_day(), to: year.last_day() }),
        Said::Year(year) => Some(FiscalYear(year)).map(|year| Period { from: year.first_day(), to: year.last_day() }),
        _ => None,
    }
}

fn is_single(text: &str) -> bool {
    text.chars().count() == 1
}

/// 前年度の就職件数より2,500件多くする: the number is what comes on top.
fn grows(after: &str, pending: &[Chunk]) -> bool {
    let more = ["多く", "増や", "増加", "上積み"].iter().any(|word| after.starts_with(word));
    more && pending.last().is_some_and(|last| last.text.contains("より"))
}

/// Whether label and unit together state a result, and no rule.
fn is_figure(label: &str, unit: &str, told: bool) -> bool {
    let paid = unit.ends_with('円');
    let earned = ["賃金", "工賃", "予算", "決算", "総額", "所得", "生産額", "出荷額", "収入", "月額給与"]
        .iter()
        .any(|word| label.contains(word));
    let named = told && label.chars().filter(|&c| is_kanji(c) || is_katakana(c)).count() >= 2;
    (named || speaks_of_results(label)) && !label.is_empty() && !states_a_rule(label) && (!paid || earned)
}

/// The words around a number, as they stood.
fn context_of(line: &Line, token: &Token) -> String {
    const BEFORE: usize = 30;
    const SHORT: usize = 80;
    if line.chars.len() <= SHORT {
        return line.printed.clone();
    }
    line.printed_at(token.range.start.saturating_sub(BEFORE)..token.range.end + 4).to_owned()
}
