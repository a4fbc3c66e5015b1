//! The frame around every page: the agreement, the years, the search field, and the links to the main pages.

use askama::filters::{Html, Safe, escape};
use renkei_app::Visitor;
use renkei_app::access::Right;
use renkei_document::language::Language;
use renkei_document::phrases::filled;
use renkei_domain::view::AgreementView;

use crate::frame::address;
use crate::frame::assets::{PLAN_SCRIPT_ADDRESS, STYLE_ADDRESS, TYPING_SCRIPT_ADDRESS};
use crate::frame::figure_words::comma;
use crate::frame::moment::Moment;
use crate::frame::names::{named_with_parties, table_name, title_of};
use crate::frame::phrases::{phrase, say, tell};

/// A part of the site, to which each page belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Home,
    Plan,
    Findings,
    Indicators,
    Agreement,
    Imports,
    Editions,
    Settings,
    Journal,
    People,
    Me,
    Organisation,
    Elsewhere,
}

/// A link of the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    pub label: String,
    pub href: String,
    pub here: bool,
}

/// The header and footer around a page.
#[derive(Debug, Clone)]
pub struct Frame {
    pub title: String,
    pub language: Language,
    /// Name of the agreement; `None` if the page may reveal no stored data.
    pub agreement: Option<String>,
    /// The beginning of the address of each page of the agreement: `/a/1b2c3d4e`.
    pub base: String,
    /// Links to all agreements of the viewer; empty if there is only one.
    pub agreements: Vec<Way>,
    /// Links to the tables of all years, newest first.
    pub years: Vec<Way>,
    pub ways: Vec<Way>,
    /// 自分: the link to the visitor's own page, with their posts; `None` if nobody is signed in.
    pub me: Option<Way>,
    /// Whether this page is the settings page, to which the footer links.
    pub settings_here: bool,
    pub may_set: bool,
    pub is_local_operator: bool,
    /// Text that is shown in the search field.
    pub query: String,
    pub style: &'static str,
}

/// The main pages, and the right that is required for each.
const WAYS: [(&str, &str, Place, Right); 9] = [
    (phrase("ホーム"), "/", Place::Home, Right::Home),
    (phrase("確認事項"), "/findings", Place::Findings, Right::Read),
    (phrase("指標"), "/indicators", Place::Indicators, Right::Read),
    (phrase("協定"), "/agreement", Place::Agreement, Right::Read),
    (phrase("取込み"), "/imports", Place::Imports, Right::Import),
    (phrase("公表・版"), "/editions", Place::Editions, Right::Read),
    (phrase("記録簿"), "/journal", Place::Journal, Right::ReadJournal),
    (phrase("利用者"), "/people", Place::People, Right::People),
    (phrase("組織"), "/organisation", Place::Organisation, Right::ReadJournal),
];

/// The main pages that belong to one agreement.
const OF_AGREEMENT: [Place; 4] = [Place::Findings, Place::Indicators, Place::Agreement, Place::Editions];

impl Frame {
    /// Returns a frame without any stored data.
    pub fn bare(language: Language, title: &str) -> Self {
        Self {
            title: title.to_owned(),
            language,
            agreement: None,
            base: String::new(),
            agreements: Vec::new(),
            years: Vec::new(),
            ways: Vec::new(),
            me: None,
            settings_here: false,
            may_set: false,
            is_local_operator: false,
            query: String::new(),
            style: &STYLE_ADDRESS,
        }
    }

    /// Returns the frame of a page. `here` is its part of the site, `address` its own address without the query.
    pub fn of(visitor: &Visitor, moment: &Moment, title: &str, here: Place, address: &str) -> Self {
        let language = visitor.language;
        let mut frame = Self::bare(language, title);
        frame.is_local_operator = visitor.is_local_operator();
        frame.settings_here = here == Place::Settings;
        frame.me = visitor.account.as_ref().map(|_| me(visitor, moment, here));
        let agreement = moment.agreement().ok().filter(|_| visitor.may(Right::Read));
        let open = WAYS.iter().filter(|(_, _, place, right)| {
            visitor.may(*right) && (agreement.is_some() || [Place::Home, Place::Imports, Place::People].contains(place))
        });
        let way = |(label, href, place, _): &(&'static str, &str, Place, Right)| Way {
            label: say(language, label).to_owned(),
            href: match agreement.filter(|_| OF_AGREEMENT.contains(place)) {
                Some(agreement) => address::within(agreement.id, href),
                None => (*href).to_owned(),
            },
            here: *place == here,
        };
        frame.ways = open.map(way).collect();
        let Some(agreement) = agreement else { return frame };
        frame.may_set = visitor.may(Right::Settings);
        frame.agreement = Some(title_of(language, agreement));
        frame.base = address::within(agreement.id, "");
        frame.agreements = all_agreements(language, moment, agreement);
        for (_, plan) in agreement.plans() {
            let href = address::plan(agreement.id, plan.fiscal_year, plan.kind);
            let here = href == address;
            let label = table_name(language, plan.fiscal_year, plan.kind);
            frame.years.push(Way { label, href, here });
        }
        let present = agreement.present_plan();
        let href = present
            .map_or_else(|| "/".to_owned(), |(_, plan)| address::plan(agreement.id, plan.fiscal_year, plan.kind));
        let plan = Way { label: say(language, "計画").to_owned(), href, here: here == Place::Plan };
        frame.ways.insert(1.min(frame.ways.len()), plan);
        frame
    }

    pub fn with_query(mut self, query: &str) -> Self {
        query.clone_into(&mut self.query);
        self
    }

    /// Returns a sentence in the page's language.
    pub fn say(&self, japanese: &'static str) -> &'static str {
        say(self.language, japanese)
    }

    /// Returns a sentence with values in its placeholders. A template passes every array by reference.
    pub fn tell(&self, japanese: &'static str, parts: &[impl AsRef<str>]) -> String {
        filled(self.say(japanese), parts)
    }

    /// Returns a sentence that contains markup.
    pub fn say_html(&self, japanese: &'static str) -> Safe<&'static str> {
        Safe(self.say(japanese))
    }

    /// Returns a sentence that contains markup, with values in its placeholders. The values are escaped.
    pub fn tell_html(&self, japanese: &'static str, parts: &[impl AsRef<str>]) -> Safe<String> {
        let parts: Vec<String> = parts.iter().map(|part| as_text(part.as_ref())).collect();
        Safe(self.tell(japanese, &parts))
    }

    /// Joins names with the comma of the page's language.
    pub fn list(&self, names: &[String]) -> String {
        names.join(comma(self.language))
    }

    /// Returns the address of the script that saves the unsent input of a row's form.
    pub fn typing_script(&self) -> &'static str {
        &TYPING_SCRIPT_ADDRESS
    }

    /// Returns the address of the script for editing rows within the page of their plan.
    pub fn plan_script(&self) -> &'static str {
        &PLAN_SCRIPT_ADDRESS
    }

    /// Returns the language of the page, for the attribute `lang`.
    pub fn lang(&self) -> &'static str {
        match self.language {
            Language::Japanese => "ja",
            Language::English => "en",
        }
    }
}

/// Returns links to all agreements of the viewer if there are several.
fn all_agreements(language: Language, moment: &Moment, shown: AgreementView<'_>) -> Vec<Way> {
    let way = |agreement: AgreementView<'_>| Way {
        label: named_with_parties(language, agreement),
        href: address::within(agreement.id, "/agreement"),
        here: agreement.id == shown.id,
    };
    let all: Vec<Way> = moment.view().agreements().map(way).collect();
    if all.len() > 1 { all } else { Vec::new() }
}

/// Escapes a text for use between tags and in attributes.
fn as_text(text: &str) -> String {
    escape(text, Html).map(|escaped| escaped.to_string()).unwrap_or_default()
}

/// Returns the link to the visitor's own page. It names posts and no person, because all visitors of one kind see the
/// same frame.
fn me(visitor: &Visitor, moment: &Moment, here: Place) -> Way {
    let own = visitor.posts.iter().filter(|post| post.deputy.is_none()).map(|post| post.title.as_str());
    let party = visitor.party.map_or("", |party| moment.view().party_name(party));
    let posts = own.collect::<Vec<_>>().join(comma(visitor.language));
    let named = if party.is_empty() { posts } else { format!("{party} {posts}") };
    let label = match (named.trim(), visitor.may(Right::People)) {
        ("", true) => say(visitor.language, "自分（システム管理者）").to_owned(),
        ("", false) => say(visitor.language, "自分").to_owned(),
        (named, _) => tell(visitor.language, "自分（{}）", [named]),
    };
    Way { label, href: "/me".to_owned(), here: here == Place::Me }
}
