//! 正誤表 — the corrections of an edition to the previous one: corrected figures with the reasons from the journal, and
//! all other differences.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::reference::named_rows;
use crate::compare::{Compared, Difference, Part, compare};
use crate::document::Document;
use crate::figure::{Figure, Stated};
use crate::figure_words::in_one_line;
use crate::id::{self, Id};
use crate::language::Language;
use crate::time::Hlc;

/// 正誤 — one line of the 正誤表: place, 誤, 正 and reason. A side is empty if that edition has no such part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erratum {
    /// The name of the row, article or section as people say it: 令和7年度 1(5) ④.
    pub place: Option<String>,
    /// The corrected part, such as 数値, 取組の本文 or 所管課.
    pub part: String,
    pub wrong: String,
    pub right: String,
    /// The corrections of the value between the two editions, oldest first.
    pub causes: Vec<Cause>,
}

/// 訂正の経緯 — one correction: its value, reason, post and time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    pub stated: Stated,
    pub reason: String,
    pub post: String,
    pub at: Hlc,
}

/// Returns the differences between two editions of a year. `causes` returns the corrections of an observation that were
/// made after the earlier edition.
pub fn errata(
    earlier: &Document,
    later: &Document,
    causes: impl Fn(Id<id::Observation>) -> Vec<Cause>,
) -> Vec<Erratum> {
    let mut errata = corrected_figures(earlier, later, causes);
    let plain = |document| Compared { document, lines: &[] };
    let others: Vec<Erratum> = compare(plain(earlier), plain(later)).into_iter().map(other).collect();
    // Leave out corrected figures that are already listed with their reasons.
    let told = |one: &Erratum| errata.iter().any(|known| (&known.wrong, &known.right) == (&one.wrong, &one.right));
    let others: Vec<Erratum> = others.into_iter().filter(|one| !told(one)).collect();
    errata.extend(others);
    errata
}

fn corrected_figures(
    earlier: &Document,
    later: &Document,
    causes: impl Fn(Id<id::Observation>) -> Vec<Cause>,
) -> Vec<Erratum> {
    let before: HashMap<Id<id::Observation>, &Figure> =
        of_rows(earlier).into_iter().filter_map(|(_, figure)| Some((figure.observation?, figure))).collect();
    let mut errata = Vec::new();
    for (place, figure) in of_rows(later) {
        let Some(observation) = figure.observation else { continue };
        let Some(was) = before.get(&observation).filter(|was| in_one_line(was) != in_one_line(figure)) else {
            continue;
        };
        errata.push(Erratum {
            place: Some(place),
            part: Part::Figure.name_in(Language::Japanese).to_owned(),
            wrong: in_one_line(was),
            right: in_one_line(figure),
            causes: causes(observation),
        });
    }
    errata
}

fn of_rows(document: &Document) -> Vec<(String, &Figure)> {
    let rows = document.plans.iter().flat_map(named_rows);
    rows.flat_map(|(name, row)| row.figures.iter().map(move |figure| (name.clone(), figure))).collect()
}

fn other(difference: Difference) -> Erratum {
    let place = difference.place_name().map(str::to_owned);
    let part = difference.part.name_in(Language::Japanese).to_owned();
    let text = |side: Option<crate::compare::Side>| side.map(|side| side.text).unwrap_or_default();
    Erratum { place, part, wrong: text(difference.left), right: text(difference.right), causes: Vec::new() }
}
