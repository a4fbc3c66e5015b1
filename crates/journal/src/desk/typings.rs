//! 入力の一時保存 — the input of a form that is not sent yet.

use crate::owner::AccountOwner;

/// 入力の一時保存 — the saved input of an unsent form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typing {
    pub account: AccountOwner,
    /// The address to which the form would be sent. It identifies the form.
    pub place: String,
    /// The fields, in a format that the caller chooses.
    pub fields: Vec<u8>,
    /// Time of the last input, in milliseconds since 1970.
    pub typed_at: u64,
}
