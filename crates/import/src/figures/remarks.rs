//! Reads brackets: headings, figures that are parts of other figures, and remarks on neighbouring figures.

use super::brackets::{Group, Shape};
use super::cell::{Run, Standing};
use super::clean::clean;
use super::draft::Draft;
use super::notes::{Remark, event_dates, remark};
use super::number::{Number, Role};
use super::state::state_in;
use super::walk::Walk;
use super::words::is_scope;

impl Walk<'_, '_> {
    pub(super) fn group(&mut self, group: &Group, run: &mut Run) -> usize {
        let first = self.numbers.partition_point(|number| number.digits.start < group.open);
        let inside = self.numbers[first..].iter().take_while(|number| number.digits.start < group.close);
        let has_counts = inside.into_iter().any(|number: &Number| number.role == Role::Count);
        match group.shape {
            Shape::Name => run.after_heading = false,
            Shape::Heading if !has_counts => self.heading(group, run),
            Shape::Heading | Shape::Remark if has_counts => self.inner_figures(group, run),
            Shape::Heading | Shape::Remark => self.remark(group, run),
        }
        group.end()
    }

    fn heading(&mut self, group: &Group, run: &mut Run) {
        let nested = run.after_heading && run.standing.headings.len() < 3 && self.lead_is_empty(group.open, run);
        if let Remark::AsOf { date, period, scope, .. } = remark(self.glyphs, group.inside(), &self.dates) {
            self.note(Some(date), period, scope, false);
        } else {
            let mut standing = if nested { run.standing.clone() } else { Standing::default() };
            standing.part = self.part;
            let mut cut = Vec::new();
            let first = self.groups.partition_point(|inner| inner.open <= group.open);
            let inside = self.groups[first..].iter().take_while(|inner| inner.open < group.close);
            for inner in inside.filter(|inner| inner.shape == Shape::Remark) {
                let text = self.glyphs.original(inner.inside()).trim().to_owned();
                if is_scope(&text) {
                    standing.scope = Some(text)
                } else {
                    standing.qualifiers.push(text)
                }
                cut.push(inner.open..inner.end());
            }
            let text = self.words(group.inside(), &cut).replace(['「', '」', '『', '』'], " ");
            standing.target = text.contains("目標");
            standing.headings.push(text.split_whitespace().collect::<Vec<_>>().join(" "));
            run.standing = standing;
            run.after_heading = true;
        }
        run.begin_lead(group.end());
        run.colon = None;
        run.topic = None;
        run.last = None;
        self.cell.stretch += 1;
    }

    /// Reads figures in brackets. They are parts of the figure before the brackets, or count the thing named by the
    /// words before the brackets.
    fn inner_figures(&mut self, group: &Group, run: &mut Run) {
        let from = run.comma.unwrap_or(run.lead);
        let lead = clean(&self.words(from..group.open, &run.cut));
        let stands_behind = lead.own.is_empty();
        let first = self.cell.drafts.len();
        let mut inner = Run {
            standing: run.standing.clone(),
            topic: if stands_behind { run.topic.clone() } else { Some(lead.own.clone()) },
            parent: if stands_behind { run.last.or(run.parent) } else { None },
            period: run.period,
            events: run.events.clone(),
            event_printed: run.event_printed.clone(),
            qualifiers: if stands_behind { Vec::new() } else { [run.qualifiers.clone(), lead.qualifiers].concat() },
            scope: run.scope.clone(),
            other_year: run.other_year.clone(),
            depth: run.depth + 1,
            reference: run.reference || self.glyphs.squeezed(group.inside()).starts_with("参考"),
            ..Run::default()
        };
        self.over(group.inside(), &mut inner);
        if !stands_behind {
            run.topic = Some(lead.own);
            run.qualifiers.clear();
            for draft in &mut self.cell.drafts[first..] {
                draft.phrase.start = draft.phrase.start.min(from);
            }
        }
        run.begin_lead(group.end());
        run.after_heading = false;
    }

    fn remark(&mut self, group: &Group, run: &mut Run) {
        let behind = self.lead_is_empty(group.open, run);
        if matches!(self.glyphs.squeezed(group.inside()).as_str(), "予定" | "実施予定" | "開催予定") {
            self.cell.open.push((self.part, group.inside()));
        }
        if !behind && let Some((state, word)) = state_in(self.glyphs, group.inside()) {
            run.events = event_dates(self.glyphs, group.inside(), &self.dates);
            let lead = self.words(run.comma.unwrap_or(run.lead)..group.open, &run.cut);
            self.state_named(state, word, &lead, run);
            run.begin_lead(group.end());
            return;
        }
        let cut = self.take_in(group, behind, run);
        if cut {
            run.cut.push(group.open..group.end());
        }
        if behind {
            run.begin_lead(group.end());
        }
    }

    /// Applies a remark to the preceding or the next figure. Returns whether the remark is not part of the label.
    fn take_in(&mut self, group: &Group, behind: bool, run: &mut Run) -> bool {
        match remark(self.glyphs, group.inside(), &self.dates) {
            Remark::AsOf { date, period, scope, provisional } => {
                self.note(Some(date), period, scope, false);
                if provisional && behind {
                    self.last_draft(run).iter_mut().for_each(|draft| draft.provisional = true);
                }
            }
            Remark::Period(period) => self.note(None, Some(period), None, false),
            Remark::Events(events) => {
                self.cut_word_for_day(group, run);
                run.events = events;
                run.events_used = false;
            }
            Remark::Scope(scope) if behind => self.scope_back(&scope, run),
            Remark::Scope(scope) => run.scope = Some(scope),
            Remark::Provisional if behind => {
                self.last_draft(run).iter_mut().for_each(|draft| draft.provisional = true);
            }
            Remark::Provisional => run.provisional = true,
            Remark::Other(text) if text.starts_with("内訳") => run.breakdown = true,
            Remark::Other(text)
                if !behind && matches!(text.as_str(), "延べ" | "のべ" | "延べ数" | "延べ人数" | "延人数") =>
            {
                run.qualifiers.push("延べ".to_owned());
            }
            Remark::Other(text) if behind && !text.starts_with('※') => {
                self.last_draft(run).iter_mut().for_each(|draft| draft.qualifiers.push(text.clone()));
            }
            Remark::Other(_) => return false,
        }
        true
    }

    /// Removes the word before an event day from the lead, because it names no figure: 開催日時 in 「開催日時（12/20、21）参加者」.
    fn cut_word_for_day(&self, group: &Group, run: &mut Run) {
        let from = run.comma.unwrap_or(run.lead);
        let word = self.words(from..group.open, &run.cut);
        if matches!(word.as_str(), "開催日時" | "開催日" | "日時" | "実施日" | "期日" | "日程" | "会期")
        {
            run.cut.push(from..group.open);
        }
    }

    fn last_draft(&mut self, run: &Run) -> Option<&mut Draft> {
        self.cell.drafts.get_mut(run.last?)
    }

    /// Applies a remark on scope to the figures of the same stretch (group of clauses) that have no scope.
    fn scope_back(&mut self, scope: &str, run: &Run) {
        let (part, stretch) = (self.part, self.cell.stretch);
        if run.last.is_some() {
            let mine = self.cell.drafts.iter_mut().rev();
            let mine = mine.take_while(|draft| draft.part == part && draft.stretch == stretch);
            mine.filter(|draft| draft.scope.is_none()).for_each(|draft| draft.scope = Some(scope.to_owned()));
        }
        self.cell.stretch += 1;
    }
}
