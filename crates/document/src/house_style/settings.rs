//! 表記の設定の項目 — each setting with its choices, by the names used in forms and on the command line.

use super::style::{BracketStyle, DateStyle, HouseStyle, LetterWidth, NumberStyle, PersonCounter, UnitBlank};
use crate::figure::{Figure, FigureKind, Span, State};

/// 表記の項目 — one setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// The name used in forms and on the command line.
    pub key: &'static str,
    /// The name shown to people.
    pub title: &'static str,
}

/// 表記の選択肢 — one choice of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    pub key: &'static str,
    pub words: &'static str,
}

/// All settings, in display order.
pub const SETTINGS: [Setting; 6] = [
    Setting { key: "numbers", title: "数の書き方" },
    Setting { key: "unit-blank", title: "数と単位の間" },
    Setting { key: "brackets", title: "見出しの括弧" },
    Setting { key: "letters", title: "英数字の幅" },
    Setting { key: "persons", title: "人数の数え方" },
    Setting { key: "dates", title: "元号のある日付" },
];

type Choices<T, const N: usize> = [(T, Choice); N];

const fn choice<T: Copy>(value: T, key: &'static str, words: &'static str) -> (T, Choice) {
    (value, Choice { key, words })
}

const NUMBERS: Choices<NumberStyle, 4> = [
    choice(NumberStyle::AsWritten, "as-written", "原文どおり"),
    choice(NumberStyle::Separated, "separated", "1,304（半角、区切りあり）"),
    choice(NumberStyle::FullWidth, "full", "１，３０４（全角、区切りあり）"),
    choice(NumberStyle::Plain, "plain", "1304（半角、区切りなし）"),
];

const UNIT_BLANKS: Choices<UnitBlank, 3> = [
    choice(UnitBlank::AsWritten, "as-written", "原文どおり"),
    choice(UnitBlank::Blank, "blank", "1,304 件（空ける）"),
    choice(UnitBlank::Without, "none", "1,304件（詰める）"),
];

const BRACKETS: Choices<BracketStyle, 4> = [
    choice(BracketStyle::AsWritten, "as-written", "原文どおり"),
    choice(BracketStyle::FullWidthAngle, "full-angle", "＜対象＞"),
    choice(BracketStyle::Angle, "angle", "〈対象〉"),
    choice(BracketStyle::Lenticular, "lenticular", "【対象】"),
];

const LETTERS: Choices<LetterWidth, 3> = [
    choice(LetterWidth::AsWritten, "as-written", "原文どおり"),
    choice(LetterWidth::Half, "half", "UIJターン（半角）"),
    choice(LetterWidth::Full, "full", "ＵＩＪターン（全角）"),
];

const PERSONS: Choices<PersonCounter, 3> = [
    choice(PersonCounter::AsWritten, "as-written", "原文どおり"),
    choice(PersonCounter::Mei, "mei", "25名"),
    choice(PersonCounter::Nin, "nin", "25人"),
];

const DATES: Choices<DateStyle, 3> = [
    choice(DateStyle::AsWritten, "as-written", "原文どおり"),
    choice(DateStyle::Long, "long", "令和8年1月末"),
    choice(DateStyle::Short, "short", "R8.1月末"),
];

/// Returns the choices of a setting; empty if no setting has this key.
pub fn choices(setting: &str) -> Vec<Choice> {
    fn of<T: Copy, const N: usize>(known: &Choices<T, N>) -> Vec<Choice> {
        known.iter().map(|(_, choice)| *choice).collect()
    }
    match setting {
        "numbers" => of(&NUMBERS),
        "unit-blank" => of(&UNIT_BLANKS),
        "brackets" => of(&BRACKETS),
        "letters" => of(&LETTERS),
        "persons" => of(&PERSONS),
        "dates" => of(&DATES),
        _ => Vec::new(),
    }
}

impl HouseStyle {
    /// Returns the current choice of a setting; `None` if no setting has this key.
    pub fn chosen(&self, setting: &str) -> Option<Choice> {
        fn of<T: Copy + PartialEq, const N: usize>(now: T, known: &Choices<T, N>) -> Option<Choice> {
            known.iter().find(|(value, _)| *value == now).map(|(_, choice)| *choice)
        }
        match setting {
            "numbers" => of(self.numbers, &NUMBERS),
            "unit-blank" => of(self.unit_blank, &UNIT_BLANKS),
            "brackets" => of(self.brackets, &BRACKETS),
            "letters" => of(self.letters, &LETTERS),
            "persons" => of(self.persons, &PERSONS),
            "dates" => of(self.dates, &DATES),
            _ => None,
        }
    }

    /// Returns the style with another choice; `None` if the setting or the choice does not exist.
    pub fn choose(mut self, setting: &str, key: &str) -> Option<Self> {
        fn set<T: Copy, const N: usize>(field: &mut T, known: &Choices<T, N>, key: &str) -> Option<()> {
            *field = known.iter().find(|(_, choice)| choice.key == key)?.0;
            Some(())
        }
        match setting {
            "numbers" => set(&mut self.numbers, &NUMBERS, key)?,
            "unit-blank" => set(&mut self.unit_blank, &UNIT_BLANKS, key)?,
            "brackets" => set(&mut self.brackets, &BRACKETS, key)?,
            "letters" => set(&mut self.letters, &LETTERS, key)?,
            "persons" => set(&mut self.persons, &PERSONS, key)?,
            "dates" => set(&mut self.dates, &DATES, key)?,
            _ => return None,
        }
        Some(self)
    }

    /// Returns an example sentence in this style.
    pub fn example(&self) -> String {
        let figure = |printed: &str, unit: &str| {
            let start = EXAMPLE.find(printed).and_then(|start| u32::try_from(start).ok())?;
            let end = start + u32::try_from(printed.len()).ok()?;
            Some(example_figure(unit, Span { item: None, start, end }))
        };
        let mut figures: Vec<Figure> =
            [figure("1304", "件"), figure("２５", "人"), figure("７", "名")].into_iter().flatten().collect();
        self.styled(EXAMPLE, None, &mut figures)
    }
}

/// 原文の例 — the sentence of [`HouseStyle::example`] in its original form.
pub const EXAMPLE: &str =
    "〈対象〉ＵＩＪターン者【新規】R8.1月末現在、相談 1304 件、面接会（令和7年6月1日）参加 ２５人、内定 ７名";

fn example_figure(unit: &str, span: Span) -> Figure {
    Figure {
        observation: None,
        label: String::new(),
        state: State::Value,
        value: None,
        unit: Some(unit.to_owned()),
        kind: FigureKind::Actual,
        as_of: None,
        period: None,
        event_dates: Vec::new(),
        scope: None,
        qualifier: None,
        provisional: false,
        source: crate::locus::Source::none(),
        span: Some(span),
    }
}
