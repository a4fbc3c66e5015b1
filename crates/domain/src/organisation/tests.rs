use jiff::civil::{Date, date};
use renkei_document::id::Id;
use uuid::Uuid;

use super::duty::Duty;
use super::*;

fn id<T>(number: u128) -> Id<T> {
    Id::new(Uuid::from_u128(number))
}

fn april(year: i16) -> Date {
    date(year, 4, 1)
}

fn begun(number: u128, name: &str, parent: Option<u128>, from: Date) -> OrganisationChange {
    let kind = kind_of_name(name).unwrap_or("課").to_owned();
    let (division, parent, name) = (id(number), parent.map(id), name.to_owned());
    OrganisationChange::DivisionBegun { division, from, name, kind, parent, area: None }
}

fn ended(divisions: &[u128], successors: &[u128], from: Date) -> OrganisationChange {
    let ids = |numbers: &[u128]| numbers.iter().map(|number| id(*number)).collect();
    OrganisationChange::DivisionsEnded { divisions: ids(divisions), from, successors: ids(successors) }
}

fn renamed(number: u128, name: &str, from: Date) -> OrganisationChange {
    OrganisationChange::DivisionRenamed { division: id(number), from, name: name.into(), kind: "課".into() }
}

fn post(number: u128, division: u128, title: &str, duties: &[Duty]) -> OrganisationChange {
    let place = Place { division: id(division), title: title.into(), duties: duties.to_vec() };
    OrganisationChange::PostBegun { post: id(number), from: april(2025), place }
}

/// An organisation with 産業部 (しごと課, まち課) and two wards that each have a 福祉課.
fn town(more: &[OrganisationChange]) -> Organisation {
    let day = april(2025);
    let mut organisation = Organisation::default();
    let first = [
        begun(1, "産業部", None, day),
        begun(2, "しごと課", Some(1), day),
        begun(3, "まち課", Some(1), day),
        begun(4, "東区", None, day),
        begun(5, "福祉課", Some(4), day),
        begun(6, "西区", None, day),
        begun(7, "福祉課", Some(6), day),
        post(101, 2, "課長", &[Duty::Approver]),
        post(102, 2, "主幹", &[Duty::Clerk]),
        post(103, 7, "課長", &[Duty::Approver]),
    ];
    first.iter().chain(more).for_each(|change| organisation.change(change));
    organisation
}

#[track_caller]
fn check_tree(more: &[OrganisationChange], day: Date, expected: &str) {
    let tree = town(more).tree_on(day);
    let told: Vec<_> =
        tree.iter().map(|branch| format!("{}{}", "-".repeat(branch.depth), branch.division.name)).collect();
    assert_eq!(told.join(" "), expected);
}

#[test]
fn the_tree_depends_on_the_day() {
    let merged = [begun(8, "くらし課", Some(1), april(2026)), ended(&[2, 3], &[8], april(2026))];
    check_tree(&[], date(2025, 3, 31), "");
    check_tree(&[], april(2025), "産業部 -しごと課 -まち課 東区 -福祉課 西区 -福祉課");
    check_tree(&merged, date(2026, 3, 31), "産業部 -しごと課 -まち課 東区 -福祉課 西区 -福祉課");
    check_tree(&merged, april(2026), "産業部 -くらし課 東区 -福祉課 西区 -福祉課");
    let moved = OrganisationChange::DivisionMoved { division: id(2), from: april(2026), parent: None };
    check_tree(&[moved], april(2026), "産業部 -まち課 しごと課 東区 -福祉課 西区 -福祉課");
    // Divisions in a cycle do not break a page; the tree lists them at the top level.
    let circle = OrganisationChange::DivisionMoved { division: id(1), from: april(2026), parent: Some(id(2)) };
    check_tree(&[circle], april(2026), "東区 -福祉課 西区 -福祉課 産業部 -しごと課 -まち課");
}

#[test]
fn a_renamed_division_is_the_same_and_its_old_name_stays_with_the_days_before() {
    let organisation = town(&[renamed(2, "しごと未来課", april(2026))]);
    let (before, after) = (date(2026, 3, 31), april(2026));
    assert_eq!(organisation.named_on("しごと課", before), Some(id(2)));
    assert_eq!(organisation.named_on("しごと課", after), None);
    assert_eq!(organisation.named_on("しごと未来課", after), Some(id(2)));
    assert_eq!(organisation.successors(id(2), after), [id(2)]);
    assert_eq!(organisation.post_on(id(101), before).map(|post| post.name).as_deref(), Some("しごと課 課長"));
    assert_eq!(organisation.post_on(id(101), after).map(|post| post.name).as_deref(), Some("しごと未来課 課長"));
}

#[test]
fn a_name_that_occurs_twice_is_printed_with_its_parent() {
    let organisation = town(&[]);
    let day = april(2025);
    assert_eq!(organisation.printed_on(id(7), day).as_deref(), Some("西区福祉課"));
    assert_eq!(organisation.printed_on(id(2), day).as_deref(), Some("しごと課"));
    assert_eq!(organisation.named_on("西区福祉課", day), Some(id(7)));
    assert_eq!(organisation.named_on("産業部 しごと課", day), Some(id(2)));
    assert_eq!(organisation.named_on("福祉課", day), None, "which of the two");
}

#[test]
fn work_is_followed_through_merging_and_splitting() {
    let (one, two) = (april(2026), april(2027));
    let organisation = town(&[
        begun(8, "くらし課", Some(1), one),
        ended(&[2, 3], &[8], one),
        begun(9, "甲課", Some(1), two),
        begun(10, "乙課", Some(1), two),
        ended(&[8], &[9, 10], two),
    ]);
    assert_eq!(organisation.successors(id(3), date(2026, 3, 31)), [id(3)]);
    assert_eq!(organisation.successors(id(3), one), [id(8)]);
    assert_eq!(organisation.successors(id(3), two), [id(9), id(10)]);
    assert_eq!(town(&[ended(&[3], &[], one)]).successors(id(3), one), []);
}

#[track_caller]
fn check_answered(more: &[OrganisationChange], division: u128, day: Date, expected: &[&str]) {
    let answered = town(more).names_answered_for(id(division), day);
    assert_eq!(answered.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn a_division_is_responsible_for_all_its_names_and_those_of_divisions_it_took_over() {
    let (before, one, two) = (date(2026, 3, 31), april(2026), april(2027));
    let rename = [renamed(2, "しごと未来課", one)];
    check_answered(&rename, 2, before, &["しごと未来課", "しごと課"]);
    check_answered(&rename, 2, one, &["しごと未来課", "しごと課"]);
    check_answered(&rename, 3, one, &["まち課"]);
    let merge = [begun(8, "くらし課", Some(1), one), ended(&[2, 3], &[8], one)];
    check_answered(&merge, 8, before, &["くらし課"]);
    check_answered(&merge, 2, before, &["しごと課"]);
    check_answered(&merge, 8, one, &["くらし課", "しごと課", "まち課"]);
    check_answered(&merge, 2, one, &[]);
    let split = [begun(9, "甲課", Some(1), two), begun(10, "乙課", Some(1), two), ended(&[8], &[9, 10], two)];
    let split: Vec<_> = merge.into_iter().chain(split).collect();
    check_answered(&split, 9, two, &["くらし課", "しごと課", "まち課", "甲課"]);
    check_answered(&split, 10, two, &["くらし課", "しごと課", "まち課", "乙課"]);
    check_answered(&split, 7, two, &["西区福祉課"]);
    // Another division takes the old name: rows with that name now belong to that division.
    let taken = [renamed(2, "しごと未来課", one), renamed(3, "しごと課", one)];
    check_answered(&taken, 2, one, &["しごと未来課"]);
    check_answered(&taken, 3, one, &["しごと課", "まち課"]);
}

#[test]
fn a_deputy_also_has_the_post_and_its_title_says_so() {
    let mut organisation = town(&[]);
    let until = Some(date(2025, 11, 30));
    let deputation =
        Deputation { post: id(101), deputy: id(102), from: date(2025, 11, 20), until, reason: "出張".into() };
    organisation.deputations.insert(id(1), deputation);
    let told = |organisation: &Organisation, posts: &[u128], day: Date| -> Vec<String> {
        let posts: Vec<_> = posts.iter().map(|number| id(*number)).collect();
        let held = organisation.held(&posts, day).into_iter();
        held.map(|held| format!("{} {:?} {:?}", held.title, held.duties, held.deputy)).collect()
    };
    let own = "しごと課 主幹 [Clerk] None";
    let other = "しごと課 課長 [Approver] Some(\"しごと課 主幹\")";
    assert_eq!(told(&organisation, &[102], date(2025, 11, 19)), [own]);
    assert_eq!(told(&organisation, &[102], date(2025, 11, 20)), [own, other]);
    assert_eq!(told(&organisation, &[102], date(2025, 11, 30)), [own, other]);
    assert_eq!(told(&organisation, &[102], date(2025, 12, 1)), [own]);
    assert_eq!(told(&organisation, &[101, 102], date(2025, 11, 20)).len(), 2, "the own post is no deputation");
    assert_eq!(told(&organisation, &[999], date(2025, 11, 20)), Vec::<String>::new());
}

#[track_caller]
fn check_faults(more: &[OrganisationChange], expected: &[OrganisationFault]) {
    let told: Vec<_> = town(more).faults().into_iter().collect();
    assert_eq!(told, expected);
}

#[test]
fn a_fault_of_an_organisation_is_reported_with_its_first_day() {
    let day = april(2026);
    let moved = |number, parent| OrganisationChange::DivisionMoved {
        division: id(number),
        from: day,
        parent: Some(id(parent)),
    };
    check_faults(&[], &[]);
    check_faults(&[renamed(3, "しごと課", day)], &[OrganisationFault::NameTwice { name: "しごと課".into(), day }]);
    check_faults(&[moved(7, 99)], &[OrganisationFault::ParentGone { name: "福祉課".into(), day }]);
    check_faults(&[ended(&[6, 7], &[], day)], &[OrganisationFault::DivisionGone { post: "課長".into(), day }]);
    check_faults(&[ended(&[4], &[], day)], &[OrganisationFault::ParentGone { name: "福祉課".into(), day }]);
    check_faults(&[ended(&[3], &[99], day)], &[OrganisationFault::SuccessorGone { name: "まち課".into(), day }]);
    check_faults(
        &[ended(&[3], &[], april(2025))],
        &[OrganisationFault::EndsBeforeBeginning { name: "まち課".into(), from: april(2025) }],
    );
    check_faults(
        &[ended(&[3], &[], day), renamed(3, "まちづくり課", april(2027))],
        &[OrganisationFault::OutsideItsTime { name: "まちづくり課".into(), day: april(2027) }],
    );
    check_faults(
        &[moved(1, 2)],
        &[
            OrganisationFault::Circle { name: "しごと課".into(), day },
            OrganisationFault::Circle { name: "産業部".into(), day },
        ],
    );
    check_faults(
        &[post(104, 2, "課長", &[Duty::Reader])],
        &[OrganisationFault::TitleTwice { post: "しごと課 課長".into(), day: april(2025) }],
    );
}

#[test]
fn a_change_taken_back_leaves_everything_as_it_was() {
    let place = Place { division: id(3), title: "課長".into(), duties: vec![Duty::Approver] };
    for change in [
        begun(8, "くらし課", Some(1), april(2026)),
        renamed(2, "しごと未来課", april(2026)),
        ended(&[3], &[2], april(2026)),
        OrganisationChange::DivisionMoved { division: id(3), from: april(2026), parent: None },
        OrganisationChange::AreaChanged { division: id(3), from: april(2026), area: Some("東部".into()) },
        OrganisationChange::PostChanged { post: id(102), from: april(2026), place },
        OrganisationChange::PostEnded { post: id(102), from: april(2026) },
    ] {
        let changed = town(std::slice::from_ref(&change));
        assert_ne!(changed, town(&[]));
        let back = OrganisationChange::TakenBack { change: Box::new(change.clone()) };
        assert_eq!(town(&[change, back]), town(&[]));
    }
}

#[test]
fn the_kind_is_found_from_the_name() {
    for (name, kind) in
        [("しごと課", Some("課")), ("みどり出張所", Some("出張所")), ("東区", Some("区")), ("はたらく", None)]
    {
        assert_eq!(kind_of_name(name), kind, "{name}");
    }
}

#[test]
fn merged_divisions_give_their_posts_to_the_new_one_each_title_once() {
    let day = april(2026);
    let mut organisation = town(&[post(104, 3, "課長", &[Duty::Approver]), begun(8, "くらし課", Some(1), day)]);
    let changes = organisation.ending(&[id(2), id(3)], &[id(8)], day, true);
    changes.iter().for_each(|change| organisation.change(change));
    assert_eq!(organisation.faults().into_iter().collect::<Vec<_>>(), []);
    let posts: Vec<_> = organisation.posts_on(day).into_iter().map(|post| post.name).collect();
    assert_eq!(
        posts,
        ["くらし課 課長", "くらし課 主幹", "福祉課 課長"].map(|name| name.replace("福祉課", "西区福祉課"))
    );
    let mut closed = town(&[]);
    let changes = closed.ending(&[id(2)], &[], day, false);
    changes.iter().for_each(|change| closed.change(change));
    assert_eq!((closed.faults().len(), closed.posts_on(day).len()), (0, 1));
}
