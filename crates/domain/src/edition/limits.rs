//! 限度の確かめ — checks every field of a command about editions against the limits. Each command and struct is destructured with
//! all its fields, so that a new field cannot be forgotten.

use crate::edition::EditionFile;
use crate::edition::command::FreezeEdition;
use crate::record::found::Found;
use crate::refusal::Measure;

impl Found {
    /// The document is not measured here: the decision refuses it unless it equals the recorded content, whose parts
    /// were measured when they were recorded.
    pub(crate) fn edition(&mut self, freeze: &FreezeEdition) {
        let FreezeEdition { agreement: _, by: _, fiscal_year: _, document: _, digest, files } = freeze;
        self.letters(Measure::FileName, digest);
        self.count(Measure::Together, files.len());
        for EditionFile { name, media_type, digest, bytes: _ } in files {
            [name, media_type, digest].into_iter().for_each(|text| self.letters(Measure::FileName, text));
        }
    }
}
