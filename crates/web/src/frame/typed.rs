//! The refused input of a form, for showing the form again.

use crate::frame::form::Form;

/// The refused input of one of the page's forms; empty if the page was opened by a link.
#[derive(Default)]
pub(crate) struct Typed<'a> {
    pub form: Option<&'a Form>,
    pub refusals: Vec<String>,
}

impl Typed<'_> {
    /// Returns the refused form if it is the form for this deed (the value of its field `deed`).
    pub fn form_of(&self, deed: &str) -> Option<&Form> {
        self.form.filter(|form| form.get("deed") == deed)
    }

    /// Returns the value of a field if the refused form is the form for this deed; else an empty text.
    pub fn field(&self, deed: &str, name: &str) -> String {
        self.form_of(deed).map(|form| form.get(name)).unwrap_or_default()
    }
}
