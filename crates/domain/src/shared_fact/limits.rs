//! 限度の確かめ — checks every field of a command about shared facts against the limits. Each command and struct is destructured with
//! all its fields, so that a new field cannot be forgotten.

use crate::record::found::Found;
use crate::refusal::Measure;
use crate::shared_fact::command::FactDeed;

impl Found {
    pub(crate) fn fact(&mut self, deed: &FactDeed) {
        match deed {
            FactDeed::State { fact: _, name, members } => {
                self.letters(Measure::Title, name);
                self.count(Measure::Members, members.len());
            }
            FactDeed::Explain { fact: _, reason } => self.letters(Measure::Reason, reason),
            FactDeed::Withdraw { fact: _ } => {}
        }
    }
}
