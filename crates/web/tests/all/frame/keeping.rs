//! Cached pages: after each of many random changes, a site with a cache gives the same answers as a new site without a
//! cache. A page is made again only for viewers who would read different data.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use renkei_app::access::Role;
use renkei_app::{Known, Visitor};
use renkei_document::document::PlanKind;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::house_style::{HouseStyle, NumberStyle, PersonCounter};
use renkei_document::id::{self, Id};
use renkei_document::language::Language;
use renkei_document::passage::Passage;
use renkei_domain::command::Command;
use renkei_domain::indicator::IndicatorDefinition;
use renkei_domain::indicator::command::IndicatorCommand;
use renkei_domain::organisation::command::OrganisationCommand;
use renkei_domain::organisation::duty::Duty;
use renkei_domain::plan::Wording;
use renkei_domain::plan::command::PlanCommand;
use renkei_domain::shared_fact::command::FactDeed;
use renkei_domain::shared_fact::{FactMember, Reporting};
use renkei_sample::times;
use renkei_web::{Counts, Entrance, Keep, site_keeping};

use crate::addresses::answer_without_agreement;
use crate::secrecy::{Walk, World, addresses};
use crate::town::{Told, post_in};

/// The viewers. Each may see or do something that the others may not.
const WHO: [(usize, Role); 8] = [
    (0, Role::LocalOperator),
    (0, Role::Secretariat),
    (0, Role::Clerk),
    (1, Role::Secretariat),
    (1, Role::Approver),
    (0, Role::Councillor),
    (0, Role::Administrator),
    (0, Role::Stranger),
];
/// Number of random changes in one run.
const STEPS: u64 = 10;
const CITY: [(usize, Role); 4] = [(0, Role::Secretariat), (0, Role::Clerk), (0, Role::Councillor), (0, Role::Stranger)];

impl World {
    /// Returns a visitor with this role at this party.
    fn person(&self, (party, role): (usize, Role)) -> Visitor {
        let duty = Duty::ALL.into_iter().find(|duty| Role::from(*duty) == role);
        let Some(duty) = duty.filter(|_| party == 1) else { return self.town.visitor(role) };
        let post = post_in("職業安定課", duty);
        Visitor::known(Known {
            account: self.town.account(),
            name: "山田".to_owned(),
            party: Some(self.town.agreement().1[1]),
            posts: vec![post],
            is_administrator: false,
            language: Language::English,
        })
    }

    async fn asked(&self, keep: &Arc<Keep>, who: (usize, Role), address: &str) -> Told {
        let entrance = Entrance::As(Arc::new(self.person(who)));
        let site = site_keeping(Arc::clone(keep), Arc::clone(&self.town.node), entrance);
        let request = Request::get(address).header("host", "localhost").body(Body::empty()).expect("a request");
        answer_without_agreement(&site, request).await
    }

    /// Returns the answers to all viewers at all addresses.
    async fn all_told(&self, keep: &Arc<Keep>, addresses: &[String]) -> BTreeMap<(usize, String), Told> {
        let mut told = BTreeMap::new();
        for (place, who) in WHO.into_iter().enumerate() {
            for address in addresses {
                told.insert((place, address.clone()), self.asked(keep, who, address).await);
            }
        }
        told
    }

    /// Returns, for each of these viewers, the addresses that answer with a page.
    async fn pages_of(
        &self,
        keep: &Arc<Keep>,
        who: &[(usize, Role)],
        addresses: &[String],
    ) -> Vec<((usize, Role), String)> {
        let mut pages = Vec::new();
        for who in who {
            for address in addresses {
                if self.asked(keep, *who, address).await.status.is_success() {
                    pages.push((*who, address.clone()));
                }
            }
        }
        pages
    }

    fn drafted_rows(&self) -> Vec<(Id<id::Initiative>, usize)> {
        let (_, parties) = self.town.agreement();
        let all = self.rows(false).into_iter().chain(self.rows(true));
        all.map(|(id, party)| (id, usize::from(party == parties[1]))).collect()
    }

    /// Makes a change of another kind than the words or the place of a row.
    fn do_otherwise(&mut self, step: u64, walk: &mut Walk) {
        self.at(10 + step, 2_000 + step);
        let (agreement, parties) = self.town.agreement();
        let by = walk.next(2);
        let party = parties[by];
        let rows: Vec<_> = self.drafted_rows().into_iter().filter(|(_, of)| *of == by).collect();
        let row = rows.get(walk.next(rows.len())).map(|(id, _)| *id);
        let shown = self.view(|view| view.indicators().iter().map(|known| (known.party, known.id)).collect::<Vec<_>>());
        let own: Vec<_> = shown.iter().filter(|(of, _)| *of == party).collect();
        let command = match (walk.next(6), row) {
            (0, _) => {
                let style = HouseStyle {
                    numbers: [NumberStyle::AsWritten, NumberStyle::FullWidth, NumberStyle::Plain][walk.next(3)],
                    persons: [PersonCounter::AsWritten, PersonCounter::Mei][walk.next(2)],
                    ..HouseStyle::default()
                };
                Command::Organisation(OrganisationCommand::SetHouseStyle { party, style })
            }
            (1, Some(initiative)) => Command::Plan(PlanCommand::WithdrawInitiative { agreement, initiative }),
            (2, _) if !own.is_empty() => {
                let definition =
                    IndicatorDefinition { meaning: format!("数え方{step}"), ..IndicatorDefinition::default() };
                let (indicator, definition) = (own[walk.next(own.len())].1, Box::new(definition));
                Command::Indicator(IndicatorCommand::Describe { party, indicator, definition })
            }
            (3, _) => {
                let member = |(party, id): &(_, _)| FactMember { party: *party, of: Reporting::Indicator(*id) };
                let of = |party| shown.iter().find(|(of, _)| *of == party).map(member);
                let members: Vec<_> = parties.iter().filter_map(|party| of(*party)).collect();
                let deed = FactDeed::State { fact: None, name: format!("ひとつのこと{}", step % 2), members };
                Command::SharedFact { agreement, party, deed }
            }
            (4, _) => {
                let (former, latter) = ("くらし課".to_owned(), format!("くらし{}課", step % 3));
                Command::Organisation(OrganisationCommand::IdentifyDivisions {
                    party,
                    former,
                    latter,
                    since: FiscalYear(2027),
                    same: step.is_multiple_of(2),
                })
            }
            _ => {
                let of = |kind| {
                    self.view(|view| {
                        view.plan_of(FiscalYear(if kind == PlanKind::Plan { 2027 } else { 2025 }), kind)
                            .map(|(id, _)| id)
                    })
                };
                let (Some(plan), Some(from)) = (of(PlanKind::Plan), of(PlanKind::Progress)) else { return };
                Command::Plan(PlanCommand::CarryOverInitiatives { agreement, party, plan, from })
            }
        };
        // A refused command changes nothing, and is also a valid step.
        let _ = self.town.node.do_as(renkei_app::access::local_operator(), command);
    }
}

/// Returns the addresses at which the two sites answer differently, with the viewer.
fn differences(kept: &BTreeMap<(usize, String), Told>, fresh: &BTreeMap<(usize, String), Told>) -> Vec<String> {
    let differs =
        |one: &Told, other: &Told| one.status != other.status || one.headers != other.headers || one.body != other.body;
    let pairs = kept.iter().map(|(asked, told)| (asked, told, &fresh[asked]));
    pairs
        .filter(|(_, one, other)| differs(one, other))
        .map(|((who, address), ..)| format!("{:?} {address}", WHO[*who]))
        .collect()
}

async fn walk(seed: u64, steps: u64) {
    let mut world = World::new(seed);
    let mut walk = Walk(seed + 1_000);
    world.at(5, 5);
    let keep = Arc::<Keep>::default();
    let mut all = addresses(&world.town).await;
    all.retain(|address| ![".pdf", ".docx", ".xlsx"].iter().any(|ending| address.ends_with(ending)));
    let mut stale = Vec::new();
    for step in 0..steps {
        let what = walk.next(4);
        match what {
            0 => world.do_openly(step),
            1 => world.do_otherwise(step, &mut walk),
            _ => world.do_secretly(step, &mut walk),
        }
        world.at(900 + step, 900 + step);
        let rows = world.drafted_rows().into_iter().map(|(id, _)| format!("/initiatives/{id}"));
        all.extend(rows.filter(|row| !all.contains(row)).take(2).collect::<Vec<_>>());
        let kept = world.all_told(&keep, &all).await;
        let fresh = world.all_told(&Arc::default(), &all).await;
        assert!(kept.values().filter(|told| told.status.is_success()).count() > 100);
        stale.extend(differences(&kept, &fresh).into_iter().map(|page| format!("step {step} ({what}): {page}")));
    }
    assert!(stale.is_empty(), "{} answers were kept too long\n{}", stale.len(), stale.join("\n"));
    let (made, asked) = (keep.counts().pages, steps * (all.len() * WHO.len()) as u64);
    assert!(made < asked / 3, "{made} pages were made for {asked} answers");
}

#[tokio::test]
async fn after_each_step_cached_pages_equal_those_of_a_site_without_a_cache() {
    for seed in (11..).step_by(100).take(times() as usize) {
        walk(seed, STEPS).await;
    }
}

#[tokio::test]
async fn after_each_step_of_another_run_too() {
    for seed in (29..).step_by(100).take(times() as usize) {
        walk(seed, STEPS).await;
    }
}

fn since(before: Counts, now: Counts) -> Counts {
    Counts {
        pages: now.pages - before.pages,
        tables: now.tables - before.tables,
        lineages: now.lineages - before.lineages,
        findings: now.findings - before.findings,
    }
}

/// A hidden save of one side outdates no page of the other side, so that neither time nor work reveals the save.
#[tokio::test]
async fn a_hidden_save_outdates_no_page_of_the_other_side() {
    let mut world = World::new(5);
    let mut walk = Walk(77);
    for step in 0..12 {
        world.do_openly(step);
        world.do_secretly(step, &mut walk);
    }
    world.at(900, 900);
    let keep = Arc::<Keep>::default();
    let mut all = addresses(&world.town).await;
    all.extend(world.drafted_rows().into_iter().map(|(id, _)| format!("/initiatives/{id}")));
    all.retain(|address| ![".pdf", ".docx", ".xlsx"].iter().any(|ending| address.ends_with(ending)));
    let pages = world.pages_of(&keep, &CITY, &all).await;
    assert!(pages.len() > 80, "{} pages", pages.len());
    let mut hidden = 0;
    for step in 100..100 + 12 * u64::from(times()) {
        let (before, position) = (keep.counts(), world.town.node.state().position);
        world.do_secretly(step, &mut walk);
        hidden += world.town.node.state().position - position;
        world.at(901 + step, 901 + step);
        for (who, address) in &pages {
            world.asked(&keep, *who, address).await;
            assert_eq!(since(before, keep.counts()), Counts::default(), "step {step}: {who:?} {address}");
        }
    }
    assert!(hidden > 8, "{hidden} events were hidden");
}

/// A save outdates only those pages of its own side that show the change, and one table, one lineage and the findings
/// of one year.
#[tokio::test]
async fn a_save_outdates_only_the_pages_that_it_changes() {
    let mut world = World::new(6);
    (0..40).for_each(|step| world.do_openly(step));
    world.at(900, 900);
    let (agreement, _) = world.town.agreement();
    let keep = Arc::<Keep>::default();
    let rows: Vec<_> = world.drafted_rows().into_iter().filter(|(_, of)| *of == 0).map(|(id, _)| id).collect();
    assert!(rows.len() > 2, "{} rows", rows.len());
    let mut all = addresses(&world.town).await;
    all.extend(rows.iter().map(|id| format!("/initiatives/{id}")));
    all.extend(rows.iter().map(|id| format!("/initiatives/{id}/history")));
    all.retain(|address| ![".pdf", ".docx", ".xlsx"].iter().any(|ending| address.ends_with(ending)));
    all.sort();
    all.dedup();
    let who = [(0, Role::Secretariat)];
    let pages = world.pages_of(&keep, &who, &all).await;
    let mut bodies = Vec::new();
    for (who, address) in &pages {
        bodies.push(world.asked(&keep, *who, address).await.body);
    }
    let row = rows[1];
    let wording = Wording {
        divisions: vec!["しごと課".to_owned()],
        text: Passage::words("市がまったく別のことを行う。".to_owned()),
        ..Wording::default()
    };
    world.act(0, Command::Plan(PlanCommand::RewordInitiative { agreement, initiative: row, base: None, wording }));
    let before = keep.counts();
    let (mut made, mut changed) = (BTreeSet::new(), BTreeSet::new());
    for ((who, address), was) in pages.iter().zip(&bodies) {
        let count = keep.counts().pages;
        let told = world.asked(&keep, *who, address).await;
        if keep.counts().pages > count {
            made.insert(address.as_str());
        }
        if told.body != *was {
            changed.insert(address.as_str());
        }
    }
    // A plan's page shows the number of all its rows, and therefore depends even on rows that it does not list.
    let needless: Vec<_> = made.difference(&changed).filter(|page| !page.starts_with("/plans/2027/plan")).collect();
    assert!(needless.is_empty(), "made without need: {needless:?}");
    for shown in [format!("/initiatives/{row}"), format!("/initiatives/{row}/history"), "/plans/2027/plan".to_owned()] {
        assert!(made.contains(shown.as_str()), "{shown} shows the row: {made:?}");
    }
    let Counts { tables, lineages, findings, .. } = since(before, keep.counts());
    assert!(tables <= 1 && lineages <= 2 && findings <= 1, "{tables} tables, {lineages} lineages, {findings} findings");
}
