//! 設定: the style in which each party's rows are printed, with a sample sentence as written and as printed.

use askama::Template;
use renkei_app::{access::Right, organisation};
use renkei_document::house_style::{EXAMPLE, HouseStyle, SETTINGS, Setting, choices};
use renkei_document::id::{self, Id};
use renkei_document::language::Language;

use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::page::html;
use crate::frame::phrases::{InBoth, phrase, say, tell};
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};

#[derive(Template)]
#[template(path = "organisation/settings.html")]
struct SettingsPage {
    frame: Frame,
    /// Whether a style was just saved.
    set: bool,
    written: &'static str,
    parties: Vec<PartyForm>,
}

struct PartyForm {
    id: String,
    name: String,
    printed: String,
    as_written: bool,
    settings: Vec<SettingField>,
}

struct SettingField {
    key: &'static str,
    title: &'static str,
    choices: Vec<ChoiceOption>,
}

struct ChoiceOption {
    key: &'static str,
    words: &'static str,
    chosen: bool,
}

pub fn settings(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let agreement = ask.moment.agreement()?;
    let parties = agreement.agreement.parties.iter().map(|party| {
        let style = agreement.house_style(party.id);
        PartyForm {
            id: party.id.to_string(),
            name: agreement.party_name(party.id).to_owned(),
            printed: style.example(),
            as_written: style.is_as_written(),
            settings: SETTINGS.iter().map(|setting| field(ask.visitor.language, setting, style)).collect(),
        }
    });
    html(&SettingsPage {
        frame: Frame::of(ask.visitor, ask.moment, say(ask.visitor.language, "設定"), Place::Settings, "/settings"),
        set: ask.query.get("done") == Some("set"),
        written: EXAMPLE,
        parties: parties.collect(),
    })
}

pub fn set_house_style(deed: &Deed<'_>) -> Result<Done, Problem> {
    let actor = deed.ask.actor(Right::Settings)?;
    let party: Id<id::Party> = deed.form.get("party").parse().map_err(|_| unreadable(phrase("当事者")))?;
    let mut style = HouseStyle::default();
    for setting in SETTINGS {
        let choice = deed.form.get(setting.key);
        style = style.choose(setting.key, &choice).ok_or_else(|| unreadable(setting.title))?;
    }
    organisation::set_house_style(&deed.ask.site.node, actor, party, style)?;
    Ok(Done::See("/settings?done=set".to_owned()))
}

fn field(language: Language, setting: &Setting, style: HouseStyle) -> SettingField {
    let chosen = style.chosen(setting.key);
    let option = |choice: renkei_document::house_style::Choice| ChoiceOption {
        key: choice.key,
        words: say(language, choice.words),
        chosen: Some(choice) == chosen,
    };
    let choices = choices(setting.key).into_iter().map(option).collect();
    SettingField { key: setting.key, title: say(language, setting.title), choices }
}

fn unreadable(what: &'static str) -> Problem {
    Problem::UnreadableForm {
        sentences: InBoth::of(|language| {
            tell(
                language,
                "「{}」が選ばれていません。設定のページを開き直して、選んでください。",
                [say(language, what)],
            )
        }),
    }
}
