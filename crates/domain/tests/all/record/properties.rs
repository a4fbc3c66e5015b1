//! Property tests: all entries fold in one order, `apply` never fails, decisions keep the invariants, and a view
//! reveals nothing that its viewer may not see.

use crate::world::{BY_THE_OPERATOR, Deed, World, faults, faults_of_rows, undefined};
use proptest::prelude::*;
use renkei_domain::record::chain::DossierKey;
use renkei_domain::record::dossiers::{Dossiers, Heard};
use renkei_domain::record::entry::Entry;
use renkei_domain::record::register::Register;
use renkei_domain::view::Viewer;
use renkei_sample::times;

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let kinds = prop_oneof![0..23u8, crate::indicator::world::KINDS];
    proptest::collection::vec((kinds, any::<u16>(), any::<u16>(), 0..2usize).prop_map(Deed::from), 0..40)
}

/// Generates deeds (random commands) on the rows of the draft plan, by officers and by an operator for both parties.
fn drafting() -> impl Strategy<Value = Vec<Deed>> {
    let kinds = proptest::sample::select(vec![0, 3, 4, 4, 5, 6, 6, 6, 16, 17, 18, 19, 20]);
    let by = prop_oneof![4 => Just(0), 1 => Just(BY_THE_OPERATOR)];
    let deed = ((kinds, by).prop_map(|(kind, by): (u8, u8)| kind + by), any::<u16>(), any::<u16>(), 0..2usize);
    proptest::collection::vec(deed.prop_map(Deed::from), 0..60)
}

/// Returns the same entries in another order that keeps the order within each chain.
fn interleaved(entries: &[Entry], choices: &[u8]) -> Vec<Entry> {
    let mut chains: Register<_, std::collections::VecDeque<Entry>> = Register::new();
    for entry in entries {
        chains.get_or_default(entry.order.chain()).push_back(entry.clone());
    }
    let mut mixed = Vec::new();
    let mut choice = choices.iter().cycle();
    while mixed.len() < entries.len() {
        let open: Vec<_> = chains.iter().filter(|(_, rest)| !rest.is_empty()).map(|(key, _)| *key).collect();
        let key = open[usize::from(*choice.next().unwrap_or(&0)) % open.len()];
        mixed.extend(chains.get_mut(&key).and_then(|rest| rest.pop_front()));
    }
    mixed
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96 * times()))]

    #[test]
    fn any_order_that_keeps_each_chain_folds_to_the_same_dossiers(deeds in prop_oneof![deeds(), drafting()], choices in proptest::collection::vec(any::<u8>(), 1..30)) {
        let world = World::after(&deeds);
        let folded = Dossiers::fold(interleaved(&world.entries, &choices));
        prop_assert_eq!(&folded, &world.dossiers);
        prop_assert_eq!(&folded.last, &world.dossiers.last);
        // Folds the entries one by one as they arrive. If an entry is reported as late, folds everything known again.
        let (mut heard, mut known) = (Dossiers::default(), Vec::new());
        for entry in interleaved(&world.entries, &choices) {
            known.push(entry.clone());
            if heard.hear(&entry) == Heard::Late {
                heard = Dossiers::fold(known.clone());
            }
        }
        prop_assert_eq!(&heard, &world.dossiers);
    }

    #[test]
    fn decisions_leave_no_invariant_broken(deeds in prop_oneof![deeds(), drafting()]) {
        let world = World::after(&deeds);
        prop_assert_eq!(faults(&world.dossiers), Vec::<String>::new());
        prop_assert_eq!(undefined(&world.dossiers), 0);
        prop_assert_eq!(crate::indicator::world::endless_names(&world), 0);
    }

    #[test]
    fn a_deed_of_one_party_leaves_what_the_other_owns_as_it_was(deeds in deeds()) {
        let mut world = World::after(&[]);
        for deed in deeds.into_iter().filter(Deed::is_of_an_officer) {
            let other = world.parties[1 - deed.party];
            let before = world.owned_by(other);
            if world.carry_out(&deed).is_ok() {
                prop_assert_eq!(world.owned_by(other), before, "{:?}", deed);
            }
        }
    }

    #[test]
    fn apply_takes_any_events_in_any_chain_and_keeps_the_invariants(deeds in prop_oneof![deeds(), drafting()], choices in proptest::collection::vec(any::<u8>(), 1..60)) {
        let world = World::after(&deeds);
        let mut dossiers = Dossiers::default();
        for (place, entry) in strewn(&world.entries, &choices).into_iter().enumerate() {
            let mut entry = entry;
            entry.order.time.millis = 1 + place as u64;
            prop_assert_eq!(dossiers.hear(&entry), Heard::Folded);
        }
        prop_assert_eq!(faults_of_rows(&dossiers), Vec::<String>::new());
        for party in dossiers.parties.values() {
            let tree = party.organisation.tree_on(jiff::civil::date(2026, 4, 1));
            prop_assert!(tree.len() <= party.organisation.divisions.len());
        }
    }

    #[test]
    fn the_output_for_a_viewer_depends_on_the_chains_of_their_side_alone(deeds in prop_oneof![deeds(), drafting()]) {
        let world = World::after(&deeds);
        for party in world.parties {
            let folded = world.known_by(party);
            for viewer in [Viewer::Party(party), Viewer::Councillor(party), Viewer::Joint(world.agreement)] {
                prop_assert_eq!(folded.all_that_is_shown_to(viewer), world.all_that_is_shown_to(viewer));
            }
        }
    }

    #[test]
    fn no_event_of_a_shared_chain_names_a_row_that_one_side_keeps_to_itself(deeds in prop_oneof![deeds(), drafting()]) {
        let world = World::after(&deeds);
        let mut dossiers = Dossiers::default();
        for entry in &world.entries {
            let mut private = world.private_rows(&dossiers);
            dossiers.hear(entry);
            // Rows that are shown at the end may occur in events, so only rows that are still private are searched for.
            let still = world.private_rows(&dossiers);
            private.retain(|row| still.contains(row));
            if matches!(entry.order.dossier, DossierKey::Agreement(_)) {
                let body = entry.authored.as_ref().expect("told").encode();
                let body = String::from_utf8(body).expect("JSON");
                prop_assert_eq!(private.iter().find(|row| body.contains(&row.to_string())), None, "{}", body);
            }
        }
    }

    #[test]
    fn content_hidden_from_a_viewer_changes_no_byte_of_their_output(deeds in deeds(), hidden in proptest::collection::vec((any::<u16>(), any::<u16>()), 1..6)) {
        let mut world = World::after(&deeds);
        let [city, bureau] = world.parties;
        let before = world.all_that_is_shown_to(Viewer::Party(city));
        let everybody = [Viewer::Joint(world.agreement), Viewer::Councillor(city), Viewer::Public];
        let open = everybody.map(|viewer| world.all_that_is_shown_to(viewer));
        let drafts = world.private_rows_of(bureau);
        for (section, words) in hidden {
            world.draft_in_private(1, section, words);
        }
        prop_assert!(world.private_rows_of(bureau) > drafts);
        prop_assert_eq!(world.all_that_is_shown_to(Viewer::Party(city)), before);
        prop_assert_eq!(everybody.map(|viewer| world.all_that_is_shown_to(viewer)), open);
        prop_assert!(world.all_that_is_shown_to(Viewer::Party(bureau)).contains("ひみつの案"));
    }
}

/// Returns damaged entries: some are repeated, some left out, some in another party's chain.
fn strewn(entries: &[Entry], choices: &[u8]) -> Vec<Entry> {
    let parties: Vec<_> = entries.iter().map(|entry| entry.order.party).collect();
    let thrown = choices.iter().enumerate().map(|(place, choice)| {
        let mut entry = entries[(usize::from(*choice) * 7 + place) % entries.len()].clone();
        if choice % 3 == 0 {
            entry.order.party = parties[usize::from(*choice) % parties.len()];
        }
        entry
    });
    thrown.collect()
}

#[test]
fn a_late_entry_is_reported_and_folding_again_gives_the_same_state() {
    let world = World::after(&[]);
    let mut dossiers = Dossiers::default();
    let (last, before) = world.entries.split_last().expect("the world has entries");
    let (first, between) = before.split_first().expect("the world has entries");
    assert_eq!(dossiers.hear(first), Heard::Folded);
    assert_eq!(dossiers.hear(last), Heard::Folded);
    assert!(between.iter().all(|entry| dossiers.hear(entry) == Heard::Late));
    assert_eq!(Dossiers::fold(world.entries.clone()), world.dossiers);
}
