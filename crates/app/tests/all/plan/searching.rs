//! A save indexes only the rows that it changes. A search then finds the same rows as with a newly built index.

use renkei_app::{access, indicator, plan};
use renkei_document::figure::Stated;

use crate::fixture::{Office, sample};
use crate::plan::passages::parties_and_figures;

#[test]
fn a_save_indexes_its_rows_which_are_found_by_their_new_words() {
    let office = Office::with(&sample());
    let found = |words: &str| plan::search(&office.node.state(), access::local_viewer(), words);
    assert_eq!(found("98,765"), []);
    let all = plan::indexed_texts(&office.node.state());
    assert!(all > 200, "{all} rows");
    let (party, figure) =
        parties_and_figures(&office).into_iter().find(|(_, figure)| figure.value.is_some()).expect("one");
    let observation = figure.observation.expect("kept");
    let correct = |value: i64| {
        let stated = Stated::Value { value: value.into(), provisional: false };
        indicator::correct(&office.node, access::local_operator(), party, observation, stated, "集計の誤り")
            .expect("corrects");
    };
    correct(98_765);
    // The save has updated the index, so the search indexes nothing.
    let updated = plan::indexed_texts(&office.node.state());
    let hits = found("98,765");
    assert!(!hits.is_empty());
    let rows_with_it = hits.len() as u64;
    assert_eq!([updated, plan::indexed_texts(&office.node.state())], [all + rows_with_it; 2]);
    correct(13_579);
    assert_eq!((found("98,765"), found("13,579")), (Vec::new(), hits.clone()));
    assert_eq!(plan::indexed_texts(&office.node.state()), all + 2 * rows_with_it);
    // Further searches, also in another state, index nothing.
    assert_eq!(found("13,579"), hits);
    assert_eq!(plan::indexed_texts(&office.node.state()), all + 2 * rows_with_it);
    let again = office.reopened();
    assert_eq!(plan::search(&again.node.state(), access::local_viewer(), "13,579"), hits);
}

/// However often rows change, a search finds the same rows as with a newly built index.
#[test]
fn an_index_with_many_removed_texts_is_rebuilt() {
    let office = Office::with(&sample());
    let figures = parties_and_figures(&office).into_iter().filter(|(_, figure)| figure.value.is_some()).take(2);
    let rows = plan::search(&office.node.state(), access::local_viewer(), "を").len();
    let mut all = 70_000_i64;
    for (party, figure) in figures {
        for _ in 0..rows * 2 / 3 {
            all += 1;
            let stated = Stated::Value { value: all.into(), provisional: false };
            let observation = figure.observation.expect("kept");
            indicator::correct(&office.node, access::local_operator(), party, observation, stated, "集計の誤り")
                .expect("corrects");
            let found = |words: &str| plan::search(&office.node.state(), access::local_viewer(), words).len();
            assert_eq!((found(&format!("70,{:03}", all - 70_000)), found("を")), (1, rows), "{all}");
        }
    }
}
