//! Carrying rows over together gives the same order as carrying them over one by one, regardless of the existing rows
//! of the plan.

use crate::world::World;
use proptest::prelude::*;
use renkei_document::document::PlanKind;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::passage::Passage;
use renkei_document::time::Hlc;
use renkei_domain::event::Authored;
use renkei_domain::plan::event::{CarriedOver, PlanEvent};
use renkei_domain::plan::{Chapter, Section, Wording};
use renkei_domain::record::chain::{ChainKey, DossierKey, Order};
use renkei_domain::record::dossiers::Dossiers;
use renkei_domain::record::entry::Entry;
use renkei_sample::times;

const OLD_ROWS: u16 = 14;

/// A change of the new plan: drafts a row after another row (or first), or carries over old rows.
#[derive(Debug, Clone)]
enum Step {
    Draft(usize, u16),
    CarryOver(usize, Vec<u16>),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let drafted = (0..2usize, any::<u16>()).prop_map(|(party, behind)| Step::Draft(party, behind));
    let carried = (0..2usize, proptest::collection::vec(0..OLD_ROWS, 1..8), any::<bool>());
    let carried = carried.prop_map(|(party, mut rows, in_order)| {
        if in_order {
            rows.sort_unstable();
        }
        Step::CarryOver(party, rows)
    });
    proptest::collection::vec(prop_oneof![drafted, carried], 1..10)
}

fn id<T>(number: u128) -> Id<T> {
    Id::new(uuid::Uuid::from_u128(number))
}

fn wording() -> Wording {
    Wording { divisions: vec!["しごと課".into()], text: Passage::words("相談を行う。"), ..Wording::default() }
}

/// Folds two plans of two sections each; the old plan has rows. If `row_by_row` is true, each step is one event per
/// row, otherwise one event.
fn folded(steps: &[Step], row_by_row: bool) -> Dossiers {
    let world = World::after(&[]);
    let (agreement, parties) = (world.agreement, world.parties);
    let mut dossiers = world.dossiers;
    let mut hear = |party: usize, event: PlanEvent| {
        let chain = ChainKey { party: parties[party], dossier: DossierKey::Agreement(agreement) };
        let time = Hlc { millis: dossiers.clock().millis + 1, counter: 0 };
        let order = Order { time, party: chain.party, dossier: chain.dossier, number: dossiers.head(chain) + 1 };
        let authored = Authored { post: "担当".into(), on_behalf_of: None, event: event.into() };
        dossiers.hear(&Entry { order, authored: Some(authored) });
    };
    let opened = |plan: u128, fiscal_year: i16| {
        let section = |n: u128| Section::new(id(plan + n), format!("項目{n}"), None);
        let chapters = vec![Chapter { title: "柱".into(), sections: vec![section(1), section(2)] }];
        let (fiscal_year, kind, title) = (FiscalYear(fiscal_year), PlanKind::Plan, "計画".to_owned());
        PlanEvent::PlanOpened { plan: id(plan), fiscal_year, kind, title, chapters }
    };
    hear(0, opened(100, 2030));
    hear(0, opened(200, 2031));
    let drafted = |initiative, plan: u128, section: u128, after| {
        let (plan, section) = (id(plan), id(plan + section));
        PlanEvent::InitiativeDrafted { initiative, plan, section, after, wording: wording() }
    };
    let old = |row: u16| -> Id<id::Initiative> { id(1_000 + u128::from(row)) };
    for row in 0..OLD_ROWS {
        let after = row.checked_sub(2).map(old);
        hear(usize::from(row / 2 % 2), drafted(old(row), 100, 1 + u128::from(row % 2), after));
    }
    let mut made = 2_000_u128;
    for step in steps {
        match step {
            Step::Draft(party, behind) => {
                made += 1;
                let after = (*behind % 4 != 0).then(|| id(2_000 + u128::from(*behind) % 40));
                hear(*party, drafted(id(made), 200, 1 + u128::from(*behind % 2), after));
            }
            Step::CarryOver(party, rows) => {
                let carried = rows.iter().map(|row| {
                    made += 1;
                    let section = id(201 + u128::from(row % 2));
                    CarriedOver { initiative: id(made), section, follows: old(*row), wording: wording() }
                });
                let carried: Vec<CarriedOver> = carried.collect();
                let events = if row_by_row { carried.chunks(1) } else { carried.chunks(carried.len()) };
                for rows in events {
                    hear(*party, PlanEvent::InitiativesCarriedOver { plan: id(200), rows: rows.to_vec() });
                }
            }
        }
    }
    dossiers
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256 * times()))]

    #[test]
    fn rows_carried_over_together_stand_as_if_they_came_one_by_one(steps in steps()) {
        let rows = |dossiers: &Dossiers| -> Vec<Vec<Id<id::Initiative>>> {
            let plans = dossiers.agreements.values().flat_map(|agreement| agreement.plans.iter());
            plans.filter(|(plan, _)| **plan == id(200)).flat_map(|(_, plan)| plan.sections()).map(|s| s.rows_of_all_parties().to_vec()).collect()
        };
        let together = rows(&folded(&steps, false));
        prop_assert_eq!(together.len(), 2);
        prop_assert_eq!(together, rows(&folded(&steps, true)));
    }
}
