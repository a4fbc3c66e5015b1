//! 外部認証の結び付け — which account somebody has who is known by an issuer outside. One account of one issuer's subject;
//! nobody is bound to an account but by somebody who signed in to it.

use rusqlite::OptionalExtension;

use crate::engine::sqlite::store::{Journal, Reader};
use crate::error::JournalError;
use crate::owner::AccountOwner;

const WRITING: &str = "外部認証の結び付けを書く";
const READING: &str = "外部認証の結び付けを読む";

impl Journal {
    /// Binds an issuer's subject to an account, and to no other: whether it was free, and the account has fewer than `most`.
    pub fn bind_outside(
        &self,
        issuer: &str,
        subject: &str,
        account: &AccountOwner,
        most: u32,
    ) -> Result<bool, JournalError> {
        let sql = "INSERT INTO outside_identities (issuer, subject, account) SELECT $1, $2, $3
                   WHERE (SELECT COUNT(*) FROM outside_identities WHERE account = $3) < $4 ON CONFLICT DO NOTHING";
        let made = self.writer().execute(sql, (issuer, subject, account, most));
        Ok(made.map_err(JournalError::database(WRITING))? > 0)
    }

    /// Takes all that is bound to an account away.
    pub fn unbind_outside(&self, account: &AccountOwner) -> Result<(), JournalError> {
        let sql = "DELETE FROM outside_identities WHERE account = $1";
        self.writer().execute(sql, [account]).map_err(JournalError::database(WRITING))?;
        Ok(())
    }
}

impl Reader {
    /// The account of an issuer's subject.
    pub fn account_of_outside(&self, issuer: &str, subject: &str) -> Result<Option<AccountOwner>, JournalError> {
        let sql = "SELECT account FROM outside_identities WHERE issuer = $1 AND subject = $2";
        let found = self.connection().query_row(sql, (issuer, subject), |row| row.get(0)).optional();
        found.map_err(JournalError::database(READING))
    }

    /// Whether an account is bound to somebody of this issuer.
    pub fn is_bound_outside(&self, issuer: &str, account: &AccountOwner) -> Result<bool, JournalError> {
        let sql = "SELECT 1 FROM outside_identities WHERE issuer = $1 AND account = $2 LIMIT 1";
        let found = self.connection().query_row(sql, (issuer, account), |_| Ok(())).optional();
        Ok(found.map_err(JournalError::database(READING))?.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::sqlite::people::accounts::tests::person;

    #[test]
    fn a_subject_is_bound_to_one_account_and_an_account_to_so_many() {
        let directory = tempfile::tempdir().unwrap();
        let journal = Journal::open(directory.path()).unwrap();
        let [tanto, kessai] = ["tanto", "kessai"].map(|login| {
            journal.add_account(&person(login)).unwrap();
            AccountOwner::Account(format!("id-{login}"))
        });
        for (subject, account, expected) in [
            ("a", &tanto, true),
            ("a", &kessai, false),
            ("b", &tanto, true),
            ("c", &tanto, false),
            ("c", &kessai, true),
        ] {
            assert_eq!(journal.bind_outside("i", subject, account, 2).unwrap(), expected, "{subject} {account:?}");
        }
        journal.unbind_outside(&kessai).unwrap();
        let bound = [&tanto, &kessai].map(|account| journal.is_bound_outside("i", account).unwrap());
        assert_eq!(bound, [true, false]);
        assert_eq!(journal.account_of_outside("i", "b").unwrap(), Some(tanto));
    }
}
