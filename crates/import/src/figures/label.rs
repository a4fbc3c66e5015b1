//! Composes the label of a figure from the words around the number. The label should name the figure clearly even
//! outside of its row.

use renkei_document::figure::{FigureKind, State};

use super::draft::Draft;
use super::words::{deed, is_generic, is_held, is_scope, names_its_count, scope_of_label};

/// Returns the labels of a row's figures, in their order; `subject` is the subject of the row's sentences.
pub(crate) fn labels(drafts: &[Draft], subject: Option<&str>) -> Vec<String> {
    let mut named: Vec<Name> = Vec::with_capacity(drafts.len());
    let mut topic: Option<String> = None;
    for (index, draft) in drafts.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| &drafts[before]);
        if before.is_none_or(|before| {
            before.part != draft.part || before.headings != draft.headings || before.colon != draft.colon
        }) {
            topic = None;
        }
        let name = name(draft, before, &named, topic.as_deref(), subject);
        if draft.parent.is_none() {
            topic = name.topic().or(topic);
        }
        named.push(name);
    }
    told_apart(drafts, &named.iter().map(Name::label).collect::<Vec<_>>())
}

/// If a label occurs more than once in a row, adds the day of the event to it.
fn told_apart(drafts: &[Draft], labels: &[String]) -> Vec<String> {
    let mut seen = std::collections::HashMap::new();
    for (label, draft) in labels.iter().zip(drafts) {
        seen.entry(label).or_insert_with(Vec::new).push(&draft.event_printed);
    }
    let apart = |label: &String| seen[label].len() > 1 && seen[label].iter().any(|printed| *printed != seen[label][0]);
    let with_day = |(label, draft): (&String, &Draft)| match (&draft.event_printed, label.rsplit_once(' ')) {
        (Some(day), Some((whose, what))) if apart(label) => format!("{whose} {day} {what}"),
        (Some(day), None) if apart(label) => format!("{day} {label}"),
        _ => label.clone(),
    };
    labels.iter().zip(drafts).map(with_day).collect()
}

/// The parts of a label.
#[derive(Debug, Clone)]
struct Name {
    /// The programme or event that the figure belongs to: headings, topic or subject.
    whose: String,
    /// The words before the number.
    own: String,
    /// The noun for the counted thing, if the words before the number contain no such noun.
    noun: String,
}

impl Name {
    fn label(&self) -> String {
        join(&self.whose, &self.what())
    }

    fn what(&self) -> String {
        format!("{}{}", self.own, self.noun).trim().to_owned()
    }

    /// Returns the topic of the following figures of the item, if this figure names one.
    fn topic(&self) -> Option<String> {
        if let Some((place, _)) = self.own.split_once("における") {
            return Some(place.to_owned());
        }
        let mut stem = self.own.as_str();
        for ending in [
            "数", "回", "件", "組", "人", "企業", "者", "社", "の", "開催", "実施", "参加", "申込", "開始", "修了",
            "受講",
        ] {
            stem = stem.strip_suffix(ending).unwrap_or(stem).trim_end();
        }
        let is_support = stem.ends_with("支援") && stem.len() < self.own.len() && !is_generic(stem);
        (is_held(stem) || is_support).then(|| stem.to_owned())
    }
}

fn join(whose: &str, what: &str) -> String {
    match (whose.is_empty(), what.is_empty()) {
        (true, _) => what.to_owned(),
        (_, true) => whose.to_owned(),
        _ if what.starts_with(whose) => what.to_owned(),
        _ => format!("{whose} {what}"),
    }
}

fn name(draft: &Draft, before: Option<&Draft>, named: &[Name], topic: Option<&str>, subject: Option<&str>) -> Name {
    if let Some(parent) = draft.parent.and_then(|parent| named.get(parent)) {
        return part_of(draft, parent);
    }
    if let Some(name) = beside(draft, before, named) {
        return name;
    }
    let context = draft.topic.as_deref().map(|topic| without_deed(draft, topic)).or(topic);
    let over = over(draft);
    let own = beside_target(draft, before).unwrap_or_else(|| own(draft));
    if is_ordinal(&draft.own)
        && let Some(context) = context
    {
        let whose = join(subject.unwrap_or_default(), &over);
        return Name { whose, own: format!("{} {context}", draft.own), noun: String::new() };
    }
    let named_by_context = own.is_empty() && context.or(Some(&over)).is_some_and(names_its_count);
    let noun = if named_by_context || names_its_count(&over) { String::new() } else { noun(draft, &own) };
    let bare = own.is_empty()
        || draft.kind == FigureKind::YearOnYear
        || is_generic(&own)
        || own.ends_with("との")
        || is_clause(draft);
    let whose = if !bare {
        over_a_name(draft)
    } else if let Some(context) = context {
        join(&over_a_name(draft), context)
    } else if over.is_empty() || is_generic(&over) || over.ends_with("区分") {
        join(subject.unwrap_or_default(), &over)
    } else {
        over
    };
    Name { whose, own, noun }
}

/// Returns the name for a result that follows its target: 充足数 in 「充足数 目標10人、実績8人」.
fn beside_target(draft: &Draft, before: Option<&Draft>) -> Option<String> {
    let before =
        before.filter(|before| before.part == draft.part && matches!(draft.own.as_str(), "実績" | "実績値"))?;
    let base = before.own.strip_suffix("目標値").or(before.own.strip_suffix("目標"))?.trim_end();
    (!base.is_empty()).then(|| format!("{base} {}", draft.own))
}

/// Removes the action if the unit already implies it: in 「会議の開催（1回）」, 1回 counts the meetings held.
fn without_deed<'a>(draft: &Draft, words: &'a str) -> &'a str {
    let deed = ["の開催", "の実施"].iter().find_map(|deed| words.strip_suffix(deed));
    deed.filter(|_| draft.unit.as_deref() == Some("回")).unwrap_or(words)
}

/// Returns all headings that apply to the words of a figure.
fn over(draft: &Draft) -> String {
    join(&draft.headings.join(" "), draft.colon.as_deref().unwrap_or_default())
}

/// Returns the headings that apply to a name that is clear by itself; leaves out long headings of an earlier item.
fn over_a_name(draft: &Draft) -> String {
    const LONG: usize = 14;
    let long = draft.headings.iter().any(|heading| heading.chars().count() > LONG);
    if draft.headed_from_afar && long { draft.colon.clone().unwrap_or_default() } else { over(draft) }
}

/// Names a count that follows another count directly, without words between them: 18組 22人 are groups and people of the
/// same event.
fn beside(draft: &Draft, before: Option<&Draft>, named: &[Name]) -> Option<Name> {
    let bare = draft.own.is_empty() && draft.topic.is_none() && draft.state == State::Value;
    let before = before.filter(|before| bare && before.part == draft.part && before.tail.is_empty())?;
    let last = named.last()?;
    let whose = if before.own.is_empty() { last.whose.clone() } else { join(&last.whose, &last.own) };
    Some(Name { whose, own: String::new(), noun: noun(draft, "") })
}

fn is_ordinal(own: &str) -> bool {
    own.ends_with("回目") || own.ends_with("期目") || own.starts_with('第') && own.ends_with('回')
}

/// Whether the words end in a verb that qualifies the noun after the number: 「賛同を得た」 184 社の地元企業.
fn is_clause(draft: &Draft) -> bool {
    draft.own.ends_with(['た', 'る']) && draft.tail.starts_with('の')
}

/// Names a figure in brackets after another figure, for example 会員数 男性 or 参加者の校数.
fn part_of(draft: &Draft, parent: &Name) -> Name {
    let whole = if parent.own.is_empty() { parent.noun.trim() } else { parent.own.as_str() };
    let whole = whole.strip_suffix("全体").or(whole.strip_suffix("合計")).unwrap_or(whole).trim_end();
    if draft.own.is_empty() {
        let noun = noun(draft, "");
        let same = noun == whole || whole.ends_with(&noun);
        let own = if same { whole.to_owned() } else { format!("{whole}の{noun}") };
        return Name { whose: parent.whose.clone(), own, noun: String::new() };
    }
    let own = own(draft);
    let stands_alone = scope_of_label(&own).is_some() && !is_scope(&own);
    let whole = if stands_alone { "" } else { whole };
    let whole = if draft.kind == FigureKind::Derived { whole.trim_start_matches("うち") } else { whole };
    let counted = is_scope(&own) || own.starts_with("うち") || names_its_count(&own);
    let noun = if counted { String::new() } else { noun(draft, &own) };
    let whose = join(&parent.whose, whole);
    Name { whose, own, noun }
}

/// Returns the words before the number, together with words after it that belong to them.
fn own(draft: &Draft) -> String {
    if draft.state != State::Value {
        return match draft.own.as_str() {
            "" if draft.state == State::NotHeld => "実施".to_owned(),
            "" => "実績".to_owned(),
            own => own.to_owned(),
        };
    }
    let object = |rest: &str| rest.split(['を', 'が']).next().unwrap_or_default().to_owned();
    match (draft.tail.strip_prefix('の'), draft.tail.strip_prefix("から")) {
        (Some(rest), _) if !draft.own.is_empty() && is_clause(draft) => format!("{}{}", draft.own, object(rest)),
        (_, Some(rest)) if draft.own.is_empty() => object(rest),
        _ => without_deed(draft, &draft.own).to_owned(),
    }
}

/// Returns the noun for the counted thing: 開催回数, 件数, 参加者; with a leading blank if it follows a name.
fn noun(draft: &Draft, own: &str) -> String {
    if draft.state != State::Value {
        return String::new();
    }
    let unit = draft.unit.as_deref().unwrap_or_default();
    let deed = deed(&draft.tail);
    let alone = own.is_empty();
    let counted = match (unit, deed) {
        ("人" | "名", Some("参加" | "出席" | "受講")) if alone => {
            return format!("{}者", deed.unwrap_or_default());
        }
        ("社", Some("参加" | "認定" | "訪問")) if alone => return format!("{}企業", deed.unwrap_or_default()),
        (_, Some("参加" | "認定" | "訪問")) if alone && unit != "回" && unit != "件" => {
            return format!("{}{unit}", deed.unwrap_or_default());
        }
        ("回", Some(deed)) => format!("{}回数", deed.trim_start_matches("対面")),
        ("回", None) if own.ends_with('数') => return String::new(),
        ("回", None) if alone || is_held(own) => "開催回数".to_owned(),
        ("回", None) => "回数".to_owned(),
        _ if !alone && (names_its_count(own) || is_clause(draft) || draft.tail.starts_with("から")) => {
            return String::new();
        }
        ("件", _) if own.ends_with("相談") => return "件数".to_owned(),
        ("件", _) => "件数".to_owned(),
        ("人" | "名", _) => format!("{}人数", deed.unwrap_or_default()),
        ("社", _) if alone => "企業数".to_owned(),
        ("%", _) => return if alone { "割合".to_owned() } else { String::new() },
        (unit, _) if unit.ends_with('円') => return if alone { "金額".to_owned() } else { String::new() },
        ("組" | "校" | "社" | "戸", _) => format!("{unit}数"),
        _ if alone && draft.tail.starts_with("による") => {
            let by = draft.tail.trim_start_matches("による");
            format!("{}{unit}数", by.split(['を', 'が', 'の']).next().unwrap_or_default())
        }
        _ if alone => format!("{unit}数"),
        _ => return String::new(),
    };
    if alone { counted } else { format!(" {counted}") }
}
