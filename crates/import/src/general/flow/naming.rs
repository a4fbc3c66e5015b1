//! 数値の名付け — finds the label of a number in the words around it.

use super::super::labels::{
    clean, is_comparison, is_kind_only, is_measure, is_plain_kind, kind_of, speaks_of_results, unit_of,
};
use super::super::marks::Style;
use super::super::tokens::Kind;
use super::state::Flow;
use renkei_document::figure::Figure;

impl Flow<'_> {
    /// Returns the label of a number in brackets after a figure: the label of that figure, with the words in the
    /// bracket.
    pub(super) fn attached_label(&mut self, at: usize) -> Option<String> {
        let base = self.opened.last()?.base.clone()?;
        let words: String =
            self.pending.iter().filter(|chunk| chunk.group == self.group).map(|chunk| chunk.text.as_str()).collect();
        let words = self.comparison_of(clean(&words));
        let Kind::Count(count) = &self.tokens[at].kind else { return None };
        Some(match (words.is_empty(), count.unit.as_deref()) {
            (true, Some("%")) => format!("{base}の割合"),
            (true, Some("倍")) => format!("{base} 倍率"),
            (true, _) => base,
            (false, _) => format!("{base} {words}"),
        })
    }

    /// Replaces 同 (the same) with the last comparison.
    fn comparison_of(&mut self, words: String) -> String {
        match words.as_str() {
            "同" | "同上" => self.comparison.clone().unwrap_or(words),
            _ => {
                if is_comparison(&words) {
                    self.comparison = Some(words.clone());
                }
                words
            }
        }
    }

    pub(super) fn is_read_from(&self, figure: &Figure, token: usize) -> bool {
        let Kind::Count(count) = &self.tokens[token].kind else { return false };
        figure.value == Some(count.value)
            && figure.source.line == Some(self.setting.lines[self.tokens[token].line].number)
    }

    /// Labels the second and later numbers of a run by the legend after the run, in which (…) is the target and % the
    /// rate.
    pub(super) fn by_legend(&mut self, run: &[usize], end: usize) {
        const FAR: usize = 12;
        let mut legend: Vec<String> = Vec::new();
        let words =
            self.tokens[end..].iter().take(FAR).take_while(|token| matches!(token.kind, Kind::Word | Kind::Close));
        let mut open = String::new();
        for token in words.filter(|token| token.kind == Kind::Word) {
            open.push_str(self.setting.lines[token.line].printed_at(token.range.clone()));
            if is_measure(&open) {
                legend.push(std::mem::take(&mut open));
            }
        }
        let mut next = 0;
        for &place in run {
            let Kind::Count(count) = &self.tokens[place].kind else { continue };
            let rate = count.unit.as_deref() == Some("%");
            let bracket = place.checked_sub(1).map(|before| &self.tokens[before].kind);
            let fits = |label: &String| match bracket {
                _ if rate => unit_of(label) == Some("%"),
                Some(Kind::Open('(')) => label.contains("目標") || label.contains("計画"),
                Some(Kind::Open('<')) => label.contains("累計"),
                _ => false,
            };
            if let Some(found) = (next..legend.len()).find(|&at| fits(&legend[at]) && is_kind_only(&legend[at])) {
                next = found + 1;
                let label = self.with_subject(legend[found].clone());
                self.take(place, label, false);
            }
        }
    }

    /// Returns the complete labels among the words that wait for a number: the labels that end with the counted thing.
    pub(super) fn complete_labels(&self) -> Vec<String> {
        let mut labels = Vec::new();
        let mut open = String::new();
        for chunk in &self.pending {
            open.push_str(&chunk.text);
            if is_measure(&open) {
                labels.push(self.with_subject(clean(&std::mem::take(&mut open))));
            }
        }
        labels
    }

    /// Returns the label of one number: the words of its clause, or of the preceding clause if its own clause has no
    /// words.
    pub(super) fn own_label(&mut self) -> String {
        const FURTHEST: u32 = 3;
        let mut label = String::new();
        for group in (self.group.saturating_sub(FURTHEST)..=self.group).rev() {
            let chunks: Vec<String> =
                self.pending.iter().filter(|chunk| chunk.group == group).map(|chunk| chunk.text.clone()).collect();
            let before = self.label_of(&chunks, group == self.group);
            label = match (label.as_str(), before.as_str()) {
                (_, "") => label,
                // If 実績 is alone on a line, it refers to the heading.
                (kind, _) if !kind.is_empty() && group < self.line_group => break,
                ("", _) => before,
                // 入所者の移行は、目標12人: the clause before names the counted thing.
                (kind, _) if is_plain_kind(kind) => {
                    self.subject = Some(before.clone());
                    before
                }
                _ => format!("{before} {label}"),
            };
            if !label.is_empty() && !is_kind_only(&label) {
                break;
            }
        }
        self.with_subject(label)
    }

    /// Returns the last words that form a label; they begin after the previous counted thing.
    fn label_of(&mut self, chunks: &[String], same_clause: bool) -> String {
        const LONGEST: usize = 40;
        let mut taken = chunks.len();
        while taken > 0 {
            let longer: usize = chunks[taken - 1..].iter().map(|chunk| chunk.chars().count()).sum();
            let so_far = chunks[taken..].join("");
            let named = !so_far.is_empty() && !is_kind_only(&clean(&so_far)) && !is_comparison(&so_far);
            if taken < chunks.len() && (longer > LONGEST || (named && is_measure(&chunks[taken - 1]))) {
                break;
            }
            taken -= 1;
        }
        while taken + 1 < chunks.len() && is_kind_only(&clean(&chunks[taken])) {
            self.clause_kind = kind_of(&chunks[taken]);
            taken += 1;
        }
        let words = shortened(&clean(&chunks[taken..].join(" ")));
        if is_plain_kind(&words) {
            self.clause_kind = kind_of(&words);
        }
        if words.is_empty() {
            return words;
        }
        let short = words.chars().count() <= 6 && !is_measure(&words);
        match self.prefix.clone().filter(|_| short && same_clause && chunks.len() == 1) {
            Some(prefix) => format!("{prefix} {words}"),
            None => {
                self.prefix = (chunks.len() - taken > 1).then(|| chunks[taken..chunks.len() - 1].join(" "));
                words
            }
        }
    }

    /// Adds the last counted thing to labels such as 実績 and 前年比.
    fn with_subject(&self, label: String) -> String {
        let compares = is_comparison(&label) && !is_measure_itself(&label);
        if !compares && !is_kind_only(&label) {
            return label;
        }
        match self.subject.as_deref().or_else(|| self.heading_label()) {
            Some(subject) if label.is_empty() || is_plain_kind(&label) => subject.to_owned(),
            Some(subject) => format!("{subject} {label}"),
            None => label,
        }
    }

    /// Returns the heading without its mark, if it names something counted.
    pub(super) fn heading_label(&self) -> Option<&str> {
        let heading = &self.setting.headings[self.heading?];
        if matches!(heading.style, Style::Bracketed(_)) {
            return None;
        }
        let text = heading.text.trim_start_matches(|c: char| !c.is_alphabetic());
        speaks_of_results(text).then_some(text)
    }

    /// Replaces a label by the heading if the heading ends with the label: 就職件数 becomes 障害者の就職件数.
    pub(super) fn in_full(&self, label: String) -> String {
        let heading = self
            .heading_label()
            .filter(|heading| heading.ends_with(&label) && !heading.contains(['・', '、', '及', '並']));
        heading.map_or(label, str::to_owned)
    }
}

/// Whether a comparison is a complete label: true for 就職率の前年差, false for 前年比.
fn is_measure_itself(label: &str) -> bool {
    label.chars().count() > 8
}

/// Shortens a long clause to the words after its topic.
fn shortened(words: &str) -> String {
    const LONG: usize = 30;
    if words.chars().count() <= LONG {
        return words.to_owned();
    }
    let topics = ["では", "には", "により", "として", "ため", "は", "が"];
    let cut = topics.iter().filter_map(|topic| words.rfind(topic).map(|at| at + topic.len())).max();
    match cut {
        Some(cut) if words[cut..].chars().count() >= 4 => clean(&words[cut..]),
        _ => words.chars().skip(words.chars().count() - LONG).collect(),
    }
}
