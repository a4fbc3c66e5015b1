//! Headings and the cover of a report are common ground: a document that one side brings leaves those over the rows that the other
//! side has made its own.

use renkei_document::document::{Chapter, DefinedTerm, Document, FrontMatter, PlanTable, Section};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::party::PartyKey;
use renkei_domain::command::Command;
use renkei_domain::evidence::command::{EvidenceCommand, ImportDocument, Merge};
use renkei_domain::evidence::cover::loses_its_cover;
use renkei_domain::view::AgreementView;

use crate::world::{World, officer, operator};

/// The progress with rows that both parties took over, the bureau's in the first of two sections.
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

/// What the city brings: the world's document, changed.
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

/// For each section its chapter's title, its own, its lead, and the keys of the parties whose rows it has.
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
        .map(|heading| (heading.chapter, heading.section, heading.there.as_str(), heading.brought.as_str()))
        .collect();
    assert_eq!(
        headings,
        [
            (None, None, "進捗", "市の計画"),
            (Some(1), None, "柱", "市のすばらしい仕事"),
            (Some(1), Some(1), "項目1", "その他のこと"),
        ]
    );
    import(&mut world, flat);
    let after = report(&world);
    assert_eq!(after.plans[0].title, "進捗");
    assert_eq!(outline(&after.plans[0]), [told("柱", "項目1", LEAD, &["city", "city", "labour_bureau"])]);
    assert_eq!(after.plans[0].chapters[0].sections[0].id, before.id);
}

#[test]
fn a_row_of_the_other_side_stays_in_its_section_wherever_the_document_shows_it() {
    let mut world = taken_over();
    let moved = brought(&world, |document| {
        let sections = &mut document.plans[0].chapters[0].sections;
        let bureaus = sections[0].initiatives.remove(1);
        sections[1].initiatives.push(bureaus);
        // A heading over rows of its own alone may have other words.
        sections[1].title = "市の項目".into();
        sections.remove(0);
    });
    import(&mut world, moved);
    let expected = [told("柱", "項目1", LEAD, &["labour_bureau"]), told("柱", "市の項目", LEAD, &["city"])];
    assert_eq!(outline(&report(&world).plans[0]), expected);
}

#[test]
fn a_chapter_of_the_other_side_is_put_back_where_the_document_has_none() {
    let mut world = taken_over();
    let other_chapter = brought(&world, |document| {
        let chapter = &mut document.plans[0].chapters[0];
        chapter.number = 2;
        chapter.title = "市の柱".into();
        chapter.sections.iter_mut().for_each(|section| {
            section.initiatives.retain(|row| row.party == PartyKey::new("city"));
        });
    });
    import(&mut world, other_chapter);
    let outline: Vec<_> = outline(&report(&world).plans[0]).into_iter().map(|told| (told.0, told.1, told.3)).collect();
    assert_eq!(outline[0], ("柱".into(), "項目1".into(), vec!["labour_bureau".to_owned()]));
    assert_eq!(outline[1].0, "市の柱");
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
    // Nobody has rows of their own yet: the cover is the newest document's.
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
}
