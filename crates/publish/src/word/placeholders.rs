//! 差込項目 — placeholders of a template such as `{{標題}}`: their names, and their positions in a paragraph.

/// A placeholder for words. It may be alone or in the middle of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    Title,
    Issuers,
    IssuedOn,
    FiscalYear,
    AgreementName,
}

/// A placeholder for headings, paragraphs and tables; it must be alone in its paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Passage {
    Agreement,
    Contents,
    Purpose,
    Progress,
    Plan,
}

/// The kind of a placeholder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Placeholder {
    Field(Field),
    Passage(Passage),
}

/// All placeholders: the name, the kind, and a description of the content.
pub(crate) const PLACEHOLDERS: [(&str, Placeholder, &str); 10] = [
    ("標題", Placeholder::Field(Field::Title), "報告書の標題（1行ずつの段落になります）"),
    ("発行者", Placeholder::Field(Field::Issuers), "発行者（1者ずつの段落になります）"),
    ("発行年月", Placeholder::Field(Field::IssuedOn), "発行年月。例：令和8年3月"),
    ("年度", Placeholder::Field(Field::FiscalYear), "計画の年度。例：令和8年度"),
    ("協定名", Placeholder::Field(Field::AgreementName), "協定の名称"),
    ("協定", Placeholder::Passage(Passage::Agreement), "協定書の全文"),
    ("目次", Placeholder::Passage(Passage::Contents), "目次"),
    ("趣旨", Placeholder::Passage(Passage::Purpose), "第1 趣旨"),
    ("進捗", Placeholder::Passage(Passage::Progress), "進捗状況・実施報告の表"),
    ("計画", Placeholder::Passage(Passage::Plan), "事業計画の表（必ず要ります）"),
];

/// A placeholder or a fault, with its byte range in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub start: usize,
    pub end: usize,
    pub content: Content,
}

/// The content between the braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    Known(Placeholder),
    Unknown(String),
    /// `{{` without `}}`.
    Unclosed,
    /// `}}` without `{{`.
    Unopened,
}

/// Opening and closing braces, half-width and full-width: with a Japanese keyboard, the full-width form is easily typed
/// by mistake.
const OPENING: [&str; 2] = ["{{", "｛｛"];
const CLOSING: [&str; 2] = ["}}", "｝｝"];

/// Finds the placeholders and stray braces in the text of one paragraph.
pub(crate) fn find(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((start, inside)) = first(text, at, OPENING) {
        stray(text, at, start, &mut found);
        let closing = first(text, inside, CLOSING);
        let reopened = first(text, inside, OPENING).map_or(text.len(), |(start, _)| start);
        match closing.filter(|(name_end, _)| *name_end <= reopened) {
            Some((name_end, end)) => {
                found.push(Found { start, end, content: content(text[inside..name_end].trim()) });
                at = end;
            }
            None => {
                found.push(Found { start, end: inside, content: Content::Unclosed });
                at = inside;
            }
        }
    }
    stray(text, at, text.len(), &mut found);
    found
}

fn stray(text: &str, from: usize, to: usize, found: &mut Vec<Found>) {
    if let Some((start, end)) = first(&text[..to], from, CLOSING) {
        found.push(Found { start, end, content: Content::Unopened });
    }
}

/// Returns the start and end of the first of these braces at or after a position.
fn first(text: &str, from: usize, braces: [&str; 2]) -> Option<(usize, usize)> {
    let places = braces.iter().filter_map(|brace| {
        let start = from + text.get(from..)?.find(brace)?;
        Some((start, start + brace.len()))
    });
    places.min()
}

fn content(name: &str) -> Content {
    let known = PLACEHOLDERS.iter().find(|(known, _, _)| *known == name);
    known.map_or_else(|| Content::Unknown(name.to_owned()), |(_, placeholder, _)| Content::Known(*placeholder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Content)]) {
        let found: Vec<(&str, Content)> =
            find(text).into_iter().map(|it| (&text[it.start..it.end], it.content)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn braces_are_found_with_their_positions() {
        let title = Content::Known(Placeholder::Field(Field::Title));
        let plan = Content::Known(Placeholder::Passage(Passage::Plan));
        check("本文", &[]);
        check("{{標題}}", &[("{{標題}}", title.clone())]);
        check("『{{ 標題 }}』と｛｛計画｝｝", &[("{{ 標題 }}", title.clone()), ("｛｛計画｝｝", plan)]);
        check("{{標だい}}", &[("{{標だい}}", Content::Unknown("標だい".to_owned()))]);
        check("{{標題 と {{標題}}", &[("{{", Content::Unclosed), ("{{標題}}", title.clone())]);
        check("{{標題}", &[("{{", Content::Unclosed)]);
        check("標題}} {{標題}}", &[("}}", Content::Unopened), ("{{標題}}", title)]);
        check("{一つ} } {", &[]);
    }
}
