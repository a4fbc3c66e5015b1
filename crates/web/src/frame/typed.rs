//! The input of a form that is shown again.

use crate::frame::form::Form;

/// The refused input of one of the page's forms; empty if the page is newly opened.
#[derive(Default)]
pub(crate) struct Typed<'a> {
    pub form: Option<&'a Form>,
    pub refusals: Vec<String>,
}

impl Typed<'_> {
    /// Returns the form of a deed if it came back.
    pub fn form_of(&self, deed: &str) -> Option<&Form> {
        self.form.filter(|form| form.get("deed") == deed)
    }

    /// Returns the value of a field of the form that came back; empty for all other forms.
    pub fn field(&self, deed: &str, name: &str) -> String {
        self.form_of(deed).map(|form| form.get(name)).unwrap_or_default()
    }
}
