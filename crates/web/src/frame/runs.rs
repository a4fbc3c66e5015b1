//! A text cut into runs for a page: plain words, figures with links to their sources, small print, and marked words.

use std::ops::Range;

/// The change of a run in a comparison: same, removed or added.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Change {
    #[default]
    Same,
    Gone,
    Come,
}

/// A run: consecutive characters of a text with the same appearance.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    pub text: String,
    /// Address of the page that shows the source of a figure.
    pub href: Option<String>,
    /// Whether this is the small print after a figure: its as-of date and scope.
    pub small: bool,
    pub change: Change,
    /// Whether these words were searched for or are in question.
    pub hit: bool,
}

impl Run {
    /// Returns the HTML element that shows the change.
    pub fn tag(&self) -> Option<&'static str> {
        match self.change {
            Change::Same => None,
            Change::Gone => Some("del"),
            Change::Come => Some("ins"),
        }
    }
}

/// The marks on a text. All positions are UTF-8 offsets.
#[derive(Debug, Clone, Default)]
pub struct Overlay {
    /// Figures and their addresses, in order and without overlaps.
    pub figures: Vec<(Range<usize>, String)>,
    /// Small print, each with the offset after which it is inserted.
    pub small: Vec<(usize, String)>,
    pub changed: Vec<Range<usize>>,
    pub change: Change,
    pub hits: Vec<Range<usize>>,
}

/// Cuts a text at each change of appearance. A figure is never cut.
pub fn runs(text: &str, overlay: &Overlay) -> Vec<Run> {
    let mut runs = Vec::new();
    let edges = edges(text, overlay);
    for edge in edges.windows(2) {
        let place = edge[0]..edge[1];
        push_small(&mut runs, overlay, place.start);
        let overlaps = |other: &Range<usize>| other.start < place.end && place.start < other.end;
        let figure = overlay.figures.iter().find(|(figure, _)| *figure == place);
        let changed = overlay.changed.iter().any(overlaps);
        runs.push(Run {
            text: text[place.clone()].to_owned(),
            href: figure.map(|(_, href)| href.clone()),
            small: false,
            change: if changed { overlay.change } else { Change::Same },
            hit: overlay.hits.iter().any(overlaps),
        });
    }
    push_small(&mut runs, overlay, text.len());
    runs
}

fn push_small(runs: &mut Vec<Run>, overlay: &Overlay, at: usize) {
    for (_, text) in overlay.small.iter().filter(|(place, _)| *place == at) {
        runs.push(Run { text: text.clone(), small: true, ..Run::default() });
    }
}

/// Returns every offset at which a run may begin or end, without the offsets inside a figure.
fn edges(text: &str, overlay: &Overlay) -> Vec<usize> {
    let mut edges = vec![0, text.len()];
    edges.extend(overlay.small.iter().map(|(at, _)| *at));
    let ranges = overlay.figures.iter().map(|(place, _)| place).chain(&overlay.changed).chain(&overlay.hits);
    edges.extend(ranges.flat_map(|place| [place.start, place.end]));
    edges.retain(|at| {
        text.is_char_boundary(*at) && !overlay.figures.iter().any(|(figure, _)| figure.start < *at && *at < figure.end)
    });
    edges.sort_unstable();
    edges.dedup();
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(place: Range<usize>) -> Vec<Range<usize>> {
        std::iter::once(place).collect()
    }

    fn shown(runs: &[Run]) -> String {
        let show = |run: &Run| match run {
            Run { small: true, text, .. } => format!("({text})"),
            Run { href: Some(href), text, hit, .. } => format!("<{text} {href}{}>", if *hit { "!" } else { "" }),
            Run { hit: true, text, .. } => format!("*{text}*"),
            Run { change: Change::Come, text, .. } => format!("+{text}+"),
            Run { text, .. } => text.clone(),
        };
        runs.iter().map(show).collect()
    }

    #[test]
    fn a_text_is_cut_where_its_appearance_changes() {
        let text = "相談12件を行う";
        let overlay = Overlay {
            figures: vec![(6..8, "#n1".into())],
            small: vec![(11, "1月末".into())],
            changed: one(14..17),
            change: Change::Come,
            hits: one(0..7),
        };
        assert_eq!(shown(&runs(text, &overlay)), "*相談*<12 #n1!>件(1月末)を+行+う");
        assert_eq!(shown(&runs(text, &Overlay::default())), text);
        assert_eq!(shown(&runs("", &Overlay::default())), "");
    }

    #[test]
    fn offsets_inside_a_character_cut_nothing() {
        let overlay = Overlay { hits: one(1..4), ..Overlay::default() };
        assert_eq!(runs("あい", &overlay).iter().map(|run| run.text.as_str()).collect::<String>(), "あい");
    }
}
