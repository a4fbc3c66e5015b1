//! 協定の比較 — compares parties, signatories, articles and the other texts of two agreements.

use super::blocks::{self, Blocks};
use super::difference::{DifferenceKind, Part};
use super::found::{Found, Standing};
use super::front::list;
use super::pairing::{alone, pairs};
use crate::document::{AgreementText, Article};
use crate::finding::Place;

pub(super) fn compare(found: &mut Found<'_>, left: Option<&AgreementText>, right: Option<&AgreementText>) {
    let (one, other) = match (left, right) {
        (Some(one), Some(other)) => (one, other),
        (None, None) => return,
        _ => {
            let title = |text: &AgreementText| text.title.clone().unwrap_or_default();
            let standing = |text: Option<&AgreementText>| text.map(|t| Standing::new(title(t), &Place::whole()));
            return found.tell(DifferenceKind::Missing, Part::Agreement, standing(left), standing(right));
        }
    };
    let nowhere = (&Place::whole(), &Place::whole());
    found.text(Part::AgreementTitle, one.title.as_deref(), other.title.as_deref(), nowhere);
    found.text(Part::AgreementDates, Some(&dates(one)), Some(&dates(other)), nowhere);
    list(found, Part::Party, &parties(one), &parties(other));
    list(found, Part::Signatory, &signatories(one), &signatories(other));
    found.text(Part::Preamble, one.preamble.as_deref(), other.preamble.as_deref(), nowhere);
    articles(found, &one.articles, &other.articles);
    let supplementary = |text: &AgreementText| {
        let told = text.supplementary.iter().map(|part| (format!("{} {}", part.heading, part.text), Place::whole()));
        told.collect::<Vec<_>>()
    };
    list(found, Part::Supplementary, &supplementary(one), &supplementary(other));
    found.text(Part::Attestation, one.attestation.as_deref(), other.attestation.as_deref(), nowhere);
}

fn dates(text: &AgreementText) -> String {
    let said = |what: &str, day: Option<crate::wareki::AsOf>| day.map(|day| format!("{what} {day}"));
    let originals = text.originals.map(|count| format!("本書 {count}通"));
    let told = [said("締結", text.concluded_on), said("施行", text.effective_on), originals];
    told.into_iter().flatten().collect::<Vec<_>>().join("、")
}

fn parties(text: &AgreementText) -> Vec<(String, Place)> {
    let told = text.parties.iter().map(|party| match &party.short_name {
        Some(short) => format!("{}（{short}）", party.name),
        None => party.name.clone(),
    });
    told.map(|name| (name, Place::whole())).collect()
}

fn signatories(text: &AgreementText) -> Vec<(String, Place)> {
    text.signatories.iter().map(|signs| (format!("{} {}", signs.office, signs.name), Place::whole())).collect()
}

fn articles(found: &mut Found<'_>, left: &[Article], right: &[Article]) {
    let score = |one: usize, other: usize| if left[one].number == right[other].number { 1.0 } else { 0.0 };
    let pairs = pairs(left.len(), right.len(), 1.0, score);
    for (one, other) in &pairs {
        let (one, other) = (&left[*one], &right[*other]);
        let place = place_of(one);
        blocks::compare(found, Part::Article, &blocks_of(one), &blocks_of(other), (&place, &place));
    }
    let (only_left, only_right) = alone(&pairs, left.len(), right.len());
    let standing = |article: &Article| Some(Standing::new(blocks_of(article).printed(), &place_of(article)));
    for one in only_left {
        found.tell(DifferenceKind::Missing, Part::Article, standing(&left[one]), None);
    }
    for other in only_right {
        found.tell(DifferenceKind::Missing, Part::Article, None, standing(&right[other]));
    }
}

fn place_of(article: &Article) -> Place {
    Place { line: None, row: Some(format!("第{}条", article.number)), at: None }
}

fn blocks_of(article: &Article) -> Blocks {
    let heading = article.heading.as_ref().map(|heading| format!("（{heading}）"));
    Blocks::of(heading.as_deref().into_iter().chain(article.paragraphs.iter().map(String::as_str)))
}
