//! 協定: the text and the parties of the agreement. Each article is followed by the tables that were made under it.

use askama::Template;
use renkei_document::document::{AgreementText, Article};
use renkei_document::id::{self, Id};
use renkei_document::language::Language;
use renkei_domain::plan::Plan;
use renkei_domain::view::AgreementView;

use crate::frame::address;
use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place, Way};
use crate::frame::figure_words::as_of_in;
use crate::frame::names::{table_name, title_of};
use crate::frame::page::html;
use crate::frame::phrases::{say, tell};
use crate::frame::problem::Problem;
use crate::frame::route::Ask;
use crate::frame::row_block::{PartyMark, party_marks};

#[derive(Template)]
#[template(path = "agreement/agreement.html")]
struct AgreementPage {
    frame: Frame,
    title: String,
    text: AgreementText,
    parties: Vec<(PartyMark, String)>,
    concluded_on: Option<String>,
    effective_on: Option<String>,
    articles: Vec<ArticleBlock>,
    /// Party, office and name of each signatory.
    signatories: Vec<(String, String, String)>,
}

struct ArticleBlock {
    number: u32,
    heading: Option<String>,
    paragraphs: Vec<String>,
    /// Links to the tables made under this article.
    evidence: Vec<Way>,
}

pub fn agreement(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let (agreement, language) = (ask.moment.agreement()?, ask.visitor.language);
    let text = agreement.agreement.text.clone();
    let marks = party_marks(agreement).into_iter();
    let named = |key: &renkei_document::party::PartyKey| {
        text.parties.iter().find(|party| party.key == *key).map(|party| party.name.clone()).unwrap_or_default()
    };
    let parties = marks.map(|mark| {
        let name = text.parties.iter().find(|party| party.key.as_str() == mark.key).map(|party| party.name.clone());
        (mark, name.unwrap_or_default())
    });
    let signatories = text
        .signatories
        .iter()
        .map(|signatory| (named(&signatory.party), signatory.office.clone(), signatory.name.clone()));
    html(&AgreementPage {
        frame: Frame::of(ask.visitor, ask.moment, say(language, "協定"), Place::Agreement, "/agreement"),
        title: title_of(language, agreement),
        parties: parties.collect(),
        concluded_on: text.concluded_on.map(|date| as_of_in(language, date)),
        effective_on: text.effective_on.map(|date| as_of_in(language, date)),
        articles: text.articles.iter().map(|article| block(language, agreement, article)).collect(),
        signatories: signatories.collect(),
        text,
    })
}

fn block(language: Language, agreement: AgreementView<'_>, article: &Article) -> ArticleBlock {
    let evidence = if is_about_plans(article) { tables(language, agreement) } else { Vec::new() };
    let (number, heading, paragraphs) = (article.number, article.heading.clone(), article.paragraphs.clone());
    ArticleBlock { number, heading, paragraphs, evidence }
}

/// Whether the article obliges the parties to make a plan each year. The number of the article is not considered.
fn is_about_plans(article: &Article) -> bool {
    let says = |word: &str| article.paragraphs.iter().any(|paragraph| paragraph.contains(word));
    says("事業計画") && says("毎年")
}

fn tables(language: Language, agreement: AgreementView<'_>) -> Vec<Way> {
    let way = |(id, plan): (Id<id::Plan>, &Plan)| {
        let rows = agreement.count_at_home(id);
        Way {
            label: tell(language, "{}（{}件）", [table_name(language, plan.fiscal_year, plan.kind), rows.to_string()]),
            href: address::plan(agreement.id, plan.fiscal_year, plan.kind),
            here: false,
        }
    };
    agreement.plans().into_iter().map(way).collect()
}
