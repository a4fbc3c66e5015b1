//! One side records something while a long decision of the other side is being made: neither side waits, and nothing is
//! lost. Each decision reads the clock once. So the clock of these tests counts decisions, and runs an action of the
//! other side in the middle of a decision.

use std::collections::{BTreeSet, VecDeque};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, ThreadId};
use std::time::Duration;

use jiff::Timestamp;
use renkei_app::{AppError, Context, NewPlan, Node, RowAsRead, access, evidence, plan};
use renkei_document::document::PlanKind;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::passage::Passage;
use renkei_domain::agreement::Agreement;
use renkei_domain::authority::actor::Actor;
use renkei_domain::evidence::command::Merge;
use renkei_domain::organisation::HeldPost;
use renkei_domain::organisation::duty::Duty;
use renkei_domain::plan::refusal::DraftRefusal;
use renkei_domain::plan::{Initiative, Standing, Wording};
use renkei_domain::record::facts::scrambled;
use renkei_domain::refusal::Refusal;
use renkei_domain::view::Viewer;
use tempfile::TempDir;

use crate::fixture::sample;

/// Much longer than any save takes. A save that takes this long is blocked by the decision.
const NEVER: Duration = Duration::from_secs(30);

type Deed = Box<dyn FnOnce(&Node) + Send>;

#[derive(Default)]
struct Between {
    /// The thread whose decisions are counted.
    decides: Option<ThreadId>,
    decisions: usize,
    /// The actions that the clock runs, one for each coming decision, each with its node.
    deeds: VecDeque<(Arc<Node>, Deed)>,
}

struct Office {
    node: Arc<Node>,
    between: Arc<Mutex<Between>>,
    _folder: TempDir,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let between = Arc::new(Mutex::new(Between::default()));
        let watched = Arc::clone(&between);
        let now: Timestamp = "2026-11-22T00:00:00Z".parse().expect("a time");
        let clock = move || {
            happen(&watched);
            now
        };
        let count = std::sync::atomic::AtomicU64::new(1);
        let random = move || scrambled(count.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        let world = Context { clock: Box::new(clock), random: Arc::new(random) };
        let node = Arc::new(Node::open(folder.path(), world).expect("opens"));
        evidence::import(&node, access::local_operator(), "昨年度.txt", sample().as_bytes()).expect("imports");
        Self { node, between, _folder: folder }
    }

    /// Runs `deed` and returns how many decisions it takes on this thread. In the middle of each decision, the clock
    /// runs one action of `between`.
    fn while_deciding<T>(&self, between: impl IntoIterator<Item = Deed>, deed: impl FnOnce(&Node) -> T) -> (T, usize) {
        let deeds = between.into_iter().map(|deed| (Arc::clone(&self.node), deed)).collect();
        *locked(&self.between) = Between { decides: Some(thread::current().id()), decisions: 0, deeds };
        let answer = deed(&self.node);
        let Between { decisions, deeds, .. } = std::mem::take(&mut *locked(&self.between));
        assert!(deeds.is_empty(), "each deed happened");
        (answer, decisions)
    }

    fn agreement(&self) -> (Id<Agreement>, Vec<Id<id::Party>>) {
        let state = self.node.state();
        let known = state.seen_by(access::local_viewer()).agreements().next().expect("concluded");
        (known.id, known.agreement.parties.iter().map(|party| party.id).collect())
    }

    /// Opens a plan of the next year with a private draft of each party. Returns the first row of the second party.
    fn drafts(&self) -> Id<id::Initiative> {
        let (agreement, parties) = self.agreement();
        let state = self.node.state();
        let known = state.seen_by(access::local_viewer()).agreement(agreement).expect("concluded");
        let like = known.plan_of(FiscalYear(2026), PlanKind::Plan).map(|(id, _)| id);
        let by = parties[0];
        let new = NewPlan { agreement, by, fiscal_year: FiscalYear(2027), like, carry_over: parties.clone() };
        plan::open_plan(&self.node, access::local_operator(), new).expect("opened");
        self.private_rows(parties[1])[0]
    }

    fn private_rows(&self, party: Id<id::Party>) -> Vec<Id<id::Initiative>> {
        let state = self.node.state();
        let known = state.seen_by(access::local_viewer()).agreements().next().expect("concluded");
        let (_, plan) = known.plan_of(FiscalYear(2027), PlanKind::Plan).expect("opened");
        let rows = plan.sections().flat_map(|section| known.rows(section));
        let own = rows.filter(|(_, _, row)| row.party == party && row.standing == Standing::Private);
        own.map(|(_, id, _)| id).collect()
    }

    /// Returns the rows, each with the time of its present wording.
    fn as_read(&self, rows: &[Id<id::Initiative>]) -> Vec<(Id<id::Party>, RowAsRead)> {
        let state = self.node.state();
        let known = state.seen_by(access::local_viewer()).agreements().next().expect("concluded");
        let row = |id| known.initiative(id).expect("there").initiative;
        let read = |id: &Id<id::Initiative>| {
            let row = row(*id);
            (row.party, RowAsRead { row: *id, worded: known.wordings(row).present().at })
        };
        rows.iter().map(read).collect()
    }

    fn text_of(&self, row: Id<id::Initiative>) -> String {
        text_of(&self.node, row)
    }
}

fn text_of(node: &Node, row: Id<id::Initiative>) -> String {
    let state = node.state();
    let known = state.seen_by(access::local_viewer()).agreements().next().expect("concluded");
    known.initiative(row).expect("known").initiative.wording.text.print(None, |_| None).0
}

/// Counts a decision of the watched thread, and runs the action for it on another thread, like the save of another
/// officer.
fn happen(watched: &Arc<Mutex<Between>>) {
    let mut between = locked(watched);
    if between.decides != Some(thread::current().id()) {
        return;
    }
    between.decisions += 1;
    let Some((node, deed)) = between.deeds.pop_front() else { return };
    drop(between);
    let (done, told) = channel();
    let other = thread::spawn(move || {
        deed(&node);
        done.send(()).expect("awaited");
    });
    told.recv_timeout(NEVER).expect("the other side does not wait for the decision");
    other.join().expect("saves");
}

fn locked(between: &Mutex<Between>) -> std::sync::MutexGuard<'_, Between> {
    between.lock().unwrap_or_else(PoisonError::into_inner)
}

fn officer(party: Id<id::Party>) -> Actor {
    let post = HeldPost {
        post: "00000000-0000-0000-0000-000000000000".parse().expect("an id"),
        title: "担当".to_owned(),
        division: String::new(),
        answers_for: BTreeSet::new(),
        duties: vec![Duty::Secretariat],
        deputy: None,
    };
    Actor::Officer { party, posts: [post].into() }
}

/// Returns an action by which an officer of `party` rewords a row of the party.
fn save(agreement: Id<Agreement>, party: Id<id::Party>, row: Id<id::Initiative>, text: &str) -> Deed {
    let text = text.to_owned();
    Box::new(move |node| {
        let (base, present) = {
            let state = node.state();
            let known = state.seen_by(Viewer::Party(party)).agreement(agreement).expect("concluded");
            let row = known.initiative(row).expect("known");
            (known.wordings(row.initiative).present().at, row.initiative.wording.clone())
        };
        let typed = Wording { text: Passage::words(&text), ..present };
        plan::save_row(node, officer(party), agreement, row, base, typed).expect("saved");
    })
}

/// Returns the sample document with one more sentence, for an import that merges it into the recorded table.
fn changed() -> String {
    let changed = sample().replacen("行う。", "重点的に行う。", 1);
    assert_ne!(changed, sample());
    changed
}

#[test]
fn a_save_succeeds_during_the_decision_of_an_import_which_is_then_repeated() {
    let office = Office::new();
    let row = office.drafts();
    let (agreement, parties) = office.agreement();
    let deeds = ["一度目の文。", "二度目の文。"].map(|text| save(agreement, parties[1], row, text));
    let (outcome, decisions) = office.while_deciding(deeds, |node| {
        evidence::import_onto(
            node,
            access::local_operator(),
            "二回目.txt",
            changed().as_bytes(),
            Some(Merge::default()),
        )
    });
    outcome.expect("merged");
    assert_eq!(decisions, 3, "the operator reads everything: each save has the import decided again");
    assert_eq!(office.text_of(row), "二度目の文。");
    let state = office.node.state();
    let known = state.seen_by(access::local_viewer()).agreement(agreement).expect("concluded");
    assert_eq!(known.evidence().len(), 2);
    let words = |row: &Initiative| row.wording.text.print(None, |_| None).0.contains("重点的に行う。");
    let plans = known.plans().into_iter().flat_map(|(_, plan)| plan.sections());
    assert!(plans.flat_map(|section| known.rows(section)).any(|(_, _, row)| words(row)));
}

#[test]
fn hidden_changes_of_the_other_side_do_not_repeat_a_decision() {
    let office = Office::new();
    let row = office.drafts();
    let (agreement, parties) = office.agreement();
    let own = office.as_read(&office.private_rows(parties[0]));
    let hidden = save(agreement, parties[1], row, "手元の文。");
    let position = |party| office.node.state().position_for(officer(party).viewer());
    let before = [parties[0], parties[1]].map(position);
    let (shared, decisions) =
        office.while_deciding([hidden], |node| plan::share_rows(node, officer(parties[0]), agreement, &own));
    shared.expect("shown");
    assert_eq!((decisions, office.text_of(row).as_str()), (1, "手元の文。"));
    // Showing the city's rows moves the positions of both parties. The bureau's own save then moves only the bureau's
    // position.
    assert!(position(parties[0]) > before[0] && position(parties[1]) > before[1]);
    let now = [parties[0], parties[1]].map(position);
    save(agreement, parties[1], row, "手元の別の文。")(&office.node);
    assert_eq!(position(parties[0]), now[0], "no page of the city is compared, let alone made anew");
    assert!(position(parties[1]) > now[1]);
    assert!(office.private_rows(parties[0]).is_empty() && office.private_rows(parties[1]).contains(&row));
}

#[test]
fn a_row_that_is_reworded_while_it_is_being_shown_stays_hidden() {
    let office = Office::new();
    let row = office.drafts();
    let (agreement, parties) = office.agreement();
    let own = office.as_read(&office.private_rows(parties[1]));
    let reworded = save(agreement, parties[1], row, "まだ示さない文。");
    let (shared, decisions) =
        office.while_deciding([reworded], |node| plan::share_rows(node, officer(parties[1]), agreement, &own));
    let Err(AppError::Refused(why)) = shared else { panic!("shown: {shared:?}") };
    assert_eq!((why, decisions), (vec![Refusal::Draft(DraftRefusal::NotAsRead)], 2));
    assert_eq!(office.private_rows(parties[1]).len(), own.len());
}

#[test]
fn a_decision_that_is_always_overtaken_is_at_last_made_under_the_lock() {
    let office = Office::new();
    let row = office.drafts();
    let (agreement, parties) = office.agreement();
    let own = office.private_rows(parties[0]);
    let texts = ["一", "二", "三"];
    // The operator acts for both sides and may read each of these saves, so the decision is made again each time.
    let deeds = texts.map(|text| save(agreement, parties[1], row, text));
    let (shared, decisions) = office.while_deciding(deeds, |node| {
        plan::share_rows(node, access::local_operator(), agreement, &office.as_read(&own))
    });
    shared.expect("shown");
    assert_eq!((decisions, office.text_of(row).as_str()), (4, "三"));
    assert!(office.private_rows(parties[0]).is_empty());
}
