//! 外字の点検 — finds the characters of a report for which no font has a glyph, before printing.

use std::collections::BTreeSet;

use renkei_document::document::Document;
use typst::layout::Abs;
use typst::text::{Font, FontInstance, FontVariant, FontVariations};

use crate::agreement_sheet::AgreementSheet;
use crate::missing_glyph::MissingGlyph;
use crate::press::Press;
use crate::sheet::{Row, Sheet};

/// Returns each character of the report that no font of the press has, once for each place.
pub fn missing_glyphs(report: &Document, press: &Press) -> Vec<MissingGlyph> {
    missing_in(&Sheet::of(report), press)
}

pub(crate) fn missing_in(sheet: &Sheet, press: &Press) -> Vec<MissingGlyph> {
    missing_among(texts(sheet), press)
}

/// Like [`missing_glyphs`], for any texts with their places.
pub(crate) fn missing_among(texts: Vec<(String, &str)>, press: &Press) -> Vec<MissingGlyph> {
    let open =
        |font: &Font| font.clone().instantiate(FontVariant::default(), Abs::pt(10.5), &FontVariations::default());
    let faces: Vec<FontInstance> = press.fonts().fonts.iter().map(open).collect();
    let mut known = BTreeSet::new();
    let mut found = BTreeSet::new();
    for (place, text) in texts {
        for (character, variation) in letters(text) {
            if known.contains(&(character, variation)) {
                continue;
            }
            if faces.iter().any(|face| has_glyph(face, character, variation)) {
                known.insert((character, variation));
            } else {
                found.insert(MissingGlyph { character, variation, place: place.clone() });
            }
        }
    }
    found.into_iter().collect()
}

fn has_glyph(face: &FontInstance, character: char, variation: Option<char>) -> bool {
    match variation {
        None => face.ttf().glyph_index(character).is_some(),
        Some(selector) => face.ttf().glyph_variation_index(character, selector).is_some(),
    }
}

/// Returns each character with the variation selector that follows it.
fn letters(text: &str) -> impl Iterator<Item = (char, Option<char>)> {
    let is_selector = |character: char| matches!(character, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}');
    let next = text.chars().skip(1).map(Some).chain([None]);
    let pairs = text.chars().zip(next).filter(move |(character, _)| !is_selector(*character));
    pairs.map(move |(character, next)| (character, next.filter(|next| is_selector(*next))))
}

/// Returns every text of the sheet with its place.
fn texts(sheet: &Sheet) -> Vec<(String, &str)> {
    let mut texts = vec![("文書名".to_owned(), sheet.title.as_str())];
    if let Some(agreement) = &sheet.agreement {
        texts.extend(agreement_texts(agreement));
    }
    if let Some(cover) = &sheet.cover {
        let lines = cover.lines.iter().chain(&cover.issuers).chain(&cover.date);
        texts.extend(lines.map(|line| ("表紙".to_owned(), line.as_str())));
    }
    for part in &sheet.parts {
        let named = [&part.title].into_iter().chain(&part.paragraphs);
        texts.extend(named.map(|text| (format!("{} {}", part.number, part.title), text.as_str())));
        for chapter in &part.chapters {
            texts.push((format!("{} {}", part.year, chapter.number), &chapter.title));
            for section in &chapter.sections {
                let place = format!("{} {}{}", part.year, chapter.number, section.number);
                texts.extend(
                    [&section.title].into_iter().chain(&section.lead).map(|text| (place.clone(), text.as_str())),
                );
                for run in &section.runs {
                    texts.push((place.clone(), &run.party));
                    texts.extend(run.rows.iter().flat_map(|row| row_texts(&place, row)));
                }
            }
        }
    }
    if let Some(imprint) = &sheet.imprint {
        let lines = imprint.errata.iter().flatten().flat_map(|text| text.lines());
        texts.extend(lines.map(|line| ("正誤表".to_owned(), line)));
    }
    texts
}

/// Returns the texts of the agreement with their places: 協定 第3条, 協定 署名者「みどり市長」 …
fn agreement_texts(agreement: &AgreementSheet) -> Vec<(String, &str)> {
    let whole = [&agreement.title].into_iter().chain(&agreement.preamble).chain(&agreement.attestation);
    let whole = whole.chain(&agreement.date).map(|text| ("協定".to_owned(), text.as_str()));
    let articles = agreement.articles.iter().flat_map(|article| {
        let number = article.paragraphs.first().map_or("", |first| first.number.as_str());
        let texts = article.heading.iter().chain(article.paragraphs.iter().map(|paragraph| &paragraph.text));
        texts.map(move |text| (format!("協定 {number}").trim_end().to_owned(), text.as_str()))
    });
    let provisions = agreement.supplementary.iter().flat_map(|provision| {
        let texts = [&provision.heading].into_iter().chain(&provision.paragraphs);
        texts.map(|text| (format!("協定 {}", provision.heading), text.as_str()))
    });
    let signed = agreement.signatories.iter().flat_map(|signatory| {
        let texts = [&signatory.office, &signatory.name].into_iter();
        texts.map(|text| (format!("協定 署名者「{}」", signatory.office), text.as_str()))
    });
    whole.chain(articles).chain(provisions).chain(signed).collect()
}

fn row_texts<'sheet>(place: &str, row: &'sheet Row) -> Vec<(String, &'sheet str)> {
    let place = format!("{place} {}", row.number);
    let blocks = row.blocks.iter().flat_map(|block| [&block.mark].into_iter().chain(&block.lines));
    let words = [&row.number].into_iter().chain(blocks).map(|text| (place.clone(), text.as_str()));
    let divisions = row.divisions.iter().map(|name| (format!("{place} 担当課"), name.as_str()));
    words.chain(divisions).collect()
}
