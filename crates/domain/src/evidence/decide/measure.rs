//! 文書の限度の確かめ — checks every field of a document against the limits. Each struct is destructured with all its fields, so
//! that a new field cannot be forgotten.

use renkei_document::document::{
    AgreementText, Article, Chapter, ContentsEntry, DefinedTerm, Document, FrontMatter, Heading, Initiative, PlanTable,
    Section, Signatory, Supplementary,
};
use renkei_document::figure::Figure;
use renkei_document::finding::Finding;
use renkei_document::locus::{Locus, Source};
use renkei_document::party::Party;

use crate::record::found::{Found, letters};
use crate::refusal::Measure;

/// A function that returns the place of a part of the document, as people name it.
type At<'a> = &'a dyn Fn() -> Option<String>;

const NOWHERE: At<'static> = &|| None;

impl Found {
    pub(crate) fn document(&mut self, document: &Document) {
        let Document { format, title, issued_on: _, fiscal_year: _, agreement, front_matter, plans, figures, headings } =
            document;
        self.letters(Measure::Name, format);
        title.iter().for_each(|title| self.letters(Measure::Title, title));
        agreement.iter().for_each(|text| self.agreement(text));
        self.front_matter(front_matter);
        let chapters = || plans.iter().flat_map(|table| &table.chapters);
        let sections = || chapters().flat_map(|chapter| &chapter.sections);
        self.count(Measure::Tables, plans.len());
        self.count(Measure::Chapters, chapters().count());
        self.count(Measure::Sections, sections().count());
        self.count(Measure::Rows, sections().map(|section| section.initiatives.len()).sum());
        self.count(Measure::Rows, figures.len());
        self.count(Measure::Paragraphs, headings.len());
        plans.iter().for_each(|table| self.table(table));
        figures.iter().for_each(|figure| self.figure(figure, NOWHERE));
        for Heading { level: _, text, source } in headings {
            self.letters(Measure::Title, text);
            self.source(source, NOWHERE);
        }
    }

    pub(crate) fn agreement(&mut self, text: &AgreementText) {
        let AgreementText {
            title,
            concluded_on: _,
            effective_on: _,
            preamble,
            attestation,
            originals: _,
            parties,
            signatories,
            articles,
            supplementary,
        } = text;
        title.iter().for_each(|title| self.letters(Measure::Title, title));
        preamble.iter().chain(attestation).for_each(|text| self.letters(Measure::Paragraph, text));
        self.count(Measure::Parties, parties.len());
        for Party { key, kind: _, name, short_name } in parties {
            self.letters(Measure::Name, key.as_str());
            std::iter::once(name).chain(short_name).for_each(|name| self.letters(Measure::Name, name));
        }
        let paragraphs = articles.iter().map(|article| 1 + article.paragraphs.len()).sum::<usize>();
        self.count(Measure::Paragraphs, signatories.len() + paragraphs + supplementary.len());
        for Signatory { party, office, name } in signatories {
            [party.as_str(), office, name].into_iter().for_each(|text| self.letters(Measure::Name, text));
        }
        for Article { number: _, heading, paragraphs } in articles {
            heading.iter().for_each(|heading| self.letters(Measure::Title, heading));
            paragraphs.iter().for_each(|text| self.letters(Measure::Paragraph, text));
        }
        for Supplementary { heading, text } in supplementary {
            self.letters(Measure::Title, heading);
            self.letters(Measure::Paragraph, text);
        }
    }

    fn front_matter(&mut self, front: &FrontMatter) {
        let FrontMatter { title_lines, issuers, purpose, contents, defined_terms } = front;
        let lines = title_lines.len() + issuers.len() + purpose.len() + contents.len() + defined_terms.len();
        self.count(Measure::Paragraphs, lines);
        let texts = title_lines.iter().chain(issuers).chain(purpose);
        texts.for_each(|text| self.letters(Measure::Paragraph, text));
        for ContentsEntry { number, title, page: _, source } in contents {
            self.letters(Measure::Name, number);
            self.letters(Measure::Title, title);
            self.source(source, NOWHERE);
        }
        for DefinedTerm { term, meaning } in defined_terms {
            [term, meaning].into_iter().for_each(|text| self.letters(Measure::Paragraph, text));
        }
    }

    /// Checks the findings to be stored with the document.
    pub(crate) fn findings(&mut self, findings: &[Finding]) {
        self.count(Measure::Findings, findings.len());
        for finding in findings {
            let Finding { notice, place, also } = finding;
            let kept = serde_json::to_string(&(notice, place)).unwrap_or_default();
            self.letters(Measure::Source, &kept);
            self.count(Measure::Rows, also.len());
        }
    }

    fn table(&mut self, table: &PlanTable) {
        let PlanTable { id: _, fiscal_year, kind: _, title, chapters } = table;
        self.letters(Measure::Title, title);
        for Chapter { number, title, sections, source } in chapters {
            self.letters(Measure::Title, title);
            source.iter().for_each(|source| self.source(source, NOWHERE));
            for section in sections {
                let place = || format!("{fiscal_year} {number}({})", section.number);
                self.section(section, &place);
            }
        }
    }

    fn section(&mut self, section: &Section, place: &dyn Fn() -> String) {
        let Section { id: _, number: _, title, lead, initiatives, source } = section;
        let here: At<'_> = &|| Some(place());
        self.count_at(Measure::Title, letters(title), here);
        self.count_at(Measure::Lead, lead.as_deref().map_or(0, letters), here);
        source.iter().for_each(|source| self.source(source, here));
        for row in initiatives {
            let mark = || row.mark.clone().unwrap_or_else(|| row.number.to_string());
            self.row(row, &|| Some(format!("{} {}", place(), mark())));
        }
    }

    fn row(&mut self, row: &Initiative, place: At<'_>) {
        let Initiative {
            id: _,
            party,
            number: _,
            mark,
            divisions,
            divisions_printed,
            text,
            items,
            item_marks,
            particulars,
            repeated: _,
            figures,
            lines,
        } = row;
        let text = letters(text);
        let lengths: Vec<usize> = items.iter().map(|item| letters(item)).collect();
        self.count_at(Measure::RowText, text, place);
        self.count_at(Measure::Item, lengths.iter().copied().max().unwrap_or(0), place);
        self.count_at(Measure::Items, items.len().max(item_marks.len()), place);
        self.count_at(Measure::Row, text + lengths.iter().sum::<usize>(), place);
        self.count_at(Measure::Figures, figures.len(), place);
        self.count_at(Measure::Divisions, divisions.len(), place);
        self.count_at(Measure::Lines, lines.len(), place);
        let names = divisions.iter().chain(mark).chain(item_marks).map(String::as_str).chain([party.as_str()]);
        self.count_at(Measure::Name, names.map(letters).max().unwrap_or(0), place);
        self.count_at(Measure::Row, divisions_printed.as_deref().map_or(0, letters), place);
        self.particulars(particulars, place);
        figures.iter().for_each(|figure| self.figure(figure, place));
    }

    fn figure(&mut self, figure: &Figure, place: At<'_>) {
        let Figure {
            observation: _,
            label,
            state: _,
            value: _,
            unit,
            kind: _,
            as_of: _,
            period: _,
            event_dates,
            scope,
            qualifier,
            provisional: _,
            source,
            span: _,
        } = figure;
        let labels = std::iter::once(label).chain(unit).chain(scope).chain(qualifier);
        self.count_at(Measure::Label, labels.map(|label| letters(label)).max().unwrap_or(0), place);
        self.count_at(Measure::Together, event_dates.len(), place);
        self.source(source, place);
    }

    fn source(&mut self, source: &Source, place: At<'_>) {
        let Source { line: _, text, at } = source;
        self.count_at(Measure::Source, letters(text), place);
        match at {
            Some(Locus::Sheet { sheet, cell }) => {
                [&**sheet, cell].into_iter().for_each(|text| self.count_at(Measure::Name, letters(text), place));
            }
            Some(Locus::Page { page: _, left: _, top: _ })
            | Some(Locus::Table { table: _, row: _, column: _ })
            | Some(Locus::Paragraph { paragraph: _ })
            | None => {}
        }
    }
}
