//! What the sentence of a row tells of: the programme, desk or event that a bare 「求職者 701 人」 belongs to.

use super::clean::object_of;

/// The subject of a row's sentences, as short as a clerk would name it.
pub(crate) fn subject(text: &str) -> Option<String> {
    let sentences: Vec<&str> =
        text.split(['。', '\n']).map(str::trim).filter(|sentence| !sentence.is_empty()).collect();
    let found = quoted(text)
        .or_else(|| sentences.first().and_then(|sentence| place(sentence)))
        .or_else(|| sentences.iter().find_map(|sentence| held(sentence)))
        .or_else(|| sentences.iter().find_map(|sentence| done_to(sentence)))
        .or_else(|| sentences.iter().find_map(|sentence| done(sentence)))?;
    let short = shorten(&found);
    (short.chars().count() >= 2).then_some(short)
}

/// 「出前講座」の中で, 「相談プラザ」を通して: a name in quotes that the sentence builds on.
fn quoted(text: &str) -> Option<String> {
    const FOLLOWED: &[&str] = &[
        "を通して",
        "を通じて",
        "の中で",
        "において",
        "における",
        "を開催",
        "を開設",
        "を設置",
        "を実施",
        "の運用",
        "を運用",
        "にて",
        "で",
        "を2回開催",
    ];
    let mut rest = text;
    while let Some(open) = rest.find('「') {
        let close = rest[open..].find('」')? + open;
        let after = rest[close + '」'.len_utf8()..].trim_start();
        let counted =
            after.strip_prefix('を').is_some_and(|after| after.trim_start().starts_with(|c: char| c.is_numeric()));
        if counted || FOLLOWED.iter().any(|word| after.starts_with(word)) {
            return Some(rest[open + '「'.len_utf8()..close].to_owned());
        }
        rest = &rest[close + '」'.len_utf8()..];
    }
    None
}

/// Where or as what it is done: 相談コーナーにおいて, 研究開発支援として.
fn place(sentence: &str) -> Option<String> {
    const PLACES: &[&str] = &["において", "として、", "における", "を中心に"];
    let (at, _) = PLACES.iter().filter_map(|word| Some((sentence.find(word)?, *word))).min()?;
    let place = &sentence[..at];
    let clauses = place.matches('、').count();
    (clauses == 0 && !place.contains('を') && place.chars().count() <= 24).then(|| place.to_owned())
}

/// What is held, set up or given: 面接会を開催し, コーナーを設置し, 奨励金を交付した.
fn held(sentence: &str) -> Option<String> {
    const VERBS: &[&str] =
        &["開催", "開設", "設置", "配置", "交付", "運営", "設立", "実施", "提供", "助成", "認定", "運用"];
    for (at, _) in sentence.match_indices('を') {
        let after = sentence[at + 'を'.len_utf8()..].trim_start();
        let near: String = after.chars().take(14).collect();
        let verb = VERBS.iter().find(|verb| {
            near.find(**verb).is_some_and(|place| place == 0 || !near[..place].contains(['、', 'を', 'す']))
        });
        if verb.is_some() {
            let object = object_of(&sentence[..at]);
            let empty = matches!(
                object,
                "助成" | "支援" | "相談" | "指導" | "等" | "補助" | "助成金" | "情報提供" | "就職支援"
            );
            let split = object.rsplit('、').next().unwrap_or(object);
            if !empty && !split.ends_with("支援") && split.chars().count() >= 3 {
                return Some(split.to_owned());
            }
        }
    }
    None
}

/// To whom: 人材センターへ助成を行う, 技能祭に対し、助成を行った.
fn done_to(sentence: &str) -> Option<String> {
    const TO: &[&str] =
        &["へ助成を", "に対し、助成", "に対し助成", "に対して助成", "に対して、助成", "へ補助", "への助成を"];
    let at = TO.iter().filter_map(|word| sentence.find(word)).min()?;
    Some(object_of(&sentence[..at]).to_owned())
}

/// The object of the main verb: 信用保証料補給による支援を実施した.
fn done(sentence: &str) -> Option<String> {
    let at = sentence.rfind('を')?;
    let before = &sentence[..at];
    let clause = before.rsplit('、').next().unwrap_or(before);
    let clause = clause.rsplit("を").next().unwrap_or(clause);
    Some(clause.to_owned())
}

/// Cuts what stands around the name: 対面での…, …等, …による支援.
fn shorten(name: &str) -> String {
    let mut name = name.trim().trim_start_matches("なお、").replace(['「', '」'], "");
    for parting in [
        "等向け",
        "での",
        "対象とした",
        "に設置している",
        "に設置する",
        "に配置した",
        "が実施する",
        "で実施する",
        "の一環として",
        "に関する",
    ] {
        if let Some(at) = name.rfind(parting) {
            let rest = &name[at + parting.len()..];
            if rest.chars().count() >= 4 {
                name = rest.to_owned();
            }
        }
    }
    for ending in ["による支援", "にかかる支援", "に係る支援", "に対する支援", "のための活動", "の運用", "等", "など"]
    {
        if let Some(rest) = name.strip_suffix(ending) {
            name = rest.to_owned();
        }
    }
    name.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(subject(text).as_deref(), Some(expected), "{text}");
    }

    #[test]
    fn the_subject_of_a_row_is_what_its_sentence_tells_of() {
        check("対面での合同面談会を開催した。", "合同面談会");
        check("新商品研究支援として、地場企業の開発に対する助成を行った。", "新商品研究支援");
        check("移住デスクにおいて、移住の相談等を実施した。", "移住デスク");
        check("「出前教室」の中で、市民へ広報等を行った。", "出前教室");
        check("若者等を雇用した企業に対し、雇用助成金を交付した。", "雇用助成金");
        check("高齢者相談窓口を設置し、情報の提供を行った。", "高齢者相談窓口");
        check("人材センターへ助成を行うことで、活動を促進した。", "人材センター");
        check("移住者の創業に対して、保証料補給による支援を実施した。", "保証料補給");
    }
}
