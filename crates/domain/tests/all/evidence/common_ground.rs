//! Headings and the cover of a report are common to both sides. A document that one side imports does not change the
//! headings above rows that the other side has made its own, and does not change the cover.

use renkei_document::document::{Chapter, DefinedTerm, Document, FrontMatter, PlanKind, PlanTable, Section};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::party::PartyKey;
use renkei_domain::command::Command;
use renkei_domain::evidence::command::{EvidenceCommand, ImportDocument, Merge};
use renkei_domain::evidence::cover::loses_its_cover;
use renkei_domain::evidence::headings::HeadingPart;
use renkei_domain::view::AgreementView;

use crate::world::{World, officer, operator};

/// Returns a world with a progress table whose rows both parties have taken over; the bureau's row is in the first of
/// two sections.
fn taken_over() -> World {
    let mut world = World::after(&[]);
    let evidence = *world.dossiers.agreements[&world.agreement].evidence.keys().next_back().expect("imported");
    for party in world.parties {
        let take = EvidenceCommand::TakeOverRows { agreement: world.agreement, party, evidence };
        world.act(operator(), Command::Evidence(take)).expect("taken over");
    }
    world
}

fn seen_by(world: &World, party: Id<id::Party>) -> AgreementView<'_> {
    world.dossiers.seen_by(officer(party).viewer()).agreement(world.agreement).expect("concluded")
}

fn report(world: &World) -> Document {
    seen_by(world, world.parties[1]).report(FiscalYear(2026)).expect("a report")
}

/// Returns an import by the city of a changed version of the world's document.
fn brought(world: &World, change: impl Fn(&mut Document)) -> ImportDocument {
    let Command::Evidence(EvidenceCommand::ImportDocument(mut import)) = world.merging(world.parties[0], 1) else {
        unreachable!("an import")
    };
    change(&mut import.document);
    import.merge = Some(Merge { gone: usize::MAX, ..Merge::default() });
    *import
}

fn import(world: &mut World, document: ImportDocument) {
    let by = document.by;
    let command = EvidenceCommand::ImportDocument(Box::new(document));
    world.act(officer(by), Command::Evidence(command)).expect("merged");
}

/// For each section: its chapter's title, its own title, its lead, and the keys of the parties whose rows it has.
type Outline = Vec<(String, String, Option<String>, Vec<String>)>;

fn outline(table: &PlanTable) -> Outline {
    let sections = table.chapters.iter().flat_map(|chapter| chapter.sections.iter().map(move |s| (chapter, s)));
    let told = sections.map(|(chapter, section)| {
        let parties = section.initiatives.iter().map(|row| row.party.to_string()).collect();
        (chapter.title.clone(), section.title.clone(), section.lead.clone(), parties)
    });
    told.collect()
}

fn told(title: &str, section: &str, lead: &str, parties: &[&str]) -> (String, String, Option<String>, Vec<String>) {
    let lead = (!lead.is_empty()).then(|| lead.to_owned());
    (title.to_owned(), section.to_owned(), lead, parties.iter().map(|party| (*party).to_owned()).collect())
}

const LEAD: &str = "市と労働局は、連携する。";

#[test]
fn a_flat_document_of_one_side_leaves_the_other_under_its_heading() {
    let mut world = taken_over();
    let before = report(&world).plans[0].chapters[0].sections[0].clone();
    let flat = brought(&world, |document| {
        let rows = document.plans[0].chapters[0].sections.iter().flat_map(|section| section.initiatives.clone());
        let of_the_city = rows.filter(|row| row.party == PartyKey::new("city"));
        let numbered =
            of_the_city.zip(1..).map(|(row, number)| renkei_document::document::Initiative { number, ..row });
        let section = Section {
            id: None,
            number: 1,
            title: "その他のこと".into(),
            lead: None,
            initiatives: numbered.collect(),
            source: None,
        };
        document.plans[0].title = "市の計画".into();
        document.plans[0].chapters =
            vec![Chapter {
                number: 1, title: "市のすばらしい仕事".into(), sections: vec![section], source: None
            }];
    });
    let merged = seen_by(&world, world.parties[0])
        .merging(&flat.document.plans[0], &Default::default())
        .expect("there is a table");
    let headings: Vec<_> = merged
        .kept_headings
        .iter()
        .map(|heading| (heading.part, heading.there.as_str(), heading.brought.as_str()))
        .collect();
    assert_eq!(
        headings,
        [(HeadingPart::Table, "進捗", "市の計画"), (HeadingPart::Chapter(1), "柱", "市のすばらしい仕事"),]
    );
    import(&mut world, flat);
    let after = report(&world);
    assert_eq!(after.plans[0].title, "進捗");
    let expected = [told("柱", "項目1", LEAD, &["labour_bureau"]), told("柱", "その他のこと", "", &["city", "city"])];
    assert_eq!(outline(&after.plans[0]), expected);
    assert_eq!(after.plans[0].chapters[0].sections[0].id, before.id);
}

#[test]
fn a_row_of_the_other_side_stays_in_its_section_wherever_the_document_shows_it() {
    let mut world = taken_over();
    let moved = brought(&world, |document| {
        let sections = &mut document.plans[0].chapters[0].sections;
        let bureaus = sections[0].initiatives.remove(1);
        sections[1].initiatives.push(bureaus);
        // All rows below this heading are the city's own, so the city may change the heading.
        sections[1].title = "市の項目".into();
        sections.remove(0);
        sections[0].number = 1;
    });
    import(&mut world, moved);
    let expected = [told("柱", "項目1", LEAD, &["labour_bureau"]), told("柱", "市の項目", LEAD, &["city"])];
    assert_eq!(outline(&report(&world).plans[0]), expected);
}

/// Returns a chapter with one row of a party, with a text that no other row has.
fn chapter(number: u32, title: &str, party: &str, text: &str, like: &PlanTable) -> Chapter {
    let row = renkei_document::document::Initiative {
        party: PartyKey::new(party),
        number: 1,
        text: text.into(),
        figures: Vec::new(),
        ..like.chapters[0].sections[0].initiatives[0].clone()
    };
    let section = Section {
        id: None,
        number: 1,
        title: format!("{title}の項目"),
        lead: None,
        initiatives: vec![row],
        source: None,
    };
    Chapter { number, title: title.into(), sections: vec![section], source: None }
}

#[test]
fn chapters_left_out_put_before_or_swapped_leave_those_of_the_other_side_as_they_are() {
    const CITY: (&str, &str) = ("市の柱", "商店街の空き店舗を借り受けて起業を助ける。");
    const BUREAU: (&str, &str) = ("局の柱", "求職者支援訓練の受講者をハローワークで支える。");
    const NEW: (&str, &str) = ("新しい柱", "農業の担い手を育てる研修を行う。");
    let of = |chapters: &[(&str, (&str, &str))], like: &PlanTable| {
        let numbered = chapters.iter().zip(1..);
        numbered.map(|((party, (title, text)), number)| chapter(number, title, party, text, like)).collect::<Vec<_>>()
    };
    let (city, bureau, new) = (("city", CITY), ("labour_bureau", BUREAU), ("city", NEW));
    // The chapters that the city imports, and the resulting titles. The bureau's chapter keeps its title and its row.
    let cases: [(&[_], &[&str]); 6] = [
        (&[city], &["局の柱", "市の柱"]),
        (&[new, city, bureau], &["新しい柱", "市の柱", "局の柱"]),
        (&[city, bureau], &["市の柱", "局の柱"]),
        (&[new], &["新しい柱", "局の柱"]),
        (&[bureau, new, city], &["局の柱", "新しい柱", "市の柱"]),
        (&[("city", ("局の仕事", CITY.1)), ("labour_bureau", ("局だけの仕事", BUREAU.1))], &["局の仕事", "局の柱"]),
    ];
    for (brings, expected) in cases {
        let mut world = World::after(&[]);
        let first = brought(&world, |document| {
            let table = &mut document.plans[0];
            table.fiscal_year = FiscalYear(2024);
            table.chapters = of(&[bureau, city], table);
        });
        world.act(operator(), Command::Evidence(EvidenceCommand::ImportDocument(Box::new(first)))).expect("imported");
        let second = brought(&world, |document| {
            let table = &mut document.plans[0];
            table.fiscal_year = FiscalYear(2024);
            table.chapters = of(brings, table);
            table.chapters[0].sections[0].initiatives[0].text.push_str("重点的に行う。");
        });
        let evidence = *world.dossiers.agreements[&world.agreement].evidence.keys().next_back().expect("imported");
        for party in world.parties {
            let take = EvidenceCommand::TakeOverRows { agreement: world.agreement, party, evidence };
            world.act(operator(), Command::Evidence(take)).expect("taken over");
        }
        import(&mut world, ImportDocument { digest: "02".into(), ..second });
        let report = seen_by(&world, world.parties[1]).report(FiscalYear(2025)).expect("a report");
        let table = &report.plans[0];
        let titles: Vec<_> = table.chapters.iter().map(|chapter| chapter.title.as_str()).collect();
        assert_eq!(titles, expected, "{brings:?}");
        let bureaus = table.chapters.iter().find(|chapter| chapter.title == BUREAU.0).expect("stays");
        let rows: Vec<_> = bureaus.sections.iter().flat_map(|section| &section.initiatives).collect();
        assert_eq!((bureaus.sections[0].title.as_str(), rows.len()), ("局の柱の項目", 1), "{brings:?}");
        assert_eq!((rows[0].party.as_str(), rows[0].text.as_str()), ("labour_bureau", BUREAU.1));
        assert!(table.chapters.iter().zip(1..).all(|(chapter, number)| chapter.number == number));
    }
}

#[test]
fn rows_of_the_other_side_keep_their_order_their_marks_and_their_neighbours() {
    let mut world = World::after(&[]);
    let row =
        |party: &str, number: u32, mark: &str, text: &str, like: &PlanTable| renkei_document::document::Initiative {
            party: PartyKey::new(party),
            number,
            mark: Some(mark.into()),
            text: text.into(),
            figures: Vec::new(),
            ..like.chapters[0].sections[0].initiatives[0].clone()
        };
    const OPENS: &str = "商店街の空き店舗を借り受けて起業を助ける。";
    const TRAINS: &str = "求職者支援訓練の受講者をハローワークで支える。";
    const ADVISES: &str = "若年者の職場定着を専門の相談員が助言する。";
    const FARMS: &str = "農業の担い手を育てる研修を行う。";
    let of = |rows: &[(&str, &str, &str)], document: &mut Document| {
        let table = &mut document.plans[0];
        table.fiscal_year = FiscalYear(2024);
        let rows = rows.iter().zip(1..).map(|((party, mark, text), number)| row(party, number, mark, text, table));
        table.chapters[0].sections[0].initiatives = rows.collect();
        table.chapters[0].sections.truncate(1);
    };
    const BUREAU: &str = "labour_bureau";
    let first = brought(&world, |document| {
        let rows = [("city", "①", OPENS), (BUREAU, "②", TRAINS), (BUREAU, "③", ADVISES), ("city", "④", FARMS)];
        of(&rows, document);
    });
    world.act(operator(), Command::Evidence(EvidenceCommand::ImportDocument(Box::new(first)))).expect("imported");
    let evidence = *world.dossiers.agreements[&world.agreement].evidence.keys().next_back().expect("imported");
    for party in world.parties {
        let take = EvidenceCommand::TakeOverRows { agreement: world.agreement, party, evidence };
        world.act(operator(), Command::Evidence(take)).expect("taken over");
    }
    // The same rows in another order, with other marks; one row of the bureau is also listed as a row of the city.
    let rows = [(BUREAU, "(1)", ADVISES), ("city", "(2)", FARMS), (BUREAU, "(3)", TRAINS), ("city", "(4)", ADVISES)];
    let second = brought(&world, |document| of(&rows, document));
    import(&mut world, ImportDocument { digest: "02".into(), ..second });
    let report = seen_by(&world, world.parties[1]).report(FiscalYear(2025)).expect("a report");
    let told: Vec<_> = report.plans[0].chapters[0].sections[0]
        .initiatives
        .iter()
        .map(|row| (row.party.as_str(), row.mark.as_deref().unwrap_or_default(), row.text.as_str()))
        .collect();
    assert_eq!(
        told,
        [(BUREAU, "②", TRAINS), ("city", "(4)", ADVISES), (BUREAU, "③", ADVISES), ("city", "(2)", FARMS),]
    );
}

#[test]
fn the_cover_stays_while_the_other_side_has_rows_of_its_own() {
    let cover = |title: &str, purpose: &str| FrontMatter {
        title_lines: vec![title.into()],
        purpose: vec![purpose.into()],
        ..FrontMatter::default()
    };
    let with_cover = |world: &World, title: &'static str, digest: &str| {
        let front_matter = cover(title, title);
        let document = brought(world, |document| {
            document.title = Some(title.into());
            document.front_matter = front_matter.clone();
        });
        ImportDocument { digest: digest.into(), ..document }
    };
    // No rows are taken over yet, so the report has the cover of the newest document.
    let mut world = World::after(&[]);
    let first = with_cover(&world, "連携の報告", "01");
    import(&mut world, first);
    assert_eq!(report(&world).title.as_deref(), Some("連携の報告"));
    let evidence = *world.dossiers.agreements[&world.agreement].evidence.keys().next().expect("imported");
    let (agreement, party) = (world.agreement, world.parties[1]);
    let take = EvidenceCommand::TakeOverRows { agreement, party, evidence };
    world.act(operator(), Command::Evidence(take)).expect("taken over");
    let before = report(&world);
    let mut second = with_cover(&world, "市だけの報告", "02");
    second.document.front_matter.defined_terms = vec![DefinedTerm { term: "市".into(), meaning: "星見市".into() }];
    second.document.plans[0].chapters[0].sections[0].initiatives[0].text = "相談会を開いた。".into();
    second.document.plans[0].chapters[0].sections[0].initiatives[0].figures.clear();
    let there = seen_by(&world, world.parties[0]).cover_that_stays(&second.document).expect("stays");
    assert!(loses_its_cover(&second.document, there));
    assert!(!loses_its_cover(&Document::default(), there), "a document without a cover loses none");
    import(&mut world, second);
    let after = report(&world);
    assert_eq!((&after.title, &after.front_matter.purpose), (&before.title, &before.front_matter.purpose));
    assert_eq!(after.front_matter.defined_terms.len(), 1, "what the cover did not say is added");
    // A document of several years changes the cover only of the report of its last year.
    let mut third = with_cover(&world, "市だけの二年の報告", "03");
    let mut later = third.document.plans[0].clone();
    (later.fiscal_year, later.kind) = (FiscalYear(2028), PlanKind::Plan);
    third.document.plans.push(later);
    third.document.fiscal_year = Some(FiscalYear(2028));
    import(&mut world, third);
    assert_eq!(report(&world).title, before.title);
    let later = seen_by(&world, world.parties[1]).report(FiscalYear(2028)).expect("a report");
    assert_eq!(later.title.as_deref(), Some("市だけの二年の報告"));
}
