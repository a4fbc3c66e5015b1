//! 取組の属性 — the partners, target groups and kind of programme of a row, which users enter in separate fields and not in
//! the row's text.

use serde::{Deserialize, Serialize};

use crate::language::Language;

/// 取組の属性 — structured information about a row, stored separately from its text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Particulars {
    /// 連携先: the partners that take part in addition to the row's own divisions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<Partner>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub target_groups: Vec<TargetGroup>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<ProgrammeKind>,
}

/// 連携先 — an organisation that takes part, and which of its divisions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    pub organisation: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub divisions: Vec<String>,
}

/// 対象 — a group that a row is intended for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetGroup {
    Youth,
    Students,
    Women,
    Parents,
    OlderPeople,
    PeopleWithDisabilities,
    PeopleWithIllness,
    ForeignNationals,
    IceAgeGeneration,
    PeopleInPoverty,
    ReturningResidents,
    NonRegularWorkers,
    Employers,
    Everybody,
}

/// 事業の種類 — the fifteen kinds of programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProgrammeKind {
    Statistics,
    Event,
    Consultation,
    CaseSupport,
    Grant,
    Certification,
    Training,
    Matching,
    Visit,
    Council,
    Award,
    Facility,
    Survey,
    JointSponsorship,
    LegalReport,
}

impl Particulars {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Partner {
    /// Returns the partner as text, for example みどり市 しごと課、福祉課.
    pub fn in_words(&self) -> String {
        if self.divisions.is_empty() {
            return self.organisation.clone();
        }
        format!("{} {}", self.organisation, self.divisions.join("、"))
    }

    /// Parses a text in the form of [`Partner::in_words`]; `None` if the text names no organisation.
    pub fn of_words(words: &str) -> Option<Self> {
        let words = words.trim();
        let (organisation, divisions) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        let divisions = divisions.split(['、', ',', '，']).map(str::trim).filter(|name| !name.is_empty());
        (!organisation.is_empty())
            .then(|| Self { organisation: organisation.to_owned(), divisions: divisions.map(str::to_owned).collect() })
    }
}

impl TargetGroup {
    pub const ALL: [Self; 14] = [
        Self::Youth,
        Self::Students,
        Self::Women,
        Self::Parents,
        Self::OlderPeople,
        Self::PeopleWithDisabilities,
        Self::PeopleWithIllness,
        Self::ForeignNationals,
        Self::IceAgeGeneration,
        Self::PeopleInPoverty,
        Self::ReturningResidents,
        Self::NonRegularWorkers,
        Self::Employers,
        Self::Everybody,
    ];

    /// Returns the name used in forms and files.
    pub fn key(self) -> &'static str {
        match self {
            TargetGroup::Youth => "youth",
            TargetGroup::Students => "students",
            TargetGroup::Women => "women",
            TargetGroup::Parents => "parents",
            TargetGroup::OlderPeople => "older_people",
            TargetGroup::PeopleWithDisabilities => "people_with_disabilities",
            TargetGroup::PeopleWithIllness => "people_with_illness",
            TargetGroup::ForeignNationals => "foreign_nationals",
            TargetGroup::IceAgeGeneration => "ice_age_generation",
            TargetGroup::PeopleInPoverty => "people_in_poverty",
            TargetGroup::ReturningResidents => "returning_residents",
            TargetGroup::NonRegularWorkers => "non_regular_workers",
            TargetGroup::Employers => "employers",
            TargetGroup::Everybody => "everybody",
        }
    }

    pub fn name_in(self, language: Language) -> &'static str {
        let (japanese, english) = match self {
            TargetGroup::Youth => ("若者", "Young people"),
            TargetGroup::Students => ("学生・生徒", "Students"),
            TargetGroup::Women => ("女性", "Women"),
            TargetGroup::Parents => ("子育て中の人", "Parents"),
            TargetGroup::OlderPeople => ("高年齢者", "Older people"),
            TargetGroup::PeopleWithDisabilities => ("障害者", "People with disabilities"),
            TargetGroup::PeopleWithIllness => ("病気の治療と仕事を両立する人", "People working while in treatment"),
            TargetGroup::ForeignNationals => ("外国人", "Foreign nationals"),
            TargetGroup::IceAgeGeneration => ("就職氷河期世代", "Employment ice age generation"),
            TargetGroup::PeopleInPoverty => ("生活困窮者", "People in need"),
            TargetGroup::ReturningResidents => ("ＵＩＪターン希望者", "People moving to the area"),
            TargetGroup::NonRegularWorkers => ("非正規雇用労働者", "Non-regular workers"),
            TargetGroup::Employers => ("事業主", "Employers"),
            TargetGroup::Everybody => ("限定しない", "Everybody"),
        };
        language.choose(japanese, english)
    }
}

impl ProgrammeKind {
    pub const ALL: [Self; 15] = [
        Self::Statistics,
        Self::Event,
        Self::Consultation,
        Self::CaseSupport,
        Self::Grant,
        Self::Certification,
        Self::Training,
        Self::Matching,
        Self::Visit,
        Self::Council,
        Self::Award,
        Self::Facility,
        Self::Survey,
        Self::JointSponsorship,
        Self::LegalReport,
    ];

    /// Returns the name used in forms and files.
    pub fn key(self) -> &'static str {
        match self {
            ProgrammeKind::Statistics => "statistics",
            ProgrammeKind::Event => "event",
            ProgrammeKind::Consultation => "consultation",
            ProgrammeKind::CaseSupport => "case_support",
            ProgrammeKind::Grant => "grant",
            ProgrammeKind::Certification => "certification",
            ProgrammeKind::Training => "training",
            ProgrammeKind::Matching => "matching",
            ProgrammeKind::Visit => "visit",
            ProgrammeKind::Council => "council",
            ProgrammeKind::Award => "award",
            ProgrammeKind::Facility => "facility",
            ProgrammeKind::Survey => "survey",
            ProgrammeKind::JointSponsorship => "joint_sponsorship",
            ProgrammeKind::LegalReport => "legal_report",
        }
    }

    pub fn name_in(self, language: Language) -> &'static str {
        let (japanese, english) = match self {
            ProgrammeKind::Statistics => ("統計・情報提供", "Statistics and information"),
            ProgrammeKind::Event => ("イベント", "Event"),
            ProgrammeKind::Consultation => ("相談窓口", "Consultation"),
            ProgrammeKind::CaseSupport => ("個別支援", "Case support"),
            ProgrammeKind::Grant => ("助成金・補助金", "Grant"),
            ProgrammeKind::Certification => ("認定・登録", "Certification and register"),
            ProgrammeKind::Training => ("訓練・講座", "Training"),
            ProgrammeKind::Matching => ("マッチング", "Matching"),
            ProgrammeKind::Visit => ("訪問・指導", "Visit and guidance"),
            ProgrammeKind::Council => ("協議会・会議", "Council or conference"),
            ProgrammeKind::Award => ("表彰", "Award"),
            ProgrammeKind::Facility => ("住宅・施設", "Housing and facility"),
            ProgrammeKind::Survey => ("調査", "Survey"),
            ProgrammeKind::JointSponsorship => ("共催・後援", "Joint sponsorship"),
            ProgrammeKind::LegalReport => ("法定の届出・報告", "Legal report"),
        };
        language.choose(japanese, english)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_a_choice_is_its_word_in_files() {
        let word = |value: serde_json::Value| value.as_str().map(str::to_owned).expect("a word");
        for kind in ProgrammeKind::ALL {
            assert_eq!(word(serde_json::to_value(kind).expect("serialises")), kind.key());
        }
        for group in TargetGroup::ALL {
            assert_eq!(word(serde_json::to_value(group).expect("serialises")), group.key());
        }
    }

    #[test]
    fn a_partner_is_read_as_it_is_printed() {
        for (words, organisation, divisions) in [
            ("あおば労働局 職業安定課、訓練課", "あおば労働局", &["職業安定課", "訓練課"][..]),
            ("みどり商工会議所", "みどり商工会議所", &[]),
            (" みどり市　しごと課 ", "みどり市", &["しごと課"]),
        ] {
            let read = Partner::of_words(words).expect("a partner");
            assert_eq!(
                (read.organisation.as_str(), &read.divisions[..]),
                (organisation, &divisions.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()[..])
            );
            assert_eq!(Partner::of_words(&read.in_words()), Some(read));
        }
        assert_eq!(Partner::of_words("　"), None);
    }
}
