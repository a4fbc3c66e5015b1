//! 見知ったブラウザー — the browsers in which people have signed in. Only the digest of the token of a browser is stored. A
//! known browser has no right; its failed sign-ins are counted apart from those of strangers.

use rusqlite::OptionalExtension;

use crate::engine::sqlite::store::{Journal, Reader};
use crate::error::JournalError;
use crate::owner::AccountOwner;

const WRITING: &str = "見知ったブラウザーを書く";
const READING: &str = "見知ったブラウザーを読む";

impl Journal {
    /// Records that an account signed in by the browser that sent the token `carried`. If the browser is not known to
    /// this account, it gets the token `fresh`, for all accounts that know it. So nobody can give a browser a token
    /// beforehand. Keeps the `most` most recently used browsers of the account. Returns whether the browser needs the
    /// new token.
    pub fn know_browser(
        &self,
        account: &AccountOwner,
        carried: Option<&[u8; 32]>,
        fresh: &[u8; 32],
        most: u32,
        now: u64,
    ) -> Result<bool, JournalError> {
        let writing = JournalError::database(WRITING);
        let (carried, now) = (carried.map_or(&[][..], |digest| &digest[..]), now.cast_signed());
        let mut writer = self.writer();
        let transaction = writer.transaction().map_err(writing)?;
        let seen = "UPDATE known_browsers SET seen_at = $1 WHERE account = $2 AND digest = $3";
        let is_new = transaction.execute(seen, (now, account, carried)).map_err(writing)? == 0;
        if is_new {
            let renamed = "UPDATE known_browsers SET digest = $1 WHERE digest = $2";
            transaction.execute(renamed, (&fresh[..], carried)).map_err(writing)?;
            let added = "INSERT INTO known_browsers (account, digest, made_at, seen_at) VALUES ($1, $2, $3, $3)";
            transaction.execute(added, (account, &fresh[..], now)).map_err(writing)?;
            let forgotten = "DELETE FROM known_browsers WHERE account = $1 AND digest IN
                             (SELECT digest FROM known_browsers WHERE account = $1
                              ORDER BY seen_at DESC, made_at DESC, digest LIMIT -1 OFFSET $2)";
            transaction.execute(forgotten, (account, most)).map_err(writing)?;
        }
        transaction.commit().map_err(writing)?;
        Ok(is_new)
    }
}

impl Reader {
    /// Whether this account has signed in by the browser with this token.
    pub fn knows_browser(&self, account: &AccountOwner, digest: &[u8; 32]) -> Result<bool, JournalError> {
        let sql = "SELECT 1 FROM known_browsers WHERE account = $1 AND digest = $2";
        let found = self.connection().query_row(sql, (account, &digest[..]), |_| Ok(())).optional();
        Ok(found.map_err(JournalError::database(READING))?.is_some())
    }

    /// Whether any account has signed in by the browser with this token.
    pub fn anybody_knows_browser(&self, digest: &[u8; 32]) -> Result<bool, JournalError> {
        let sql = "SELECT 1 FROM known_browsers WHERE digest = $1 LIMIT 1";
        let found = self.connection().query_row(sql, [&digest[..]], |_| Ok(())).optional();
        Ok(found.map_err(JournalError::database(READING))?.is_some())
    }
}
