//! 入力の一時保存 — what somebody has typed into a form and not sent yet, so that a closed window loses nothing; and who has the
//! same form open.
//!
//! What is typed lies in a table of its own, for its author alone. Who has a form open is kept in memory, for two minutes: it is
//! no fact about the plan, and nobody looks it up afterwards.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use renkei_domain::agreement::Party;
use renkei_domain::id::Id;
use renkei_journal::Typing;

use crate::error::AppError;
use crate::open::Renkei;
use crate::sessions::millis;
use crate::visitor::Visitor;

/// 入力の一時保存 — the fields of a form, and when they were typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedForm {
    pub fields: Vec<(String, String)>,
    pub typed_at: Timestamp,
}

/// 同席者 — somebody else who has the form open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    pub name: String,
    pub post: String,
}

/// Of one account.
const MOST_KEPT: u32 = 50;
const KEPT_FOR: u64 = 90 * 24 * 60 * 60_000;
/// Whoever was not heard of for so long has closed the form.
const GONE_AFTER: u64 = 2 * 60_000;

/// Requests of a form that was sent are not under way for longer.
const LATE_FOR: u64 = 10 * 60_000;
const MOST_SENT: usize = 10_000;

/// Who has which form open, and which forms were sent of late.
#[derive(Default)]
pub(crate) struct Company {
    forms: Mutex<HashMap<String, Vec<Seat>>>,
    sent: Mutex<VecDeque<Sent>>,
}

/// 画面の名 — tells the form of one opened page from all others of its place: the moment at which it was opened.
pub type FormName = u64;

/// A form that was sent.
struct Sent {
    account: String,
    form: FormName,
    at: u64,
}

/// One person at one form.
struct Seat {
    account: String,
    party: Option<Id<Party>>,
    beside: Beside,
    seen_at: u64,
}

impl Renkei {
    /// Keeps what stands in a form now. The account of the local operator's forms is empty.
    pub fn keep_typing(&self, account: &str, place: &str, fields: &[(String, String)]) -> Result<Timestamp, AppError> {
        let now = self.now();
        let typed_at = millis(now);
        let typing = Typing {
            account: account.to_owned(),
            place: place.to_owned(),
            // Pairs of texts are always JSON.
            fields: serde_json::to_vec(fields).unwrap_or_default(),
            typed_at,
        };
        self.journal.keep_typing(&typing, MOST_KEPT, self.forgotten_before())?;
        Ok(now)
    }

    /// What this account typed into a form.
    pub fn typing(&self, account: &str, place: &str) -> Result<Option<TypedForm>, AppError> {
        let kept = self.journal.typing(account, place, self.forgotten_before())?;
        Ok(kept.and_then(|kept| {
            let fields = serde_json::from_slice(&kept.fields).ok()?;
            let typed_at = Timestamp::from_millisecond(i64::try_from(kept.typed_at).ok()?).ok()?;
            Some(TypedForm { fields, typed_at })
        }))
    }

    /// The forms that hold something of this account's, newest first.
    pub fn typed_places(&self, account: &str) -> Result<Vec<String>, AppError> {
        Ok(self.journal.typed_places(account, self.forgotten_before())?)
    }

    /// Puts it away: it was sent, or is not wanted. What still comes of this form, by its name, is late.
    pub fn drop_typing(&self, account: &str, place: &str, form: Option<FormName>) -> Result<(), AppError> {
        if let Some(form) = form {
            self.company.send(account, form, millis(self.now()));
        }
        Ok(self.journal.drop_typing(account, place)?)
    }

    /// Whether a form of this name was sent of late.
    pub fn was_sent(&self, account: &str, form: FormName) -> bool {
        self.company.was_sent(account, form)
    }

    fn forgotten_before(&self) -> u64 {
        millis(self.now()).saturating_sub(KEPT_FOR)
    }

    /// Says that this visitor has a form open, and learns who else has.
    pub fn sit_down(&self, visitor: &Visitor, place: &str) -> Vec<Beside> {
        self.company.sit_down(visitor, place, millis(self.now()))
    }

    /// This visitor has closed the form.
    pub fn stand_up(&self, visitor: &Visitor, place: &str) {
        if let Some(account) = &visitor.account {
            self.company.stand_up(account, place);
        }
    }
}

impl Company {
    fn sit_down(&self, visitor: &Visitor, place: &str, now: u64) -> Vec<Beside> {
        // On a machine without accounts everybody is one and the same.
        let Some(account) = &visitor.account else { return Vec::new() };
        let mut forms = self.forms.lock().unwrap_or_else(PoisonError::into_inner);
        forms.retain(|_, seats| {
            seats.retain(|seat| seat.seen_at.saturating_add(GONE_AFTER) > now);
            !seats.is_empty()
        });
        let seats = forms.entry(place.to_owned()).or_default();
        seats.retain(|seat| seat.account != *account);
        // What the other side has open is theirs to know.
        let others = seats.iter().filter(|seat| seat.party == visitor.party);
        let others = others.map(|seat| seat.beside.clone()).collect();
        let post = visitor.posts.first().map(|post| post.title.clone()).unwrap_or_default();
        let beside = Beside { name: visitor.name.clone(), post };
        seats.push(Seat { account: account.clone(), party: visitor.party, beside, seen_at: now });
        others
    }

    fn send(&self, account: &str, form: FormName, now: u64) {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.retain(|known| known.at.saturating_add(LATE_FOR) > now);
        if sent.len() == MOST_SENT {
            sent.pop_front();
        }
        sent.push_back(Sent { account: account.to_owned(), form, at: now });
    }

    fn was_sent(&self, account: &str, form: FormName) -> bool {
        let sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.iter().any(|known| known.account == account && known.form == form)
    }

    fn stand_up(&self, account: &str, place: &str) {
        let mut forms = self.forms.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(seats) = forms.get_mut(place) {
            seats.retain(|seat| seat.account != account);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visitor::Known;
    use renkei_domain::language::Language;

    fn person(account: &str) -> Visitor {
        of_party(account, None)
    }

    fn of_party(account: &str, party: Option<Id<Party>>) -> Visitor {
        let (posts, language) = (Vec::new(), Language::Japanese);
        let (account, name) = (account.to_owned(), format!("{account}さん"));
        Visitor::known(Known { account, name, party, posts, is_administrator: false, language })
    }

    #[test]
    fn whoever_has_a_form_open_is_seen_by_the_others_until_they_leave() {
        let company = Company::default();
        let names = |who: &str, place: &str, now| {
            let others = company.sit_down(&person(who), place, now);
            others.into_iter().map(|beside| beside.name).collect::<Vec<_>>()
        };
        assert!(names("a", "/x", 0).is_empty());
        assert!(names("a", "/x", 1).is_empty(), "nobody is beside themselves");
        assert_eq!(names("b", "/x", 2), ["aさん"]);
        assert!(names("b", "/y", 3).is_empty(), "another form");
        company.stand_up("b", "/x");
        assert!(names("a", "/x", 4).is_empty());
        assert_eq!(names("c", "/x", 4 + GONE_AFTER - 1), ["aさん"]);
        assert!(names("b", "/x", 4 + 3 * GONE_AFTER).is_empty(), "who is not heard of has gone");
        assert_eq!(company.forms.lock().unwrap().len(), 1, "forms that nobody has open are forgotten");
    }

    #[test]
    fn nobody_learns_what_the_other_side_has_open() {
        let company = Company::default();
        let [city, bureau] = ["1", "2"].map(|end| format!("0195f2a0-0000-7000-8000-00000000000{end}").parse().ok());
        assert!(city.is_some() && city != bureau);
        assert!(company.sit_down(&of_party("a", city), "/x", 0).is_empty());
        assert!(company.sit_down(&of_party("b", bureau), "/x", 0).is_empty());
        assert_eq!(company.sit_down(&of_party("c", bureau), "/x", 0).len(), 1);
    }

    #[test]
    fn the_local_operator_is_alone() {
        let company = Company::default();
        let operator = Visitor::local_operator(Language::Japanese);
        assert!(company.sit_down(&operator, "/x", 0).is_empty());
        assert!(company.sit_down(&person("a"), "/x", 0).is_empty());
    }
}
