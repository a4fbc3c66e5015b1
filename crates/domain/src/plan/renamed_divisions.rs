//! 組織の改称 — finds divisions that probably got a new name in some April. The system asks about each case once; a person
//! decides.
//!
//! Tables keep their printed names. An answer changes no table: the comparison of years ([`crate::plan::lineage`])
//! treats names of the same division as equal.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use renkei_document::document::{Initiative, PlanKind, PlanTable};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::party::PartyKey;
use renkei_document::search::folded;

use crate::organisation::division_names::{DivisionAnswer, Names, key, names};
use crate::plan::lineage::{Lineage, RowRef};

/// 改称の問い — the question whether a name that ends and one that begins mean the same division.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renaming {
    pub party: PartyKey,
    /// The name as printed in the last table that contains it.
    pub former: String,
    /// The name as printed in the first table that contains it.
    pub latter: String,
    /// The first year with the new name; taken from the plans if they show it.
    pub since: FiscalYear,
    /// The rows that name the former division in one year and the latter in the next, in all series of tables.
    pub carried: Vec<Carried>,
}

/// 引き継がれた行 — a row that names the former division, and its successor that names the latter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    pub kind: PlanKind,
    pub from_year: FiscalYear,
    pub to_year: FiscalYear,
    pub from: RowRef,
    pub to: RowRef,
    pub from_id: Option<Id<id::Initiative>>,
    pub to_id: Option<Id<id::Initiative>>,
}

/// Minimum share of rows that move from the former name to the latter. Both shares must reach it: of the rows that lose
/// the former name, and of the rows that gain the latter.
const LEAST_SHARE: f64 = 0.5;
/// Minimum number of rows, in all series, that moved from the former name to the latter.
const LEAST_ROWS: usize = 1;

/// Returns the renamings that the tables of an agreement show, except those already answered. `lineage_of` compares an
/// older table with a newer one; this function calls it only if one name ends and another begins.
pub fn renamed_divisions<L: Borrow<Lineage>>(
    tables: &[&PlanTable],
    answers: &[(PartyKey, DivisionAnswer)],
    mut lineage_of: impl FnMut(&PlanTable, &PlanTable) -> Option<L>,
) -> Vec<Renaming> {
    let mut found: BTreeMap<(PartyKey, String, String), Renaming> = BTreeMap::new();
    for series in series(tables) {
        for place in 1..series.len() {
            let turn = Turn::at(&series, place, answers);
            if turn.is_quiet() {
                continue;
            }
            let Some(lineage) = lineage_of(turn.old, turn.new) else { continue };
            for ((party, former, latter), carried) in turn.renamings(lineage.borrow()) {
                let renaming = Renaming {
                    party: party.clone(),
                    former: turn.ending[&(party.clone(), former.clone())].clone(),
                    latter: turn.beginning[&(party.clone(), latter.clone())].clone(),
                    since: turn.new.fiscal_year,
                    carried: Vec::new(),
                };
                found.entry((party, former, latter)).or_insert(renaming).carried.extend(carried);
            }
        }
    }
    let mut found: Vec<Renaming> = found.into_values().filter(|known| known.carried.len() >= LEAST_ROWS).collect();
    found.sort_by(|a, b| (a.since, &a.party, &a.former).cmp(&(b.since, &b.party, &b.former)));
    found
}

/// Returns two series by year: the plans, and the progress or result. If a year has both progress and result, the
/// result is used.
fn series<'a>(tables: &[&'a PlanTable]) -> [Vec<&'a PlanTable>; 2] {
    let of = |kinds: &[PlanKind]| {
        let mut by_year: BTreeMap<FiscalYear, &PlanTable> = BTreeMap::new();
        for kind in kinds {
            by_year.extend(tables.iter().filter(|table| table.kind == *kind).map(|table| (table.fiscal_year, *table)));
        }
        by_year.into_values().collect()
    };
    [of(&[PlanKind::Plan]), of(&[PlanKind::Progress, PlanKind::Result])]
}

/// Two successive tables of a series, with the names whose last table is the older one and the names whose first table
/// is the newer one.
struct Turn<'a> {
    old: &'a PlanTable,
    new: &'a PlanTable,
    ending: Names,
    beginning: Names,
    denied: BTreeSet<(PartyKey, String, String)>,
}

impl<'a> Turn<'a> {
    fn at(series: &[&'a PlanTable], place: usize, answers: &[(PartyKey, DivisionAnswer)]) -> Self {
        let (before, after) = series.split_at(place);
        let (old, new) = (before[place - 1], after[0]);
        let settled = |side: fn(&DivisionAnswer) -> &str| -> BTreeSet<(PartyKey, String)> {
            let same = answers.iter().filter(|(_, answer)| answer.same);
            same.map(|(party, answer)| (party.clone(), folded(side(answer)))).collect()
        };
        let left = |of: &PlanTable, others: &[&PlanTable], settled: BTreeSet<(PartyKey, String)>| -> Names {
            let elsewhere: BTreeSet<_> = others.iter().flat_map(|table| names(table).into_keys()).collect();
            let names = names(of).into_iter();
            names.filter(|(name, _)| !elsewhere.contains(name) && !settled.contains(name)).collect()
        };
        let ending = left(old, after, settled(|answer| &answer.former));
        let beginning = left(new, before, settled(|answer| &answer.latter));
        let denied = answers.iter().filter(|(_, answer)| !answer.same);
        let denied = denied.map(|(party, answer)| (party.clone(), folded(&answer.former), folded(&answer.latter)));
        Self { old, new, ending, beginning, denied: denied.collect() }
    }

    /// Whether no party has both a name that ends and a name that begins.
    fn is_quiet(&self) -> bool {
        !self.ending.keys().any(|(party, _)| self.beginning.keys().any(|(of, _)| of == party))
    }

    /// Returns the pairs of names that share enough rows; each name is in at most one pair.
    fn renamings(&self, lineage: &Lineage) -> Vec<((PartyKey, String, String), Vec<Carried>)> {
        let mut pairs: BTreeMap<(PartyKey, String, String), Vec<Carried>> = BTreeMap::new();
        let mut going: BTreeMap<(PartyKey, String), usize> = BTreeMap::new();
        let mut coming = going.clone();
        for (from, to) in self.steps(lineage) {
            let party = &to.0.party;
            let (old, new) = (own_names(from.1), own_names(to.1));
            let gone: Vec<_> =
                old.difference(&new).filter(|name| self.ending.contains_key(&key(party, name))).collect();
            let come: Vec<_> =
                new.difference(&old).filter(|name| self.beginning.contains_key(&key(party, name))).collect();
            gone.iter().for_each(|name| *going.entry(key(party, name)).or_default() += 1);
            come.iter().for_each(|name| *coming.entry(key(party, name)).or_default() += 1);
            for (former, latter) in gone.iter().flat_map(|former| come.iter().map(move |latter| (former, latter))) {
                let pair = (party.clone(), (**former).clone(), (**latter).clone());
                pairs.entry(pair).or_default().push(self.carried(from, to));
            }
        }
        let share = |rows: usize, all: Option<&usize>| rows as f64 / all.copied().unwrap_or(rows).max(1) as f64;
        let mut pairs: Vec<_> = pairs
            .into_iter()
            .filter(|(pair, rows)| {
                share(rows.len(), going.get(&key(&pair.0, &pair.1))) >= LEAST_SHARE
                    && share(rows.len(), coming.get(&key(&pair.0, &pair.2))) >= LEAST_SHARE
                    && !self.denied.contains(pair)
            })
            .collect();
        pairs.sort_by_key(|(_, rows)| std::cmp::Reverse(rows.len()));
        let (mut formers, mut latters) = (BTreeSet::new(), BTreeSet::new());
        pairs.retain(|((party, former, latter), _)| {
            !formers.contains(&key(party, former))
                && !latters.contains(&key(party, latter))
                && formers.insert(key(party, former))
                && latters.insert(key(party, latter))
        });
        pairs
    }

    /// Returns the rows of the new table with their ancestors, if both belong to the same party.
    fn steps<'l>(&self, lineage: &'l Lineage) -> Vec<(Placed<'l, 'a>, Placed<'l, 'a>)> {
        let (old, new) = (by_place(self.old), by_place(self.new));
        let pairs = lineage.rows.iter().flat_map(|row| row.from.iter().map(move |from| (from, &row.to)));
        let pairs = pairs.filter(|(from, to)| from.party == to.party);
        pairs.filter_map(|(from, to)| Some(((from, *old.get(&place(from))?), (to, *new.get(&place(to))?)))).collect()
    }

    fn carried(&self, from: Placed<'_, '_>, to: Placed<'_, '_>) -> Carried {
        Carried {
            kind: self.new.kind,
            from_year: self.old.fiscal_year,
            to_year: self.new.fiscal_year,
            from: from.0.clone(),
            to: to.0.clone(),
            from_id: from.1.id,
            to_id: to.1.id,
        }
    }
}

/// A row with its reference.
type Placed<'l, 'a> = (&'l RowRef, &'a Initiative);

fn place(row: &RowRef) -> (u32, u32, u32) {
    (row.chapter, row.section, row.number)
}

fn by_place(table: &PlanTable) -> BTreeMap<(u32, u32, u32), &Initiative> {
    let sections = table.chapters.iter().flat_map(|chapter| chapter.sections.iter().map(move |s| (chapter.number, s)));
    let rows = sections.flat_map(|(chapter, section)| {
        section.initiatives.iter().map(move |row| ((chapter, section.number, row.number), row))
    });
    rows.collect()
}

fn own_names(row: &Initiative) -> BTreeSet<String> {
    row.divisions.iter().map(|name| folded(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisation::division_names::SameDivisions;
    use crate::plan::lineage::{CarriedOver, suggest_knowing};
    use renkei_document::document::{Chapter, Section};
    use renkei_document::time::Hlc;

    const TEXTS: [&str; 4] = [
        "若年者のための合同相談会を開催し、就職の相談に応じる。",
        "求職者を対象にパソコンの基礎を教える公共職業訓練を実施する。",
        "地元企業との合同就職面接会を市内の会場で開く。",
        "介護の仕事の魅力を伝える見学会を行う。",
    ];

    /// A plan with one section. Each entry of `divisions` makes one row and gives its divisions, joined by 、. Row n
    /// always has the same text.
    fn plan(year: i16, divisions: &[&str]) -> PlanTable {
        let row = |(place, divisions): (usize, &&str)| Initiative {
            id: None,
            party: PartyKey::new("city"),
            number: u32::try_from(place).unwrap() + 1,
            mark: None,
            divisions: divisions.split('、').map(str::to_owned).collect(),
            divisions_printed: None,
            text: TEXTS[place].to_owned(),
            items: Vec::new(),
            item_marks: Vec::new(),
            particulars: Default::default(),
            repeated: false,
            figures: Vec::new(),
            lines: Vec::new(),
        };
        let initiatives = divisions.iter().enumerate().map(row).collect();
        let section = Section { id: None, number: 1, title: "支援".into(), lead: None, initiatives, source: None };
        let chapters = vec![Chapter { number: 1, title: "柱".into(), sections: vec![section], source: None }];
        PlanTable { id: None, fiscal_year: FiscalYear(year), kind: PlanKind::Plan, title: String::new(), chapters }
    }

    fn answer(former: &str, latter: &str, same: bool) -> (PartyKey, DivisionAnswer) {
        let (former, latter, post) = (former.to_owned(), latter.to_owned(), "担当".to_owned());
        let answer = DivisionAnswer { former, latter, since: FiscalYear(2021), same, post, at: Hlc::default() };
        (PartyKey::new("city"), answer)
    }

    /// Compares the questions with `expected`, each written as 旧→新(year, rows).
    #[track_caller]
    fn check(years: &[&[&str]], answers: &[(PartyKey, DivisionAnswer)], expected: &[&str]) {
        let tables: Vec<PlanTable> = (2020..).zip(years).map(|(year, rows)| plan(year, rows)).collect();
        let same = SameDivisions::of(answers.iter().map(|(party, answer)| (party.clone(), answer)));
        let tables: Vec<&PlanTable> = tables.iter().collect();
        let found =
            renamed_divisions(&tables, answers, |old, new| Some(suggest_knowing(old, new, &same, &CarriedOver::new())));
        let told: Vec<String> = found
            .iter()
            .map(|known| format!("{}→{}({}, {})", known.former, known.latter, known.since.0, known.carried.len()))
            .collect();
        assert_eq!(told, expected, "{years:?}");
    }

    #[test]
    fn one_name_that_ends_and_one_that_takes_its_rows_give_one_question() {
        check(&[&["旧課", "旧課", "別課"], &["新課", "新課", "別課"]], &[], &["旧課→新課(2021, 2)"]);
        check(&[&["旧課", "別課"], &["旧課", "別課"]], &[], &[]);
        // No question: the old name still occurs, or the new name occurred before, so no division was renamed.
        check(&[&["旧課", "旧課", "別課"], &["新課", "旧課", "別課"]], &[], &[]);
        check(&[&["旧課", "旧課", "別課"], &["別課", "別課", "別課"]], &[], &[]);
        check(&[&["旧課", "別課"], &["新課", "別課"], &["旧課", "別課"]], &[], &[]);
        // Two divisions merge into the new one: the question is about the larger one.
        check(&[&["旧課", "旧課", "小課"], &["新課", "新課", "新課"]], &[], &["旧課→新課(2021, 2)"]);
        // A row may name a further division, and a name may use full-width characters.
        check(&[&["旧課、別課", "別課"], &["新課、別課", "別課"]], &[], &["旧課→新課(2021, 1)"]);
        check(&[&["Ａ課", "別課"], &["A課", "別課"]], &[], &[]);
    }

    #[test]
    fn names_may_be_chained_and_answered_questions_are_not_asked_again() {
        let years: [&[&str]; 3] = [&["甲課", "甲課"], &["乙課", "乙課"], &["丙課", "丙課"]];
        check(&years, &[], &["甲課→乙課(2021, 2)", "乙課→丙課(2022, 2)"]);
        check(&years, &[answer("甲課", "乙課", true)], &["乙課→丙課(2022, 2)"]);
        check(&years, &[answer("甲課", "乙課", false), answer("乙課", "丙課", true)], &[]);
    }

    #[test]
    fn all_names_of_a_chain_mean_one_division() {
        let city = PartyKey::new("city");
        for order in [[0, 1], [1, 0]] {
            let answers = [answer("甲課", "乙課", true), answer("乙課", "丙課", true)];
            let same = SameDivisions::of(order.map(|at| (city.clone(), &answers[at].1)));
            let name = |name: &str| same.name(&city, name.to_owned());
            assert_eq!([name("甲課"), name("乙課")], [name("丙課"), name("丙課")]);
            assert_eq!(name("丁課"), "丁課");
            assert_eq!(same.name(&PartyKey::new("labour_bureau"), "甲課".into()), "甲課");
        }
    }
}
