//! Checks the two languages: every Japanese sentence of the pages has an English translation, and pages contain no
//! other Japanese text.
//!
//! A Japanese text in a template or in the sources of `web` is an argument of `say`, `tell`, `say_html`, `tell_html` or
//! `phrase`. Its English translation is in a file of `phrases/`.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::source::{SourceFile, files, is_for_tests, none, rust_files};

/// The functions that translate a sentence.
const SAYING: [&str; 5] = ["say", "tell", "say_html", "tell_html", "phrase"];

/// Files of pages that have only Japanese so far. Entries may only be removed.
const NOT_YET: &[&str] = &[];

/// Files whose Japanese texts are not sentences of a page, each with the reason.
const NO_SENTENCES: &[(&str, &str)] = &[
    ("crates/web/src/server.rs", "sentences for the terminal, where the command line speaks Japanese"),
    ("crates/web/src/frame/certificate.rs", "sentences for the terminal, where the command line speaks Japanese"),
    ("crates/web/src/frame/differences.rs", "endings of Japanese verbs"),
    ("crates/web/src/frame/serve_error.rs", "sentences for the terminal, where the command line speaks Japanese"),
];

/// Source files in lower crates whose sentences are shown on pages.
const BELOW: &[&str] = &[
    "crates/app/src/node/error.rs",
    "crates/app/src/people/officer_fault.rs",
    "crates/domain/src/refusal.rs",
    "crates/domain/src/organisation/refusal.rs",
    "crates/import/src/decode.rs",
    "crates/import/src/package.rs",
    "crates/publish/src/error.rs",
];

/// Functions in lower crates that return words for pages. Each of these words must have an English translation.
const WORDS: &[(&str, &str)] = &[
    ("crates/document/src/document.rs", "name"),
    ("crates/document/src/figure_words.rs", "kind"),
    ("crates/document/src/figure_words.rs", "state"),
    ("crates/document/src/passage.rs", "word_of"),
    ("crates/document/src/counting.rs", "in_words"),
    ("crates/domain/src/organisation/duty.rs", "name"),
    ("crates/domain/src/organisation/change.rs", "title"),
    ("crates/domain/src/organisation/listing.rs", "name"),
    ("crates/domain/src/plan/lineage/mod.rs", "name"),
    ("crates/app/src/people/fault.rs", "sentence"),
    ("crates/app/src/people/fault.rs", "weak"),
    ("crates/app/src/people/officer_fault.rs", "title"),
    ("crates/app/src/people/officer_trial.rs", "name"),
    ("crates/app/src/people/log.rs", "title"),
];

/// Japanese texts that are words of the data and not sentences of a page, with the reason.
const DATA: &[(&str, &str, &str)] = &[
    ("crates/web/src/frame/figure_words.rs", "見込", "looked for in the text of a row"),
    ("crates/web/src/frame/figure_words.rs", "{month}月", "looked for in the text of a row"),
    ("crates/web/src/agreement/text.rs", "事業計画", "looked for in the text of an article"),
    ("crates/web/src/agreement/text.rs", "毎年", "looked for in the text of an article"),
    ("crates/web/src/edition/editions.rs", "正誤表", "a part of the name of a kept file"),
    ("crates/web/src/edition/editions.rs", "データ", "a part of the name of a kept file"),
    ("crates/web/src/edition/editions.rs", "参照番号", "a part of the name of a kept file"),
    (
        "crates/web/src/frame/row_block.rs",
        "他",
        "the mark of a party that is not in the agreement, among Japanese marks",
    ),
    ("crates/web/templates/frame/layout.html", "日本語", "a language says its own name"),
    ("crates/web/src/frame/row_block.rs", "その他", "the name of such a party, among Japanese names"),
];

/// A Japanese text in a source file.
struct Text {
    file: String,
    line: usize,
    text: String,
    is_said: bool,
}

#[test]
fn every_sentence_of_the_pages_has_its_english_and_no_page_has_other_japanese() {
    let english = english();
    let texts = page_texts();
    let mut found = Vec::new();
    let mut loose = BTreeSet::new();
    for Text { file, line, text, is_said } in &texts {
        let is_data = || {
            NO_SENTENCES.iter().any(|(place, _)| place == file)
                || DATA.iter().any(|(place, word, _)| place == file && word == text)
        };
        let is_known_word = || BELOW.contains(&file.as_str()) && english.contains_key(text.as_str());
        if !is_said && !is_data() && !is_known_word() {
            loose.insert(file.as_str());
            if !NOT_YET.contains(&file.as_str()) {
                found.push(format!("{file}:{line}: not said in two languages: {text}"));
            }
        }
        if *is_said && !english.contains_key(text.as_str()) {
            found.push(format!("{file}:{line}: no English (a line in crates/*/phrases/*.tsv): {text}"));
        }
    }
    for (file, word) in words() {
        if !english.contains_key(&word) {
            found.push(format!("{file}: no English (a line in crates/*/phrases/*.tsv): {word}"));
        }
    }
    let converted = NOT_YET.iter().filter(|file| !loose.contains(**file));
    found.extend(converted.map(|file| format!("{file}: speaks two languages now; take it off the list")));
    none(found.into_iter());
    assert!(texts.iter().filter(|text| text.is_said).count() > 200, "the sentences of the pages are found");
}

#[test]
fn an_english_sentence_has_a_japanese_one_with_the_same_places() {
    let mut found = Vec::new();
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let literals = all_literals();
    for file in phrase_files() {
        let mut before = "";
        for (number, line) in (1..).zip(file.text.lines()) {
            let at = format!("{}:{number}", file.path);
            let Some((japanese, english)) = line.split_once('\t') else {
                found.push(format!("{at}: no tab: {line}"));
                continue;
            };
            if places(japanese) != places(english) {
                found.push(format!("{at}: other places: {line}"));
            }
            let is_english = !is_japanese(english) || english.chars().any(|c| c.is_ascii_alphabetic());
            if !is_english || english.trim().is_empty() {
                found.push(format!("{at}: not English: {line}"));
            }
            if !literals.contains(japanese) {
                found.push(format!("{at}: said nowhere: {japanese}"));
            }
            if known.insert(japanese.to_owned(), english.to_owned()).is_some_and(|other| other != english) {
                found.push(format!("{at}: two kinds of English: {japanese}"));
            }
            if before > line {
                found.push(format!("{at}: not in order: {japanese}"));
            }
            before = line;
        }
    }
    none(found.into_iter());
    assert!(known.len() > 200);
}

/// `import` and `publish` can use only the phrases of `document`.
#[test]
fn a_sentence_about_documents_has_its_translation_in_document() {
    let (all, of_documents) = (english(), english_in("crates/document"));
    let is_low =
        |file: &str| ["document", "import", "publish"].iter().any(|low| file.starts_with(&format!("crates/{low}/")));
    let said = page_texts().into_iter().map(|text| (text.file, text.text)).chain(words());
    let misplaced =
        said.filter(|(file, text)| is_low(file) && all.contains_key(text) && !of_documents.contains_key(text));
    none(misplaced.map(|(file, text)| format!("{file}: its English belongs into crates/document/phrases: {text}")));
    assert!(of_documents.len() > 50);
}

#[test]
fn each_term_of_the_table_for_translators_is_used() {
    let english = english();
    let table = std::fs::read_to_string(super::source::root().join("docs/terms.md")).unwrap();
    let cells = table.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "));
    let terms: Vec<(&str, &str)> = cells.filter(|(japanese, _)| is_japanese(japanese)).collect();
    let is_used = |(japanese, term): &(&str, &str)| {
        english.iter().any(|(said, english)| said.contains(japanese) && english.to_lowercase().contains(term))
    };
    none(terms.iter().filter(|term| !is_used(term)).map(|(japanese, english)| format!("{japanese}: {english}")));
    assert!(terms.len() > 20);
}

#[test]
fn japanese_is_found_in_templates_and_sources() {
    let template = "<p title=\"{{ frame.say(\"見出し\") }}\">文{{ frame.tell(\"{}件 \\\"中\\\"\", [n]) }}{% if a == \"値\" %}b{% endif %}</p>";
    let found: Vec<(String, bool)> = in_template("a", template).into_iter().map(|t| (t.text, t.is_said)).collect();
    let expected = [("文", false), ("見出し", true), ("{}件 \"中\"", true), ("値", false)];
    assert_eq!(found, expected.map(|(text, said)| (text.to_owned(), said)));
    let source = "/// 語 — a word.\nconst A: &str = phrase(\"一\");\nfn f() { format!(\"二{}\", say(l, if x { \"三\" } else { \"a\" })); }\n#[cfg(test)]\nmod tests { const B: &str = \"四\"; }\n";
    let found: Vec<(String, usize, bool)> =
        in_source("a", source).into_iter().map(|t| (t.text, t.line, t.is_said)).collect();
    let expected = [("一", 2, true), ("二{}", 3, false), ("三", 3, true)];
    assert_eq!(found, expected.map(|(text, line, said)| (text.to_owned(), line, said)));
    for (text, expected) in
        [("{}件中{}件", vec![0, 1]), ("{1} of {0}", vec![0, 1]), ("{0} {0}", vec![0]), ("{x}", vec![])]
    {
        assert_eq!(places(text).into_iter().collect::<Vec<_>>(), expected, "{text}");
    }
}

fn page_texts() -> Vec<Text> {
    let mut texts = Vec::new();
    for template in files(&["crates/web/templates"], &|path| path.extension().is_some_and(|ending| ending == "html")) {
        texts.extend(in_template(&template.path, &template.text));
    }
    for file in rust_files(&["crates/web/src"]) {
        texts.extend(in_source(&file.path, &file.text));
    }
    let below = ["document", "domain", "import", "publish", "app"].map(|name| format!("crates/{name}/src"));
    for file in rust_files(&below.each_ref().map(String::as_str)) {
        let is_below = BELOW.contains(&file.path.as_str());
        // Functions with these names in the other crates have another purpose.
        let says = ["document", "domain", "app"].iter().any(|name| file.path.starts_with(&format!("crates/{name}/")));
        texts.extend(in_source(&file.path, &file.text).into_iter().filter(|text| is_below || (says && text.is_said)));
    }
    texts
}

/// Returns the words of the functions in `WORDS`, with their files.
fn words() -> Vec<(String, String)> {
    let mut words = Vec::new();
    for (path, name) in WORDS.iter().copied() {
        let file = rust_files(&[path.rsplit_once('/').map_or(path, |(folder, _)| folder)]);
        let file = file.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("{path} is not there"));
        let before = words.len();
        let texts = bodies(file, name).into_iter().flat_map(|body| in_tokens(path, body));
        words.extend(texts.map(|text| (path.to_owned(), text.text)));
        assert!(words.len() > before, "{path}: {name} gives no words");
    }
    words.extend(titles_of_events());
    words
}

/// Returns the titles of events, as each slice declares them.
fn titles_of_events() -> Vec<(String, String)> {
    let mut titles = Vec::new();
    for file in rust_files(&["crates/domain/src"]).iter().filter(|file| file.path.ends_with("/event.rs")) {
        for item in file.parse().items {
            let syn::Item::Macro(item) = item else { continue };
            let texts = in_tokens(&file.path, item.mac.tokens).into_iter();
            titles.extend(texts.map(|text| (file.path.clone(), text.text)));
        }
    }
    assert!(titles.len() > 30, "the slices declare their events otherwise");
    titles
}

/// Returns the bodies of all functions of this name.
fn bodies(file: &SourceFile, name: &str) -> Vec<TokenStream> {
    let tokens = |block: &syn::Block| file.text[block.brace_token.span.join().byte_range()].parse().ok();
    let mut bodies = Vec::new();
    for item in file.parse().items.iter().filter(|item| !is_for_tests(item)) {
        match item {
            syn::Item::Fn(item) if item.sig.ident == name => bodies.extend(tokens(&item.block)),
            syn::Item::Impl(item) => bodies.extend(item.items.iter().filter_map(|item| match item {
                syn::ImplItem::Fn(item) if item.sig.ident == name => tokens(&item.block),
                _ => None,
            })),
            _ => {}
        }
    }
    bodies
}

/// Returns every Japanese text of a template: the text between the tags, and the strings of its code.
fn in_template(file: &str, template: &str) -> Vec<Text> {
    let (mut markup, mut code) = (String::new(), Vec::new());
    let mut rest = template;
    while let Some(start) = ["{{", "{%", "{#"].iter().filter_map(|open| rest.find(open)).min() {
        let close = match &rest[start..start + 2] {
            "{{" => "}}",
            "{%" => "%}",
            _ => "#}",
        };
        let end = rest[start..].find(close).unwrap_or_else(|| panic!("{file}: {close} is missing")) + start;
        markup.push_str(&rest[..start]);
        let line = template[..template.len() - rest.len() + start].matches('\n').count() + 1;
        if close != "#}" {
            code.push((line, rest[start + 2..end].trim_matches('-')));
        }
        // Keep the line breaks of the markup; a piece of code separates the texts before and after it.
        markup.push('<');
        markup.extend(rest[start..end].chars().filter(|c| *c == '\n'));
        rest = &rest[end + 2..];
    }
    markup.push_str(rest);
    let text = |line, text: &str, is_said| Text { file: file.to_owned(), line, text: text.to_owned(), is_said };
    let mut texts: Vec<Text> = Vec::new();
    for (line, written) in (1..).zip(markup.lines()) {
        let parts = written.split(['<', '>', '"']).filter(|part| is_japanese(part));
        texts.extend(parts.map(|part| text(line, part.trim(), false)));
    }
    for (line, code) in code {
        let tokens: TokenStream = code.parse().unwrap_or_else(|error| panic!("{file}:{line}: {error}: {code}"));
        texts.extend(in_tokens(file, tokens).into_iter().map(|found| text(line, &found.text, found.is_said)));
    }
    texts
}

/// Returns every Japanese string of a source, except in comments and tests.
fn in_source(file: &str, source: &str) -> Vec<Text> {
    if (SourceFile { path: file.to_owned(), text: String::new() }).is_test() {
        return Vec::new();
    }
    in_tokens(file, source.parse().unwrap_or_else(|error| panic!("{file}: {error}")))
}

fn in_tokens(file: &str, tokens: TokenStream) -> Vec<Text> {
    let mut texts = Vec::new();
    walk(file, tokens, false, &mut texts);
    texts
}

fn walk(file: &str, tokens: TokenStream, is_said: bool, texts: &mut Vec<Text>) {
    let (mut after_hash, mut after_saying, mut is_test) = (false, false, false);
    for token in tokens {
        let (was_hash, was_saying) = (after_hash, after_saying);
        (after_hash, after_saying) = (false, false);
        match token {
            TokenTree::Punct(mark) => {
                after_hash = mark.as_char() == '#' || (was_hash && mark.as_char() == '!');
                is_test &= mark.as_char() != ';';
            }
            TokenTree::Ident(name) => after_saying = SAYING.iter().any(|known| name == known),
            TokenTree::Group(group) if was_hash && group.delimiter() == Delimiter::Bracket => {
                is_test |= ["cfg(test)", "test"].contains(&group.stream().to_string().replace(' ', "").as_str());
            }
            TokenTree::Group(group) if is_test => is_test = group.delimiter() != Delimiter::Brace,
            TokenTree::Group(group) => {
                let is_call = was_saying && group.delimiter() == Delimiter::Parenthesis;
                walk(file, group.stream(), is_said || is_call, texts);
            }
            TokenTree::Literal(literal) => {
                let text = syn::parse_str::<syn::LitStr>(&literal.to_string()).map(|text| text.value());
                if let Some(text) = text.ok().filter(|text| is_japanese(text)) {
                    texts.push(Text { file: file.to_owned(), line: literal.span().start().line, text, is_said });
                }
            }
        }
    }
}

/// Returns all Japanese strings of the sources and templates.
fn all_literals() -> BTreeSet<String> {
    let mut literals: BTreeSet<String> = page_texts().into_iter().map(|text| text.text).collect();
    let below = ["document", "domain", "import", "app", "identity"].map(|name| format!("crates/{name}/src"));
    for file in rust_files(&below.each_ref().map(String::as_str)) {
        literals.extend(in_source(&file.path, &file.text).into_iter().map(|text| text.text));
    }
    literals
}

fn phrase_files() -> Vec<SourceFile> {
    let is_phrases = |path: &std::path::Path| path.extension().is_some_and(|ending| ending == "tsv");
    files(&["crates/document/phrases", "crates/domain/phrases", "crates/web/phrases"], &is_phrases)
}

fn english() -> BTreeMap<String, String> {
    english_in("crates")
}

/// Returns the sentences and their English from the phrase files below a folder.
fn english_in(folder: &str) -> BTreeMap<String, String> {
    let files = phrase_files();
    let lines = files.iter().filter(|file| file.path.starts_with(folder)).flat_map(|file| file.text.lines());
    lines.filter_map(|line| line.split_once('\t')).map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
}

/// Returns the numbers of a sentence's placeholders; placeholders without a number are numbered from 0.
fn places(sentence: &str) -> BTreeSet<usize> {
    let mut next = 0;
    let mut places = BTreeSet::new();
    for inside in sentence.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(inside, _)| inside) {
        if inside.is_empty() {
            places.insert(next);
            next += 1;
        }
        places.extend(inside.parse::<usize>());
    }
    places
}

/// Whether a text contains kana, kanji, or Japanese punctuation.
fn is_japanese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{3041}'..='\u{30fa}' | '々' | '\u{4e00}'..='\u{9fff}' | '、' | '。' | '「' | '」' | '（' | '）' | '：' | '～'))
}
