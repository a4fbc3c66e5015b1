//! Creates the draft of a figure at a number or a state word, from the surrounding words and the context.

use std::ops::Range;

use renkei_document::figure::{FigureKind, Period, State};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::wareki::AsOf;

use super::cell::Run;
use super::clean::{Lead, clean, last_word, topic_of};
use super::draft::Draft;
use super::number::Number;
use super::state::is_open;
use super::walk::Walk;
use super::words::{deed, is_generic, is_scope, scope_of_label, whole_of_label};

/// Maximum number of characters before a state word that can name the figure.
const LONGEST_LEAD: usize = 60;

impl Walk<'_, '_> {
    pub(super) fn count(&mut self, number: &Number, run: &mut Run) -> usize {
        let from = run.comma.unwrap_or(run.lead);
        let lead = self.lead_words(from..number.digits.start, run);
        let (tail, after) = self.tail(number);
        let mut draft = self.draft(number.digits.clone(), run);
        draft.phrase = self.glyphs.skip_blanks(from)..number.end;
        draft.value = Some(number.value);
        draft.unit = number.unit.clone();
        draft.qualifiers.extend(lead.qualifiers);
        let bound = ["以上", "以下", "未満", "程度", "超"].iter().find(|word| tail.starts_with(**word));
        draft.qualifiers.extend(bound.map(|word| (*word).to_owned()));
        draft.own = self.own_words(&lead.own, from..number.digits.start, run);
        draft.kind = kind_of(&draft, &tail, run);
        if draft.kind == FigureKind::YearOnYear && draft.parent.is_none() {
            draft.topic = run.theme.clone().or(draft.topic);
        }
        if draft.own.contains("前年度末") {
            draft.as_of = Some(AsOf::Day(self.cell.fiscal_year.previous().last_day()));
        }
        if tail.contains("予定") && !tail.contains("予定者") {
            let words = ["実施予定", "開催予定", "予定"];
            let word =
                (number.end..after).find_map(|at| Some(at..words.iter().find_map(|word| self.glyphs.word(at, word))?));
            self.cell.open.extend(word.map(|word| (self.part, word)));
        }
        draft.tail = tail;
        self.finish(draft, after, run);
        after
    }

    /// Returns the words that name the figure, without words that only describe its event. A sum is named after its
    /// terms.
    fn own_words(&self, own: &str, range: Range<usize>, run: &mut Run) -> String {
        if let Some((theme, rest)) = own.rsplit_once("は、") {
            run.theme = Some(clean(theme).own);
            return clean(rest).own;
        }
        if matches!(own, "増" | "減" | "増加" | "減少")
            && let Some(theme) = run.theme.take()
        {
            return theme;
        }
        if let Some(rest) = own.strip_prefix("参加実績 ") {
            run.shared = Some("参加");
            return format!("参加{rest}");
        }
        if let Some(shared) = run.shared.filter(|shared| !own.starts_with(*shared) && own.chars().count() <= 10) {
            return format!("{shared}{own}");
        }
        let listed = own.ends_with(" 合計") && own.contains('等') && run.lead < range.start;
        if listed {
            return sum_of(&self.words(run.lead..range.end, &run.cut));
        }
        if let Some(name) = own.strip_suffix('」').and_then(|own| own.rsplit_once('「')).map(|(_, name)| name) {
            return name.to_owned();
        }
        let Some((before, last)) = own.rsplit_once(' ').filter(|_| !run.events.is_empty()) else {
            return own.to_owned();
        };
        let kept = before.split(' ').filter(|word| !word.ends_with("開催") && !word.ends_with("実施"));
        let last = Some(last).filter(|last| !matches!(*last, "開催" | "実施"));
        kept.chain(last).collect::<Vec<_>>().join(" ")
    }

    /// Returns the words before a number. Text before 「：」 becomes the heading of the text after it.
    fn lead_words(&mut self, range: Range<usize>, run: &mut Run) -> Lead {
        let inside_group = |at: usize| self.groups.iter().any(|g| g.open < at && at < g.close && g.open >= range.start);
        let colon = range.clone().rev().find(|&at| self.glyphs.at(at) == Some(':') && !inside_group(at));
        let Some(colon) = colon else { return clean(&self.words(range, &run.cut)) };
        let mut left = clean(&self.words(range.start..colon, &run.cut));
        let mut right = clean(&self.words(colon + 1..range.end, &run.cut));
        if matches!(left.own.as_str(), "参考" | "内訳" | "うち") {
            run.reference |= left.own == "参考";
            return right;
        }
        if right.own.is_empty() {
            left.qualifiers.append(&mut right.qualifiers);
            return left;
        }
        if !left.own.is_empty() {
            run.colon = Some(last_word(&left.own));
        }
        right
    }

    /// Returns the words after a number up to the next pause. If another number precedes the pause, returns only an
    /// action (開催 in 9 回開催).
    fn tail(&self, number: &Number) -> (String, usize) {
        let pauses = |c: char| {
            matches!(c, '、' | '。' | ',' | ' ' | '\n' | '(' | ')' | '[' | ']' | '【' | '<' | ':' | '※' | ';' | '・')
        };
        let start = number.end;
        let pause =
            (start..self.glyphs.len()).find(|&at| self.glyphs.at(at).is_none_or(pauses)).unwrap_or(self.glyphs.len());
        let next = self.numbers.partition_point(|n| n.digits.start < start);
        let next = self.numbers.get(next).filter(|n| n.digits.start < pause);
        if next.is_none() && pause > start {
            return (self.glyphs.squeezed(start..pause), pause);
        }
        let verb = self.glyphs.skip_blanks(start);
        let ahead = self.glyphs.squeezed(verb..(verb + 12).min(self.glyphs.len()));
        let end = deed(&ahead).and_then(|deed| {
            let particle = usize::from(!ahead.starts_with(deed));
            self.glyphs.word(verb + particle, deed)
        });
        end.map_or((String::new(), start), |end| (self.glyphs.squeezed(verb..end), end))
    }

    /// Reads a state word that is in a clause, as in 【…】実績なし or 4回目は開催中.
    pub(super) fn state(&mut self, state: State, word: Range<usize>, run: &mut Run) -> usize {
        let from = run.comma.unwrap_or(run.lead);
        let from = from.max(word.start.saturating_sub(LONGEST_LEAD));
        let lead = self.words(from..word.start, &run.cut);
        if is_open(state) {
            if self.part.is_some()
                && !(state == State::Ongoing && self.glyphs.squeezed(word.clone()).starts_with("実施"))
            {
                self.cell.open.push((self.part, word.clone()));
            }
            let own = clean(&lead).own;
            if own.is_empty() || !(is_generic(&own) || own.ends_with('目')) {
                return word.end;
            }
        } else if self.part.is_none() && run.standing.headings.is_empty() {
            return word.end;
        }
        let end = word.end;
        self.state_named(state, word, &lead, run);
        end
    }

    pub(super) fn state_named(&mut self, state: State, word: Range<usize>, lead: &str, run: &mut Run) {
        if self.part.is_none() && run.standing.headings.is_empty() {
            return;
        }
        if is_open(state) && self.cell.open.last() != Some(&(self.part, word.clone())) {
            self.cell.open.push((self.part, word.clone()));
        }
        let lead = match lead.split_once('は') {
            Some((subject, _)) if !is_open(state) => subject,
            _ => lead,
        };
        let lead = clean(lead);
        let mut draft = self.draft(word.clone(), run);
        draft.phrase = word.clone();
        draft.state = state;
        draft.qualifiers.push(self.glyphs.original(word.clone()).to_owned());
        draft.own = lead.own.trim_end_matches([':', '：']).to_owned();
        self.finish(draft, word.end, run);
    }

    /// Creates a draft with the context of its run.
    fn draft(&self, digits: Range<usize>, run: &Run) -> Draft {
        Draft {
            part: self.part,
            digits: digits.clone(),
            phrase: digits,
            state: State::Value,
            value: None,
            unit: None,
            own: String::new(),
            tail: String::new(),
            headings: run.standing.headings.clone(),
            headed_from_afar: run.standing.part != self.part,
            colon: run.colon.clone(),
            topic: run.topic.clone(),
            parent: run.parent,
            kind: if run.reference { FigureKind::Reference } else { FigureKind::Actual },
            scope: run.scope.clone().or_else(|| run.standing.scope.clone()),
            qualifiers: [run.standing.qualifiers.clone(), run.qualifiers.clone()].concat(),
            provisional: run.provisional,
            event_dates: run.events.clone(),
            event_printed: run.event_printed.clone(),
            as_of: None,
            period: run.period.or_else(|| run.other_year.as_ref().map(|(year, _)| whole(*year))),
            stretch: self.cell.stretch,
        }
    }

    /// Stores a draft and starts the next lead after it.
    fn finish(&mut self, mut draft: Draft, after: usize, run: &mut Run) {
        if draft.topic.is_none() || run.comma.is_some() {
            let before = run.comma.map(|comma| self.words(run.lead..comma - 1, &run.cut));
            draft.topic = before.and_then(|before| topic_of(&before)).or(draft.topic);
            run.topic.clone_from(&draft.topic);
        }
        if run.breakdown && draft.parent.is_none() {
            draft.parent = run.last.map(|last| self.cell.drafts[last].parent.unwrap_or(last));
        }
        if draft.own.starts_with("うち") && draft.parent.is_none() {
            // In 「A 5 件、うちB 3 件、うちC 1 件」, B and C are both parts of A.
            let beside = run.last.filter(|last| self.cell.drafts[*last].own.starts_with("うち"));
            draft.parent = beside.and_then(|last| self.cell.drafts[last].parent).or(run.last);
        }
        if draft.scope.is_none() {
            let place = draft.own.trim_start_matches("新たな");
            draft.scope = scope_of_label(place).or_else(|| whole_of_label(place)).map(str::to_owned);
        }
        if run.reference && is_scope(&draft.own) {
            draft.scope = Some(draft.own.clone());
        }
        if let Some(year) = run
            .other_year
            .clone()
            .map(|(_, place)| (self.part, place))
            .filter(|year| self.cell.other_years.last() != Some(year))
        {
            self.cell.other_years.push(year);
        }
        if run.parent.is_none() {
            run.last = Some(self.cell.drafts.len());
        }
        self.cell.drafts.push(draft);
        run.begin_lead(after);
        run.scope = None;
        run.provisional = false;
        run.events_used = true;
        run.after_heading = false;
        if run.other_year.is_none() {
            run.qualifiers.clear();
        }
    }
}

fn kind_of(draft: &Draft, tail: &str, run: &Run) -> FigureKind {
    let own = draft.own.as_str();
    let headed = draft.headings.iter().any(|heading| heading.contains("目標"));
    if ["前年同期比", "前年同月比", "前年比", "前年度比", "対前年"].iter().any(|word| own.contains(word))
    {
        FigureKind::YearOnYear
    } else if own.contains("目標") || run.standing.target || headed || tail.contains("予定") && !tail.contains("予定者")
    {
        FigureKind::Target
    } else if own.contains("基準値") {
        FigureKind::Baseline
    } else if draft.parent.is_some() && ["達成率", "割合", "構成比", "比率"].iter().any(|word| own.ends_with(word))
    {
        FigureKind::Derived
    } else if run.reference || own.contains("前年度末") || own == "前年度" || own == "昨年度" {
        FigureKind::Reference
    } else {
        FigureKind::Actual
    }
}

/// Returns the whole fiscal year, the period of a figure of another year.
fn whole(year: FiscalYear) -> Period {
    Period { from: year.first_day(), to: year.last_day() }
}

/// Shortens a sum: 「窓口に配置した相談員による面談、講習、助言等 合計」 → 相談員による面談等 合計.
fn sum_of(list: &str) -> String {
    let start = ["に配置した", "に設置した", "に設置する", "が実施する", "が実施した"];
    let start = start.iter().filter_map(|word| Some(list.rfind(word)? + word.len())).max().unwrap_or(0);
    let first = list[start..].split('、').next().unwrap_or_default();
    format!("{first}等 合計")
}
