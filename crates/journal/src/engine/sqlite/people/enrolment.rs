//! 一覧による登録 — adds the accounts and appointments of a list in one transaction: all of them or none.

use crate::engine::sqlite::people::accounts::{insert_account, insert_appointment, insert_deed, set_until};
use crate::engine::sqlite::people::links::insert_link;
use crate::engine::sqlite::store::Journal;
use crate::error::JournalError;
use crate::people::enrolment::Enrolment;

impl Journal {
    /// Records all changes in one transaction. If another account has meanwhile got one of the login names, records
    /// nothing and returns false.
    pub fn enrol(&self, enrolment: &Enrolment) -> Result<bool, JournalError> {
        let writing = JournalError::database("利用者を書く");
        let mut writer = self.writer();
        let transaction = writer.transaction().map_err(writing)?;
        for account in &enrolment.accounts {
            if !insert_account(&transaction, account).map_err(writing)? {
                return Ok(false);
            }
        }
        for (id, until_day) in &enrolment.endings {
            set_until(&transaction, id, until_day).map_err(writing)?;
        }
        enrolment.appointments.iter().try_for_each(|row| insert_appointment(&transaction, row)).map_err(writing)?;
        enrolment.links.iter().try_for_each(|link| insert_link(&transaction, link)).map_err(writing)?;
        enrolment.deeds.iter().try_for_each(|deed| insert_deed(&transaction, deed)).map_err(writing)?;
        transaction.commit().map_err(writing)?;
        Ok(true)
    }
}
