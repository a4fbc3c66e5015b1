//! The printed report of a party in its house style. Importing this report again shows no differences.

use renkei_app::{AppError, access, compare_files, organisation, read_state};
use renkei_document::house_style::{HouseStyle, SETTINGS, choices};

use crate::fixture::{Office, sample};

/// Returns a house style in which each setting has its last choice.
fn another_style() -> HouseStyle {
    SETTINGS.iter().fold(HouseStyle::default(), |style, setting| {
        let last = choices(setting.key).last().expect("a choice").key;
        style.choose(setting.key, last).expect("known")
    })
}

fn set_for_all(office: &Office, style: HouseStyle) -> Result<(), AppError> {
    let known = office.node.state().house_styles(access::local_viewer(), None).expect("an agreement");
    known
        .into_iter()
        .try_for_each(|party| organisation::set_house_style(&office.node, access::local_operator(), party.party, style))
}

#[test]
fn a_report_in_another_style_has_the_same_content() {
    let office = Office::with(&sample());
    let report = || office.node.state().report(access::local_viewer(), None, None).expect("a report");
    let before = report();
    set_for_all(&office, another_style()).expect("set");
    let after = report();
    assert_eq!(after.document, before.document, "what is stored stays");
    assert_ne!(after.html(), before.html());
    assert_eq!(after.json(), before.json());
    let files = [("前.html", before.html()), ("後.html", after.html())];
    let [one, other] = files.each_ref().map(|(name, page)| (*name, page.as_bytes()));
    let found = compare_files(one, other).expect("compared");
    assert_eq!(found, []);
    set_for_all(&office, HouseStyle::default()).expect("set back");
    assert_eq!(report().html(), before.html());
}

#[test]
fn a_style_is_stored_in_the_journal_and_found_by_the_party_s_name() {
    let office = Office::with(&sample());
    let style = HouseStyle::default().choose("numbers", "full").expect("known");
    let city = office.node.state().house_style(access::local_viewer(), None, "市").expect("the city");
    organisation::set_house_style(&office.node, access::local_operator(), city.party, style).expect("set");
    assert!(
        organisation::set_house_style(&office.node, access::local_operator(), city.party, style).is_err(),
        "nothing changes"
    );
    let again = read_state(office.folder.path()).expect("reads");
    assert_eq!(again.house_style(access::local_viewer(), None, &city.name).expect("the city").style, style);
    let unknown = again.house_style(access::local_viewer(), None, "村").expect_err("no party");
    assert!(unknown.to_string().contains("「村」はこの協定の当事者ではありません"), "{unknown}");
}
