//! Computes the number or bullet that Word prints before a paragraph of a list.

use std::collections::{HashMap, HashSet};

use crate::decode::Unreadable;
use crate::docx::numerals::written;
use crate::docx::styles::{ListPlace, Styles};
use crate::docx::xml::{Element, Step, Steps};
use crate::items::is_bullet;

const LEVELS: usize = 9;

/// Maximum number of characters in the pattern of a level.
const MAX_PATTERN: usize = 60;

/// The number or bullet printed before a paragraph of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The text, including a blank after it if Word prints one.
    pub text: String,
    pub is_bullet: bool,
}

#[derive(Debug, Clone)]
struct Level {
    start: i64,
    format: String,
    /// The pattern of the label, for example 第%1 or (%2).
    pattern: String,
    /// The deepest level (from 1) whose numbers restart this one: 0 means never, `None` means every higher level.
    restart: Option<i64>,
    blank: bool,
    /// Whether all numbers of the pattern are written in digits.
    digits: bool,
    style: Option<String>,
}

#[derive(Debug, Default)]
struct Definition {
    levels: HashMap<usize, Level>,
    /// The style whose list defines this list.
    by_style: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    definition: i64,
    starts: HashMap<usize, i64>,
    levels: HashMap<usize, Level>,
}

/// The lists of a document and their current counts.
#[derive(Debug, Default)]
pub struct Numbering {
    definitions: HashMap<i64, Definition>,
    lists: HashMap<i64, List>,
    /// Counters by definition. Lists with the same definition share one counter.
    counters: HashMap<i64, [Option<i64>; LEVELS]>,
    begun: HashSet<i64>,
}

/// The elements of `numbering.xml` that have begun but not ended.
#[derive(Default)]
struct Open {
    definition: Option<(i64, Definition)>,
    list: Option<(i64, List)>,
    override_of: Option<usize>,
    level: Option<(usize, Level)>,
}

impl Default for Level {
    fn default() -> Self {
        let (format, pattern) = ("decimal".to_owned(), String::new());
        Self { start: 0, format, pattern, restart: None, blank: true, digits: false, style: None }
    }
}

impl Numbering {
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        let (mut numbering, mut open) = (Self::default(), Open::default());
        let mut steps = Steps::new(text, "numbering.xml");
        while let Some(step) = steps.next()? {
            match step {
                Step::Open(element) => open.element(&element),
                Step::Close(name) => numbering.close(&name, &mut open),
                Step::Text(_) => {}
            }
        }
        Ok(numbering)
    }

    fn close(&mut self, name: &str, open: &mut Open) {
        match name {
            "abstractNum" => self.definitions.extend(open.definition.take()),
            "num" => self.lists.extend(open.list.take()),
            "lvlOverride" => open.override_of = None,
            "lvl" => {
                let levels = match (&mut open.definition, &mut open.list) {
                    (Some((_, definition)), _) => &mut definition.levels,
                    (None, Some((_, list))) => &mut list.levels,
                    (None, None) => return,
                };
                levels.extend(open.level.take());
            }
            _ => {}
        }
    }

    /// Returns the label of the next paragraph in a list, or `None` if the list or its level does not exist. `style` is
    /// the paragraph style that made the paragraph part of the list.
    pub fn label(&mut self, place: ListPlace, style: Option<&str>, styles: &Styles) -> Option<Label> {
        let number = place.list.filter(|list| *list != 0)?;
        let definition = self.definition_of(number, styles)?;
        let by_style = || style.and_then(|style| self.level_of_style(number, definition, style));
        let level = place.level.and_then(|level| usize::try_from(level).ok()).or_else(by_style).unwrap_or(0);
        if level >= LEVELS {
            return None;
        }
        let own = self.level(number, definition, level)?.clone();
        if own.format == "bullet" {
            return Some(Label { text: bullet(&own.pattern), is_bullet: true });
        }
        self.count(number, definition, level);
        let text = self.printed(number, definition, &own);
        let blank = own.blank && !text.is_empty() && !text.ends_with(char::is_whitespace);
        Some(Label { text: if blank { format!("{text} ") } else { text }, is_bullet: false })
    }

    /// Returns the definition of a list, through a style if the list refers to one.
    fn definition_of(&self, list: i64, styles: &Styles) -> Option<i64> {
        let own = self.lists.get(&list)?.definition;
        let Some(style) = self.definitions.get(&own).and_then(|definition| definition.by_style.as_deref()) else {
            return Some(own);
        };
        let list = styles.place(Some(style)).and_then(|(place, _)| place.list);
        list.and_then(|list| self.lists.get(&list)).map(|list| list.definition).or(Some(own))
    }

    fn level(&self, list: i64, definition: i64, level: usize) -> Option<&Level> {
        let own = self.lists.get(&list).and_then(|list| list.levels.get(&level));
        own.or_else(|| self.definitions.get(&definition)?.levels.get(&level))
    }

    fn level_of_style(&self, list: i64, definition: i64, style: &str) -> Option<usize> {
        (0..LEVELS).find(|at| self.level(list, definition, *at).and_then(|level| level.style.as_deref()) == Some(style))
    }

    fn start(&self, list: i64, definition: i64, level: usize) -> i64 {
        let other = self.lists.get(&list).and_then(|list| list.starts.get(&level).copied());
        other.or_else(|| self.level(list, definition, level).map(|level| level.start)).unwrap_or(1)
    }

    /// Increments the counter of a level; deeper levels restart.
    fn count(&mut self, list: i64, definition: i64, level: usize) {
        let mut counters = self.counters.get(&definition).copied().unwrap_or_default();
        if self.begun.insert(list) {
            let starts = self.lists.get(&list).map(|list| &list.starts);
            starts.into_iter().flatten().filter(|(at, _)| **at < LEVELS).for_each(|(at, _)| counters[*at] = None);
        }
        counters[level] = Some(match counters[level] {
            Some(number) => number.saturating_add(1),
            None => self.start(list, definition, level),
        });
        for (deeper, counter) in counters.iter_mut().enumerate().skip(level + 1) {
            let restart = self.level(list, definition, deeper).and_then(|level| level.restart);
            if restart.is_none_or(|after| i64::try_from(level).is_ok_and(|level| level < after)) {
                *counter = None;
            }
        }
        self.counters.insert(definition, counters);
    }

    /// Returns the pattern of a level with the current numbers.
    fn printed(&self, list: i64, definition: i64, own: &Level) -> String {
        let counters = self.counters.get(&definition).copied().unwrap_or_default();
        let mut text = String::new();
        let mut pattern = own.pattern.chars().peekable();
        while let Some(c) = pattern.next() {
            let place = pattern.peek().and_then(|c| c.to_digit(10)).filter(|digit| c == '%' && *digit > 0);
            let Some(place) = place.map(|digit| digit as usize - 1) else {
                text.push(c);
                continue;
            };
            pattern.next();
            let number = counters[place].unwrap_or_else(|| self.start(list, definition, place));
            let format = self.level(list, definition, place).map_or("decimal", |level| level.format.as_str());
            text.push_str(&written(number, if own.digits && format != "none" { "decimal" } else { format }));
        }
        text
    }
}

impl Open {
    fn element(&mut self, element: &Element<'_>) {
        let number = |name: &str| element.number(name);
        match element.name() {
            "abstractNum" => {
                self.definition = number("abstractNumId").map(|id| (id, Definition::default()));
            }
            "num" => self.list = number("numId").map(|id| (id, List::default())),
            "abstractNumId" => {
                if let (Some((_, list)), Some(id)) = (&mut self.list, number("val")) {
                    list.definition = id;
                }
            }
            "numStyleLink" => {
                if let Some((_, definition)) = &mut self.definition {
                    definition.by_style = element.value("val");
                }
            }
            "lvlOverride" => self.override_of = number("ilvl").and_then(|at| usize::try_from(at).ok()),
            "startOverride" => {
                if let (Some((_, list)), Some(at), Some(start)) = (&mut self.list, self.override_of, number("val")) {
                    list.starts.insert(at, start);
                }
            }
            "lvl" => {
                let at = number("ilvl").and_then(|at| usize::try_from(at).ok()).filter(|at| *at < LEVELS);
                self.level = at.map(|at| (at, Level::default()));
            }
            _ => {
                if let Some((_, level)) = &mut self.level {
                    level.element(element);
                }
            }
        }
    }
}

impl Level {
    fn element(&mut self, element: &Element<'_>) {
        let value = || element.value("val").unwrap_or_default();
        match element.name() {
            "start" => self.start = element.number("val").unwrap_or(1),
            "numFmt" => self.format = value(),
            "lvlText" => self.pattern = value().chars().take(MAX_PATTERN).collect(),
            "lvlRestart" => self.restart = element.number("val"),
            "suff" => self.blank = value() != "nothing",
            "isLgl" => self.digits = element.is_on(),
            "pStyle" => self.style = element.value("val"),
            _ => {}
        }
    }
}

/// Returns the bullet of a list in the form that the rules of structure expect: ・ for dashes and signs of picture
/// fonts.
fn bullet(pattern: &str) -> String {
    let sign = pattern.trim().chars().next().filter(|c| is_bullet(*c) && *c != '•' || matches!(c, '※' | '＊'));
    sign.unwrap_or('・').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: &str = "<numbering>\
        <abstractNum abstractNumId='1'>\
        <lvl ilvl='0'><start val='1'/><numFmt val='decimalFullWidth'/><lvlText val='第%1'/><pStyle val='h1'/></lvl>\
        <lvl ilvl='1'><start val='1'/><numFmt val='decimal'/><lvlText val='(%2)'/><suff val='nothing'/></lvl>\
        <lvl ilvl='2'><start val='1'/><numFmt val='aiueo'/><lvlText val='%1.%2.%3'/><isLgl/><lvlRestart val='1'/></lvl>\
        </abstractNum>\
        <abstractNum abstractNumId='2'><lvl ilvl='0'><numFmt val='bullet'/><lvlText val='\u{f0b7}'/></lvl>\
        <lvl ilvl='1'><numFmt val='bullet'/><lvlText val='○'/></lvl></abstractNum>\
        <num numId='1'><abstractNumId val='1'/></num>\
        <num numId='2'><abstractNumId val='2'/></num>\
        <num numId='3'><abstractNumId val='1'/><lvlOverride ilvl='0'><startOverride val='5'/></lvlOverride></num>\
        <num numId='4'><abstractNumId val='99'/></num></numbering>";

    #[track_caller]
    fn check(places: &[(i64, i64)], expected: &[&str]) {
        let (mut numbering, styles) = (Numbering::read(LISTS).unwrap(), Styles::default());
        let labels = places.iter().map(|(list, level)| {
            let place = ListPlace { list: Some(*list), level: Some(*level) };
            numbering.label(place, None, &styles).map(|label| label.text).unwrap_or_default()
        });
        assert_eq!(labels.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn labels_are_counted_as_word_counts_them() {
        check(&[(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)], &["第１ ", "(1)", "(2)", "第２ ", "(1)"]);
        check(&[(1, 0), (1, 1), (1, 2), (1, 1), (1, 2)], &["第１ ", "(1)", "1.1.1 ", "(2)", "1.2.2 "]);
        check(&[(1, 0), (3, 0), (3, 0), (1, 0)], &["第１ ", "第５ ", "第６ ", "第７ "]);
        check(&[(2, 0), (2, 1)], &["・", "○"]);
        check(&[(4, 0), (9, 0), (0, 0), (1, 8), (1, 900), (1, -1)], &["", "", "", "", "", "第１ "]);
    }

    #[test]
    fn a_style_gives_the_level() {
        let mut numbering = Numbering::read(LISTS).unwrap();
        let place = ListPlace { list: Some(1), level: None };
        let label = numbering.label(place, Some("h1"), &Styles::default());
        assert_eq!(label, Some(Label { text: "第１ ".to_owned(), is_bullet: false }));
    }
}
