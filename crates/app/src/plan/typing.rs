//! 入力の一時保存 — stores text that was typed into a form and not sent yet, so that nothing is lost when the window is
//! closed. Also knows which people have the same form open.
//!
//! Typed text is stored in a table of its own, for its author alone. The people who have a form open are only kept in
//! memory, for two minutes, because nobody needs them later.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use renkei_document::id::{self, Id};
use renkei_journal::{AccountOwner, Typing};

use crate::node::context::millis;
use crate::node::error::AppError;
use crate::node::memory::Memory;
use crate::node::open::Node;
use crate::node::quotas::TYPED;
use crate::people::fair_table::{FairLimits, FairTable};
use crate::people::sessions::account_of_run_out;
use crate::people::visitor::Visitor;

/// 入力の一時保存 — the fields of a form, and the time at which they were stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedForm {
    pub fields: Vec<(String, String)>,
    pub typed_at: Timestamp,
}

/// 同席者 — another person who has the form open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    pub name: String,
    pub post: String,
}

const KEPT_FOR: u64 = 90 * 24 * 60 * 60_000;
/// Time without a request after which a person no longer has the form open, in milliseconds.
const GONE_AFTER: u64 = 2 * 60_000;

/// Limits for remembering sent forms. An entry lasts longer than a late request of the same form can be on its way.
const SENT: FairLimits = FairLimits { of_one: 100, of_all: 20_000, lasts: 10 * 60_000 };
/// Maximum number of open forms that are remembered for one person.
const MOST_FORMS: usize = 30;

/// 一時保存の結果 — the time at which a form was stored, and how many older forms of its owner were deleted to make room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptTyping {
    pub at: Timestamp,
    pub put_away: usize,
}

/// The people who have forms open, and the recently sent forms.
pub(crate) struct Presence {
    /// Separate for each party, so that a party cannot learn what the other side has open, not even by measuring times.
    parties: Mutex<HashMap<Option<Id<id::Party>>, Forms>>,
    sent: Mutex<FairTable<AccountOwner, (AccountOwner, FormName), ()>>,
}

/// 画面の名 — identifies one opening of a form: the time at which its page was opened.
pub type FormName = u64;

/// The people who have a form open, by the place (address) of the form.
type Forms = HashMap<String, Vec<OpenForm>>;

/// One person who has a form open.
struct OpenForm {
    account: String,
    editor: Editor,
    seen_at: u64,
}

impl Default for Presence {
    fn default() -> Self {
        Self { parties: Mutex::default(), sent: Mutex::new(FairTable::new(SENT)) }
    }
}

/// Stores the present content of a form.
pub fn keep_typing(
    node: &Node,
    visitor: &Visitor,
    place: &str,
    fields: &[(String, String)],
) -> Result<KeptTyping, AppError> {
    keep_typing_of(node, visitor.account_owner()?, place, fields)
}

/// Stores a form as [`keep_typing`] does, for the account of an expired session. Returns whether there was a session
/// that expired and was not ended by somebody.
pub fn keep_typing_of_run_out(
    node: &Node,
    token: &str,
    place: &str,
    fields: &[(String, String)],
) -> Result<bool, AppError> {
    let Some(account) = account_of_run_out(node, token)? else { return Ok(false) };
    keep_typing_of(node, account, place, fields)?;
    Ok(true)
}

fn keep_typing_of(
    node: &Node,
    account: AccountOwner,
    place: &str,
    fields: &[(String, String)],
) -> Result<KeptTyping, AppError> {
    let at = node.now();
    // Writing a list of pairs of strings as JSON cannot fail.
    let (place, fields) = (place.to_owned(), serde_json::to_vec(fields).unwrap_or_default());
    let typing = Typing { account, place, fields, typed_at: millis(at) };
    let put_away = node.journal.keep_typing(&typing, TYPED, forgotten_before(node))?;
    Ok(KeptTyping { at, put_away })
}

/// Returns the maximum number of forms whose unsent text is stored for one owner.
pub fn most_typed_forms() -> u32 {
    TYPED.forms
}

/// Returns the unsent text of this visitor for a form.
pub fn typing(node: &Node, visitor: &Visitor, place: &str) -> Result<Option<TypedForm>, AppError> {
    let kept = node.journal.typing(&visitor.account_owner()?, place, forgotten_before(node))?;
    Ok(kept.and_then(|kept| {
        let fields = serde_json::from_slice(&kept.fields).ok()?;
        let typed_at = Timestamp::from_millisecond(i64::try_from(kept.typed_at).ok()?).ok()?;
        Some(TypedForm { fields, typed_at })
    }))
}

/// Returns the places of all forms with unsent text of this visitor, newest first.
pub fn typed_places(node: &Node, visitor: &Visitor) -> Result<Vec<String>, AppError> {
    Ok(node.journal.typed_places(&visitor.account_owner()?, forgotten_before(node))?)
}

/// Deletes the unsent text of a form that was sent or discarded. If `form` is given, later requests of that opening are
/// ignored.
pub fn drop_typing(node: &Node, visitor: &Visitor, place: &str, form: Option<FormName>) -> Result<(), AppError> {
    let presence = node.memory::<Presence>();
    let account = visitor.account_owner()?;
    if let Some(form) = form {
        presence.send(&account, form, node.now_millis());
    }
    Ok(node.journal.drop_typing(&account, place)?)
}

/// Whether this opening of a form was sent recently.
pub fn was_sent(node: &Node, visitor: &Visitor, form: FormName) -> bool {
    let presence = node.memory::<Presence>();
    visitor.account_owner().is_ok_and(|account| presence.was_sent(account, form, node.now_millis()))
}

fn forgotten_before(node: &Node) -> u64 {
    node.now_millis().saturating_sub(KEPT_FOR)
}

/// Records that this visitor has the form open. Returns the other people who have it open.
pub fn open_form(node: &Node, visitor: &Visitor, place: &str) -> Vec<Editor> {
    let presence = node.memory::<Presence>();
    presence.open(visitor, place, node.now_millis())
}

/// Records that this visitor has closed the form.
pub fn close_form(node: &Node, visitor: &Visitor, place: &str) {
    let presence = node.memory::<Presence>();
    presence.close(visitor, place);
}
impl Memory for Presence {}

impl Presence {
    fn open(&self, visitor: &Visitor, place: &str, now: u64) -> Vec<Editor> {
        // On a node without accounts, all visitors are the same person.
        let Some(account) = &visitor.account else { return Vec::new() };
        let mut parties = self.parties.lock().unwrap_or_else(PoisonError::into_inner);
        let forms = parties.entry(visitor.party).or_default();
        forget(forms, |form| form.seen_at.saturating_add(GONE_AFTER) <= now);
        close(forms, account, place);
        let others = forms.get(place).into_iter().flatten().map(|form| form.editor.clone()).collect();
        leave_oldest(forms, account);
        let post = visitor.posts.first().map(|post| post.title.clone()).unwrap_or_default();
        let editor = Editor { name: visitor.name.clone(), post };
        forms.entry(place.to_owned()).or_default().push(OpenForm { account: account.clone(), editor, seen_at: now });
        others
    }

    fn close(&self, visitor: &Visitor, place: &str) {
        let Some(account) = &visitor.account else { return };
        let mut parties = self.parties.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(forms) = parties.get_mut(&visitor.party) {
            close(forms, account, place);
        }
    }

    fn send(&self, account: &AccountOwner, form: FormName, now: u64) {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.put(account.clone(), (account.clone(), form), (), now);
    }

    fn was_sent(&self, account: AccountOwner, form: FormName, now: u64) -> bool {
        let sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.get(&(account, form), now).is_some()
    }
}

fn forget(forms: &mut Forms, is_gone: impl Fn(&OpenForm) -> bool) {
    forms.retain(|_, forms_here| {
        forms_here.retain(|form| !is_gone(form));
        !forms_here.is_empty()
    });
}

fn close(forms: &mut Forms, account: &str, place: &str) {
    let Some(forms_here) = forms.get_mut(place) else { return };
    forms_here.retain(|form| form.account != account);
    if forms_here.is_empty() {
        forms.remove(place);
    }
}

/// Forgets the open form that a person has not used for the longest time, if they have the maximum number of open
/// forms.
fn leave_oldest(forms: &mut Forms, account: &str) {
    let of_account =
        |forms_here: &Vec<OpenForm>| forms_here.iter().find(|form| form.account == account).map(|form| form.seen_at);
    let own = || forms.iter().filter_map(|(place, forms_here)| Some((of_account(forms_here)?, place)));
    if own().count() < MOST_FORMS {
        return;
    }
    if let Some(place) = own().min().map(|(_, place)| place.clone()) {
        close(forms, account, &place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::visitor::Known;
    use renkei_document::language::Language;

    fn person(account: &str) -> Visitor {
        of_party(account, None)
    }

    fn of_party(account: &str, party: Option<Id<id::Party>>) -> Visitor {
        let (posts, language) = (Vec::new(), Language::Japanese);
        let (account, name) = (account.to_owned(), format!("{account}さん"));
        Visitor::known(Known { account, name, party, posts, is_administrator: false, language })
    }

    #[test]
    fn people_with_a_form_open_are_shown_to_others_until_they_close_it() {
        let presence = Presence::default();
        let names = |who: &str, place: &str, now| {
            let others = presence.open(&person(who), place, now);
            others.into_iter().map(|editor| editor.name).collect::<Vec<_>>()
        };
        assert!(names("a", "/x", 0).is_empty());
        assert!(names("a", "/x", 1).is_empty(), "nobody is editor themselves");
        assert_eq!(names("b", "/x", 2), ["aさん"]);
        assert!(names("b", "/y", 3).is_empty(), "another form");
        presence.close(&person("b"), "/x");
        assert!(names("a", "/x", 4).is_empty());
        assert_eq!(names("c", "/x", 4 + GONE_AFTER - 1), ["aさん"]);
        assert!(names("b", "/x", 4 + 3 * GONE_AFTER).is_empty(), "who is not heard of has gone");
        assert_eq!(presence.parties.lock().unwrap()[&None].len(), 1, "forms that nobody has open are forgotten");
    }

    #[test]
    fn nobody_learns_what_the_other_side_has_open() {
        let presence = Presence::default();
        let [city, bureau] = ["1", "2"].map(|end| format!("0195f2a0-0000-7000-8000-00000000000{end}").parse().ok());
        assert!(city.is_some() && city != bureau);
        assert!(presence.open(&of_party("a", city), "/x", 0).is_empty());
        assert!(presence.open(&of_party("b", bureau), "/x", 0).is_empty());
        assert_eq!(presence.open(&of_party("c", bureau), "/x", 0).len(), 1);
    }

    #[test]
    fn a_person_who_opens_too_many_forms_displaces_only_their_own() {
        let presence = Presence::default();
        presence.open(&person("b"), "/0", 0);
        for number in 0..=MOST_FORMS as u64 {
            presence.open(&person("a"), &format!("/{number}"), number);
        }
        let editor = |place: &str| presence.open(&person("c"), place, 40).len();
        assert_eq!((editor("/0"), editor("/1"), editor("/30")), (1, 1, 1));
        assert_eq!(presence.parties.lock().unwrap()[&None]["/0"][0].account, "b", "and a has left it");
    }

    #[test]
    fn a_person_who_sends_too_many_forms_displaces_only_their_own() {
        let presence = Presence::default();
        let [one, other] = ["a", "b"].map(|account| AccountOwner::Account(account.to_owned()));
        presence.send(&one, 7, 0);
        (0..20_000).for_each(|form| presence.send(&other, form, 1));
        let was_sent = |account: &AccountOwner, form| presence.was_sent(account.clone(), form, 2);
        assert!(was_sent(&one, 7), "another account's forms are their own");
        assert!(was_sent(&other, 19_999) && !was_sent(&other, 0) && !was_sent(&one, 19_999));
        assert!(!presence.was_sent(one, 7, SENT.lasts), "not for ever");
    }

    #[test]
    fn the_local_operator_sees_no_other_people() {
        let presence = Presence::default();
        let operator = Visitor::local_operator(Language::Japanese);
        assert!(presence.open(&operator, "/x", 0).is_empty());
        assert!(presence.open(&person("a"), "/x", 0).is_empty());
    }
}
