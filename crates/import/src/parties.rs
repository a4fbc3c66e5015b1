//! Collects the parties of a document, and finds the party that a name in a cell refers to.

use renkei_document::document::AgreementText;
use renkei_document::party::{Party, PartyKey, PartyKind};

use crate::blocks::squash;

/// The endings of party names, each with the word that forms the party's key (`city`, `city-2`).
const KINDS: [(&str, &str); 10] = [
    ("労働局", "labour_bureau"),
    ("市", "city"),
    ("県", "prefecture"),
    ("都", "prefecture"),
    ("北海道", "prefecture"),
    ("府", "prefecture"),
    ("町", "town"),
    ("村", "village"),
    ("区", "ward"),
    ("会議所", "other"),
];

/// The parties of a document with all their names.
#[derive(Debug, Clone, Default)]
pub struct Parties {
    pub list: Vec<Party>,
    /// For each party, its names without white space, longest first.
    aliases: Vec<Vec<String>>,
}

impl Parties {
    /// Returns the index of the party with that name; adds the party if it is new. `None` if the name cannot be the
    /// name of a party.
    pub fn add(&mut self, name: &str) -> Option<usize> {
        let name = squash(name);
        if let Some(known) = self.of_name(&name) {
            return Some(known);
        }
        let word = key_word(&name)?;
        Some(self.add_new(name, word))
    }

    /// Adds a party that an organisation cell names only by its kind (市), if no party of that kind is known.
    pub fn add_kind(&mut self, cell: &str) {
        let kind = KINDS.into_iter().find(|(kind, _)| *kind == cell);
        let Some((_, word)) = kind else { return };
        if !self.list.iter().any(|party| party.name.ends_with(cell)) {
            self.add_new(cell.to_owned(), word);
        }
    }

    fn add_new(&mut self, name: String, word: &str) -> usize {
        let same = self.list.iter().filter(|party| party.key.as_str().split('-').next() == Some(word)).count();
        let key = PartyKey::new(if same == 0 { word.to_owned() } else { format!("{word}-{}", same + 1) });
        self.list.push(Party { kind: key.kind(), key, name: name.clone(), short_name: None });
        self.aliases.push(Vec::new());
        let place = self.list.len() - 1;
        self.add_alias(place, &name);
        if let Some(short) = name.strip_prefix("厚生労働省") {
            self.add_alias(place, short);
        }
        place
    }

    /// Adds a name that the document uses for a party.
    pub fn add_alias(&mut self, place: usize, alias: &str) {
        let names = &mut self.aliases[place];
        if !alias.is_empty() && !names.iter().any(|name| name == alias) {
            names.push(alias.to_owned());
            names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        }
    }

    /// Sets the short name of a party, defined by 以下「…」という.
    pub fn set_short_name(&mut self, place: usize, short: &str) {
        self.list[place].short_name = Some(short.to_owned());
        self.add_alias(place, short);
    }

    /// Returns the party with this full or short name; the name has no white space.
    pub fn of_name(&self, name: &str) -> Option<usize> {
        let bare = name.strip_prefix("厚生労働省").unwrap_or(name);
        self.aliases.iter().position(|names| names.iter().any(|n| n == name || n == bare))
    }

    /// Returns the parties that an organisation cell names; empty if the cell contains anything else.
    pub fn in_cell(&self, cell: &str) -> Vec<usize> {
        let mut rest = squash(cell);
        if rest.is_empty() || rest.chars().count() > 60 {
            return Vec::new();
        }
        let mut found = Vec::new();
        while !rest.is_empty() {
            let Some((place, len)) = self.prefix(&rest) else { return Vec::new() };
            if !found.contains(&place) {
                found.push(place);
            }
            rest.drain(..len);
            rest = rest.trim_start_matches(['・', '、', '及', 'び', 'と', '/', '／', ',', '，', '＆', '&']).to_owned();
        }
        found
    }

    /// Returns the party at the start of a text, and the length of its name.
    fn prefix(&self, text: &str) -> Option<(usize, usize)> {
        let by_alias = self.aliases.iter().enumerate().flat_map(|(place, names)| {
            names.iter().filter(|name| text.starts_with(name.as_str())).map(move |name| (place, name.len()))
        });
        by_alias.max_by_key(|(_, len)| *len).or_else(|| {
            let words: [(&str, PartyKind); 10] = [
                ("労働局", PartyKind::LabourBureau),
                ("ハローワーク", PartyKind::LabourBureau),
                ("公共職業安定所", PartyKind::LabourBureau),
                ("国", PartyKind::LabourBureau),
                ("市", PartyKind::LocalGovernment),
                ("町", PartyKind::LocalGovernment),
                ("村", PartyKind::LocalGovernment),
                ("区", PartyKind::LocalGovernment),
                ("県", PartyKind::LocalGovernment),
                ("府", PartyKind::LocalGovernment),
            ];
            let (word, kind) = words.into_iter().find(|(word, _)| text.starts_with(word))?;
            let mut of_kind = self.list.iter().enumerate().filter(|(_, party)| party.kind == kind);
            let place = of_kind.next()?.0;
            of_kind.next().is_none().then_some((place, word.len()))
        })
    }

    pub fn of_kind(&self, kind: PartyKind) -> Option<usize> {
        self.list.iter().position(|party| party.kind == kind)
    }

    /// Returns the name of a party for messages.
    pub fn display(&self, place: usize) -> String {
        self.list
            .get(place)
            .map_or_else(String::new, |party| party.name.strip_prefix("厚生労働省").unwrap_or(&party.name).to_owned())
    }

    /// Returns the names of a party used in the document.
    pub fn names(&self, place: usize) -> &[String] {
        self.aliases.get(place).map_or(&[], Vec::as_slice)
    }
}

/// Returns the parties of an agreement: those named in its preamble, then further ones among its signatories.
pub fn of_agreement(agreement: &AgreementText) -> Parties {
    let mut parties = Parties::default();
    for (name, short) in agreement.preamble.as_deref().map(named_in_preamble).unwrap_or_default() {
        if let Some(place) = parties.add(&name)
            && let Some(short) = short
        {
            parties.set_short_name(place, &short);
        }
    }
    for signatory in &agreement.signatories {
        if let Some(name) = party_of_office(&signatory.office) {
            parties.add(&name);
        }
    }
    parties
}

/// Returns the party of an office: for example 「○○市」 for 「○○市長」.
pub fn party_of_office(office: &str) -> Option<String> {
    let office = squash(office);
    let name =
        office.strip_suffix("知事").or_else(|| office.strip_suffix('長')).or_else(|| office.strip_suffix("会頭"))?;
    key_word(name).map(|_| name.to_owned())
}

/// Returns the names before the first は、 of a preamble, each with its defined short name.
fn named_in_preamble(preamble: &str) -> Vec<(String, Option<String>)> {
    let mut named: Vec<(String, Option<String>)> = Vec::new();
    let mut name = String::new();
    let mut note = String::new();
    let mut depth = 0usize;
    let text: Vec<char> = preamble.chars().filter(|c| !c.is_whitespace()).take(400).collect();
    let mut finish = |name: &mut String, note: &mut String| {
        let bare = name.trim_matches(['、', '「', '」']).to_owned();
        if key_word(&bare).is_some() {
            named.push((bare, called(note)));
        }
        name.clear();
        note.clear();
    };
    for (at, c) in text.iter().copied().enumerate() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => note.push(c),
            'は' if text.get(at + 1).is_none_or(|next| *next == '、') => {
                finish(&mut name, &mut note);
                return named;
            }
            '、' | '，' => finish(&mut name, &mut note),
            'び' if name.ends_with('及') || name.ends_with("並") => {
                name.pop();
                finish(&mut name, &mut note);
            }
            'に' if name.is_empty() => {}
            'と' if key_word(&name).is_some() => finish(&mut name, &mut note),
            '。' => return Vec::new(),
            _ => name.push(c),
        }
    }
    Vec::new()
}

/// Returns the short name in 以下「…」という.
fn called(note: &str) -> Option<String> {
    let start = note.find('「')? + '「'.len_utf8();
    let end = start + note[start..].find('」')?;
    (note.contains("以下") && end > start).then(|| note[start..end].to_owned())
}

/// Returns the key word for the kind of party that has such a name.
pub fn key_word(name: &str) -> Option<&'static str> {
    // The name of an office with its holder may end like the name of a party (みどり市長山田小道).
    let has_an_office = ["市長", "町長", "村長", "区長", "局長", "知事"].iter().any(|office| name.contains(office));
    if name.chars().count() < 2 || name.chars().count() > 30 || has_an_office {
        return None;
    }
    let found = KINDS.into_iter().find(|(ending, _)| name.ends_with(ending)).map(|(_, word)| word);
    found.or_else(|| {
        ["商工会", "連合会", "経済局", "公庫", "大学", "協会", "機構"]
            .iter()
            .any(|e| name.ends_with(e))
            .then_some("other")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn green() -> Parties {
        of_agreement(&AgreementText {
            preamble: Some("みどり市及び厚生労働省あおば労働局（以下「あおば労働局」という。）は、連携する。".into()),
            ..AgreementText::default()
        })
    }

    #[test]
    fn the_preamble_names_the_parties() {
        let parties = green();
        let shown: Vec<_> =
            parties.list.iter().map(|p| (p.key.as_str(), p.name.as_str(), p.short_name.as_deref())).collect();
        assert_eq!(
            shown,
            [("city", "みどり市", None), ("labour_bureau", "厚生労働省あおば労働局", Some("あおば労働局"))]
        );
        let three =
            named_in_preamble("あさひ県と、みどり市、及び並木町商工会議所並びに厚生労働省あおば労働局とは、結ぶ。");
        assert_eq!(three.len(), 4);
        let three = named_in_preamble("あさひ県と、みどり市及び並木商工会議所（以下「会議所」という。）は、結ぶ。");
        assert_eq!(
            three.iter().map(|(n, _)| n.as_str()).collect::<Vec<_>>(),
            ["あさひ県", "みどり市", "並木商工会議所"]
        );
        assert_eq!(named_in_preamble("この協定は、次のとおり。"), []);
    }

    #[test]
    fn a_cell_names_one_party_several_or_none() {
        let parties = green();
        let check = |cell: &str, expected: &[usize]| assert_eq!(parties.in_cell(cell), expected, "{cell}");
        check("み ど り 市", &[0]);
        check("市", &[0]);
        check("労働局", &[1]);
        check("労働局 みどり市", &[1, 0]);
        check("あおば労働局・みどり市", &[1, 0]);
        check("市営農園課", &[]);
        check("", &[]);
    }
}
