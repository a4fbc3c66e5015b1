//! Tests of merging a document into an existing year, and of undoing whole imports.

use crate::world::{World, agreement_text, document_of, officer, operator};
use renkei_document::document::{AgreementText, Article, Document, Heading, PlanKind, PlanTable};
use renkei_document::figure::Stated;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::limits;
use renkei_document::locus::Source;
use renkei_document::passage::Passage;
use renkei_domain::command::Command;
use renkei_domain::evidence::command::{EvidenceCommand, ImportDocument, Merge};
use renkei_domain::evidence::refusal::EvidenceRefusal;
use renkei_domain::indicator::command::IndicatorCommand;
use renkei_domain::plan::command::PlanCommand;
use renkei_domain::plan::{Standing, Wording};
use renkei_domain::refusal::Refusal;
use renkei_domain::view::Viewer;

fn newest(world: &World) -> Id<id::Evidence> {
    *world.dossiers.agreements[&world.agreement].evidence.keys().next_back().expect("imported")
}

fn take_over(world: &mut World, evidence: Id<id::Evidence>) {
    for party in world.parties {
        let command = Command::Evidence(EvidenceCommand::TakeOverRows { agreement: world.agreement, party, evidence });
        // The result is ignored: the command is refused for a party that has no rows in the document.
        let _ = world.act(operator(), command);
    }
}

fn progress(world: &World) -> PlanTable {
    let view = world.dossiers.seen_by(operator().viewer()).agreement(world.agreement).expect("concluded");
    let (id, _) = view.plans().into_iter().find(|(_, plan)| plan.fiscal_year == FiscalYear(2025)).expect("imported");
    view.table(id).expect("a table")
}

fn first_value(world: &World) -> Option<Stated> {
    progress(world).chapters[0].sections[0].initiatives[0].figures.first().map(Stated::of)
}

fn merged(more: i64) -> World {
    let mut world = World::after(&[]);
    let evidence = newest(&world);
    take_over(&mut world, evidence);
    let merging = world.merging(world.parties[0], more);
    world.act(operator(), merging).expect("merged");
    let evidence = newest(&world);
    take_over(&mut world, evidence);
    world
}

fn undo(world: &mut World, evidence: Id<id::Evidence>) -> Result<(), Vec<Refusal>> {
    let agreement = world.agreement;
    world.act(
        operator(),
        Command::Evidence(EvidenceCommand::UndoImport { agreement, evidence, reason: "別の文書だった".into() }),
    )
}

#[test]
fn a_merged_document_changes_values_by_corrections_and_keeps_the_rows() {
    let before = World::after(&[]);
    let world = merged(3);
    let (old, new) = (progress(&before), progress(&world));
    assert_eq!(new.id, old.id);
    let rows = |table: &PlanTable| -> Vec<_> {
        table.chapters[0].sections.iter().flat_map(|s| &s.initiatives).map(|row| row.id).collect()
    };
    // 項目2 is no longer in the document, so its row is removed; the other rows keep their ids.
    assert_eq!(rows(&new), rows(&old)[..2]);
    assert_eq!(first_value(&world), Some(Stated::Value { value: 8.into(), provisional: false }));
    let city = &world.dossiers.parties[&world.parties[0]];
    let corrected: Vec<_> = city.observations.values().flat_map(|known| &known.corrections).collect();
    assert_eq!(corrected.len(), 1);
    assert_eq!(corrected[0].reason, "文書「確定3.txt」の統合による");
    let standing = |party: Id<id::Party>| {
        let rows = world.dossiers.agreements[&world.agreement].initiatives.values();
        rows.filter(|row| row.party == party).all(|row| matches!(row.standing, Standing::TakenOver { .. }))
    };
    assert!(world.parties.into_iter().all(standing));
}

#[test]
fn an_import_taken_back_leaves_everything_as_it_was() {
    let mut world = World::after(&[]);
    let first = newest(&world);
    take_over(&mut world, first);
    let shown = world.all_that_is_shown_to(operator().viewer());
    let mut world = merged(4);
    assert_ne!(world.all_that_is_shown_to(operator().viewer()), shown);
    let (first, second) = {
        let mut evidence = world.dossiers.agreements[&world.agreement].evidence.keys().copied();
        (evidence.next().expect("imported"), evidence.next().expect("merged"))
    };
    assert_eq!(
        undo(&mut world, first),
        Err(vec![Refusal::Evidence(EvidenceRefusal::MergedSince { file_name: "確定4.txt".into() })])
    );
    undo(&mut world, second).expect("undone");
    let table = progress(&world);
    assert_eq!(table.chapters[0].sections[0].initiatives[0].text, "相談会を4回開催した。");
    assert_eq!(first_value(&world), Some(Stated::Value { value: 4.into(), provisional: false }));
    let already = Refusal::Evidence(EvidenceRefusal::AlreadyUndone { file_name: "確定4.txt".into() });
    assert_eq!(undo(&mut world, second), Err(vec![already]));
    undo(&mut world, first).expect("undone");
    let dossier = &world.dossiers.agreements[&world.agreement];
    assert!(dossier.plans.values().all(|plan| plan.fiscal_year == FiscalYear(2027)));
    assert!(world.parties.iter().all(|party| world.dossiers.parties[party].observations.is_empty()));
    // After the undo, the same file may be imported again.
    let again = world.merging(world.parties[0], 4);
    world.act(operator(), again).expect("imported again");
}

#[test]
fn an_import_whose_figures_were_corrected_since_cannot_be_undone() {
    let mut world = World::after(&[]);
    let evidence = newest(&world);
    take_over(&mut world, evidence);
    let party = world.parties[0];
    let observation = *world.dossiers.parties[&party].observations.keys().next().expect("reported");
    let stated = Stated::Value { value: 99.into(), provisional: false };
    let command = Command::Indicator(IndicatorCommand::CorrectObservation {
        party,
        observation,
        stated,
        reason: "再集計".into(),
    });
    world.act(operator(), command).expect("corrected");
    let refused = undo(&mut world, evidence).expect_err("refused");
    assert_eq!(
        refused,
        [Refusal::Evidence(EvidenceRefusal::CorrectedSince { figures: vec!["相談会 開催回数".into()] })]
    );
}

#[test]
fn an_officer_changes_no_row_that_the_other_party_has_taken_over() {
    let mut world = World::after(&[]);
    let evidence = newest(&world);
    take_over(&mut world, evidence);
    let [_, bureau] = world.parties;
    let merging = world.merging(bureau, 1);
    let officer = crate::world::holder(bureau, "担当");
    assert_eq!(world.act(officer.clone(), merging), Err(vec![Refusal::NotYourParty]));
    let agreement = world.agreement;
    let undoing = Command::Evidence(EvidenceCommand::UndoImport { agreement, evidence, reason: "誤り".into() });
    assert_eq!(world.act(officer, undoing), Err(vec![Refusal::NotYourParty]));
}

/// Returns a command that imports the world's document for another year, as another file.
fn of_year(world: &World, by: usize, year: i16) -> Command {
    let document = document_of(FiscalYear(year));
    Command::Evidence(EvidenceCommand::ImportDocument(Box::new(ImportDocument {
        agreement: world.agreement,
        by: world.parties[by],
        file_name: format!("{year}.txt"),
        digest: format!("{year}"),
        document,
        findings: Vec::new(),
        merge: None,
    })))
}

#[test]
fn a_document_or_a_plan_of_a_year_far_off_is_refused() {
    let mut world = World::after(&[]);
    // The present year in this world is 令和5年度.
    let (first, last) = (FiscalYear(2000), FiscalYear(2028));
    for year in [1990, 1999, 2029, 2318, i16::MAX - 1] {
        let refused = vec![Refusal::YearFarOff { fiscal_year: FiscalYear(year), first, last }];
        let import = of_year(&world, 0, year);
        assert_eq!(world.act(operator(), import), Err(refused.clone()), "{year}");
        let (agreement, party, fiscal_year) = (world.agreement, world.parties[0], FiscalYear(year));
        let (kind, title) = (PlanKind::Plan, "計画".to_owned());
        let open = Command::Plan(PlanCommand::OpenPlan { agreement, party, fiscal_year, kind, title, like: None });
        assert_eq!(world.act(operator(), open), Err(refused), "{year}");
    }
    for year in [2000, 2028] {
        let import = of_year(&world, 0, year);
        assert_eq!(world.act(operator(), import), Ok(()), "{year}");
    }
    let refusal = Refusal::YearFarOff { fiscal_year: FiscalYear(2318), first, last };
    let message = "令和300年度は扱えません。扱えるのは平成12年度から令和10年度までです。年度を確かめ、文書に誤りがあれば直してから、もう一度行ってください。";
    assert_eq!(refusal.message(), message);
}

#[test]
fn the_documents_that_officers_of_a_party_record_in_a_day_are_limited() {
    let mut world = World::after(&[]);
    let city = crate::world::holder(world.parties[0], "事務局");
    let import = of_year(&world, 0, 2001);
    world.act(operator(), import).expect("imported");
    let mut taken = Vec::new();
    let refused = loop {
        let mut import = of_year(&world, 0, 2002);
        let Command::Evidence(EvidenceCommand::ImportDocument(document)) = &mut import else { unreachable!() };
        // Imports the same year repeatedly. Each import is undone at once, but still counts towards the daily limit.
        document.digest = format!("{:04}", taken.len());
        match world.act(city.clone(), import) {
            Ok(()) => taken.push(newest(&world)),
            Err(refused) => break refused,
        }
        let (agreement, evidence) = (world.agreement, *taken.last().expect("taken"));
        let undo = Command::Evidence(EvidenceCommand::UndoImport { agreement, evidence, reason: "試し".into() });
        world.act(city.clone(), undo).expect("taken back");
    };
    assert_eq!(refused, [Refusal::Evidence(EvidenceRefusal::ManyImports { most: 60 })]);
    // The operator has already recorded two documents in the party's name, which count towards the limit of 60.
    assert_eq!(taken.len(), 58);
    let bureau = crate::world::holder(world.parties[1], "事務局");
    let import = of_year(&world, 1, 2002);
    assert_eq!(world.act(bureau, import), Ok(()), "the other party has its own count");
    let import = of_year(&world, 0, 2003);
    assert_eq!(world.act(operator(), import), Ok(()), "the operator may bring an archive");
}

#[test]
fn a_document_of_a_later_year_changes_the_present_report_only_of_its_own_side() {
    let mut world = World::after(&[]);
    let evidence = newest(&world);
    take_over(&mut world, evidence);
    let import = of_year(&world, 0, 2028);
    world.act(operator(), import).expect("imported");
    let present = |world: &World, party: Id<id::Party>| {
        let viewer = crate::world::holder(party, "事務局").viewer();
        let seen = world.dossiers.seen_by(viewer);
        seen.agreement(world.agreement).expect("concluded").present_report()
    };
    let [city, bureau] = world.parties;
    let of_no_side = |world: &World| {
        let viewers = [Viewer::Councillor(bureau), Viewer::Joint(world.agreement), Viewer::Public];
        viewers.map(|viewer| Some(world.dossiers.seen_by(viewer).agreement(world.agreement)?.present_report()))
    };
    let before = of_no_side(&world);
    assert_eq!((present(&world, city), present(&world, bureau)), (Some(FiscalYear(2026)), Some(FiscalYear(2026))));
    let (agreement, evidence) = (world.agreement, newest(&world));
    world
        .act(operator(), Command::Evidence(EvidenceCommand::TakeOverRows { agreement, party: city, evidence }))
        .expect("taken over");
    assert_eq!((present(&world, city), present(&world, bureau)), (Some(FiscalYear(2029)), Some(FiscalYear(2026))));
    assert_eq!(of_no_side(&world), before, "a councillor, too, is shown the year of both sides first");
    assert!(before.contains(&Some(Some(FiscalYear(2026)))), "{before:?}");
}

#[test]
fn the_result_of_one_side_leaves_the_progress_of_both_in_the_report() {
    let mut world = World::after(&[]);
    let evidence = newest(&world);
    take_over(&mut world, evidence);
    let shown = |world: &World| {
        let view = world.dossiers.seen_by(operator().viewer()).agreement(world.agreement).expect("concluded");
        view.report_plans(FiscalYear(2026)).iter().map(|(_, plan)| plan.kind).collect::<Vec<_>>()
    };
    assert_eq!(shown(&world), [PlanKind::Progress]);
    let Command::Evidence(EvidenceCommand::ImportDocument(mut import)) = of_year(&world, 0, 2025) else {
        unreachable!("an import")
    };
    import.document.plans[0].kind = PlanKind::Result;
    world.act(operator(), Command::Evidence(EvidenceCommand::ImportDocument(import))).expect("imported");
    let (agreement, evidence, [city, bureau]) = (world.agreement, newest(&world), world.parties);
    for (party, expected) in [(city, PlanKind::Progress), (bureau, PlanKind::Result)] {
        assert_eq!(shown(&world), [PlanKind::Progress], "not before both have taken their rows over");
        let take = EvidenceCommand::TakeOverRows { agreement, party, evidence };
        world.act(officer(party), Command::Evidence(take)).expect("taken over");
        assert_eq!(shown(&world), [expected]);
    }
}

#[test]
fn private_rows_make_a_report_too_long_only_for_their_own_side() {
    let mut world = World::after(&[]);
    let evidence = newest(&world);
    take_over(&mut world, evidence);
    let [city, bureau] = world.parties;
    let dossier = &world.dossiers.agreements[&world.agreement];
    let (plan, drafted) = dossier.plan_of(FiscalYear(2027), PlanKind::Plan).expect("opened");
    let section = drafted.sections().next().expect("a section").id;
    let wording =
        Wording {
            divisions: vec!["しごと課".into()], text: Passage::words("窓口を開く。"), ..Wording::default()
        };
    let (agreement, party) = (world.agreement, city);
    let draft = PlanCommand::DraftInitiative { agreement, party, plan, section, after: None, wording };
    world.act(operator(), Command::Plan(draft)).expect("drafted");
    let Command::Evidence(EvidenceCommand::ImportDocument(mut import)) = of_year(&world, 1, 2026) else {
        unreachable!()
    };
    let plan = &mut import.document.plans[0];
    plan.kind = PlanKind::Progress;
    let section = &mut plan.chapters[0].sections[0];
    let row = section.initiatives[0].clone();
    section.initiatives = vec![row; limits::ROWS_OF_PDF];
    plan.chapters[0].sections.truncate(1);
    world.act(operator(), Command::Evidence(EvidenceCommand::ImportDocument(import))).expect("imported");
    let too_long = |world: &World, party: Option<Id<id::Party>>| {
        let seen = match party {
            Some(party) => world.dossiers.seen_by(Viewer::Party(party)),
            None => world.dossiers.seen_by(Viewer::Joint(world.agreement)),
        };
        let view = seen.agreement(world.agreement).expect("concluded");
        (view.too_long_for_pdf(FiscalYear(2027)), view.edition_too_long_for_pdf(FiscalYear(2027)))
    };
    assert_eq!(too_long(&world, Some(city)), (Some(limits::ROWS_OF_PDF + 1), None));
    for party in [Some(bureau), None] {
        assert_eq!(
            too_long(&world, party),
            (None, None),
            "exactly as many as there may be, and nobody else learns of the draft"
        );
    }
}

/// Returns the command of `World::merging` after `change`.
fn changed(world: &World, by: Id<id::Party>, change: impl Fn(&mut ImportDocument)) -> Command {
    let Command::Evidence(EvidenceCommand::ImportDocument(mut import)) = world.merging(by, 1) else {
        unreachable!("an import")
    };
    change(&mut import);
    Command::Evidence(EvidenceCommand::ImportDocument(import))
}

fn with_articles() -> AgreementText {
    let article =
        Article { number: 1, heading: Some("目的".into()), paragraphs: vec!["雇用を広げる。".into()] };
    AgreementText { articles: vec![article], ..agreement_text() }
}

/// Returns the same table without its rows.
fn without_rows(document: &Document) -> Document {
    let mut document = document.clone();
    let sections = document.plans.iter_mut().flat_map(|table| &mut table.chapters).flat_map(|c| &mut c.sections);
    sections.for_each(|section| section.initiatives.clear());
    document
}

#[test]
fn a_document_that_shows_neither_an_agreement_nor_a_row_is_refused() {
    let heading = Heading { level: 1, text: "お知らせ".into(), source: Source::none() };
    let notice = Document { title: Some("お知らせ".into()), headings: vec![heading], ..Document::default() };
    type Made<'a> = &'a dyn Fn(&Document) -> Document;
    let documents: [(&str, Made<'_>); 5] = [
        ("nothing", &|_| Document::default()),
        ("headings alone", &|_| notice.clone()),
        ("a table without rows", &without_rows),
        ("a table without sections", &|document| {
            let mut document = document.clone();
            document.plans[0].chapters.clear();
            document
        }),
        ("names of parties alone", &|_| Document { agreement: Some(agreement_text()), ..Document::default() }),
    ];
    for (name, make) in documents {
        for merge in [None, Some(Merge { gone: usize::MAX, ..Merge::default() })] {
            for year in [2025, 2010] {
                let mut world = World::after(&[]);
                let by = world.parties[0];
                let import = changed(&world, by, |import| {
                    import.document.plans[0].fiscal_year = FiscalYear(year);
                    import.document = make(&import.document);
                    import.merge.clone_from(&merge);
                });
                let refused = world.act(officer(by), import).expect_err(name);
                assert!(
                    refused.contains(&Refusal::Evidence(EvidenceRefusal::NothingRead)),
                    "{name} {year} {refused:?}"
                );
            }
        }
    }
    let mut world = World::after(&[]);
    let by = world.parties[0];
    let agreement_alone = changed(&world, by, |import| {
        import.document = Document { agreement: Some(with_articles()), ..Document::default() };
    });
    world.act(officer(by), agreement_alone).expect("an agreement is something to record");
}

#[test]
fn a_table_without_rows_does_not_replace_a_table_with_rows() {
    let mut world = World::after(&[]);
    let evidence = newest(&world);
    take_over(&mut world, evidence);
    let (by, before) = (world.parties[0], progress(&world));
    let empty = |import: &mut ImportDocument| {
        import.document = Document { agreement: Some(with_articles()), ..without_rows(&import.document) };
        import.merge = Some(Merge { gone: usize::MAX, ..Merge::default() });
    };
    let import = changed(&world, by, empty);
    let refusal = EvidenceRefusal::TableWithoutRows { fiscal_year: FiscalYear(2025), kind: PlanKind::Progress };
    assert_eq!(world.act(officer(by), import), Err(vec![Refusal::Evidence(refusal)]));
    assert_eq!(progress(&world), before);
    // If all rows are kept, nothing changes.
    let rows: Vec<_> = before.chapters[0].sections.iter().flat_map(|s| &s.initiatives).map(|row| row.id).collect();
    let kept = changed(&world, by, |import| {
        empty(import);
        import.merge.iter_mut().for_each(|merge| merge.kept.extend(rows.iter().flatten()));
    });
    assert_eq!(world.act(officer(by), kept), Err(vec![Refusal::NothingChanged]));
    // A new year may begin without rows.
    let new = changed(&world, by, |import| {
        empty(import);
        import.document.plans[0].fiscal_year = FiscalYear(2010);
    });
    world.act(officer(by), new).expect("recorded");
}

#[test]
fn most_rows_of_a_table_are_removed_only_if_their_number_is_confirmed() {
    let mut world = World::after(&[]);
    let evidence = newest(&world);
    take_over(&mut world, evidence);
    let (by, before) = (world.parties[0], progress(&world));
    // The city owns two rows, the bureau one. The document removes both rows of the city; the bureau's row always
    // stays.
    let other = |import: &mut ImportDocument, gone: usize| {
        let sections = &mut import.document.plans[0].chapters[0].sections;
        sections.truncate(1);
        sections[0].initiatives.remove(0);
        import.merge = Some(Merge { gone, ..Merge::default() });
    };
    for gone in [0, 1] {
        let import = changed(&world, by, |import| other(import, gone));
        let refusal = Refusal::Evidence(EvidenceRefusal::MostRowsGo { rows: 2 });
        assert_eq!(world.act(officer(by), import), Err(vec![refusal]), "{gone}");
        assert_eq!(progress(&world), before);
    }
    let import = changed(&world, by, |import| other(import, 2));
    world.act(officer(by), import).expect("merged");
    assert_eq!(progress(&world).chapters[0].sections.iter().flat_map(|s| &s.initiatives).count(), 1);
    // Removing one of two rows needs no confirmation, because one is not more than half.
    let mut world = merged(1);
    let import = changed(&world, by, |import| {
        import.document.plans[0].chapters[0].sections.truncate(1);
        import.digest = "1".repeat(64);
    });
    world.act(officer(by), import).expect("merged");
}
