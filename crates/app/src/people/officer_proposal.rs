//! Computes the changes of a list of officers. Each line is compared with the recorded accounts and appointments.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use renkei_document::id::Id;
use renkei_document::search::folded;
use renkei_domain::organisation::{Organisation, Post, StandingPost};
use renkei_import::written_day;
use renkei_journal::{Account, AppointmentRow, Times};

use crate::people::accounts::{is_login, overlap, plain_login, plain_name};
use crate::people::officer_fault::{OfficerColumn, OfficerDoubt, OfficerFault};
use crate::people::officer_trial::{OfficerLine, OfficerList, OfficerOutcome, OfficerStep, OfficerTrial};
use crate::people::sessions::stands_on;

/// 職員の一覧による案 — the changes to be recorded, and the lines that show them.
#[derive(Debug, Default)]
pub(crate) struct OfficerProposal {
    pub trial: OfficerTrial,
    pub accounts: Vec<Account>,
    pub appointments: Vec<AppointmentRow>,
    /// Ids of appointments that get another last day, with that day.
    pub endings: Vec<(String, String)>,
}

/// The recorded data, and the source of ids for new items.
pub(crate) struct Propose<'a> {
    pub organisation: &'a Organisation,
    pub party: String,
    pub party_name: &'a dyn Fn(&str) -> String,
    pub accounts: Vec<Account>,
    pub rows: Vec<AppointmentRow>,
    pub now: u64,
    pub fresh_id: &'a dyn Fn() -> String,
}

/// A proposal while it is being made.
struct Draft<'a> {
    known: Propose<'a>,
    made: OfficerProposal,
    /// Ids of the recorded appointments that the list contains.
    listed: BTreeSet<String>,
    /// The posts that exist on a day, by the day.
    posts: BTreeMap<Date, Vec<StandingPost>>,
}

/// The content of a line without faults.
struct Read {
    post: Id<Post>,
    post_name: String,
    login: String,
    name: String,
    from: Date,
    until: Option<Date>,
}

impl Propose<'_> {
    /// Compares a list with the recorded data. A line without a person is a vacant post and changes nothing.
    pub fn of(self, list: &OfficerList) -> OfficerProposal {
        let mut draft =
            Draft { known: self, made: OfficerProposal::default(), listed: BTreeSet::new(), posts: BTreeMap::new() };
        for line in list.lines.iter().filter(|line| !line.name.is_empty() || !line.login.is_empty()) {
            if let Some(read) = draft.read(line, list.on) {
                draft.take(line, read);
            }
        }
        if list.is_complete {
            draft.end_the_rest(list.on);
        }
        draft.made
    }
}

impl Draft<'_> {
    fn fault(&mut self, line: &OfficerLine, column: OfficerColumn, why: OfficerDoubt) {
        self.made.trial.faults.push(OfficerFault { place: line.place.clone(), column, why });
    }

    /// Reads a line, and adds all its faults to the proposal.
    fn read(&mut self, line: &OfficerLine, on: Date) -> Option<Read> {
        let before = self.made.trial.faults.len();
        let from = self.day(line, OfficerColumn::From, &line.from).unwrap_or(on);
        let until = self.day(line, OfficerColumn::Until, &line.until);
        if until.is_some_and(|until| until < from) {
            self.fault(line, OfficerColumn::Until, OfficerDoubt::UntilBeforeFrom);
        }
        let post = self.post(line, from);
        let (login, name) = (plain_login(&line.login), line.name.trim().to_owned());
        self.look_at_person(line, &login, &name);
        let (post, post_name) = post?;
        (self.made.trial.faults.len() == before).then_some(Read { post, post_name, login, name, from, until })
    }

    fn day(&mut self, line: &OfficerLine, column: OfficerColumn, text: &str) -> Option<Date> {
        let text = text.trim();
        let day = written_day(text);
        if day.is_none() && !text.is_empty() {
            self.fault(line, column, OfficerDoubt::DayUnreadable { text: text.to_owned() });
        }
        day
    }

    fn post(&mut self, line: &OfficerLine, day: Date) -> Option<(Id<Post>, String)> {
        let (division, parent, title) = (line.division.trim(), line.parent.trim(), line.post.trim());
        for (column, text) in [(OfficerColumn::Division, division), (OfficerColumn::Post, title)] {
            if text.is_empty() {
                self.fault(line, column, OfficerDoubt::Missing);
                return None;
            }
        }
        let organisation = self.known.organisation;
        let below = organisation.named_on(&format!("{parent}{division}"), day).filter(|_| !parent.is_empty());
        let Some(known) = below.or_else(|| organisation.named_on(division, day)) else {
            self.fault(line, OfficerColumn::Division, OfficerDoubt::NoDivision { name: division.to_owned(), day });
            return None;
        };
        let posts = self.posts.entry(day).or_insert_with(|| organisation.posts_on(day));
        let found = posts.iter().find(|post| post.division == known && folded(&post.title) == folded(title)).cloned();
        if found.is_none() {
            let name = format!("{division} {title}");
            self.fault(line, OfficerColumn::Post, OfficerDoubt::NoPost { name, day });
        }
        found.map(|post| (post.id, post.name))
    }

    /// Checks that the login name is valid and belongs to the named person. If it belongs to another person, that is a
    /// fault: after a typing error, one person would get the post of another.
    fn look_at_person(&mut self, line: &OfficerLine, login: &str, name: &str) {
        if login.is_empty() {
            return self.fault(line, OfficerColumn::Login, OfficerDoubt::Missing);
        }
        if !is_login(login) {
            return self.fault(line, OfficerColumn::Login, OfficerDoubt::LoginUnreadable);
        }
        let known = self.person(login).map(|known| (known.name.clone(), known.closed_at.is_some()));
        match known {
            None if name.is_empty() => self.fault(line, OfficerColumn::Name, OfficerDoubt::Missing),
            None => {}
            Some((_, true)) => self.fault(line, OfficerColumn::Login, OfficerDoubt::Closed),
            Some((known, _)) if !name.is_empty() && folded(&known) != folded(name) => {
                self.fault(line, OfficerColumn::Name, OfficerDoubt::SomebodyElse { name: known });
            }
            Some(_) => {}
        }
    }

    fn person(&self, login: &str) -> Option<&Account> {
        self.known.accounts.iter().chain(&self.made.accounts).find(|known| known.login == login)
    }

    fn take(&mut self, line: &OfficerLine, read: Read) {
        let known = self.person(&read.login).map(|known| (known.id.clone(), known.name.clone()));
        let (account, is_new) = match &known {
            Some((id, _)) => (id.clone(), false),
            None => ((self.known.fresh_id)(), true),
        };
        let wanted = AppointmentRow {
            id: (self.known.fresh_id)(),
            account: account.clone(),
            party: self.known.party.clone(),
            post: read.post.to_string(),
            from_day: read.from.to_string(),
            until_day: read.until.map(|day| day.to_string()),
        };
        let meanwhile: Vec<AppointmentRow> =
            self.rows().filter(|row| row.account == account && overlap(row, &wanted)).cloned().collect();
        if let Some(other) = meanwhile.iter().find(|row| row.party != wanted.party) {
            let party = (self.known.party_name)(&other.party);
            return self.fault(line, OfficerColumn::Login, OfficerDoubt::OtherParty { party });
        }
        let name = known.map_or_else(|| read.name.clone(), |(_, name)| name);
        match meanwhile.into_iter().find(|row| row.post == wanted.post) {
            Some(row) => self.keep(line, row, wanted, &name, read),
            None => {
                if is_new {
                    self.made.accounts.push(self.account(account, &read));
                }
                let outcome = if is_new { OfficerOutcome::Added } else { OfficerOutcome::Appointed };
                self.step(&line.place, &name, (&read.login, &read.post_name), &wanted, outcome);
                self.listed.insert(wanted.id.clone());
                self.made.appointments.push(wanted);
            }
        }
    }

    /// Keeps a recorded appointment and changes at most its last day. If only the recorded appointment has a last day,
    /// that is a fault: by the list the person stays, but would lose the post on that day.
    fn keep(&mut self, line: &OfficerLine, mut row: AppointmentRow, wanted: AppointmentRow, name: &str, read: Read) {
        if !self.listed.insert(row.id.clone()) {
            return self.fault(line, OfficerColumn::Post, OfficerDoubt::Twice);
        }
        if row.from_day > wanted.from_day {
            return self.fault(line, OfficerColumn::From, OfficerDoubt::BeginsLater { from: row.from_day });
        }
        if let (Some(until), None) = (&row.until_day, &wanted.until_day) {
            return self.fault(line, OfficerColumn::Until, OfficerDoubt::EndsAlready { until: until.clone() });
        }
        let mut outcome = OfficerOutcome::Same;
        if let Some(until) = wanted.until_day.filter(|until| row.until_day.as_ref() != Some(until)) {
            self.made.endings.push((row.id.clone(), until.clone()));
            row.until_day = Some(until);
            outcome = OfficerOutcome::Changed;
        }
        self.step(&line.place, name, (&read.login, &read.post_name), &row, outcome);
    }

    /// Ends all appointments that are valid on `on` and missing from the list. Their last day is the day before.
    fn end_the_rest(&mut self, on: Date) {
        let Ok(last) = on.yesterday() else { return };
        let gone = |row: &&AppointmentRow| {
            row.party == self.known.party && stands_on(row, on) && !self.listed.contains(&row.id)
        };
        let gone: Vec<AppointmentRow> = self.known.rows.iter().filter(gone).cloned().collect();
        for mut row in gone {
            let owner = self.known.accounts.iter().find(|account| account.id == row.account);
            let (name, login) = owner.map(|owner| (owner.name.clone(), owner.login.clone())).unwrap_or_default();
            let post = row.post.parse().ok().and_then(|post| self.known.organisation.post_on(post, on));
            let post = post.map(|post| post.name).unwrap_or_default();
            row.until_day = Some(last.to_string());
            self.step("", &name, (&login, &post), &row, OfficerOutcome::Ended);
            self.made.endings.push((row.id, last.to_string()));
        }
    }

    fn rows(&self) -> impl Iterator<Item = &AppointmentRow> {
        self.known.rows.iter().chain(&self.made.appointments)
    }

    fn account(&self, id: String, read: &Read) -> Account {
        Account {
            id,
            login: read.login.clone(),
            name: plain_name(&read.name),
            language: "ja".to_owned(),
            is_administrator: false,
            password: None,
            one_time_secret: None,
            one_time_step: 0,
            password_times: Times::default(),
            one_time_times: Times::default(),
            generation: 0,
            told_until: 0,
            made_at: self.known.now,
            closed_at: None,
        }
    }

    fn step(
        &mut self,
        place: &str,
        name: &str,
        (login, post): (&str, &str),
        row: &AppointmentRow,
        outcome: OfficerOutcome,
    ) {
        self.made.trial.steps.push(OfficerStep {
            place: place.to_owned(),
            name: name.to_owned(),
            login: login.to_owned(),
            post: post.to_owned(),
            outcome,
            from: row.from_day.clone(),
            until: row.until_day.clone(),
        });
    }
}
