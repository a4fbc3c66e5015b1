//! The time before a row is shown. In one town, the bureau first drafts, rewords and moves the row; in the other town,
//! it drafts the row as it is later shown. The city gets the same bytes in both.

use renkei_document::id::{self, Id};
use renkei_domain::plan::command::PlanCommand;

use super::*;

const HALVED: &str = "予算は半減とする。";
const SHOWN: &str = "労働局が相談を行う。";

fn wording(text: &str) -> Wording {
    Wording { divisions: vec!["しごと課".to_owned()], text: Passage::words(text), ..Wording::default() }
}

impl World {
    fn first_section(&self) -> Id<id::Section> {
        self.draft_plan().1[0]
    }

    /// Drafts a row in the first section, and returns its id.
    fn draft_at(&self, party: usize, after: Option<Id<id::Initiative>>, text: &str) -> Id<id::Initiative> {
        let (agreement, parties) = self.town.agreement();
        let (plan, section, wording) = (self.draft_plan().0, self.first_section(), wording(text));
        let known = |world: &Self| [world.rows(true), world.rows(false)].concat();
        let before = known(self);
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
        known(self).into_iter().find(|row| !before.contains(row)).expect("drafted").0
    }

    fn reword(&self, initiative: Id<id::Initiative>, text: &str) {
        let agreement = self.town.agreement().0;
        self.act(
            1,
            Command::Plan(PlanCommand::RewordInitiative { agreement, initiative, base: None, wording: wording(text) }),
        );
    }

    fn move_behind(&self, initiative: Id<id::Initiative>, after: Option<Id<id::Initiative>>) {
        let (agreement, section) = (self.town.agreement().0, self.first_section());
        self.act(1, Command::Plan(PlanCommand::MoveInitiative { agreement, initiative, section, after }));
    }

    fn show(&self, party: usize, row: Id<id::Initiative>) {
        let (agreement, parties) = self.town.agreement();
        self.act(
            party,
            Command::Plan(PlanCommand::ShareInitiatives { agreement, party: parties[party], initiatives: vec![row] }),
        );
    }

    fn suggest_from(&self, initiative: Id<id::Initiative>, base: Hlc, text: &str) {
        let (agreement, parties) = self.town.agreement();
        let (by, reason, wording) = (parties[0], "わかりやすくするため".to_owned(), wording(text));
        let suggest = SuggestEdit { agreement, by, initiative, base, wording, reason };
        self.act(0, Command::Plan(PlanCommand::SuggestEdit(Box::new(suggest))));
    }

    /// Returns the times by which the city refers to the wordings of a row.
    fn bases(&self, row: Id<id::Initiative>) -> Vec<Hlc> {
        let state = self.town.node.state();
        let view = state.seen_by(Viewer::Party(self.town.agreement().1[0])).agreements().next().expect("an agreement");
        view.wordings(view.initiative(row).expect("shown").initiative).iter().map(|(worded, _)| worded.at).collect()
    }

    /// Drafts and shows a row of the bureau, with or without earlier wordings and places.
    fn drafted_and_shown(&self, with_second_thoughts: bool) -> Id<id::Initiative> {
        self.at(10, 10);
        let own = self.draft_at(0, None, "市が面接会を開く。");
        self.show(0, own);
        let row = if with_second_thoughts {
            self.at(11, 20);
            let row = self.draft_at(1, None, HALVED);
            self.at(12, 700);
            let (one, other) = (self.draft_at(1, Some(own), "ひみつの一"), self.draft_at(1, Some(own), "ひみつの二"));
            for (minute, text) in [(13, "予算はなしとする。"), (14, "労働局が相談をする。"), (20, SHOWN)]
            {
                self.at(minute, 700 + minute);
                self.reword(row, text);
                self.move_behind(row, Some(if minute % 2 == 0 { one } else { other }));
            }
            row
        } else {
            self.at(20, 20);
            self.draft_at(1, Some(own), SHOWN)
        };
        self.at(20, 21);
        self.show(1, row);
        row
    }

    /// Makes changes of both sides after the row was shown.
    fn go_on(&self, row: Id<id::Initiative>, with_second_thoughts: bool) {
        let shown = self.bases(row)[0];
        self.at(21, 31);
        self.suggest_from(row, shown, "労働局が相談と面接を行う。");
        if with_second_thoughts {
            // The bureau moves hidden rows around the shown row within the same minute.
            let hidden = self.rows(true);
            self.move_behind(row, Some(hidden[0].0));
            self.move_behind(hidden[1].0, Some(row));
            self.reword(hidden[0].0, "ひみつの三");
        }
        self.at(22, 32);
        self.reword(row, "労働局が相談を毎日行う。");
        self.at(23, 33);
        self.suggest_from(row, shown, "労働局が訪問を行う。");
        let agreement = self.town.agreement().0;
        let suggestion = self.view(|view| view.open_suggestions()[0].0);
        let reason = "今のままでよい".to_owned();
        let answer = SuggestionAnswer::Decline { reason };
        self.act(1, Command::Plan(PlanCommand::AnswerSuggestion { agreement, suggestion, answer }));
    }
}

#[tokio::test]
async fn a_row_reveals_nothing_of_the_time_before_it_was_shown() {
    let (silent, secretive) = (World::new(5), World::new(5));
    // All of these roles visit both towns first, so that their home pages later show the changes since this visit.
    for world in [&silent, &secretive] {
        world.at(5, 5);
        world.told(&["/".to_owned()]).await;
    }
    let (row, same) = (silent.drafted_and_shown(false), secretive.drafted_and_shown(true));
    assert_eq!(row, same, "the two towns are compared by their ids");
    silent.go_on(row, false);
    secretive.go_on(row, true);
    assert_eq!(silent.bases(row), secretive.bases(row));
    [&silent, &secretive].iter().for_each(|world| world.at(900, 900));
    let mut addresses = addresses(&silent.town).await;
    assert_eq!(addresses, super::addresses(&secretive.town).await);
    for (id, _) in silent.rows(false) {
        let pages = ["", "/history", "/suggest", "/edit"].map(|page| format!("/initiatives/{id}{page}"));
        addresses.extend(pages);
    }
    let keys: Vec<String> = silent.bases(row).iter().map(|base| format!("{row}%40{base}")).collect();
    for (from, to) in keys.iter().flat_map(|from| keys.iter().map(move |to| (from, to))) {
        addresses.push(format!("/initiatives/{row}/history?from={from}&to={to}"));
    }
    addresses.push(format!("/search?q={}", "%E5%8D%8A%E6%B8%9B"));
    let (expected, found) = (silent.told(&addresses).await, secretive.told(&addresses).await);
    let leaks = expected.iter().filter_map(|(asked, expected)| Some((asked, leak(expected, &found[asked])?)));
    let leaks: Vec<String> = leaks.map(|((who, address), leak)| format!("{who} {address}: {leak}")).collect();
    assert!(leaks.is_empty(), "{} leaks\n{}", leaks.len(), leaks.join("\n"));
    let read = &found[&("Clerk".to_owned(), format!("/initiatives/{row}/history"))];
    assert!(read.status == 200 && read.text().contains("毎日"), "{}", read.main());
    let own = secretive.town.get(&format!("/initiatives/{row}/history")).await;
    assert!(
        own.text().matches("令和9年度").count() >= 4,
        "whoever acts for the bureau reads all of it: {}",
        own.main()
    );
}
