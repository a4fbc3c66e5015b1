//! Brackets: headings, figures that are parts of others, and remarks on the figures beside them.

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
        let counts = |number: &Number| number.role == Role::Count && group.inside().contains(&number.digits.start);
        let has_counts = self.numbers.iter().any(counts);
        match group.shape {
            Shape::Name => run.after_heading = false,
            Shape::Heading if !has_counts => self.heading(group, run),
            Shape::Heading | Shape::Remark if has_counts => self.inner_figures(group, run),
            Shape::Heading | Shape::Remark => self.remark(group, run),
        }
        group.end()
    }

    pub(super) fn heading(&mut self, group: &Group, run: &mut Run) {
        let nested = run.after_heading && self.lead_is_empty(group.open, run);
        if let Remark::AsOf { date, scope, .. } = remark(self.glyphs, group.inside(), &self.dates) {
            self.note(date, scope, false);
        } else {
            let mut standing = if nested { run.standing.clone() } else { Standing::default() };
            let mut cut = Vec::new();
            for inner in self.groups.iter().filter(|g| g.shape == Shape::Remark && group.inside().contains(&g.open)) {
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
        run.lead = group.end();
        run.comma = None;
        run.cut.clear();
        run.colon = None;
        run.topic = None;
        run.last = None;
        self.cell.stretch += 1;
    }

    /// Figures in brackets: parts of the figure before, or the count of the words before.
    pub(super) fn inner_figures(&mut self, group: &Group, run: &mut Run) {
        let from = run.comma.unwrap_or(run.lead);
        let lead = clean(&self.words(from..group.open, &run.cut));
        let stands_behind = lead.own.is_empty();
        let first = self.cell.drafts.len();
        let mut inner = Run {
            standing: run.standing.clone(),
            topic: if stands_behind { run.topic.clone() } else { Some(lead.own.clone()) },
            parent: if stands_behind { run.last.or(run.parent) } else { None },
            events: run.events.clone(),
            qualifiers: if stands_behind { Vec::new() } else { [run.qualifiers.clone(), lead.qualifiers].concat() },
            scope: run.scope.clone(),
            other_year: run.other_year.clone(),
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
        run.lead = group.end();
        run.comma = None;
        run.cut.clear();
        run.after_heading = false;
    }

    pub(super) fn remark(&mut self, group: &Group, run: &mut Run) {
        let behind = self.lead_is_empty(group.open, run);
        let place = group.open..group.end();
        let text = self.glyphs.squeezed(group.inside());
        if matches!(text.as_str(), "予定" | "実施予定" | "開催予定") {
            self.cell.open.push((self.part, group.inside()));
        }
        if !behind && let Some((state, word)) = state_in(self.glyphs, group.inside()) {
            run.events = event_dates(self.glyphs, group.inside(), &self.dates);
            let lead = self.words(run.comma.unwrap_or(run.lead)..group.open, &run.cut);
            self.state_named(state, word, &lead, run);
            run.lead = group.end();
            return;
        }
        match remark(self.glyphs, group.inside(), &self.dates) {
            Remark::AsOf { date, scope, provisional } => {
                self.note(date, scope, false);
                if provisional && behind {
                    self.last_draft(run).iter_mut().for_each(|draft| draft.provisional = true);
                }
                run.cut.push(place);
            }
            Remark::Events(events) => {
                run.events = events;
                run.events_used = false;
                run.cut.push(place);
            }
            Remark::Scope(scope) => {
                if behind {
                    self.scope_back(&scope, run)
                } else {
                    run.scope = Some(scope)
                }
                run.cut.push(place);
            }
            Remark::Provisional => {
                if behind {
                    self.last_draft(run).iter_mut().for_each(|draft| draft.provisional = true);
                } else {
                    run.provisional = true;
                }
                run.cut.push(place);
            }
            Remark::Other(text) if text.starts_with("内訳") => {
                run.breakdown = true;
                run.cut.push(place);
            }
            Remark::Other(text) if behind && !text.starts_with('※') => {
                let text = text.trim_start_matches("ただし、").to_owned();
                self.last_draft(run).iter_mut().for_each(|draft| draft.qualifiers.push(text.clone()));
                run.cut.push(place);
            }
            Remark::Other(_) => {}
        }
        if behind {
            run.lead = group.end();
            run.comma = None;
        }
    }

    pub(super) fn last_draft(&mut self, run: &Run) -> Option<&mut Draft> {
        self.cell.drafts.get_mut(run.last?)
    }

    /// A remark on scope rules the figures of its stretch that have none.
    pub(super) fn scope_back(&mut self, scope: &str, run: &Run) {
        let (part, stretch) = (self.part, self.cell.stretch);
        let mine = |draft: &&mut Draft| draft.part == part && draft.stretch == stretch && draft.scope.is_none();
        if run.last.is_some() {
            self.cell.drafts.iter_mut().filter(mine).for_each(|draft| draft.scope = Some(scope.to_owned()));
        }
        self.cell.stretch += 1;
    }
}
