//! 協定書の紙面 — converts the agreement to printed text: numbered articles, supplementary provisions, signatures.

use renkei_document::document::AgreementText;
use serde::Serialize;

use crate::printed_text::{clean, paragraphs, printed_date};

/// 協定書 — the printed text of an agreement.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct AgreementSheet {
    pub title: String,
    pub preamble: Vec<String>,
    pub articles: Vec<ArticleSheet>,
    pub supplementary: Vec<Provision>,
    pub attestation: Vec<String>,
    pub date: Option<String>,
    pub signatories: Vec<Signature>,
}

/// 条 — an article: its first paragraph is numbered 第1条, the following ones 2, 3 …
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ArticleSheet {
    pub heading: Option<String>,
    pub paragraphs: Vec<Numbered>,
}

/// A paragraph with its number.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Numbered {
    pub number: String,
    pub text: String,
}

/// 附則 — a supplementary provision.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Provision {
    pub heading: String,
    pub paragraphs: Vec<String>,
}

/// 署名 — a signature.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Signature {
    pub office: String,
    pub name: String,
}

pub(crate) fn has_text(agreement: &AgreementText) -> bool {
    !agreement.articles.is_empty() || agreement.preamble.is_some()
}

pub(crate) fn agreement_sheet(agreement: &AgreementText) -> AgreementSheet {
    let articles = agreement.articles.iter().map(|article| ArticleSheet {
        heading: article.heading.as_deref().map(|heading| format!("（{}）", clean(heading))),
        paragraphs: (1..).zip(&article.paragraphs).map(|(place, text)| numbered(article.number, place, text)).collect(),
    });
    let supplementary = agreement
        .supplementary
        .iter()
        .map(|provision| Provision { heading: clean(&provision.heading), paragraphs: paragraphs(&provision.text) });
    let signatories = agreement
        .signatories
        .iter()
        .map(|signatory| Signature { office: clean(&signatory.office), name: clean(&signatory.name) });
    AgreementSheet {
        title: agreement.title.as_deref().map_or_else(|| "雇用対策協定".to_owned(), clean),
        preamble: agreement.preamble.as_deref().map(paragraphs).unwrap_or_default(),
        articles: articles.collect(),
        supplementary: supplementary.collect(),
        attestation: agreement.attestation.as_deref().map(paragraphs).unwrap_or_default(),
        date: agreement.concluded_on.map(printed_date),
        signatories: signatories.collect(),
    }
}

/// Numbers a paragraph: 第1条 for the first paragraph of an article, 2, 3 … for the following ones.
fn numbered(article: u32, place: usize, text: &str) -> Numbered {
    let number = if place == 1 { format!("第{article}条") } else { place.to_string() };
    Numbered { number, text: clean(text) }
}
