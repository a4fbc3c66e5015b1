//! The lines of the 正誤表: the texts of their cells, and the same lines as JSON.

use renkei_document::edition::{Cause, Erratum};
use renkei_document::figure_words::{japan_day, stated};
use serde_json::{Value, json};

pub(super) const COLUMNS: [&str; 6] = ["箇所", "区分", "誤", "正", "理由", "訂正"];

pub(super) fn cells(erratum: &Erratum) -> [String; 6] {
    let reasons: Vec<&str> = erratum.causes.iter().map(|cause| cause.reason.as_str()).collect();
    let who = |cause: &Cause| format!("{} {}", japan_day(cause.at), cause.post);
    let who: Vec<String> = erratum.causes.iter().map(who).collect();
    [
        erratum.place.clone().unwrap_or_default(),
        erratum.part.clone(),
        erratum.wrong.clone(),
        erratum.right.clone(),
        reasons.join(" → "),
        who.join(" → "),
    ]
}

pub(super) fn told(errata: &[Erratum]) -> Vec<Value> {
    let cause = |cause: &Cause| json!({ "stated": stated(&cause.stated), "reason": cause.reason, "post": cause.post, "date": japan_day(cause.at) });
    let one = |erratum: &Erratum| {
        let causes: Vec<Value> = erratum.causes.iter().map(cause).collect();
        let (wrong, right) = (&erratum.wrong, &erratum.right);
        json!({ "place": erratum.place, "part": erratum.part, "wrong": wrong, "right": right, "causes": causes })
    };
    errata.iter().map(one).collect()
}
