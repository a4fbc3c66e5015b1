//! 送れなかった入力 — a form that came after its session had run out, kept for the account whose session it was.

use renkei_identity::token::Token;
use renkei_journal::Unsent;

use crate::error::AppError;
use crate::open::Renkei;
use crate::sessions::millis;

/// 送れなかった入力 — where it was sent to, and its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsentForm {
    pub address: String,
    pub fields: Vec<(String, String)>,
}

/// Of one account.
const MOST_KEPT: u32 = 20;
const KEPT_FOR: u64 = 30 * 24 * 60 * 60_000;

impl Renkei {
    /// Keeps a form; answers with its name.
    pub fn keep_unsent(&self, account: &str, address: &str, fields: &[(String, String)]) -> Result<String, AppError> {
        let now = millis(self.now());
        let id = Token::for_paper()?.text().to_owned();
        // Pairs of texts are always JSON.
        let fields = serde_json::to_vec(fields).unwrap_or_default();
        let (account, address) = (account.to_owned(), address.to_owned());
        let unsent = Unsent { id: id.clone(), account, address, fields, kept_at: now };
        self.journal.keep_unsent(&unsent, MOST_KEPT, now.saturating_sub(KEPT_FOR))?;
        Ok(id)
    }

    /// A kept form of this account and of no other.
    pub fn unsent(&self, account: &str, id: &str) -> Result<Option<UnsentForm>, AppError> {
        let kept = self.journal.unsent(account, id)?;
        Ok(kept.and_then(|kept| {
            let fields = serde_json::from_slice(&kept.fields).ok()?;
            Some(UnsentForm { address: kept.address, fields })
        }))
    }

    pub fn unsent_ids(&self, account: &str) -> Result<Vec<String>, AppError> {
        Ok(self.journal.unsent_ids(account)?)
    }

    pub fn drop_unsent(&self, account: &str, id: &str) -> Result<(), AppError> {
        Ok(self.journal.drop_unsent(account, id)?)
    }
}
