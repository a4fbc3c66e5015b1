//! 組織一覧 — compares an office's own list of divisions and posts with the recorded ones. Reports, line by line, what
//! would be new, renamed, moved or ended, and what is unclear.

use std::collections::HashSet;

use jiff::civil::Date;
use renkei_document::id::Id;
use renkei_document::search::folded;

use super::change::OrganisationChange;
use super::kinds::kind_of_name;
use super::remark::ListRemark;
use super::structure::{Division, Organisation, Place, Post};
use crate::organisation::duty::Duty;

/// 一覧の行 — a line of the list, by its columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListedLine {
    /// The position of the line in the file: 3行目, シート「一覧」3行目.
    pub place: String,
    pub division: String,
    /// If the list renames the division, its name before.
    pub former: String,
    pub parent: String,
    pub kind: String,
    pub area: String,
    pub post: String,
    pub duties: String,
}

/// 一覧の行の扱い — the result of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    New,
    Renamed,
    Changed,
    Ended,
    Same,
    Unclear,
}

/// 一覧の行の結果 — a line and its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedOutcome {
    /// The position of the line; empty if the list has no line for it.
    pub place: String,
    pub name: String,
    pub outcome: Outcome,
    /// A remark about the line.
    pub remark: Option<ListRemark>,
}

/// 一覧による変更の案 — the changes that make the organisation equal to the list, and the result of each line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListProposal {
    pub changes: Vec<OrganisationChange>,
    pub outcomes: Vec<ListedOutcome>,
}

impl Outcome {
    pub fn name(self) -> &'static str {
        match self {
            Outcome::New => "新設",
            Outcome::Renamed => "改称",
            Outcome::Changed => "変更",
            Outcome::Ended => "廃止",
            Outcome::Same => "変わらない",
            Outcome::Unclear => "不明",
        }
    }

    /// Returns the key of the result for machines.
    pub fn key(self) -> &'static str {
        match self {
            Outcome::New => "new",
            Outcome::Renamed => "renamed",
            Outcome::Changed => "changed",
            Outcome::Ended => "ended",
            Outcome::Same => "same",
            Outcome::Unclear => "unclear",
        }
    }
}

impl ListProposal {
    /// Counts the lines with this result.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.outcomes.iter().filter(|known| known.outcome == outcome).count()
    }
}

impl Organisation {
    /// Returns the changes that follow from a list of the organisation as of the day `on`. If the list is complete,
    /// divisions and posts that are not in it end; otherwise they stay.
    pub fn propose(
        &self,
        lines: &[ListedLine],
        on: Date,
        is_complete: bool,
        mut fresh: impl FnMut() -> uuid::Uuid,
    ) -> ListProposal {
        let mut draft = Draft { after: self.clone(), proposal: ListProposal::default(), on, seen: HashSet::new() };
        for line in lines {
            draft.take_division(line, &mut fresh);
        }
        for line in lines {
            draft.take_place(line);
        }
        let mut posts = HashSet::new();
        for line in lines.iter().filter(|line| !line.post.trim().is_empty()) {
            posts.extend(draft.take_post(line, &mut fresh));
        }
        if is_complete {
            draft.end_the_rest(self, &posts);
        }
        draft.proposal
    }
}

/// A proposal under construction.
struct Draft {
    /// The organisation with all changes so far.
    after: Organisation,
    proposal: ListProposal,
    on: Date,
    seen: HashSet<Id<Division>>,
}

impl Draft {
    fn change(&mut self, change: OrganisationChange) {
        self.after.change(&change);
        self.proposal.changes.push(change);
    }

    fn note(&mut self, line: &ListedLine, name: &str, outcome: Outcome, remark: impl Into<Option<ListRemark>>) {
        let (place, name) = (line.place.clone(), name.to_owned());
        self.proposal.outcomes.push(ListedOutcome { place, name, outcome, remark: remark.into() });
    }

    /// Finds the division of a line: under its parent's name, if the line has one.
    fn find(&self, name: &str, parent: &str) -> Option<Id<Division>> {
        if name.is_empty() {
            return None;
        }
        let below = || self.after.named_on(&format!("{parent}{name}"), self.on).filter(|_| !parent.is_empty());
        below().or_else(|| self.after.named_on(name, self.on))
    }

    /// Creates or renames a division. A line that names a known division by its current name changes nothing here.
    fn take_division(&mut self, line: &ListedLine, fresh: &mut impl FnMut() -> uuid::Uuid) {
        let (name, former) = (line.division.trim(), line.former.trim());
        if name.is_empty() {
            return self.note(line, "", Outcome::Unclear, ListRemark::NameMissing);
        }
        if let Some(known) = self.find(name, line.parent.trim()) {
            if self.seen.insert(known) && line.post.trim().is_empty() {
                self.note(line, name, Outcome::Same, None);
            }
            return;
        }
        let kind =
            Some(line.kind.trim()).filter(|kind| !kind.is_empty()).or(kind_of_name(name)).unwrap_or("課").to_owned();
        let (from, owned) = (self.on, name.to_owned());
        if former.is_empty() {
            let division = Id::new(fresh());
            let area = Some(line.area.trim().to_owned()).filter(|area| !area.is_empty());
            let parent = self.find(line.parent.trim(), "");
            self.change(OrganisationChange::DivisionBegun { division, from, name: owned, kind, parent, area });
            self.seen.insert(division);
            return self.note(line, name, Outcome::New, None);
        }
        match self.find(former, line.parent.trim()) {
            Some(division) => {
                self.change(OrganisationChange::DivisionRenamed { division, from, name: owned, kind });
                self.seen.insert(division);
                self.note(line, name, Outcome::Renamed, ListRemark::RenamedFrom { former: former.to_owned() });
            }
            None => {
                let former = former.to_owned();
                self.note(line, name, Outcome::Unclear, ListRemark::FormerUnknown { former });
            }
        }
    }

    /// Applies the parent and the area of a line.
    fn take_place(&mut self, line: &ListedLine) {
        let name = line.division.trim();
        let Some(division) = self.find(name, line.parent.trim()) else { return };
        let Some(known) = self.after.division_on(division, self.on) else { return };
        let parent_name = line.parent.trim();
        let parent = self.find(parent_name, "");
        if !parent_name.is_empty() && parent.is_none() {
            let parent = parent_name.to_owned();
            return self.note(line, name, Outcome::Unclear, ListRemark::ParentUnknown { parent });
        }
        if parent.is_some() && parent != known.parent {
            self.change(OrganisationChange::DivisionMoved { division, from: self.on, parent });
            if !self.is_new(division) {
                self.note(line, name, Outcome::Changed, ListRemark::MovedUnder { parent: parent_name.to_owned() });
            }
        }
        let area = line.area.trim();
        if !area.is_empty() && known.area.as_deref() != Some(area) {
            self.change(OrganisationChange::AreaChanged { division, from: self.on, area: Some(area.to_owned()) });
            self.note(line, name, Outcome::Changed, ListRemark::Area { area: area.to_owned() });
        }
    }

    fn is_new(&self, division: Id<Division>) -> bool {
        self.after.divisions.get(&division).is_some_and(|known| known.from == self.on)
    }

    /// Creates or changes the post of a line.
    fn take_post(&mut self, line: &ListedLine, fresh: &mut impl FnMut() -> uuid::Uuid) -> Option<Id<Post>> {
        let division = self.find(line.division.trim(), line.parent.trim())?;
        let title = line.post.trim();
        let name = format!("{} {title}", line.division.trim());
        let duties = match duties(&line.duties) {
            Ok(duties) => duties,
            Err(unknown) => {
                self.note(line, &name, Outcome::Unclear, ListRemark::DutyUnknown { word: unknown });
                return None;
            }
        };
        let known = self.after.posts_on(self.on).into_iter();
        let known = known.into_iter().find(|post| post.division == division && folded(&post.title) == folded(title));
        let from = self.on;
        match known {
            Some(post) if line.duties.trim().is_empty() || post.duties == duties => {
                self.note(line, &name, Outcome::Same, None);
                Some(post.id)
            }
            Some(post) => {
                let place = Place { division, title: post.title, duties };
                self.change(OrganisationChange::PostChanged { post: post.id, from, place });
                let duties = line.duties.trim().to_owned();
                self.note(line, &name, Outcome::Changed, ListRemark::Duties { duties });
                Some(post.id)
            }
            None => {
                let post = Id::new(fresh());
                let place = Place { division, title: title.to_owned(), duties };
                self.change(OrganisationChange::PostBegun { post, from, place });
                self.note(line, &name, Outcome::New, None);
                Some(post)
            }
        }
    }

    /// Ends the divisions and posts that existed before and are not in the list.
    fn end_the_rest(&mut self, before: &Organisation, posts: &HashSet<Id<Post>>) {
        let line = ListedLine::default();
        let from = self.on;
        let names = before.printed_names_on(from);
        let gone: Vec<_> = names.iter().filter(|(id, _)| !self.seen.contains(id)).collect();
        for post in before.posts_on(from).into_iter().filter(|post| !posts.contains(&post.id)) {
            self.change(OrganisationChange::PostEnded { post: post.id, from });
            self.note(&line, &post.name, Outcome::Ended, ListRemark::NotListed);
        }
        for (division, name) in gone {
            let divisions = vec![*division];
            self.change(OrganisationChange::DivisionsEnded { divisions, from, successors: Vec::new() });
            self.note(&line, name, Outcome::Ended, ListRemark::NotListed);
        }
    }
}

/// Parses a list such as 決裁者、担当 into duties. `Err` with the first unknown word. A post without duties is 担当.
fn duties(text: &str) -> Result<Vec<Duty>, String> {
    let words =
        text.split(['、', '・', ',', '，', '/', '／', ' ', '　', '\n']).map(str::trim).filter(|word| !word.is_empty());
    let duties: Vec<Duty> =
        words.map(|word| Duty::named(word).ok_or_else(|| word.to_owned())).collect::<Result<_, _>>()?;
    Ok(if duties.is_empty() { vec![Duty::Clerk] } else { duties })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const FIRST: Date = date(2025, 4, 1);
    const NEXT: Date = date(2026, 4, 1);

    /// Makes one line from each row, whose columns are 課名｜旧課名｜上位組織｜職名｜職務.
    fn lines(rows: &[&str]) -> Vec<ListedLine> {
        let line = |(at, row): (usize, &&str)| {
            let mut cells = row.split('｜').map(str::to_owned);
            let mut cell = || cells.next().unwrap_or_default();
            let (division, former, parent, post, duties) = (cell(), cell(), cell(), cell(), cell());
            let place = format!("{}行目", at + 2);
            ListedLine { place, division, former, parent, post, duties, ..ListedLine::default() }
        };
        rows.iter().enumerate().map(line).collect()
    }

    fn proposed(known: &Organisation, rows: &[&str], on: Date, is_complete: bool) -> (Organisation, ListProposal) {
        let mut number = 1000 + u128::try_from(known.divisions.len() + known.posts.len()).unwrap();
        let proposal = known.propose(&lines(rows), on, is_complete, || {
            number += 1;
            uuid::Uuid::from_u128(number)
        });
        let mut after = known.clone();
        proposal.changes.iter().for_each(|change| after.change(change));
        (after, proposal)
    }

    fn town() -> Organisation {
        let rows = [
            "しごと課｜｜産業部｜課長｜決裁者",
            "しごと課｜｜産業部｜主査｜事務局、担当",
            "まち課｜｜産業部",
            "産業部",
        ];
        proposed(&Organisation::default(), &rows, FIRST, true).0
    }

    #[track_caller]
    fn check(rows: &[&str], is_complete: bool, expected: &[&str]) {
        let (after, proposal) = proposed(&town(), rows, NEXT, is_complete);
        let told = proposal.outcomes.iter();
        let told: Vec<_> = told.map(|o| format!("{} {} {}", o.place, o.name, o.outcome.name())).collect();
        assert_eq!(told, expected, "{rows:?}");
        assert_eq!(after.faults().into_iter().collect::<Vec<_>>(), [], "{rows:?}");
    }

    #[test]
    fn a_first_list_creates_the_tree_in_any_order_of_its_lines() {
        let town = town();
        let tree: Vec<_> = town.tree_on(FIRST).into_iter().map(|b| format!("{}{}", b.depth, b.division.name)).collect();
        assert_eq!(tree, ["0産業部", "1しごと課", "1まち課"]);
        let posts: Vec<_> = town.posts_on(FIRST).into_iter().map(|post| (post.name, post.duties)).collect();
        let expected = [
            ("しごと課 課長".to_owned(), vec![Duty::Approver]),
            ("しごと課 主査".to_owned(), vec![Duty::Secretariat, Duty::Clerk]),
        ];
        assert_eq!(posts, expected);
        assert_eq!(town.faults().len(), 0);
    }

    #[test]
    fn each_line_is_new_renamed_changed_the_same_or_not_clear() {
        check(&["産業部", "しごと課｜｜産業部"], false, &["2行目 産業部 変わらない", "3行目 しごと課 変わらない"]);
        check(&["しごと未来課｜しごと課｜産業部"], false, &["2行目 しごと未来課 改称"]);
        check(&["あした課｜｜産業部"], false, &["2行目 あした課 新設"]);
        check(&["しごと課｜｜｜課長｜長"], false, &["2行目 しごと課 課長 変更"]);
        check(&["しごと課｜｜｜課長｜"], false, &["2行目 しごと課 課長 変わらない"]);
        check(&["しごと課｜｜｜課長｜社長"], false, &["2行目 しごと課 課長 不明"]);
        check(&["｜｜産業部"], false, &["2行目  不明"]);
        check(&["新課｜旧課"], false, &["2行目 新課 不明"]);
        check(&["まち課｜｜土木部"], false, &["2行目 まち課 変わらない", "2行目 まち課 不明"]);
    }

    #[test]
    fn only_a_complete_list_ends_what_it_does_not_have() {
        let rows = ["産業部", "しごと課｜｜産業部｜課長"];
        check(&rows, false, &["2行目 産業部 変わらない", "3行目 しごと課 課長 変わらない"]);
        let expected =
            ["2行目 産業部 変わらない", "3行目 しごと課 課長 変わらない", " しごと課 主査 廃止", " まち課 廃止"];
        check(&rows, true, &expected);
    }

    #[test]
    fn a_list_equal_to_the_recorded_organisation_changes_nothing() {
        let rows = [
            "しごと課｜｜産業部｜課長｜決裁者",
            "しごと課｜｜産業部｜主査｜事務局、担当",
            "まち課｜｜産業部",
            "産業部",
        ];
        assert_eq!(proposed(&town(), &rows, NEXT, true).1.changes, []);
    }
}
