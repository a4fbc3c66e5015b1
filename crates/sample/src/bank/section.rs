//! The parts of the phrase bank: chapters, sections, rows, verbs, and the rows that several sections repeat.

use crate::office::Office;

/// A chapter with its sections.
pub struct Chapter {
    pub title: &'static str,
    pub sections: &'static [&'static [Section]],
}

/// A section: its title, another wording of the title for the damage `ContentsTitle`, its lead sentence and its rows.
pub struct Section {
    pub title: &'static str,
    pub title_varied: &'static str,
    pub lead: &'static str,
    pub rows: &'static [Row],
}

/// A row: the office and its work. The verb is separate because a plan says 行う and a result says 行った.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    pub office: Office,
    pub body: &'static str,
    pub verb: Verb,
    pub measures: &'static [Measure],
}

/// The thing that a row counts, and how it is printed. The two numbers are the minimum and maximum of an ordinary year.
#[derive(Debug, Clone, Copy)]
pub enum Measure {
    /// 相談件数 148 件.
    Count(&'static str, &'static str, u32, u32),
    /// 計4回開催 参加企業 80 社 参加者 301 人.
    Fair(u32, u32),
    /// 認定企業 49 社（内訳：大企業 25 社、中企業 18 社、小企業 6 社）.
    Sum(&'static str, &'static str, u32, u32, [&'static str; 3]),
    /// 報告企業 757 社、うち未達成企業 404 社（未達成企業割合 53.4%）.
    Share(&'static str, &'static str, &'static str, u32, u32),
    /// 支援対象者 397 人、就職者 259 人、就職率 65.2%.
    Placed(u32, u32),
    /// 支援対象者 102 人（前年同期比+17.2%）.
    Growth(&'static str, &'static str, u32, u32),
    /// 就職率 93.7%（年間目標値 86.9%）.
    Target(&'static str),
    /// 交付件数 15 件、交付額 232 千円.
    Grant(u32, u32),
    /// 利用件数 3 件, or 利用件数 実績なし in some years.
    Rare(&'static str, &'static str),
}

/// The verb that ends a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    Do,
    Hold,
    Carry,
    Aim,
    Advance,
    Strive,
    Set,
    Grant,
    Support,
    Send,
}

impl Verb {
    /// Returns the form for a plan.
    pub fn planned(self) -> &'static str {
        self.forms()[0]
    }

    /// Returns the form for a result.
    pub fn done(self) -> &'static str {
        self.forms()[1]
    }

    /// Returns the form that connects the sentence with a following clause.
    pub fn joining(self) -> &'static str {
        self.forms()[2]
    }

    fn forms(self) -> [&'static str; 3] {
        match self {
            Verb::Do => ["行う", "行った", "行い"],
            Verb::Hold => ["開催する", "開催した", "開催し"],
            Verb::Carry => ["実施する", "実施した", "実施し"],
            Verb::Aim => ["図る", "図った", "図り"],
            Verb::Advance => ["進める", "進めた", "進め"],
            Verb::Strive => ["努める", "努めた", "努め"],
            Verb::Set => ["設ける", "設けた", "設け"],
            Verb::Grant => ["交付する", "交付した", "交付し"],
            Verb::Support => ["支援する", "支援した", "支援し"],
            Verb::Send => ["発信する", "発信した", "発信し"],
        }
    }
}

impl Chapter {
    pub fn sections(&self) -> impl Iterator<Item = &'static Section> {
        self.sections.iter().flat_map(|part| part.iter())
    }
}

pub(super) const fn row(office: Office, body: &'static str, verb: Verb, measures: &'static [Measure]) -> Row {
    Row { office, body, verb, measures }
}

/// A row that several sections repeat word for word, as real documents do.
pub(super) const STATISTICS: Row =
    row(Office::Stability, "管内の求人と求職の動き、職種ごとの賃金の目安をまとめた資料による情報提供を", Verb::Do, &[]);

/// The row of one job fair, which several sections report with the same figures.
pub const JOINT_FAIR: Row =
    row(Office::Jobs, "市内企業と求職者が直接話せる合同しごと説明会を", Verb::Hold, &[Measure::Fair(150, 700)]);
