//! What stands around every page: the agreement, the years, the search, the ways to go.

use renkei_domain::refusal::plan_kind;

use crate::address;
use crate::assets::STYLE_ADDRESS;
use crate::moment::Moment;

/// Where a page belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Home,
    Plan,
    Findings,
    Agreement,
    Imports,
    Editions,
    Settings,
    Journal,
    Elsewhere,
}

/// A link of the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    pub label: String,
    pub href: String,
    pub here: bool,
}

/// The frame of a page.
#[derive(Debug, Clone)]
pub struct Frame {
    pub title: String,
    /// The agreement's name; none where nothing may be told.
    pub agreement: Option<String>,
    /// The tables of all years, newest first.
    pub years: Vec<Way>,
    pub ways: Vec<Way>,
    /// Whether this is the page of settings, which the footer leads to.
    pub settings_here: bool,
    /// What stands in the search field.
    pub query: String,
    pub style: &'static str,
}

impl Frame {
    /// A frame that tells nothing of what is stored.
    pub fn bare(title: &str) -> Self {
        let way = |label: &str, href: &str| Way { label: label.to_owned(), href: href.to_owned(), here: false };
        let ways = vec![way("ホーム", "/"), way("取込み", "/imports")];
        let (title, agreement, query) = (title.to_owned(), None, String::new());
        Self { title, agreement, years: Vec::new(), ways, settings_here: false, query, style: &STYLE_ADDRESS }
    }

    /// The frame of a page at `here`, whose own address (without query) is `address`.
    pub fn of(moment: &Moment, title: &str, here: Place, address: &str) -> Self {
        let mut frame = Self::bare(title);
        let Ok(agreement) = moment.agreement() else {
            frame.ways[0].here = here == Place::Home;
            frame.ways[1].here = here == Place::Imports;
            return frame;
        };
        frame.agreement = Some(agreement.agreement.text.title.clone().unwrap_or_else(|| "雇用対策協定".to_owned()));
        for (_, plan) in agreement.plans() {
            let href = address::plan(plan.fiscal_year, plan.kind);
            let here = href == address;
            let label = format!("{} {}", plan.fiscal_year, plan_kind(plan.kind));
            frame.years.push(Way { label, href, here });
        }
        frame.settings_here = here == Place::Settings;
        let plan = frame.years.first().map_or("/", |way| way.href.as_str()).to_owned();
        frame.ways = [
            ("ホーム", "/", Place::Home),
            ("計画", plan.as_str(), Place::Plan),
            ("確認事項", "/findings", Place::Findings),
            ("協定", "/agreement", Place::Agreement),
            ("取込み", "/imports", Place::Imports),
            ("公表・版", "/editions", Place::Editions),
            ("記録簿", "/journal", Place::Journal),
        ]
        .map(|(label, href, place)| Way { label: label.to_owned(), href: href.to_owned(), here: place == here })
        .to_vec();
        frame
    }

    pub fn with_query(mut self, query: &str) -> Self {
        query.clone_into(&mut self.query);
        self
    }
}
