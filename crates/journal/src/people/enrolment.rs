//! 一覧による登録 — the changes that a list of officers makes. Either all of them are recorded or none.

use crate::people::accounts::{Account, AccountDeed, AppointmentRow};
use crate::people::links::Link;

/// 一覧による登録 — the changes that a list of officers makes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Enrolment {
    pub accounts: Vec<Account>,
    pub appointments: Vec<AppointmentRow>,
    /// Ids of appointments that end, each with its new last day. An appointment that begins after this day is deleted.
    pub endings: Vec<(String, String)>,
    pub links: Vec<Link>,
    pub deeds: Vec<AccountDeed>,
}
