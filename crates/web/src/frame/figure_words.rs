//! Values, states, dates and kinds of figures as text.

use renkei_document::figure::Figure;
use renkei_document::language::Language;
use renkei_document::search::folded;

pub use renkei_document::figure_words::{
    as_of_in, comma, in_one_line_in, japan_time_in, kind, measured_in, state, stated_in, value_in,
};

use crate::frame::phrases::say;

/// Returns the separator between short facts.
pub fn dot(language: Language) -> &'static str {
    language.choose("・", ", ")
}

/// Returns the as-of date and the scope in short, for the small print after a number, without the parts that the
/// number's sentence already says.
pub fn small_print(language: Language, figure: &Figure, sentence: &str) -> String {
    let sentence = folded(sentence);
    let mut said = Vec::new();
    if let Some(date) = figure.as_of {
        let month = date.last_day().month();
        if ![format!("{month}月"), format!(".{month}."), format!("/{month}/")].iter().any(|m| sentence.contains(m)) {
            said.push(as_of_in(language, date));
        }
    }
    if let Some(scope) = figure.scope.as_deref().filter(|scope| !sentence.contains(&folded(scope))) {
        said.push(scope.to_owned());
    }
    if figure.provisional && !sentence.contains("見込") {
        said.push(say(language, "見込").to_owned());
    }
    said.join(dot(language))
}

#[cfg(test)]
mod tests {
    use renkei_document::figure::{FigureKind, State};

    use super::*;

    #[track_caller]
    fn check(sentence: &str, expected: &str) {
        let figure = Figure {
            observation: None,
            label: "相談".into(),
            state: State::Value,
            value: Some(1304.into()),
            unit: Some("件".into()),
            kind: FigureKind::Actual,
            as_of: Some("2026-01-31".parse().unwrap()),
            period: None,
            event_dates: Vec::new(),
            scope: Some("市内の事業所".into()),
            qualifier: None,
            provisional: true,
            source: renkei_document::locus::Source::none(),
            span: None,
        };
        assert_eq!(value_in(Language::Japanese, &figure), "1,304");
        assert_eq!(small_print(Language::Japanese, &figure, sentence), expected);
    }

    #[test]
    fn the_small_print_leaves_out_what_the_sentence_says() {
        check("相談 1,304件", "令和8年1月末・市内の事業所・見込");
        check("相談 1,304件（Ｒ８．１月末現在）", "市内の事業所・見込");
        check("市内の事業所の相談 1,304件（R8.1.31、見込）", "");
    }
}
