//! Data that one party keeps to itself changes no byte of the answers to the other party. Two towns have the same
//! public history, but in one of them the bureau also acts in secret. It drafts, rewords, moves, withdraws and reports
//! rows that it shows to nobody, describes its indicators, reorganises itself, and decides by deputies.

mod before_showing;
mod documents;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::{Method, Request};
use axum::routing::MethodFilter;
use renkei_app::access::{Role, local_viewer};
use renkei_app::{Context, organisation};
use renkei_document::document::PlanKind;
use renkei_document::figure::{FigureKind, Indicator, Measured, Stated};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::passage::Passage;
use renkei_document::time::Hlc;
use renkei_document::wareki::AsOf;
use renkei_domain::command::Command;
use renkei_domain::indicator::command::IndicatorCommand;
use renkei_domain::indicator::{IndicatorDefinition, Target};
use renkei_domain::organisation::command::OrganisationCommand;
use renkei_domain::organisation::duty::Duty;
use renkei_domain::organisation::{Deputation, OrganisationChange, Place};
use renkei_domain::plan::command::PlanCommand;
use renkei_domain::plan::command::{SuggestEdit, SuggestionAnswer};
use renkei_domain::plan::{Initiative, Standing, Wording};
use renkei_domain::record::facts::{Facts, scrambled};
use renkei_domain::view::{AgreementView, Viewer};
use renkei_sample::times;
use renkei_web::routes::table;

use crate::town::{Told, Town};

/// A word that occurs in every text which the bureau keeps to itself.
const SECRET: &str = "ひみつ";
/// The roles of the city, and roles without a party.
const CITY: [Role; 8] = [
    Role::Secretariat,
    Role::Clerk,
    Role::Approver,
    Role::Head,
    Role::Reader,
    Role::Councillor,
    Role::Administrator,
    Role::Stranger,
];

/// A town whose clock and ids depend only on the number of the step. So one step has the same result in both towns,
/// even if only one of them had secret steps before.
pub(super) struct World {
    pub(super) town: Town,
    minute: Arc<AtomicU64>,
    random: Arc<AtomicU64>,
    walk: Walk,
}

/// Pseudo-random numbers, the same in every run.
#[derive(Clone)]
pub(super) struct Walk(pub(super) u64);

impl Walk {
    pub fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below.max(1) as u64).expect("small")
    }
}

impl World {
    /// Returns a town with a draft plan.
    pub(super) fn new(seed: u64) -> Self {
        Self::with_ids_of(seed, 0)
    }

    /// Returns the same as [`new`](Self::new). Another salt gives different ids, in a different order.
    pub(super) fn with_ids_of(seed: u64, salt: u64) -> Self {
        let [minute, random] = [(); 2].map(|()| Arc::new(AtomicU64::new(1)));
        let [at, of] = [Arc::clone(&minute), Arc::clone(&random)];
        let now = move || 1_775_000_000_000 + 60_000 * at.load(Ordering::Relaxed) as i64;
        let town = Town::opened_in(Context {
            clock: Box::new(move || jiff::Timestamp::from_millisecond(now()).expect("a time")),
            random: Arc::new(move || scrambled(of.fetch_add(1, Ordering::Relaxed) ^ salt << 48)),
        });
        let world = Self { town: town.documented(), minute, random, walk: Walk(seed) };
        let (agreement, parties) = world.town.agreement();
        let like = world.view(|view| view.plan_of(FiscalYear(2026), PlanKind::Plan).expect("imported").0);
        world.at(2, 2);
        world.town.freeze();
        world.at(3, 3);
        world.town.act(Command::Plan(PlanCommand::OpenPlan {
            agreement,
            party: parties[0],
            fiscal_year: FiscalYear(2027),
            kind: PlanKind::Plan,
            title: "令和9年度事業計画".to_owned(),
            like: Some(like),
        }));
        world.at(4, 4);
        world.note_papers("届出から数える。");
        world
    }

    /// Describes, for the bureau, an indicator that everybody sees. Only its internal caution changes.
    fn note_papers(&self, caution: &str) {
        let party = self.town.agreement().1[1];
        let indicator = self.view(|view| {
            let all = view.indicators();
            let shown = all.iter().find(|known| known.party == party && !known.printed.label.starts_with(SECRET));
            shown.expect("counted").id
        });
        let definition = Box::new(IndicatorDefinition {
            meaning: "窓口で受けた件数".to_owned(),
            division: "職業安定課".to_owned(),
            caution: caution.to_owned(),
            ..IndicatorDefinition::default()
        });
        self.act(1, Command::Indicator(IndicatorCommand::Describe { party, indicator, definition }));
    }

    /// Sets the clock to this minute. Ids that are drawn from now on depend on this step.
    pub(super) fn at(&self, minute: u64, step: u64) {
        self.minute.store(minute, Ordering::Relaxed);
        self.random.store(10_000 * step, Ordering::Relaxed);
    }

    pub fn view<T>(&self, read: impl FnOnce(AgreementView<'_>) -> T) -> T {
        let state = self.town.node.state();
        read(state.seen_by(local_viewer()).agreements().next().expect("an agreement"))
    }

    fn draft_plan(&self) -> (Id<id::Plan>, Vec<Id<id::Section>>) {
        self.view(|view| {
            let (id, plan) = view.plan_of(FiscalYear(2027), PlanKind::Plan).expect("opened");
            (id, plan.sections().map(|section| section.id).collect())
        })
    }

    /// Returns the draft's rows in order: those that both parties see, or those that the bureau keeps to itself.
    pub(super) fn rows(&self, hidden: bool) -> Vec<(Id<id::Initiative>, Id<id::Party>)> {
        self.view(|view| {
            let (_, plan) = view.plan_of(FiscalYear(2027), PlanKind::Plan).expect("opened");
            let rows = plan.sections().flat_map(|section| view.rows(section));
            let bureau = view.agreement.parties[1].id;
            let kept = |row: &&Initiative| row.party == bureau && row.standing == Standing::Private;
            let rows = rows.filter(|(_, _, row)| kept(row) == hidden).map(|(_, id, row)| (id, row.party));
            rows.collect()
        })
    }

    /// Returns the rows of a section after which this party may place another row; if `openly`, without its hidden
    /// rows.
    fn neighbours(&self, section: Id<id::Section>, party: usize, openly: bool) -> Vec<Id<id::Initiative>> {
        self.view(|view| {
            let (_, plan) = view.plan_of(FiscalYear(2027), PlanKind::Plan).expect("opened");
            let section = plan.sections().find(|known| known.id == section).expect("there");
            let party = view.agreement.parties[party].id;
            let seen = |row: &Initiative| row.standing != Standing::Private || (row.party == party && !openly);
            view.rows(section).filter(|(_, _, row)| seen(row)).map(|(_, id, _)| id).collect()
        })
    }

    pub fn act(&self, party: usize, command: Command) {
        let party = self.town.agreement().1[party];
        let actor = crate::town::holder(party, "しごと課 担当");
        self.town.node.do_as(actor, command).expect("allowed");
    }

    fn draft(&mut self, party: usize, text: String) {
        let (agreement, parties) = self.town.agreement();
        let (plan, sections) = self.draft_plan();
        let section = sections[self.walk.next(sections.len())];
        let neighbours = self.neighbours(section, party, true);
        let after = neighbours.get(self.walk.next(2 * neighbours.len())).copied();
        let divisions = vec!["しごと課".to_owned()];
        let wording = Wording { divisions, text: Passage::words(text), ..Wording::default() };
        self.act(
            party,
            Command::Plan(PlanCommand::DraftInitiative {
                agreement,
                party: parties[party],
                plan,
                section,
                after,
                wording,
            }),
        );
    }

    /// Makes a change that both parties may know of.
    pub(super) fn do_openly(&mut self, step: u64) {
        self.at(10 + step, 10 + step);
        let (agreement, parties) = self.town.agreement();
        let seen = self.rows(false);
        match self.walk.next(7) {
            5 if !seen.is_empty() => {
                let at = self.walk.next(seen.len());
                self.suggest(seen[at], &format!("提案{step}のとおりとする。"));
            }
            6 => self.answer_oldest(),
            0 => self.draft(0, format!("市が取組{step}を行う。")),
            1 => {
                let before = self.rows(true);
                self.draft(1, format!("労働局が取組{step}を行う。"));
                let new =
                    self.rows(true).into_iter().map(|(id, _)| id).filter(|id| before.iter().all(|old| old.0 != *id));
                let initiatives = new.collect();
                self.act(1, Command::Plan(PlanCommand::ShareInitiatives { agreement, party: parties[1], initiatives }));
            }
            2 if !seen.is_empty() => {
                let (initiative, party) = seen[self.walk.next(seen.len())];
                let divisions = vec!["くらし課".to_owned()];
                let text = Passage::words(format!("取組{step}を改める。"));
                let wording = Wording { divisions, text, ..Wording::default() };
                let author = usize::from(party == parties[1]);
                self.act(
                    author,
                    Command::Plan(PlanCommand::RewordInitiative { agreement, initiative, base: None, wording }),
                );
            }
            3 if seen.len() > 1 => {
                let (initiative, party) = seen[self.walk.next(seen.len())];
                let (_, sections) = self.draft_plan();
                let section = sections[self.walk.next(sections.len())];
                let author = usize::from(party == parties[1]);
                self.act(
                    author,
                    Command::Plan(PlanCommand::MoveInitiative { agreement, initiative, section, after: None }),
                );
            }
            _ => {
                self.town.correct_first_figure(1_000 + i64::try_from(step).expect("small"), "数え直したため");
            }
        }
    }

    /// Suggests a wording for a row that both parties see, on behalf of the other party.
    fn suggest(&self, (initiative, party): (Id<id::Initiative>, Id<id::Party>), text: &str) {
        let (agreement, parties) = self.town.agreement();
        let owner = usize::from(party == parties[1]);
        let is_private =
            self.view(|view| view.initiative(initiative).expect("there").initiative.standing == Standing::Private);
        if is_private {
            self.act(
                owner,
                Command::Plan(PlanCommand::ShareInitiatives { agreement, party, initiatives: vec![initiative] }),
            );
        }
        let (by, reason) = (parties[1 - owner], "わかりやすくするため".to_owned());
        let base = self.base_of(initiative, by);
        let divisions = vec!["しごと課".to_owned()];
        let wording = Wording { divisions, text: Passage::words(text.to_owned()), ..Wording::default() };
        let suggest = SuggestEdit { agreement, by, initiative, base, wording, reason };
        self.act(1 - owner, Command::Plan(PlanCommand::SuggestEdit(Box::new(suggest))));
    }

    /// Returns the time by which a party refers to the present wording of a row.
    fn base_of(&self, initiative: Id<id::Initiative>, party: Id<id::Party>) -> Hlc {
        let state = self.town.node.state();
        let view = state.seen_by(Viewer::Party(party)).agreements().next().expect("an agreement");
        view.wordings(view.initiative(initiative).expect("shown").initiative).present().at
    }

    /// Accepts or declines the oldest open suggestion, on behalf of the row's owner.
    fn answer_oldest(&mut self) {
        let (agreement, parties) = self.town.agreement();
        let oldest = self.view(|view| {
            let (id, known) = view.open_suggestions().into_iter().next()?;
            let row = view.initiative(known.initiative)?.initiative;
            let read = view.wordings(row).present().at;
            Some((id, read, usize::from(row.party == parties[1])))
        });
        let Some((suggestion, read, owner)) = oldest else { return };
        let answer = match self.walk.next(2) {
            0 => SuggestionAnswer::Accept { read },
            _ => SuggestionAnswer::Decline { reason: "今のままでよい".to_owned() },
        };
        self.act(owner, Command::Plan(PlanCommand::AnswerSuggestion { agreement, suggestion, answer }));
    }

    /// Changes internal data of the bureau: its indicators, divisions, posts or deputies.
    fn keep_house(&self, step: u64, walk: &mut Walk) {
        let party = self.town.agreement().1[1];
        let day = jiff::civil::date(2026, 4, 1);
        let (posts, division) = {
            let state = self.town.node.state();
            let organisation = state.seen_by(local_viewer()).organisation(party).expect("a party");
            let posts: Vec<_> = organisation.posts_on(day).into_iter().map(|post| post.id).collect();
            (posts, organisation.divisions.keys().next().copied())
        };
        let indicator = self.view(|view| {
            let all = view.indicators();
            all.iter().find(|known| known.printed.label.starts_with(SECRET)).map(|known| known.id)
        });
        match (walk.next(5), division, indicator) {
            (4, ..) => self.note_papers(&format!("{SECRET}の注意{step}")),
            (0 | 1, None, _) => self.set_up_house(party, day),
            (0, Some(division), _) => {
                let change = OrganisationChange::DivisionRenamed {
                    division,
                    from: day
                        .checked_add(jiff::Span::new().days(i64::try_from(step).expect("small") + 1))
                        .expect("a day"),
                    name: format!("{SECRET}{step}課"),
                    kind: "課".to_owned(),
                };
                self.act(
                    1,
                    Command::Organisation(OrganisationCommand::ChangeOrganisation { party, changes: vec![change] }),
                );
            }
            (1, Some(_), _) => {
                let from = day.checked_add(jiff::Span::new().days(i64::try_from(step).expect("small"))).expect("a day");
                let (post, deputy, reason) = (posts[0], posts[1], SECRET.to_owned());
                let named = Deputation { post, deputy, from, until: Some(from), reason };
                self.decide_as_deputy(Command::Organisation(OrganisationCommand::NameDeputy { party, named }));
            }
            (2, _, Some(indicator)) => {
                let definition = IndicatorDefinition {
                    meaning: format!("{SECRET}の数え方{step}"),
                    division: format!("{SECRET}課"),
                    caution: SECRET.to_owned(),
                    ..IndicatorDefinition::default()
                };
                let describe = IndicatorCommand::Describe { party, indicator, definition: Box::new(definition) };
                self.act(1, Command::Indicator(describe));
            }
            (3, _, Some(indicator)) => {
                let (value, note) = (Some(step.into()), SECRET.to_owned());
                let target = Target { by: AsOf::end_of_month(2027, 3), value, note };
                self.act(1, Command::Indicator(IndicatorCommand::SetTarget { party, indicator, target }));
            }
            _ => {}
        }
    }

    fn set_up_house(&self, party: Id<id::Party>, from: jiff::civil::Date) {
        let changes = |facts: &Facts| {
            let (division, name, kind) = (facts.id(), format!("{SECRET}課"), "課".to_owned());
            let begun = OrganisationChange::DivisionBegun { division, from, name, kind, parent: None, area: None };
            let post = |(title, duty): (&str, Duty)| {
                let place = Place { division, title: title.to_owned(), duties: vec![duty] };
                OrganisationChange::PostBegun { post: facts.id(), from, place }
            };
            let posts = [("課長", Duty::Approver), ("主幹", Duty::Clerk)].map(post);
            std::iter::once(begun).chain(posts).collect()
        };
        let actor = crate::town::holder(party, "しごと課 担当");
        organisation::change_organisation(&self.town.node, actor, party, changes).expect("allowed");
    }

    /// Carries out a command as the deputy of an absent person, who has to review it later.
    fn decide_as_deputy(&self, command: Command) {
        let party = self.town.agreement().1[1];
        let actor = crate::town::deputy(party, &format!("{SECRET}課 課長"), &format!("{SECRET}課 主幹"));
        self.town.node.do_as(actor, command).expect("allowed");
    }

    /// Makes a change that the bureau shows to nobody.
    pub(super) fn do_secretly(&mut self, step: u64, walk: &mut Walk) {
        self.at(10 + step / 2, 1_000 + step);
        let (agreement, parties) = self.town.agreement();
        let hidden = self.rows(true);
        let (plan, sections) = self.draft_plan();
        let section = sections[walk.next(sections.len())];
        let row = hidden.get(walk.next(hidden.len())).map(|(id, _)| *id);
        let wording = Wording {
            divisions: vec![format!("{SECRET}課")],
            text: Passage::words(format!("{SECRET}の取組{step}を行う。")),
            ..Wording::default()
        };
        let neighbours = self.neighbours(section, 1, false);
        let after = neighbours.get(walk.next(2 * neighbours.len())).copied();
        let party = parties[1];
        let kind = walk.next(9);
        if kind > 6 {
            return self.keep_house(step, walk);
        }
        let command = match (kind, row) {
            (0, Some(initiative)) => {
                Command::Plan(PlanCommand::RewordInitiative { agreement, initiative, base: None, wording })
            }
            (1, Some(initiative)) => {
                Command::Plan(PlanCommand::MoveInitiative { agreement, initiative, section, after: None })
            }
            (2, Some(initiative)) if hidden.len() > 6 => {
                Command::Plan(PlanCommand::WithdrawInitiative { agreement, initiative })
            }
            (3, _) => Command::Indicator(IndicatorCommand::ReportObservation {
                party,
                indicator: Indicator { label: format!("{SECRET}の件数"), ..indicator() },
                kind: FigureKind::Actual,
                measured: Measured::default(),
                stated: Stated::Value { value: step.into(), provisional: false },
            }),
            (6, Some(initiative)) => {
                return self.decide_as_deputy(Command::Plan(PlanCommand::RewordInitiative {
                    agreement,
                    initiative,
                    base: None,
                    wording,
                }));
            }
            _ => Command::Plan(PlanCommand::DraftInitiative { agreement, party, plan, section, after, wording }),
        };
        self.act(1, command);
    }

    /// Returns what each role of `CITY` is answered at each of these addresses.
    async fn told(&self, addresses: &[String]) -> BTreeMap<(String, String), Told> {
        let mut told = BTreeMap::new();
        for role in CITY {
            // Files that take long are made only twice: for a role that reads drafts, and for a role that does not.
            let takes_all = [Role::Secretariat, Role::Councillor].contains(&role);
            let heavy = |address: &&String| address.ends_with(".pdf") || address.ends_with(".docx");
            for address in addresses.iter().filter(|address| takes_all || !heavy(address)) {
                let request = Request::get(address).header("host", "localhost");
                told.insert((format!("{role:?}"), address.clone()), self.town.ask(role, request).await);
            }
        }
        told
    }
}

fn indicator() -> Indicator {
    Indicator { label: String::new(), unit: Some("件".to_owned()), scope: None, qualifier: None }
}

/// Returns the addresses of every page, with various queries.
pub(super) async fn addresses(town: &Town) -> Vec<String> {
    let mut addresses: Vec<String> = crate::pages::examples(town).await.into_values().collect();
    // `/me` is left out, because it contains a random key that differs in each world.
    addresses.retain(|address| address != "/me");
    addresses.extend(
        [
            "/plans/2027/plan",
            "/plans/2027/plan?beside=1",
            "/plans/2027/plan?party=labour_bureau",
            "/plans/2027/plan?chapter=1&state=no_figure",
            "/plans/2027/plan?division=%E3%81%B2%E3%81%BF%E3%81%A4%E8%AA%B2",
            "/plans/2026/plan?beside=1",
            "/findings?year=2027",
            "/findings?severity=error",
            "/search?q=%E3%81%B2%E3%81%BF%E3%81%A4",
            "/search?q=%E5%8F%96%E7%B5%84",
            "/search?q=%E8%A1%8C%E3%81%86",
            "/journal?before=9",
            "/reports/2027.json",
            "/reports/2027.html",
            "/reports/2027.docx",
            "/reports/2027.pdf",
            "/nowhere",
        ]
        .map(str::to_owned),
    );
    addresses
}

#[tokio::test]
async fn hidden_data_of_the_bureau_changes_no_byte_of_the_city_s_answers() {
    for seed in (0..u64::from(times())).flat_map(|more| [3, 8].map(|seed| seed + 100 * more)) {
        let (mut silent, mut secretive) = (World::new(seed), World::new(seed));
        let mut walk = Walk(seed + 100);
        // All of these roles visit both towns first, so that their home pages later show the changes since this visit.
        for world in [&silent, &secretive] {
            world.at(5, 5);
            world.told(&["/".to_owned()]).await;
        }
        for step in 0..40 {
            for secret in 0..2 {
                secretive.do_secretly(step * 2 + secret, &mut walk);
            }
            silent.do_openly(step);
            secretive.do_openly(step);
        }
        let hidden = secretive.rows(true);
        assert!(hidden.len() > 5, "the bureau keeps {} rows to itself", hidden.len());
        secretive.keeps_more_than_rows();
        [&silent, &secretive].iter().for_each(|world| world.at(900, 900));
        let mut addresses = addresses(&silent.town).await;
        assert_eq!(addresses, self::addresses(&secretive.town).await);
        addresses.extend(silent.rows(false).into_iter().map(|(id, _)| format!("/initiatives/{id}")));
        let (expected, found) = (silent.told(&addresses).await, secretive.told(&addresses).await);
        let shown = expected.values().filter(|told| told.status.is_success()).count();
        assert!(shown > 100, "{shown} answers were compared");
        // The administrator appoints people of both sides, and therefore may know the names of all posts.
        let may_know = |(who, address): &(String, String)| who == "Administrator" && address.starts_with("/people/");
        let leaks = expected
            .iter()
            .filter(|(asked, _)| !may_know(asked))
            .filter_map(|(asked, expected)| Some((asked, leak(expected, &found[asked])?)));
        let leaks: Vec<String> = leaks.map(|((who, address), leak)| format!("{who} {address}: {leak}")).collect();
        assert!(leaks.is_empty(), "{} leaks\n{}", leaks.len(), leaks.join("\n"));
        hidden_rows_are_nowhere(&secretive, &hidden).await;
    }
}

impl World {
    /// Checks that the random steps included each kind of secret, and suggestions.
    fn keeps_more_than_rows(&self) {
        let state = self.town.node.state();
        let party = self.town.agreement().1[1];
        let view = state.seen_by(local_viewer());
        let organisation = view.organisation(party).expect("a party");
        let changes = organisation.divisions.values().map(|division| division.names.states().count()).sum::<usize>();
        assert!(changes > 1 && !organisation.deputations.is_empty(), "{changes} {organisation:?}");
        assert!(view.decided_meanwhile(party).any(|known| known.reviewed.is_none()));
        self.view(|view| {
            let all = view.indicators();
            let own = all.iter().find(|known| known.printed.label.starts_with(SECRET)).expect("reported");
            assert!(own.definition().is_some() && !own.targets.is_empty(), "{own:?}");
            let (_, plan) = view.plan_of(FiscalYear(2027), PlanKind::Plan).expect("opened");
            let rows = plan.sections().flat_map(|section| view.rows(section)).map(|(_, id, _)| id);
            let suggested: Vec<_> = rows.flat_map(|id| view.suggestions(id)).collect();
            assert!(suggested.len() > 2, "{} suggestions", suggested.len());
        });
    }
}

/// A hidden row is answered like one that does not exist, on each of its pages and for every form. The same applies to
/// an indicator that only hidden rows have.
async fn hidden_rows_are_nowhere(world: &World, hidden: &[(Id<id::Initiative>, Id<id::Party>)]) {
    const NEVER: &str = "00000000-0000-7000-8000-000000000000";
    let indicator = world.view(|view| {
        let all = view.indicators();
        all.iter().find(|known| known.printed.label.starts_with(SECRET)).expect("reported").id.to_string()
    });
    let (own, section) = world.view(|view| {
        let (_, plan) = view.plan_of(FiscalYear(2027), PlanKind::Plan).expect("opened");
        let city = view.agreement.parties[0].id;
        let rows = plan.sections().flat_map(|section| view.rows(section).map(move |row| (section.id, row)));
        let (section, (_, own, _)) =
            rows.into_iter().find(|(_, (_, _, row))| row.party == city).expect("the city's row");
        (own.to_string(), section.to_string())
    });
    let ask = async |role: Role, method: &Method, address: String, id: &str| {
        let told = match *method {
            Method::POST => world.town.send_form(role, &address, &typed(&section, id)).await,
            _ => world.town.ask(role, Request::get(&address).header("host", "localhost")).await,
        };
        (told.status, told.headers.clone(), told.text().replace(id, "ID"))
    };
    for role in CITY {
        for route in table().filter(|route| route.path.starts_with("/initiatives/{id}")) {
            let method = if route.method == MethodFilter::POST { Method::POST } else { Method::GET };
            let may = world.town.visitor(role).may(route.right);
            for (id, _) in hidden.iter().take(3) {
                let id = id.to_string();
                let [found, never] = [id.as_str(), NEVER].map(|id| route.path.replace("{id}", id));
                let found = ask(role, &method, found, &id).await;
                assert_eq!(found.0.as_u16(), if may { 404 } else { 403 }, "{role:?} {method} {}", route.path);
                assert_eq!(found, ask(role, &method, never, NEVER).await, "{role:?} {method} {}", route.path);
            }
        }
        let id = hidden[0].0.to_string();
        // A form may name a hidden row as the neighbour of an own row, or as a row to show. The answer is as for a row
        // that does not exist.
        for address in [format!("/initiatives/{own}/move"), "/plans/2027/plan/share".to_owned()] {
            let post = &Method::POST;
            let [found, never] =
                [ask(role, post, address.clone(), &id).await, ask(role, post, address.clone(), NEVER).await];
            assert_eq!(found, never, "{role:?} {address}");
        }
        for path in ["", "/compare"] {
            let [found, never] = [indicator.as_str(), NEVER].map(|id| format!("/indicators/{id}{path}"));
            let found = ask(role, &Method::GET, found, &indicator).await;
            assert_eq!(found, ask(role, &Method::GET, never, NEVER).await, "{role:?} {path}");
            assert!(found.0 == 404 || found.0 == 403, "{role:?} {path}: {}", found.0);
        }
    }
    let own = Request::get(format!("/initiatives/{}", hidden[0].0)).header("host", "localhost");
    let told = world.town.ask(Role::LocalOperator, own).await;
    assert!(told.status == 200 && told.text().contains(SECRET), "it is there for whoever may see it");
}

/// Returns the fields of a form about a row, which also names the row `other`.
fn typed(section: &str, other: &str) -> Vec<(&'static str, String)> {
    let field = |name: &'static str, value: &str| (name, value.to_owned());
    vec![
        field("base", "1-0"),
        field("text", "相談を受ける。"),
        field("divisions", "しごと課"),
        field("reason", "わかりやすくするため"),
        field("to", "after"),
        field("after", other),
        field("section", section),
        field("sure", "1"),
        field("row", other),
    ]
}

/// Both sides can read a waiting suggestion. The council, the administrator and strangers learn nothing of it.
#[tokio::test]
async fn a_suggestion_is_visible_to_the_two_sides_only() {
    let (plain, suggested) = (World::new(4), World::new(4));
    for world in [&plain, &suggested] {
        world.at(10, 10);
        let (agreement, parties) = world.town.agreement();
        let row = world.town.draft_of_the_city().rsplit('/').next().expect("an id").parse().expect("an id");
        world.act(
            0,
            Command::Plan(PlanCommand::ShareInitiatives { agreement, party: parties[0], initiatives: vec![row] }),
        );
    }
    suggested.at(11, 11);
    let row = suggested.rows(false).into_iter().find(|(_, party)| *party == suggested.town.agreement().1[0]);
    let row = row.expect("the city's");
    suggested.suggest(row, &format!("{SECRET}の提案のとおりとする。"));
    [&plain, &suggested].iter().for_each(|world| world.at(900, 900));
    let mut addresses = addresses(&plain.town).await;
    assert_eq!(addresses, self::addresses(&suggested.town).await);
    addresses.push(format!("/initiatives/{}", row.0));
    let (expected, found) = (plain.told(&addresses).await, suggested.told(&addresses).await);
    let outside = [Role::Councillor, Role::Administrator, Role::Stranger].map(|role| format!("{role:?}"));
    let asked: Vec<_> = expected.keys().filter(|(who, _)| outside.contains(who)).collect();
    assert!(asked.len() > 60, "{} answers were compared", asked.len());
    for key in asked {
        assert_eq!(leak(&expected[key], &found[key]), None, "{key:?}");
    }
    for role in [Role::Secretariat, Role::Clerk, Role::Approver, Role::Head, Role::Reader] {
        let told = &found[&(format!("{role:?}"), format!("/initiatives/{}", row.0))];
        assert!(told.text().contains(SECRET), "{role:?}: {}", told.main());
    }
}

/// Returns the difference between an answer and the expected one; `None` if there is none.
fn leak(expected: &Told, found: &Told) -> Option<String> {
    let text = found.text();
    if found.body != expected.body {
        return Some(difference(&expected.text(), &text));
    }
    let same = found.status == expected.status && found.headers == expected.headers;
    (!same).then(|| format!("{} {:?} became {} {:?}", expected.status, expected.headers, found.status, found.headers))
}

/// Returns the first place at which two texts differ.
pub(super) fn difference(one: &str, other: &str) -> String {
    let place = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    let around = |text: &str| text.chars().skip(place.saturating_sub(120)).take(240).collect::<String>();
    format!("\n…{}…\n…{}…", around(one), around(other))
}
