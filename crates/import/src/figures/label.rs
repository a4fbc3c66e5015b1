//! The label of a figure as a careful clerk would write it, from the words around the number.

use renkei_domain::figure::State;

use super::draft::Draft;
use super::words::{is_generic, is_held, names_its_count};

/// The labels of a row's figures, in their order; `subject` is what the row's sentence tells of.
pub(crate) fn labels(drafts: &[Draft], subject: Option<&str>) -> Vec<String> {
    let mut named: Vec<Name> = Vec::with_capacity(drafts.len());
    let mut topic: Option<String> = None;
    for (index, draft) in drafts.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| &drafts[before]);
        if before.is_none_or(|before| before.part != draft.part || before.headings != draft.headings) {
            topic = None;
        }
        let name = name(draft, before, &named, topic.as_deref(), subject);
        if draft.parent.is_none() {
            topic = name.topic().or(topic);
        }
        named.push(name);
    }
    named.iter().map(Name::label).collect()
}

/// A label in its two parts.
#[derive(Debug, Clone)]
struct Name {
    /// Whose figure it is: headings, topic or subject.
    whose: String,
    /// What is counted.
    what: String,
}

impl Name {
    fn label(&self) -> String {
        join(&self.whose, &self.what)
    }

    /// What later figures of the item belong to, if this one names it.
    fn topic(&self) -> Option<String> {
        let words = self.what.split_once("における").map(|(place, _)| place.to_owned());
        words.or_else(|| {
            let mut stem = self.what.as_str();
            for ending in ["回数", "件数", "人数", "組数", "企業数", "者数", "開催", "実施", "参加", "申込"]
            {
                stem = stem.strip_suffix(ending).unwrap_or(stem).trim_end();
            }
            is_held(stem).then(|| stem.to_owned())
        })
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
    let adjacent = draft.own.is_empty() && draft.topic.is_none() && draft.state == State::Value;
    if adjacent && let Some(before) = before.filter(|before| before.part == draft.part && before.tail.is_empty()) {
        let last = &named[named.len() - 1];
        let base = if before.own.is_empty() { last.whose.as_str() } else { before.own.as_str() };
        return Name { whose: join(whose_of(&last.whose, base), base), what: noun(draft, true) };
    }
    let what = what(draft);
    let context = draft.topic.as_deref().or(topic);
    if ordinal(&draft.own)
        && let Some(context) = context
    {
        return Name {
            whose: join(&headings(draft), subject.unwrap_or_default()),
            what: format!("{} {context}", draft.own),
        };
    }
    let generic = is_generic(&what) || draft.own.is_empty();
    let over = headings(draft);
    let whose = if !generic {
        over
    } else if let Some(context) = context {
        join(&over, context)
    } else if over.is_empty() || is_generic(&over) || over.ends_with("区分") {
        join(subject.unwrap_or_default(), &over)
    } else {
        over
    };
    Name { whose, what }
}

/// What stands over the base of the figure before, so that the base is not said twice.
fn whose_of<'a>(whose: &'a str, base: &str) -> &'a str {
    if whose == base { "" } else { whose }
}

fn ordinal(own: &str) -> bool {
    own.ends_with("回目") || own.ends_with("期目") || own.starts_with('第') && own.ends_with('回')
}

fn headings(draft: &Draft) -> String {
    draft.headings.join(" ")
}

/// A figure in brackets behind another: 会員数 男性, 参加者の校数.
fn part_of(draft: &Draft, parent: &Name) -> Name {
    let whole = parent.what.strip_suffix("全体").or(parent.what.strip_suffix("合計")).unwrap_or(&parent.what).trim();
    if draft.own.is_empty() {
        return Name { whose: parent.whose.clone(), what: format!("{whole}の{}", noun(draft, false).trim()) };
    }
    Name { whose: join(&parent.whose, whole), what: what(draft) }
}

/// What is counted, with a noun for it where the words before the number have none.
fn what(draft: &Draft) -> String {
    if draft.state != State::Value {
        return match draft.own.as_str() {
            "" if draft.state == State::NotHeld => "実施".to_owned(),
            "" => "実績".to_owned(),
            own => own.to_owned(),
        };
    }
    if draft.own.is_empty() {
        return noun(draft, true);
    }
    let joined = match draft.tail.split_once('の') {
        Some(("", rest)) if rest.chars().count() >= 2 && !rest.starts_with("講座") => {
            format!("{}{}", draft.own, object(rest))
        }
        _ => draft.own.clone(),
    };
    let noun = noun(draft, false);
    if noun.is_empty() { joined } else { format!("{joined}{noun}") }
}

/// 「の地元企業の情報発信を行った」 → 地元企業の情報発信.
fn object(rest: &str) -> &str {
    rest.split(['を', 'が']).next().unwrap_or(rest)
}

/// The noun for what is counted: 開催回数, 件数, 参加者; with a blank before it where it follows a name.
fn noun(draft: &Draft, alone: bool) -> String {
    let unit = draft.unit.as_deref().unwrap_or_default();
    if draft.tail.contains("参加") && draft.own.is_empty() {
        match unit {
            "人" | "名" => return "参加者".to_owned(),
            "社" => return "参加企業".to_owned(),
            _ => return format!("参加{unit}"),
        }
    }
    let deed = super::words::DEEDS
        .iter()
        .find(|deed| draft.tail.trim_start_matches(['を', 'に', 'が', '以', '上', 'の']).contains(**deed));
    let parted = if alone || draft.own.is_empty() { "" } else { " " };
    match unit {
        "回" => match deed {
            Some(deed) => format!("{parted}{}回数", deed.trim_start_matches("対面")),
            None if draft.own.ends_with("回数") || draft.own.ends_with("数") => String::new(),
            None if draft.own.is_empty() || is_held(&draft.own) => format!("{parted}開催回数"),
            None => format!("{parted}回数"),
        },
        _ if !alone && !draft.own.is_empty() && names_its_count(&draft.own) => String::new(),
        "件" if draft.own.ends_with("相談") => "件数".to_owned(),
        "件" => format!("{parted}件数"),
        "人" | "名" => match deed {
            Some(deed) => format!("{parted}{deed}人数"),
            None => format!("{parted}人数"),
        },
        "%" | "円" | "千円" | "万円" | "百万円" | "億円" => {
            if alone {
                "金額".to_owned()
            } else {
                String::new()
            }
        }
        "社" if draft.own.is_empty() => {
            if draft.tail.contains("認定") {
                "認定企業".to_owned()
            } else {
                "企業数".to_owned()
            }
        }
        _ if alone => format!("{unit}数"),
        "組" | "校" | "社" | "戸" => format!("{parted}{unit}数"),
        _ => String::new(),
    }
}
