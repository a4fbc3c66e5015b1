//! 前年度対応 — suggests, for each row of this year's table, the rows of last year's table that it continues (its
//! ancestors). A person confirms each suggestion.
//!
//! Each pair of rows is scored by its text (tense does not matter: 行った = 行う), its divisions and its section
//! ([`affinity`]). The best pairs are chosen first; each row is in at most one of them. Then a new row that combines
//! several old rows gets the others as further ancestors (統合). If several new rows took over parts of one old row, each
//! gets this old row as its ancestor (分割).

mod affinity;
mod candidates;
mod left_over;
mod row;

use std::collections::{BTreeSet, HashMap};

use renkei_document::document::PlanTable;
use renkei_document::id::{self, Id};
use serde::Serialize;

use crate::organisation::division_names::SameDivisions;

use affinity::{Affinity, LEAST_SCORE};
pub use row::RowRef;

/// 対応関係 — how a row of this year relates to last year's rows. Rows that ended (廃止) have no relation; they are listed in
/// [`Lineage::ended`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// 継続: the same measure in the same words.
    Continued,
    /// 内容変更: the same measure, with changes in the target group, the content or the method.
    Reworded,
    /// 改称: the same except for the name in 「…」.
    Renamed,
    /// 統合: one new row combines two or more old rows.
    Merged,
    /// 分割: one old row was divided into several new rows.
    Split,
    /// 移管: all divisions of the row have changed.
    Transferred,
    /// 新規: the row continues no old row.
    New,
}

impl Relation {
    /// Returns the word that 新旧対照表 prints.
    pub fn name(self) -> &'static str {
        match self {
            Relation::Continued => "継続",
            Relation::Reworded => "内容変更",
            Relation::Renamed => "改称",
            Relation::Merged => "統合",
            Relation::Split => "分割",
            Relation::Transferred => "移管",
            Relation::New => "新規",
        }
    }
}

/// 確度 — how reliable the suggestion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    Low,
    Medium,
    High,
}

/// 前年度対応の案 — the suggestion for one row of this year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    pub to: RowRef,
    /// The ancestors in the order of last year's table; empty for a new row.
    pub from: Vec<RowRef>,
    pub relation: Relation,
    pub confidence: Confidence,
}

/// 前年度対応表 — every row of this year with its ancestors, and the rows of last year that ended (廃止).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lineage {
    pub rows: Vec<Suggestion>,
    pub ended: Vec<RowRef>,
}

/// Minimum score of a pair with high confidence.
const SURE_SCORE: f64 = 0.62;
/// Minimum likeness of two texts for [`Relation::Continued`]; below it, the relation is [`Relation::Reworded`].
const SAME_WORDS: f64 = 0.80;

/// Suggests the ancestors of each row of `new` among the rows of `old`.
pub fn suggest(old: &PlanTable, new: &PlanTable) -> Lineage {
    suggest_knowing(old, new, &SameDivisions::default(), &CarriedOver::new())
}

/// 引き継いだ取組 — maps each carried-over row to the row of the year before from which it was drafted.
pub type CarriedOver = HashMap<Id<id::Initiative>, Id<id::Initiative>>;

/// Like [`suggest`], with two additions: names that mean one division count as equal, and a carried-over row keeps its
/// known ancestor, regardless of its current text.
pub fn suggest_knowing(old: &PlanTable, new: &PlanTable, same: &SameDivisions, carried: &CarriedOver) -> Lineage {
    let (old, new) = (old.without_repeats(), new.without_repeats());
    let affinity = Affinity::between(&old, &new, same);
    let known = known_pairs(&affinity, carried);
    let first = one_to_one(&affinity, &known);
    let mut taken = vec![false; affinity.old.len()];
    first.iter().flatten().for_each(|from| taken[*from] = true);
    let mut ancestors: Vec<Vec<usize>> =
        (0..affinity.new.len()).map(|to| with_further_ancestors(&affinity, &first, &taken, to)).collect();
    left_over::pair(&affinity, &mut ancestors);
    let mut descendants = vec![0; affinity.old.len()];
    ancestors
        .iter()
        .filter_map(|of| <[usize; 1]>::try_from(of.as_slice()).ok())
        .for_each(|[from]| descendants[from] += 1);
    let rows = (0..affinity.new.len())
        .map(|to| {
            let relation = relation(&affinity, &ancestors[to], &descendants, to);
            let confidence = match known[to] {
                Some(_) => Confidence::High,
                None => confidence(&affinity, &ancestors[to], to, relation),
            };
            let from = ancestors[to].iter().map(|from| affinity.old[*from].reference.clone()).collect();
            Suggestion { to: affinity.new[to].reference.clone(), from, relation, confidence }
        })
        .collect();
    let used: BTreeSet<usize> = ancestors.into_iter().flatten().collect();
    let ended =
        affinity.old.iter().enumerate().filter(|(from, _)| !used.contains(from)).map(|(_, row)| row.reference.clone());
    Lineage { rows, ended: ended.collect() }
}

/// Returns, for each new row, the old row that it was carried over from.
fn known_pairs(affinity: &Affinity<'_>, carried: &CarriedOver) -> Vec<Option<usize>> {
    let places = affinity.old.iter().enumerate().filter_map(|(from, row)| Some((row.initiative.id?, from)));
    let places: HashMap<_, usize> = places.collect();
    let known = |row: &row::Row<'_>| places.get(carried.get(&row.initiative.id?)?).copied();
    affinity.new.iter().map(known).collect()
}

/// Returns, for each new row, its main old row: first the known pairs, then the best pairs.
fn one_to_one(affinity: &Affinity<'_>, known: &[Option<usize>]) -> Vec<Option<usize>> {
    let mut taken = vec![false; affinity.old.len()];
    known.iter().flatten().for_each(|from| taken[*from] = true);
    let mut first = known.to_vec();
    // Identical rows have the highest possible score, so pair them first, without comparing all rows.
    affinity.take_the_same(&mut first, &mut taken);
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for to in (0..affinity.new.len()).filter(|to| first[*to].is_none()) {
        for from in affinity.candidates(to).filter(|from| !taken[*from]) {
            pairs.extend(affinity.pair_score(from, to).map(|score| (score, from, to)));
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)).then(a.1.cmp(&b.1)));
    for (_, from, to) in pairs {
        if first[to].is_none() && !taken[from] {
            taken[from] = true;
            first[to] = Some(from);
        }
    }
    first
}

/// Returns the row's own ancestor and the further ancestors from which the rest of its text comes: old rows without
/// another successor, and the ancestors of new rows that this row repeats.
fn with_further_ancestors(affinity: &Affinity<'_>, first: &[Option<usize>], taken: &[bool], to: usize) -> Vec<usize> {
    let Some(own) = first[to] else { return Vec::new() };
    let mut ancestors = BTreeSet::from([own]);
    let free = affinity.candidates(to).filter(|from| !taken[*from]);
    ancestors.extend(free.filter(|from| affinity.stands_in(*from, own, to)));
    ancestors.extend(affinity.repeated_by(to).into_iter().filter_map(|other| first[other]));
    ancestors.into_iter().collect()
}

fn relation(affinity: &Affinity<'_>, ancestors: &[usize], descendants: &[usize], to: usize) -> Relation {
    let [from] = ancestors[..] else {
        return if ancestors.is_empty() { Relation::New } else { Relation::Merged };
    };
    let (old, new) = (&affinity.old[from], &affinity.new[to]);
    let same_words = affinity.likeness(from, to);
    if descendants[from] > 1 {
        Relation::Split
    } else if !old.divisions.is_empty() && !new.divisions.is_empty() && old.divisions.is_disjoint(&new.divisions) {
        Relation::Transferred
    } else if same_words >= SAME_WORDS {
        Relation::Continued
    } else if affinity.differs_in_name_only(from, to) {
        Relation::Renamed
    } else {
        Relation::Reworded
    }
}

fn confidence(affinity: &Affinity<'_>, ancestors: &[usize], to: usize, relation: Relation) -> Confidence {
    let best = |of: &mut dyn Iterator<Item = usize>| of.map(|from| affinity.score(from, to)).fold(0.0, f64::max);
    match relation {
        Relation::New if best(&mut affinity.candidates(to)) < LEAST_SCORE - 0.1 => Confidence::High,
        Relation::New | Relation::Merged | Relation::Split => Confidence::Medium,
        _ => match best(&mut ancestors.iter().copied()) {
            score if score >= SURE_SCORE => Confidence::High,
            score if score >= (SURE_SCORE + LEAST_SCORE) / 2.0 => Confidence::Medium,
            _ => Confidence::Low,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use renkei_document::document::{Chapter, Initiative, PlanKind, Section};
    use renkei_document::fiscal_year::FiscalYear;
    use renkei_document::party::PartyKey;

    /// A row as `party|divisions joined by 、|text`.
    fn initiative(number: usize, row: &str) -> Initiative {
        let cells: Vec<&str> = row.split('|').collect();
        Initiative {
            id: None,
            party: PartyKey::new(cells[0]),
            number: u32::try_from(number).unwrap(),
            mark: None,
            divisions: cells[1].split('、').map(str::to_owned).collect(),
            divisions_printed: None,
            text: cells[2].to_owned(),
            items: Vec::new(),
            item_marks: Vec::new(),
            particulars: Default::default(),
            repeated: false,
            figures: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// One chapter with a section for each title.
    fn table(kind: PlanKind, sections: &[(&str, &[&str])]) -> PlanTable {
        let section = |(place, (title, rows)): (usize, &(&str, &[&str]))| Section {
            id: None,
            number: u32::try_from(place).unwrap() + 1,
            title: (*title).to_owned(),
            lead: None,
            initiatives: rows.iter().enumerate().map(|(i, row)| initiative(i + 1, row)).collect(),
            source: None,
        };
        let sections = sections.iter().enumerate().map(section).collect();
        let chapter = Chapter { number: 1, title: "就業支援".to_owned(), sections, source: None };
        PlanTable { id: None, fiscal_year: FiscalYear(2025), kind, title: String::new(), chapters: vec![chapter] }
    }

    #[track_caller]
    fn check(old: &[(&str, &[&str])], new: &[(&str, &[&str])], rows: &[&str], ended: &[&str]) {
        let lineage = suggest(&table(PlanKind::Progress, old), &table(PlanKind::Plan, new));
        let found: Vec<String> = lineage
            .rows
            .iter()
            .map(|row| {
                let from: Vec<String> = row.from.iter().map(RowRef::to_string).collect();
                format!("{} {:?} {}", row.to, row.relation, from.join("+"))
            })
            .collect();
        assert_eq!(found, rows);
        assert_eq!(lineage.ended.iter().map(RowRef::to_string).collect::<Vec<_>>(), ended);
    }

    #[test]
    fn each_row_finds_its_ancestors() {
        check(
            &[(
                "若者の就職支援",
                &[
                    "labour_bureau|職業安定課|高校生を対象とした就職面接会を開催した。",
                    "labour_bureau|職業安定課|支援対象者向け企業説明会を実施した。",
                    "labour_bureau|職業安定課|支援対象者向けセミナーを実施した。",
                    "city|みなと振興課|移住者への転居費の助成を行った。",
                    "city|しごと課|市内企業の魅力を伝える冊子を作成し、学校へ配布した。",
                    "city|まなび課|「みどり職業講座」を市民会館で月に一度開催し、受講者の相談に応じた。",
                ],
            )],
            &[(
                "若者の就職支援",
                &[
                    "labour_bureau|職業安定課|支援対象者向け企業説明会やセミナー等を開催する。",
                    "labour_bureau|職業安定課|高校生を対象とした就職面接会を開催する。",
                    "city|くらし課|市内企業の魅力を伝える冊子を作成し、学校へ配布する。",
                    "city|まなび課|「あおば仕事塾」を市民会館で月に一度開催し、受講者の相談に応じる。",
                    "city|しごと課|介護のデジタル化に取り組む事業所へ専門家を派遣する。",
                ],
            )],
            &[
                "1.1.labour_bureau.① Merged 1.1.labour_bureau.②+1.1.labour_bureau.③",
                "1.1.labour_bureau.② Continued 1.1.labour_bureau.①",
                "1.1.city.③ Transferred 1.1.city.⑤",
                "1.1.city.④ Renamed 1.1.city.⑥",
                "1.1.city.⑤ New ",
            ],
            &["1.1.city.④"],
        );
    }

    #[test]
    fn the_same_sentence_in_two_sections_keeps_to_its_section() {
        let row = "labour_bureau|職業安定課|雇用統計等の情報提供を行った。";
        let sections: &[(&str, &[&str])] = &[("創業の支援", &[row]), ("立地企業の支援", &[row])];
        check(
            sections,
            sections,
            &["1.1.labour_bureau.① Continued 1.1.labour_bureau.①", "1.2.labour_bureau.① Continued 1.2.labour_bureau.①"],
            &[],
        );
    }

    #[test]
    fn a_row_that_was_carried_over_keeps_its_ancestor_whatever_both_say_now() {
        let text = ["city|しごと課|求職者向けの見学会を開く。", "city|しごと課|事業所へ専門家を派遣する。"];
        let mut old = table(PlanKind::Plan, &[("就職支援", &text)]);
        let mut new = table(PlanKind::Plan, &[("就職支援", &text)]);
        let id = |number| Id::new(uuid::Uuid::from_u128(number));
        for (place, (old, new)) in (1..)
            .zip(old.chapters[0].sections[0].initiatives.iter_mut().zip(&mut new.chapters[0].sections[0].initiatives))
        {
            (old.id, new.id) = (Some(id(place)), Some(id(10 + place)));
        }
        // The two rows exchanged their texts.
        let carried = CarriedOver::from([(id(11), id(2)), (id(12), id(1)), (id(13), id(9))]);
        let lineage = suggest_knowing(&old, &new, &SameDivisions::default(), &carried);
        let from: Vec<&str> = lineage.rows.iter().map(|row| row.from[0].mark.as_str()).collect();
        assert_eq!(from, ["②", "①"]);
        assert!(lineage.rows.iter().all(|row| row.confidence == Confidence::High));
        let plain = suggest(&old, &new);
        assert_eq!(plain.rows[0].from[0].mark, "①", "by its words alone it came from another");
    }

    #[test]
    fn the_only_remaining_row_of_a_division_is_treated_as_rewritten() {
        check(
            &[("就職支援", &["city|みどり課|各会議でちらしを配り、制度を広く知らせた。"])],
            &[("就職支援", &["city|みどり課|認定企業の知名度を高める。"])],
            &["1.1.city.① Reworded 1.1.city.①"],
            &[],
        );
    }

    #[test]
    fn two_rows_with_the_same_mark_have_different_references() {
        let mut old = table(PlanKind::Progress, &[("就職支援", &["city|あ課|一を行った。", "city|い課|二を行った。"])]);
        for initiative in &mut old.chapters[0].sections[0].initiatives {
            initiative.mark = Some("③".to_owned());
        }
        let keys: Vec<String> = suggest(&old, &old).rows.iter().map(|row| row.to.to_string()).collect();
        assert_eq!(keys, ["1.1.city.③", "1.1.city.③#2"]);
    }
}
