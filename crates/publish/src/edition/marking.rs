//! Marks the figures in the texts of a document, so that the code that prints the rows can find them.
//!
//! A mark is one character of Unicode's private-use planes 15 and 16, which have no meaning in documents. If a text
//! already contains such a character, it is replaced first.

use renkei_document::document::{Document, Initiative};

/// The mark that opens figure 0; the next character opens figure 1, and so on.
const FIRST: u32 = 0xF_0000;
const LAST: u32 = 0xF_FFFD;
/// The mark that closes the open figure.
const END: char = '\u{10_FFFD}';

/// 印 — the meaning of a character in a marked text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Begins the figure with this index in the document's list, from 0.
    Begins(usize),
    Ends,
    None,
}

pub fn mark(character: char) -> Mark {
    match character as u32 {
        code @ FIRST..=LAST => Mark::Begins((code - FIRST) as usize),
        _ if character == END => Mark::Ends,
        _ => Mark::None,
    }
}

/// Returns the document with a mark before and after each figure in a row's text. Of overlapping figures, only the last
/// is marked.
pub fn marked(document: &Document) -> Document {
    let mut marked = document.clone();
    let mut place = 0;
    let sections =
        marked.plans.iter_mut().flat_map(|plan| &mut plan.chapters).flat_map(|chapter| &mut chapter.sections);
    for row in sections.flat_map(|section| &mut section.initiatives) {
        mark_row(row, place);
        place += row.figures.len();
    }
    marked
}

fn mark_row(row: &mut Initiative, first: usize) {
    let mut spans: Vec<_> = row.figures.iter().enumerate().filter_map(|(n, figure)| Some((figure.span?, n))).collect();
    spans.sort_unstable();
    // Insert the marks from the end, so that the earlier positions stay valid.
    let mut free: Option<(Option<u32>, u32)> = None;
    for (span, n) in spans.into_iter().rev() {
        let text = match span.item {
            None => Some(&mut row.text),
            Some(item) => row.items.get_mut(item as usize),
        };
        let overlaps = free.is_some_and(|(item, start)| item == span.item && span.end > start);
        let (start, end) = (span.start as usize, span.end as usize);
        let Some(text) = text.filter(|text| !overlaps && text.get(start..end).is_some_and(|word| !word.is_empty()))
        else {
            continue;
        };
        let Some(begin) = u32::try_from(first + n).ok().and_then(|n| char::from_u32(FIRST + n)) else { continue };
        if mark(begin) != Mark::Begins(first + n) {
            continue;
        }
        text.insert(end, END);
        text.insert(start, begin);
        free = Some((span.item, span.start));
    }
}

/// Returns the document without characters that look like marks. Each is replaced by an invisible character of the same
/// length in bytes, so that spans stay valid.
pub fn unmarked(document: &Document) -> Document {
    let has_marks = |text: &str| text.chars().any(|c| mark(c) != Mark::None);
    let mut bare = document.clone();
    let sections = bare.plans.iter_mut().flat_map(|plan| &mut plan.chapters).flat_map(|chapter| &mut chapter.sections);
    for row in sections.flat_map(|section| &mut section.initiatives) {
        for text in std::iter::once(&mut row.text).chain(&mut row.items).filter(|text| has_marks(text)) {
            *text = text.chars().map(|c| if mark(c) == Mark::None { c } else { '\u{E0020}' }).collect();
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use renkei_document::document::{Chapter, PlanKind, PlanTable, Section};
    use renkei_document::figure::{Figure, FigureKind, Span, State};
    use renkei_document::fiscal_year::FiscalYear;
    use renkei_document::locus::Source;
    use renkei_document::party::PartyKey;

    use super::*;

    /// Makes a document with one row; each span is a figure.
    fn document(text: &str, spans: &[(u32, u32)]) -> Document {
        let figure = |(start, end): &(u32, u32)| Figure {
            observation: None,
            label: "相談".into(),
            state: State::Value,
            value: None,
            unit: None,
            kind: FigureKind::Actual,
            as_of: None,
            period: None,
            event_dates: Vec::new(),
            scope: None,
            qualifier: None,
            provisional: false,
            source: Source::none(),
            span: Some(Span { item: None, start: *start, end: *end }),
        };
        let row = Initiative {
            id: None,
            party: PartyKey::new("city"),
            number: 1,
            mark: None,
            divisions: Vec::new(),
            divisions_printed: None,
            text: text.into(),
            items: Vec::new(),
            item_marks: Vec::new(),
            particulars: Default::default(),
            repeated: false,
            figures: spans.iter().map(figure).collect(),
            lines: Vec::new(),
        };
        let section =
            Section { id: None, number: 1, title: "項目".into(), lead: None, initiatives: vec![row], source: None };
        let chapter = Chapter { number: 1, title: "柱".into(), sections: vec![section], source: None };
        let (fiscal_year, kind) = (FiscalYear(2025), PlanKind::Progress);
        let plan = PlanTable { id: None, fiscal_year, kind, title: String::new(), chapters: vec![chapter] };
        Document { plans: vec![plan], ..Document::default() }
    }

    #[track_caller]
    fn check(text: &str, spans: &[(u32, u32)], expected: &str) {
        let marked = marked(&unmarked(&document(text, spans)));
        let text = &marked.plans[0].chapters[0].sections[0].initiatives[0].text;
        let shown = |c: char| match mark(c) {
            Mark::Begins(place) => format!("<{place}:"),
            Mark::Ends => ">".to_owned(),
            Mark::None => c.to_string(),
        };
        assert_eq!(text.chars().map(shown).collect::<String>(), expected);
    }

    #[test]
    fn figures_are_marked_at_their_positions_whatever_the_text() {
        check("5件と7件", &[(0, 1), (7, 8)], "<0:5>件と<1:7>件");
        check("7件と5件", &[(7, 8), (0, 1)], "<1:7>件と<0:5>件");
        check("各12件", &[(3, 5), (3, 5)], "各<1:12>件");
        check("12件", &[(1, 2), (7, 9), (0, 40)], "1<0:2>件");
        check("\u{F0000}5", &[(4, 5)], "\u{E0020}<0:5>");
        check("件", &[(1, 2)], "件");
    }
}
