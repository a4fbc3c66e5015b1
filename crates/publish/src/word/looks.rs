//! 見た目の名前 — the named styles of the report. The template defines their look.

use std::collections::BTreeMap;

use super::tree::Element;

/// A style that the report needs, named by its purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Look {
    AgreementTitle,
    AgreementText,
    ArticleHeading,
    ArticleText,
    ProvisionHeading,
    AgreementDate,
    SignerOffice,
    SignerName,
    ContentsTitle,
    /// The lines of the contents, by level from 1.
    Contents(u8),
    /// The headings (見出し) of levels 1 to 3.
    Heading(u8),
    PurposeText,
    Lead,
    HeaderCell,
    PartyCell,
    NumberCell,
    DivisionCell,
    RowText,
    Bullet,
    RowTable,
}

/// The name of each style in a Word file. Word stores English names for its built-in styles, in every language version.
const NAMES: [(Look, &str); 24] = [
    (Look::AgreementTitle, "協定 標題"),
    (Look::AgreementText, "協定 本文"),
    (Look::ArticleHeading, "協定 条見出し"),
    (Look::ArticleText, "協定 条文"),
    (Look::ProvisionHeading, "協定 附則"),
    (Look::AgreementDate, "協定 日付"),
    (Look::SignerOffice, "協定 署名 職"),
    (Look::SignerName, "協定 署名 氏名"),
    (Look::ContentsTitle, "目次 見出し"),
    (Look::Contents(1), "toc 1"),
    (Look::Contents(2), "toc 2"),
    (Look::Contents(3), "toc 3"),
    (Look::Heading(1), "heading 1"),
    (Look::Heading(2), "heading 2"),
    (Look::Heading(3), "heading 3"),
    (Look::PurposeText, "趣旨 本文"),
    (Look::Lead, "項目 リード文"),
    (Look::HeaderCell, "取組 見出し行"),
    (Look::PartyCell, "取組 区分"),
    (Look::NumberCell, "取組 番号"),
    (Look::DivisionCell, "取組 担当課"),
    (Look::RowText, "取組 内容"),
    (Look::Bullet, "取組 箇条書き"),
    (Look::RowTable, "取組の表"),
];

/// The ids of the styles in one file, which a word processor chooses when it saves.
#[derive(Debug, Clone)]
pub(crate) struct Looks {
    ids: BTreeMap<Look, String>,
    /// The id of the list that the bullet style uses.
    pub bullet_list: Option<String>,
    /// Whether 見出し2 begins a page. If so, the first 見出し2 after a 見出し1 must not begin another page.
    pub chapters_begin_pages: bool,
    /// The size of the text in cells, in twentieths of a point.
    pub cell_size: usize,
}

impl Looks {
    /// Finds the styles of a template; fails with the names of the missing ones.
    ///
    /// Every word processor has the styles 見出し and 目次 but does not save unused ones. If one is missing, our style is
    /// added to `styles`.
    pub(crate) fn find(styles: &mut Element, ours: &Element) -> Result<Self, Vec<&'static str>> {
        let mut ids = BTreeMap::new();
        let mut missing = Vec::new();
        for (look, name) in NAMES {
            if named(styles, name).is_none() && matches!(look, Look::Heading(_) | Look::Contents(_)) {
                adopt(styles, ours, name);
            }
            match named(styles, name).and_then(|style| style.attribute("w:styleId")) {
                Some(id) => {
                    ids.insert(look, id.to_owned());
                }
                None => missing.push(name),
            }
        }
        if !missing.is_empty() {
            return Err(missing);
        }
        let property = |look: Look, group: &str, name: &str| inherited(styles, &ids[&look], group, name);
        let number = property(Look::Bullet, "w:pPr", "w:numPr");
        let begins = property(Look::Heading(2), "w:pPr", "w:pageBreakBefore");
        let size = property(Look::DivisionCell, "w:rPr", "w:sz").and_then(|size| size.attribute("w:val")?.parse().ok());
        Ok(Self {
            bullet_list: number.and_then(|number| number.value_of("w:numId")).map(str::to_owned),
            chapters_begin_pages: begins.is_some_and(is_on),
            cell_size: size.map_or(210, |half_points: usize| half_points * 10),
            ids,
        })
    }

    /// Returns the id of a style; `find` guarantees that every style has one.
    pub(crate) fn id(&self, look: Look) -> &str {
        self.ids.get(&look).map_or("", String::as_str)
    }
}

/// Finds a style by name; word processors may write the names of built-in styles with capitals.
fn named<'styles>(styles: &'styles Element, name: &str) -> Option<&'styles Element> {
    styles.elements().find(|style| style.value_of("w:name").is_some_and(|known| known.eq_ignore_ascii_case(name)))
}

fn adopt(styles: &mut Element, ours: &Element, name: &str) {
    let default_id = default_style(styles).and_then(|style| style.attribute("w:styleId")).map(str::to_owned);
    let Some(mut style) = named(ours, name).cloned() else { return };
    for reference in style.elements_mut().filter(|it| it.name == "w:basedOn" || it.name == "w:next") {
        reference.set("w:val", default_id.clone().unwrap_or_default());
    }
    style.set("w:styleId", format!("renkei{}", style.attribute("w:styleId").unwrap_or_default()));
    styles.children.push(style.into());
}

fn default_style(styles: &Element) -> Option<&Element> {
    let is_default = |style: &&Element| style.attribute("w:default").is_some_and(|on| on == "1" || on == "true");
    styles.elements().filter(is_default).find(|style| style.attribute("w:type") == Some("paragraph"))
}

/// Returns a property of a style, of the style that it is based on, or of the file's defaults.
fn inherited<'styles>(styles: &'styles Element, id: &str, group: &str, name: &str) -> Option<&'styles Element> {
    let mut id = Some(id.to_owned());
    // The limit also ends the search if styles are based on each other in a cycle.
    for _ in 0..32 {
        let of_id = |style: &&Element| style.attribute("w:styleId") == id.as_deref();
        let Some(style) = styles.elements().find(of_id) else { break };
        if let Some(property) = style.child(group).and_then(|properties| properties.child(name)) {
            return Some(property);
        }
        id = style.value_of("w:basedOn").map(str::to_owned);
    }
    let defaults = styles.child("w:docDefaults")?;
    let defaults = defaults.child(&format!("{group}Default"))?;
    defaults.child(group)?.child(name)
}

/// Whether a property is on: true for `<w:pageBreakBefore/>`, false for `<w:pageBreakBefore w:val="0"/>`.
pub(crate) fn is_on(property: &Element) -> bool {
    !matches!(property.attribute("w:val"), Some("0" | "false" | "off"))
}
