//! 数値にする — turns a number with its label into a figure, with unit, kind and time, if both are clear enough.

use renkei_document::figure::{Figure, FigureKind, Period, State};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::locus::Source;

use super::super::dates::Said;
use super::super::labels::{
    is_comparison, is_kind_only, is_measure, kind_of, speaks_of_results, states_a_rule, unit_of,
};
use super::super::lines::{Line, is_kanji, is_katakana};
use super::super::tokens::{Count, Kind, Token};
use super::state::{Chunk, Flow};

impl Flow<'_> {
    /// Adds a figure for a number if its label and unit are clear enough.
    pub(super) fn take(&mut self, at: usize, label: String, attached: bool) {
        let token = &self.tokens[at];
        let Kind::Count(count) = &token.kind else { return };
        let after = self.words_after(at);
        let told = self.kind.is_some() || self.said.is_some();
        if self.setting.strict && !told {
            return;
        }
        let label = match label.as_str() {
            "" if told && count.unit.is_some() => {
                self.subject.as_deref().or_else(|| self.heading_label()).unwrap_or_default().to_owned()
            }
            _ => label,
        };
        let unit = count.unit.clone().or_else(|| self.unit_without_word(&label, count));
        let Some(unit) = unit.filter(|unit| is_figure(&label, unit, told)) else {
            // A number without a unit may begin a list in another order, so the last counted thing no longer applies.
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
        let label = match grows(&after, &self.pending) {
            true => format!("{} 増加", self.heading_label().unwrap_or(&label)),
            false => label,
        };
        let line = &self.setting.lines[token.line];
        let kind = self.kind_of_figure(&label, &after, attached, &unit);
        self.found.push(Figure {
            kind,
            as_of: self.said.and_then(|said| said.as_of(self.setting.fiscal_year)),
            period: self.said.and_then(period_of),
            provisional: after.starts_with("見込"),
            ..figure(label, count, unit, line, token)
        });
    }

    /// Returns the unit for a number that has no unit of its own, from its label or from the subject of the label.
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
            _ if is_comparison(label) => FigureKind::YearOnYear,
            _ if aimed => FigureKind::Target,
            _ => {
                let under = self.aimed.filter(|_| self.said.is_none()).map(|_| FigureKind::Target);
                let before = by_label.filter(|kind| matches!(kind, FigureKind::Baseline | FigureKind::Reference));
                self.clause_kind.or(before).or(self.kind).or(by_label).or(under).unwrap_or(FigureKind::Actual)
            }
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

pub(super) fn figure(label: String, count: &Count, unit: String, line: &Line, token: &Token) -> Figure {
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
        source: Source::of_line(line.number, context_of(line, token)),
        span: None,
        observation: None,
    }
}

/// Returns the period of a date; a bare year such as H31 in a table means the fiscal year.
pub(super) fn period_of(said: Said) -> Option<Period> {
    match said {
        Said::FiscalYear(year) => Some(Period { from: year.first_day(), to: year.last_day() }),
        Said::Year(year) => Some(FiscalYear(year)).map(|year| Period { from: year.first_day(), to: year.last_day() }),
        _ => None,
    }
}

/// Whether the number is an increase: 前年度の就職件数より2,500件多くする.
fn grows(after: &str, pending: &[Chunk]) -> bool {
    let more = ["多く", "増や", "増加", "上積み"].iter().any(|word| after.starts_with(word));
    more && pending.last().is_some_and(|last| last.text.contains("より"))
}

/// Whether label and unit together describe a result and not a rule.
fn is_figure(label: &str, unit: &str, told: bool) -> bool {
    let paid = unit.ends_with('円');
    let earned = ["賃金", "工賃", "予算", "決算", "総額", "所得", "生産額", "出荷額", "収入", "月額給与"]
        .iter()
        .any(|word| label.contains(word));
    let named = told && label.chars().filter(|&c| is_kanji(c) || is_katakana(c)).count() >= 2;
    (named || speaks_of_results(label)) && !label.is_empty() && !states_a_rule(label) && (!paid || earned)
}

/// Returns the words around a number, as printed.
fn context_of(line: &Line, token: &Token) -> String {
    const BEFORE: usize = 30;
    const SHORT: usize = 80;
    if line.chars.len() <= SHORT {
        return line.printed.clone();
    }
    line.printed_at(token.range.start.saturating_sub(BEFORE)..token.range.end + 4).to_owned()
}
