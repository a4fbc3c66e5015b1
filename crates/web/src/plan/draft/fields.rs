//! The fields of a row's form, and the wording that is made from them.

use renkei_document::language::Language;
use renkei_document::particulars::{Particulars, Partner, ProgrammeKind, TargetGroup};
use renkei_document::passage::Passage;
use renkei_domain::plan::{Item, Wording};

use crate::frame::form::Form;

/// Content of the fields of a row's form, whether it is valid or not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowFields {
    /// Divisions, one per line; the first is the leading one.
    pub divisions: String,
    /// Partner organisations, one per line.
    pub with: String,
    pub text: String,
    /// Items, one per line, each with its bullet.
    pub items: String,
    pub target_groups: Vec<String>,
    pub programme: String,
}

/// One option of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choosable {
    pub key: &'static str,
    pub name: &'static str,
    pub chosen: bool,
}

impl RowFields {
    pub fn of(wording: &Wording) -> Self {
        let print = |passage: &Passage| passage.print(None, |_| None).0;
        let items = wording.items.iter().map(|item| format!("{}{}", item.mark, print(&item.passage)));
        let particulars = &wording.particulars;
        Self {
            divisions: wording.divisions.join("\n"),
            with: particulars.with.iter().map(Partner::in_words).collect::<Vec<_>>().join("\n"),
            text: print(&wording.text),
            items: items.collect::<Vec<_>>().join("\n"),
            target_groups: particulars.target_groups.iter().map(|group| group.key().to_owned()).collect(),
            programme: particulars.programme.map(|kind| kind.key().to_owned()).unwrap_or_default(),
        }
    }

    pub fn from_form(form: &Form) -> Self {
        Self {
            divisions: form.get("divisions"),
            with: form.get("with"),
            text: form.get("text"),
            items: form.get("items"),
            target_groups: form.all("target").map(str::to_owned).collect(),
            programme: form.get("programme"),
        }
    }

    /// Returns the wording that is made from the fields. A passage whose text did not change keeps its figures.
    pub fn wording(&self, before: Option<&Wording>) -> Wording {
        let divisions: Vec<String> = lines(&self.divisions);
        let kept = |passage: Option<&Passage>, text: String| match passage {
            Some(known) if known.print(None, |_| None).0 == text => known.clone(),
            _ => Passage::words(text),
        };
        let old_items = before.map(|wording| wording.items.as_slice()).unwrap_or_default();
        let item = |(place, line): (usize, String)| {
            let (mark, text) = item(&line);
            Item { mark, passage: kept(old_items.get(place).map(|item| &item.passage), text) }
        };
        let text = lines(&self.text).join("\n");
        Wording {
            divisions_printed: before
                .filter(|wording| wording.divisions == divisions)
                .and_then(|wording| wording.divisions_printed.clone()),
            divisions,
            text: kept(before.map(|wording| &wording.text), text),
            items: lines(&self.items).into_iter().enumerate().map(item).collect(),
            particulars: Particulars {
                with: self.with.lines().filter_map(Partner::of_words).collect(),
                target_groups: self.chosen_groups(),
                programme: ProgrammeKind::ALL.into_iter().find(|kind| kind.key() == self.programme),
            },
        }
    }

    fn chosen_groups(&self) -> Vec<TargetGroup> {
        let chosen = |group: &TargetGroup| self.target_groups.iter().any(|key| key == group.key());
        TargetGroup::ALL.into_iter().filter(chosen).collect()
    }

    pub fn targets(&self, language: Language) -> Vec<Choosable> {
        let chosen = self.chosen_groups();
        let choice = |group: TargetGroup| Choosable {
            key: group.key(),
            name: group.name_in(language),
            chosen: chosen.contains(&group),
        };
        TargetGroup::ALL.map(choice).to_vec()
    }

    pub fn programmes(&self, language: Language) -> Vec<Choosable> {
        let choice = |kind: ProgrammeKind| Choosable {
            key: kind.key(),
            name: kind.name_in(language),
            chosen: kind.key() == self.programme,
        };
        ProgrammeKind::ALL.map(choice).to_vec()
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}

/// Splits a line of the items into its bullet and the rest.
fn item(line: &str) -> (String, String) {
    const BULLETS: &str = "・○●◎◇◆□■▪‣※→";
    match line.chars().next().filter(|first| BULLETS.contains(*first)) {
        Some(bullet) => (bullet.to_string(), line[bullet.len_utf8()..].trim_start().to_owned()),
        None => (String::new(), line.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_made_from_a_wording_give_the_same_wording() {
        let item = |mark: &str, text: &str| Item { mark: mark.into(), passage: Passage::words(text) };
        let wording = Wording {
            divisions: vec!["しごと課".into(), "くらし課".into()],
            divisions_printed: Some("しごと課・くらし課".into()),
            text: Passage::words("相談を行う。\nまた、訪問する。"),
            items: vec![item("・", "年3回"), item("", "続きの段落")],
            particulars: Particulars {
                with: vec![Partner { organisation: "あおば労働局".into(), divisions: vec!["訓練課".into()] }],
                target_groups: vec![TargetGroup::Youth, TargetGroup::Employers],
                programme: Some(ProgrammeKind::Consultation),
            },
        };
        assert_eq!(RowFields::of(&wording).wording(Some(&wording)), wording);
    }
}
