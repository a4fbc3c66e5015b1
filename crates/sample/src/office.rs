//! The offices of both parties, and their names in a given year. Some offices are renamed in April of some year.

/// The party that carries out a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Party {
    City,
    LabourBureau,
}

/// An office, independent of its name in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Office {
    Stability,
    Measures,
    Training,
    Equality,
    Inspection,
    Health,
    Jobs,
    Commerce,
    Startup,
    Siting,
    Moving,
    Youth,
    School,
    Learning,
    Farming,
    Elders,
    Global,
    Care,
    Housing,
    Nursery,
    Transport,
    Skills,
    Gender,
    Children,
    Disability,
    Medical,
    Livelihood,
    Safety,
    Wards,
}

/// The offices that get a second name in April of some year.
pub const RENAMED: [Office; 6] =
    [Office::Jobs, Office::Startup, Office::Moving, Office::Farming, Office::Care, Office::Gender];

impl Office {
    pub fn party(self) -> Party {
        if self.is_of_the_bureau() { Party::LabourBureau } else { Party::City }
    }

    pub fn is_of_the_bureau(self) -> bool {
        self <= Office::Health
    }

    /// Returns the office's names in the order of use. The last name is never replaced.
    pub fn names(self) -> &'static [&'static str] {
        match self {
            // These names are the same in each labour bureau of the country.
            Office::Stability => &["職業安定課"],
            Office::Measures => &["職業対策課"],
            Office::Training => &["訓練課"],
            Office::Equality => &["雇用環境・均等室"],
            Office::Inspection => &["監督課"],
            Office::Health => &["健康安全課"],
            Office::Jobs => &["しごと振興課", "しごと未来課"],
            Office::Commerce => &["商業にぎわい課"],
            Office::Startup => &["創業・革新支援課", "創業応援課"],
            Office::Siting => &["産業誘致課"],
            Office::Moving => &["移住定住課", "暮らし移住課"],
            Office::Youth => &["若者しごと課"],
            Office::School => &["市立みらい専門学校"],
            Office::Learning => &["学びの推進課"],
            Office::Farming => &["農の振興課", "農林振興課"],
            Office::Elders => &["長寿いきいき課"],
            Office::Global => &["多文化共生課"],
            Office::Care => &["介護人材課", "介護福祉課"],
            Office::Housing => &["住まい政策課"],
            Office::Nursery => &["保育運営課"],
            Office::Transport => &["交通政策課"],
            Office::Skills => &["技能振興室"],
            Office::Gender => &["女性活躍課", "共生社会推進課"],
            Office::Children => &["子育て応援課"],
            Office::Disability => &["障害者支援課"],
            Office::Medical => &["地域医療課"],
            Office::Livelihood => &["生活支援課"],
            Office::Safety => &["地域安全課"],
            Office::Wards => &["北区福祉課"],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_belongs_to_one_party() {
        assert_eq!(Office::Health.party(), Party::LabourBureau);
        assert_eq!(Office::Jobs.party(), Party::City);
        assert_eq!(Office::Wards.party(), Party::City);
    }
}
