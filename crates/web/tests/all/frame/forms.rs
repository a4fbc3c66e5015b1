//! Reads the forms of a page, and fills them in as a person would.

/// A form that a page sends to our server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentForm {
    pub action: String,
    pub fields: Vec<Field>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub value: String,
    /// Whether a person types the value of the field.
    pub is_written: bool,
}

impl SentForm {
    /// Returns the fields, with `text` in every field that a person types into.
    pub fn filled(&self, text: &str) -> Vec<(&str, String)> {
        let value = |field: &Field| if field.is_written { text.to_owned() } else { field.value.clone() };
        self.fields.iter().map(|field| (field.name.as_str(), value(field))).collect()
    }
}

/// Returns the POST forms of a page. A form with several buttons is returned once for each button.
pub fn forms(page: &str) -> Vec<SentForm> {
    let mut forms = Vec::new();
    for form in between(page, "<form", "</form>") {
        let head = &form[..form.find('>').unwrap_or(form.len())];
        if attribute(head, "method").is_none_or(|method| !method.eq_ignore_ascii_case("post")) {
            continue;
        }
        let action = attribute(head, "action").expect("a form says where it goes");
        let mut fields = inputs(form);
        fields.extend(between(form, "<textarea", "</textarea>").into_iter().filter_map(|area| {
            let (head, value) = area.split_once('>')?;
            Some(Field { name: attribute(head, "name")?, value: unescaped(value), is_written: true })
        }));
        fields.extend(between(form, "<select", "</select>").into_iter().filter_map(|select| {
            let name = attribute(&select[..select.find('>')?], "name")?;
            let options = between(select, "<option", ">");
            let chosen = options.iter().find(|option| option.contains(" selected")).or(options.first())?;
            Some(Field { name, value: attribute(chosen, "value").unwrap_or_default(), is_written: false })
        }));
        let buttons = between(form, "<button", ">").into_iter().filter_map(|button| {
            let (name, value) = (attribute(button, "name")?, attribute(button, "value").unwrap_or_default());
            Some(Field { name, value, is_written: false })
        });
        let buttons: Vec<Field> = buttons.collect();
        let with = |button: Option<&Field>| SentForm {
            action: action.clone(),
            fields: fields.iter().chain(button).cloned().collect(),
        };
        match buttons.is_empty() {
            true => forms.push(with(None)),
            false => forms.extend(buttons.iter().map(|button| with(Some(button)))),
        }
    }
    forms
}

fn inputs(form: &str) -> Vec<Field> {
    let mut fields = Vec::<Field>::new();
    for input in between(form, "<input", ">") {
        let Some(name) = attribute(input, "name") else { continue };
        let kind = attribute(input, "type").unwrap_or_else(|| "text".to_owned());
        let value = attribute(input, "value").unwrap_or_default();
        match kind.as_str() {
            "file" => {}
            // Of several radio buttons with one name, the checked one is used, else the first.
            "radio" if fields.iter().any(|known| known.name == name) => {
                if input.contains(" checked") {
                    fields
                        .iter_mut()
                        .filter(|known| known.name == name)
                        .for_each(|known| known.value.clone_from(&value));
                }
            }
            "hidden" | "radio" | "checkbox" | "submit" => fields.push(Field { name, value, is_written: false }),
            _ => fields.push(Field { name, value, is_written: true }),
        }
    }
    fields
}

/// Returns each text that is between `start` and the next `end`, without these two.
pub fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    let pieces = text.split(start).skip(1);
    pieces.filter_map(|rest| rest.find(end).map(|place| &rest[..place])).collect()
}

pub fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(unescaped(&rest[..rest.find('"')?]))
}

fn unescaped(text: &str) -> String {
    let marks = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">")];
    let text = marks.iter().fold(text.to_owned(), |text, (mark, plain)| text.replace(mark, plain));
    text.replace("&quot;", "\"").replace("&#38;", "&").replace("&amp;", "&")
}
