//! 相違の文 — each difference in one sentence, in Japanese and English.

use super::difference::{Aspect, Difference, DifferenceKind, Part, Side};
use crate::language::Language;

impl DifferenceKind {
    pub const ALL: [Self; 5] = [Self::Text, Self::Figure, Self::Order, Self::Layout, Self::Missing];

    pub fn name_in(self, language: Language) -> &'static str {
        let (japanese, english) = match self {
            DifferenceKind::Text => ("文言", "text"),
            DifferenceKind::Figure => ("数値", "figure"),
            DifferenceKind::Order => ("順序・番号", "order"),
            DifferenceKind::Layout => ("体裁", "layout"),
            DifferenceKind::Missing => ("一方のみ", "only one side"),
        };
        language.choose(japanese, english)
    }
}

impl Part {
    pub fn name_in(self, language: Language) -> &'static str {
        let (japanese, english) = match self {
            Part::Title => ("標題", "title"),
            Part::IssuedOn => ("発行日", "date of issue"),
            Part::FiscalYear => ("年度", "fiscal year"),
            Part::Cover => ("表紙", "cover"),
            Part::Issuers => ("発行者", "issuers"),
            Part::Purpose => ("趣旨", "purpose"),
            Part::Contents => ("目次", "contents"),
            Part::DefinedTerm => ("定義語", "defined term"),
            Part::Agreement => ("協定", "agreement"),
            Part::AgreementTitle => ("協定の題名", "title of the agreement"),
            Part::AgreementDates => ("協定の日付", "dates of the agreement"),
            Part::Preamble => ("協定の前文", "preamble"),
            Part::Article => ("条", "article"),
            Part::Supplementary => ("附則", "supplementary provision"),
            Part::Attestation => ("協定の末文", "attestation"),
            Part::Party => ("当事者", "party"),
            Part::Signatory => ("署名者", "signatory"),
            Part::Plan => ("計画の表", "plan table"),
            Part::Chapter => ("柱", "chapter"),
            Part::Section => ("項目", "section"),
            Part::Lead => ("項目の前文", "lead sentence"),
            Part::Row => ("取組", "row"),
            Part::RowPlace => ("取組の位置", "place of the row"),
            Part::RowNumber => ("取組の番号", "number of the row"),
            Part::RowParty => ("取組の主体", "party of the row"),
            Part::Divisions => ("所管課", "divisions"),
            Part::RowText => ("取組の本文", "text of the row"),
            Part::Figure => ("数値", "figure"),
            Part::Heading => ("見出し", "heading"),
        };
        language.choose(japanese, english)
    }
}

impl Aspect {
    pub fn name_in(self, language: Language) -> &'static str {
        let (japanese, english) = match self {
            Aspect::Value => ("値", "value"),
            Aspect::State => ("状態", "state"),
            Aspect::Unit => ("単位", "unit"),
            Aspect::Label => ("名称", "label"),
            Aspect::AsOf => ("時点", "as-of date"),
            Aspect::Period => ("期間", "period"),
            Aspect::EventDates => ("開催日", "dates of the event"),
            Aspect::Scope => ("範囲", "scope"),
            Aspect::Kind => ("種類", "kind"),
            Aspect::Qualifier => ("限定", "qualifier"),
            Aspect::Provisional => ("見込の別", "provisional or final"),
        };
        language.choose(japanese, english)
    }
}

impl Difference {
    /// Returns the name of the row, article or section as people say it; if both sides have a name, that of the left
    /// side.
    pub fn place_name(&self) -> Option<&str> {
        let named = [&self.left, &self.right].into_iter().flatten();
        named.filter_map(|side| side.place.row.as_deref()).next()
    }

    /// Returns the difference as one sentence, without the texts of the sides. A is the left document, B the right one.
    pub fn message_in(&self, language: Language) -> String {
        let part = self.part.name_in(language);
        match language {
            Language::Japanese => {
                let place = self.place_name().map(|name| format!("{name}：")).unwrap_or_default();
                format!("{place}{}", self.japanese(part))
            }
            Language::English => {
                let place = self.place_name().map(|name| format!("{name}: ")).unwrap_or_default();
                format!("{place}{}", self.english(part))
            }
        }
    }

    fn japanese(&self, part: &str) -> String {
        match (self.kind, &self.left, &self.right) {
            (_, Some(_), None) => format!("{part}がAにだけあります。"),
            (_, None, _) => format!("{part}がBにだけあります。"),
            (DifferenceKind::Figure, ..) => {
                let aspects: Vec<_> = self.aspects.iter().map(|aspect| aspect.name_in(Language::Japanese)).collect();
                format!("数値の{}が異なります。", aspects.join("・"))
            }
            (DifferenceKind::Order, Some(left), Some(right)) if self.part == Part::RowPlace => {
                format!("取組の位置が異なります（A {}、B {}）。", row_of(left), row_of(right))
            }
            (DifferenceKind::Order, ..) if self.part == Part::RowNumber => format!("{part}が異なります。"),
            (DifferenceKind::Order, ..) => format!("{part}の順序が異なります。"),
            (DifferenceKind::Layout, ..) if self.part == Part::Divisions => {
                "所管課は同じですが、書き方が異なります。".to_owned()
            }
            (DifferenceKind::Layout, ..) => format!("{part}の文言は同じですが、段落や箇条の分け方が異なります。"),
            _ => format!("{part}の文言が異なります。"),
        }
    }

    fn english(&self, part: &str) -> String {
        match (self.kind, &self.left, &self.right) {
            (_, Some(_), None) => format!("{part} stands in A only."),
            (_, None, _) => format!("{part} stands in B only."),
            (DifferenceKind::Figure, ..) => {
                let aspects: Vec<_> = self.aspects.iter().map(|aspect| aspect.name_in(Language::English)).collect();
                format!("the figure differs in its {}.", aspects.join(", "))
            }
            (DifferenceKind::Order, Some(left), Some(right)) if self.part == Part::RowPlace => {
                format!("the row stands elsewhere (A {}, B {}).", row_of(left), row_of(right))
            }
            (DifferenceKind::Order, ..) if self.part == Part::RowNumber => "the row has another number.".to_owned(),
            (DifferenceKind::Order, ..) => format!("{part}: another order."),
            (DifferenceKind::Layout, ..) if self.part == Part::Divisions => {
                "the same divisions, printed otherwise.".to_owned()
            }
            (DifferenceKind::Layout, ..) => {
                format!("{part}: the same words in other paragraphs or bullets.")
            }
            _ => format!("{part}: the words differ."),
        }
    }
}

fn row_of(side: &Side) -> &str {
    side.place.row.as_deref().unwrap_or_default()
}
