//! The phrase bank: chapters, sections and rows of the invented city. All wording is our own.

mod barriers;
mod employment;
mod generations;
pub(crate) mod section;
mod women;
mod workforce;

use section::Chapter;

/// The four chapters, with seventeen sections.
pub const CHAPTERS: [Chapter; 4] = [
    Chapter {
        title: "しごとの場づくりと就業の後押し", sections: &[&employment::SECTIONS, &generations::SECTIONS]
    },
    Chapter { title: "人材の育成と確保", sections: &[&workforce::SECTIONS] },
    Chapter { title: "女性の活躍", sections: &[&women::SECTIONS] },
    Chapter { title: "就職に困難を抱える人への支援", sections: &[&barriers::SECTIONS] },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::section::{Section, Verb};

    #[test]
    fn the_bank_has_seventeen_sections_and_about_132_rows() {
        let sections: Vec<&Section> = CHAPTERS.iter().flat_map(Chapter::sections).collect();
        assert_eq!(sections.len(), 17);
        let rows: usize = sections.iter().map(|section| section.rows.len()).sum();
        assert!((125..=140).contains(&rows), "{rows}");
    }

    #[test]
    fn the_bureau_is_first_in_each_section_and_a_body_has_no_verb() {
        for section in CHAPTERS.iter().flat_map(Chapter::sections) {
            assert!(section.rows.is_sorted_by_key(|row| !row.office.is_of_the_bureau()), "{}", section.title);
            for row in section.rows {
                assert!(!row.body.ends_with(['。', '、', 'る']), "{}", row.body);
                assert!(row.body.ends_with('に') || row.verb != Verb::Strive, "{}", row.body);
            }
        }
    }
}
