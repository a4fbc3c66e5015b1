//! コード表 — all codes of the data, each with its word and its meaning.

use renkei_document::document::PlanKind;
use renkei_document::figure::{FigureKind, State};
use renkei_document::figure_words;
use renkei_document::party::{Party, PartyKind};
use renkei_document::passage::word_of;

use super::definitions as columns;
use super::table::{Datum, Table};

const PLAN_KINDS: [(PlanKind, &str); 3] = [
    (PlanKind::Progress, "年度の途中までに行ったこと"),
    (PlanKind::Result, "年度を通して行ったこと"),
    (PlanKind::Plan, "年度に行うこと"),
];

const FIGURE_KINDS: [(FigureKind, &str); 6] = [
    (FigureKind::Actual, "数えた結果"),
    (FigureKind::Target, "目標とする値"),
    (FigureKind::Reference, "比べるために並べた値"),
    (FigureKind::Baseline, "目標の元になる値"),
    (FigureKind::Derived, "達成率など、ほかの数値から求めた値"),
    (FigureKind::YearOnYear, "前年同期比など、前の年度と比べた値"),
];

const STATES: [(State, &str); 10] = [
    (State::Value, "値がある。0は、数えた結果が0であること"),
    (State::None, "行ったが、実績がなかった。0とは別に扱い、合計に入れない"),
    (State::NotHeld, "行わなかった"),
    (State::Recruiting, "参加者などを募っている途中"),
    (State::Ongoing, "行っている途中"),
    (State::Planned, "これから行う"),
    (State::NotCompiled, "まだ集計していない"),
    (State::NotApplicable, "当てはまるものがない"),
    (State::Withheld, "公表しない"),
    (State::Suppressed, "少数のため伏せた"),
];

pub(super) fn kind_code(kind: PlanKind) -> &'static str {
    match kind {
        PlanKind::Progress => "progress",
        PlanKind::Result => "result",
        PlanKind::Plan => "plan",
    }
}

pub(super) fn kind_word(kind: PlanKind) -> &'static str {
    match kind {
        PlanKind::Progress => "進捗",
        PlanKind::Result => "実施報告",
        PlanKind::Plan => "計画",
    }
}

pub(super) fn figure_kind_code(kind: FigureKind) -> &'static str {
    match kind {
        FigureKind::Actual => "actual",
        FigureKind::Target => "target",
        FigureKind::Reference => "reference",
        FigureKind::Baseline => "baseline",
        FigureKind::Derived => "derived",
        FigureKind::YearOnYear => "year_on_year",
    }
}

pub(super) fn state_code(state: State) -> &'static str {
    match state {
        State::Value => "value",
        State::None => "none",
        State::NotHeld => "not_held",
        State::Recruiting => "recruiting",
        State::Ongoing => "ongoing",
        State::Planned => "planned",
        State::NotCompiled => "not_compiled",
        State::NotApplicable => "not_applicable",
        State::Withheld => "withheld",
        State::Suppressed => "suppressed",
    }
}

pub(super) fn state_word(state: State) -> &'static str {
    if state == State::Value { "値あり" } else { word_of(state) }
}

pub(super) fn table(parties: &[Party]) -> Table {
    let mut rows = Vec::new();
    let mut add = |list: &str, code: &str, word: &str, meaning: &str| {
        rows.push([list, code, word, meaning].map(Datum::text).to_vec());
    };
    for (kind, meaning) in PLAN_KINDS {
        add("表の種類コード", kind_code(kind), kind_word(kind), meaning);
    }
    add("表の種類コード", "document", "文書", "事業計画の表の外にある数値");
    for party in parties {
        add("当事者コード", party.key.as_str(), &party.name, party_kind(party.kind));
    }
    for (kind, meaning) in FIGURE_KINDS {
        add("数値の種類コード", figure_kind_code(kind), figure_words::kind(kind), meaning);
    }
    for (state, meaning) in STATES {
        add("状態コード", state_code(state), state_word(state), meaning);
    }
    add("確度コード", "definite", "確定", "見込と書かれていない値");
    add("確度コード", "provisional", "見込", "見込と書かれている値。後で変わることがある");
    Table { name: "コード表", file_name: "codes", columns: &columns::CODES, rows }
}

fn party_kind(kind: PartyKind) -> &'static str {
    match kind {
        PartyKind::LocalGovernment => "協定を結んだ地方公共団体",
        PartyKind::LabourBureau => "協定を結んだ都道府県労働局",
        PartyKind::Other => "協定を結んだその他の団体",
    }
}
