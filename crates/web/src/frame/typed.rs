//! What was typed into one of the forms of a page.

use crate::frame::form::Form;

/// What was typed into one of the forms and refused; nothing where the page is opened anew.
#[derive(Default)]
pub(crate) struct Typed<'a> {
    pub form: Option<&'a Form>,
    pub refusals: Vec<String>,
}

impl Typed<'_> {
    /// What stands in a field of a form that came back; empty in all others.
    pub fn field(&self, deed: &str, name: &str) -> String {
        self.form.filter(|form| form.get("deed") == deed).map(|form| form.get(name)).unwrap_or_default()
    }
}
