//! What one party keeps to itself changes no byte of what the other party gets: two towns in which the same is done, but in
//! one of them the bureau also drafts, rewords, moves, withdraws and reports what it shows to nobody.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::{Method, Request};
use renkei_app::Context;
use renkei_app::access::Role;
use renkei_domain::agreement::Party;
use renkei_domain::command::Command;
use renkei_domain::document::PlanKind;
use renkei_domain::facts::Actor;
use renkei_domain::figure::FigureKind;
use renkei_domain::fiscal_year::FiscalYear;
use renkei_domain::id::Id;
use renkei_domain::observation::{Indicator, Measured, Stated};
use renkei_domain::passage::Passage;
use renkei_domain::plan::{Initiative, Plan, Section, Standing, Wording};
use renkei_domain::view::{AgreementView, Viewer};

use super::{Told, Town};

/// Stands in every text that the bureau keeps to itself.
const SECRET: &str = "ひみつ";
/// Everybody of the city, and whoever is of no party.
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

/// A town whose clock and ids are those of the step that is taken: a step gives the same in both towns, whatever was
/// done in between.
struct World {
    town: Town,
    minute: Arc<AtomicU64>,
    random: Arc<AtomicU64>,
    walk: Walk,
}

/// Numbers that look random and are the same in every run.
#[derive(Clone)]
struct Walk(u64);

impl Walk {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below.max(1) as u64).expect("small")
    }
}

impl World {
    /// A town with a plan that is being drafted.
    fn new(seed: u64) -> Self {
        let [minute, random] = [(); 2].map(|()| Arc::new(AtomicU64::new(1)));
        let [at, of] = [Arc::clone(&minute), Arc::clone(&random)];
        let now = move || 1_775_000_000_000 + 60_000 * at.load(Ordering::Relaxed) as i64;
        let town = Town::opened_in(Context {
            clock: Box::new(move || jiff::Timestamp::from_millisecond(now()).expect("a time")),
            random: Box::new(move || of.fetch_add(1, Ordering::Relaxed)),
        });
        let world = Self { town: town.documented(), minute, random, walk: Walk(seed) };
        let (agreement, parties) = world.town.agreement();
        let like = world.view(|view| view.plan_of(FiscalYear(2026), PlanKind::Plan).expect("imported").0);
        world.at(2, 2);
        world.town.freeze();
        world.at(3, 3);
        world.town.act(Command::OpenPlan {
            agreement,
            party: parties[0],
            fiscal_year: FiscalYear(2027),
            kind: PlanKind::Plan,
            title: "令和9年度事業計画".to_owned(),
            like: Some(like),
        });
        world
    }

    /// It is this minute; what is made has ids of this step.
    fn at(&self, minute: u64, step: u64) {
        self.minute.store(minute, Ordering::Relaxed);
        self.random.store(10_000 * step, Ordering::Relaxed);
    }

    fn view<T>(&self, read: impl FnOnce(AgreementView<'_>) -> T) -> T {
        let state = self.town.renkei.state();
        read(state.seen_by(Viewer::Operator).agreements().next().expect("an agreement"))
    }

    fn draft_plan(&self) -> (Id<Plan>, Vec<Id<Section>>) {
        self.view(|view| {
            let (id, plan) = view.plan_of(FiscalYear(2027), PlanKind::Plan).expect("opened");
            (id, plan.sections().map(|section| section.id).collect())
        })
    }

    /// The rows of the draft that both parties see, or that the bureau keeps to itself; in order.
    fn rows(&self, hidden: bool) -> Vec<(Id<Initiative>, Id<Party>)> {
        self.view(|view| {
            let (_, plan) = view.plan_of(FiscalYear(2027), PlanKind::Plan).expect("opened");
            let rows = plan.sections().flat_map(|section| view.rows(section));
            let bureau = view.agreement.parties[1].id;
            let kept = |row: &&Initiative| row.party == bureau && row.standing == Standing::Private;
            let rows = rows.filter(|(_, _, row)| kept(row) == hidden).map(|(_, id, row)| (id, row.party));
            rows.collect()
        })
    }

    /// The rows of a section behind which this party may put another; without those that the bureau keeps to itself, if asked.
    fn neighbours(&self, section: Id<Section>, party: usize, openly: bool) -> Vec<Id<Initiative>> {
        self.view(|view| {
            let (_, plan) = view.plan_of(FiscalYear(2027), PlanKind::Plan).expect("opened");
            let section = plan.sections().find(|known| known.id == section).expect("there");
            let party = view.agreement.parties[party].id;
            let seen = |row: &Initiative| row.standing != Standing::Private || (row.party == party && !openly);
            view.rows(section).filter(|(_, _, row)| seen(row)).map(|(_, id, _)| id).collect()
        })
    }

    fn act(&self, party: usize, command: Command) {
        let party = self.town.agreement().1[party];
        let actor = Actor::Officer { party, post: "しごと課 担当".to_owned(), on_behalf_of: None };
        self.town.renkei.do_as(actor, command).expect("allowed");
    }

    fn draft(&mut self, party: usize, text: String) {
        let (agreement, parties) = self.town.agreement();
        let (plan, sections) = self.draft_plan();
        let section = sections[self.walk.next(sections.len())];
        let neighbours = self.neighbours(section, party, true);
        let after = neighbours.get(self.walk.next(2 * neighbours.len())).copied();
        let divisions = vec!["しごと課".to_owned()];
        let wording = Wording { divisions, text: Passage::words(text), ..Wording::default() };
        self.act(party, Command::DraftInitiative { agreement, party: parties[party], plan, section, after, wording });
    }

    /// Something that both parties may know of.
    fn do_openly(&mut self, step: u64) {
        self.at(10 + step, 10 + step);
        let (agreement, parties) = self.town.agreement();
        let seen = self.rows(false);
        match self.walk.next(5) {
            0 => self.draft(0, format!("市が取組{step}を行う。")),
            1 => {
                let before = self.rows(true);
                self.draft(1, format!("労働局が取組{step}を行う。"));
                let new =
                    self.rows(true).into_iter().map(|(id, _)| id).filter(|id| before.iter().all(|old| old.0 != *id));
                let initiatives = new.collect();
                self.act(1, Command::ShareInitiatives { agreement, party: parties[1], initiatives });
            }
            2 if !seen.is_empty() => {
                let (initiative, party) = seen[self.walk.next(seen.len())];
                let divisions = vec!["くらし課".to_owned()];
                let text = Passage::words(format!("取組{step}を改める。"));
                let wording = Wording { divisions, text, ..Wording::default() };
                let author = usize::from(party == parties[1]);
                self.act(author, Command::RewordInitiative { agreement, initiative, wording });
            }
            3 if seen.len() > 1 => {
                let (initiative, party) = seen[self.walk.next(seen.len())];
                let (_, sections) = self.draft_plan();
                let section = sections[self.walk.next(sections.len())];
                let author = usize::from(party == parties[1]);
                self.act(author, Command::MoveInitiative { agreement, initiative, section, after: None });
            }
            _ => {
                self.town.correct_first_figure(1_000 + i64::try_from(step).expect("small"), "数え直したため");
            }
        }
    }

    /// Something that the bureau shows to nobody.
    fn do_secretly(&mut self, step: u64, walk: &mut Walk) {
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
        let command = match (walk.next(6), row) {
            (0, Some(initiative)) => Command::RewordInitiative { agreement, initiative, wording },
            (1, Some(initiative)) => Command::MoveInitiative { agreement, initiative, section, after: None },
            (2, Some(initiative)) => Command::WithdrawInitiative { agreement, initiative },
            (3, _) => Command::ReportObservation {
                party,
                indicator: Indicator { label: format!("{SECRET}の件数"), ..indicator() },
                kind: FigureKind::Actual,
                measured: Measured::default(),
                stated: Stated::Value { value: step.into(), provisional: false },
            },
            _ => Command::DraftInitiative { agreement, party, plan, section, after, wording },
        };
        self.act(1, command);
    }

    /// All that these roles get at these addresses.
    async fn told(&self, addresses: &[String]) -> BTreeMap<(String, String), Told> {
        let mut told = BTreeMap::new();
        for role in CITY {
            // What takes long to make is made once for those who read drafts and once for those who do not.
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

/// Every page there is, and what can be asked of it.
async fn addresses(town: &Town) -> Vec<String> {
    let mut addresses: Vec<String> = crate::examples(town).await.into_values().collect();
    // A key made at random stands there, another in each world.
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
async fn what_the_bureau_keeps_to_itself_changes_no_byte_of_what_the_city_gets() {
    for seed in [3, 8] {
        let (mut silent, mut secretive) = (World::new(seed), World::new(seed));
        let mut walk = Walk(seed + 100);
        for step in 0..24 {
            for secret in 0..2 {
                secretive.do_secretly(step * 2 + secret, &mut walk);
            }
            silent.do_openly(step);
            secretive.do_openly(step);
        }
        let hidden = secretive.rows(true);
        assert!(hidden.len() > 5, "the bureau keeps {} rows to itself", hidden.len());
        [&silent, &secretive].iter().for_each(|world| world.at(900, 900));
        let mut addresses = addresses(&silent.town).await;
        assert_eq!(addresses, self::addresses(&secretive.town).await);
        addresses.extend(silent.rows(false).into_iter().map(|(id, _)| format!("/initiatives/{id}")));
        let (expected, found) = (silent.told(&addresses).await, secretive.told(&addresses).await);
        let shown = expected.values().filter(|told| told.status.is_success()).count();
        assert!(shown > 100, "{shown} answers were compared");
        let leaks = expected.iter().filter_map(|(asked, expected)| Some((asked, leak(expected, &found[asked])?)));
        let leaks: Vec<String> = leaks.map(|((who, address), leak)| format!("{who} {address}: {leak}")).collect();
        assert!(leaks.is_empty(), "{} leaks\n{}", leaks.len(), leaks.join("\n"));
        hidden_rows_are_nowhere(&secretive, &hidden).await;
    }
}

/// A hidden row answers as one that never was, to whatever is asked of it.
async fn hidden_rows_are_nowhere(world: &World, hidden: &[(Id<Initiative>, Id<Party>)]) {
    let never = "00000000-0000-7000-8000-000000000000";
    for role in CITY {
        for (id, _) in hidden {
            for method in [Method::GET, Method::POST] {
                let ask = async |id: &str| {
                    let request = Request::builder().method(method.clone()).uri(format!("/initiatives/{id}"));
                    let told = world.town.ask(role, request.header("host", "localhost")).await;
                    (told.status, told.headers.clone(), told.text().replace(id, "ID"))
                };
                assert_eq!(ask(&id.to_string()).await, ask(never).await, "{role:?} {method} {id}");
            }
        }
    }
    let own = Request::get(format!("/initiatives/{}", hidden[0].0)).header("host", "localhost");
    let told = world.town.ask(Role::LocalOperator, own).await;
    assert!(told.status == 200 && told.text().contains(SECRET), "it is there for whoever may see it");
}

/// What an answer tells that it should not.
fn leak(expected: &Told, found: &Told) -> Option<String> {
    let text = found.text();
    if found.body != expected.body {
        return Some(difference(&expected.text(), &text));
    }
    let same = found.status == expected.status && found.headers == expected.headers;
    (!same).then(|| format!("{} {:?} became {} {:?}", expected.status, expected.headers, found.status, found.headers))
}

/// The first place where two texts part.
fn difference(one: &str, other: &str) -> String {
    let place = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    let around = |text: &str| text.chars().skip(place.saturating_sub(120)).take(240).collect::<String>();
    format!("\n…{}…\n…{}…", around(one), around(other))
}
