//! 様式の試し刷り — prints a short report to test the layouts of an office.

use renkei_document::document::Document;

use crate::error::PressError;
use crate::page_numbers::PageNumbers;
use crate::pdf::pdf;
use crate::press::Press;
use crate::templates::Templates;
use crate::word::docx;

/// The document that is printed to test a layout. It is short but contains every part that a report can have.
const TRIAL: &str = include_str!("../templates/trial.json");

impl Templates {
    /// Prints a short report in these layouts; fails if one of the layouts cannot be used.
    pub fn check(self) -> Result<(), PressError> {
        let trial: Document =
            serde_json::from_str(TRIAL).map_err(|fault| PressError::Refused(vec![fault.to_string()]))?;
        docx(&trial, &self.word, &PageNumbers::default())?;
        pdf(&trial, &Press::with_templates(&self)?)?;
        Ok(())
    }
}
