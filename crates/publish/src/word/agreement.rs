//! 協定書 — writes the agreement as paragraphs.

use super::looks::{Look, Looks};
use super::tree::Element;
use super::writing::{line, paragraph, run};
use crate::agreement_sheet::{AgreementSheet, ArticleSheet};

/// Writes the agreement from its title to its signatures.
pub(super) fn agreement(agreement: &AgreementSheet, looks: &Looks) -> Vec<Element> {
    let mut paragraphs = vec![line(looks, Look::AgreementTitle, &agreement.title)];
    let all = |texts: &[String], look| texts.iter().map(|text| line(looks, look, text)).collect::<Vec<_>>();
    paragraphs.extend(all(&agreement.preamble, Look::AgreementText));
    paragraphs.extend(agreement.articles.iter().flat_map(|article| self::article(article, looks)));
    for provision in &agreement.supplementary {
        paragraphs.push(line(looks, Look::ProvisionHeading, &provision.heading));
        paragraphs.extend(all(&provision.paragraphs, Look::AgreementText));
    }
    // The closing text must be on the same page as the signatures.
    let kept = agreement
        .attestation
        .iter()
        .map(|text| paragraph(looks, Look::AgreementText, [Element::new("w:keepNext")]).holding([run(text)]));
    paragraphs.extend(kept);
    paragraphs.extend(all(agreement.date.as_slice(), Look::AgreementDate));
    for signatory in &agreement.signatories {
        paragraphs.push(line(looks, Look::SignerOffice, &signatory.office));
        paragraphs.push(line(looks, Look::SignerName, &signatory.name));
    }
    paragraphs
}

fn article(article: &ArticleSheet, looks: &Looks) -> Vec<Element> {
    let heading = article.heading.iter().map(|heading| line(looks, Look::ArticleHeading, heading));
    let numbered = article.paragraphs.iter().map(|it| format!("{}　{}", it.number, it.text));
    heading.chain(numbered.map(|text| line(looks, Look::ArticleText, &text))).collect()
}
