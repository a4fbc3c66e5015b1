//! 出来事 — the events that the journal stores, named in the past tense. An event is written once and never changed.
//!
//! An event is stored under its name and version with a JSON body. Each slice declares its events in its own
//! `event.rs`; the stored name selects the slice. `tests/golden/` contains one file for every version ever released.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize, Serializer};

use crate::agreement::event::AgreementEvent;
use crate::edition::event::EditionEvent;
use crate::evidence::event::EvidenceEvent;
use crate::indicator::event::IndicatorEvent;
use crate::organisation::event::OrganisationEvent;
use crate::plan::event::PlanEvent;
use crate::record::declared::Declared;
use crate::shared_fact::event::SharedFactEvent;

/// 出来事 — an event; each variant contains the events of one slice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Agreement(AgreementEvent),
    Evidence(EvidenceEvent),
    Indicator(IndicatorEvent),
    Organisation(OrganisationEvent),
    Plan(PlanEvent),
    Edition(EditionEvent),
    SharedFact(SharedFactEvent),
}

/// A function that reads an event of one slice.
type Read = fn(&str) -> serde_json::Result<Authored>;

/// Generates the code that is the same for all slices, from one list. A slice that is missing from the list does not
/// compile.
macro_rules! gather {
    ($($slice:ident($events:ident);)*) => {
        /// The events of each slice, and the function that reads one of them.
        const SLICES: &[(&[Declared], Read)] = &[$(($events::DECLARED, read::<$events>)),*];

        impl Event {
            /// Returns the declaration of this event.
            pub fn declared(&self) -> &'static Declared {
                match self {
                    $(Event::$slice(event) => event.declared(),)*
                }
            }
        }

        /// Serializes only the event of the slice (its name and content), without the name of the slice.
        impl Serialize for Event {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Event::$slice(event) => event.serialize(serializer),)*
                }
            }
        }

        $(impl From<$events> for Event {
            fn from(event: $events) -> Self {
                Event::$slice(event)
            }
        })*
    };
}

gather! {
    Agreement(AgreementEvent);
    Evidence(EvidenceEvent);
    Indicator(IndicatorEvent);
    Organisation(OrganisationEvent);
    Plan(PlanEvent);
    Edition(EditionEvent);
    SharedFact(SharedFactEvent);
}

/// Returns the declaration of every event that this release can read.
pub fn all_declared() -> impl Iterator<Item = &'static Declared> {
    SLICES.iter().flat_map(|(declared, _)| *declared)
}

impl Event {
    pub fn name(&self) -> &'static str {
        self.declared().name
    }

    pub fn version(&self) -> u32 {
        self.declared().version
    }

    /// Returns the reason of the event, if the journal lists this event with a reason.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Event::Evidence(event) => event.reason(),
            Event::Agreement(_)
            | Event::Indicator(_)
            | Event::Organisation(_)
            | Event::Plan(_)
            | Event::Edition(_)
            | Event::SharedFact(_) => None,
        }
    }

    /// Returns the name and the SHA-256 (hexadecimal) of each file that the event refers to. The files are stored as
    /// blobs of the journal.
    pub fn kept_files(&self) -> Vec<(&str, &str)> {
        match self {
            Event::Evidence(event) => event.kept_file().into_iter().collect(),
            Event::Edition(event) => event.kept_files(),
            Event::Agreement(_)
            | Event::Indicator(_)
            | Event::Organisation(_)
            | Event::Plan(_)
            | Event::SharedFact(_) => Vec::new(),
        }
    }

    pub fn title(&self) -> &'static str {
        self.declared().title
    }
}

/// 記名された出来事 — an event with the post that caused it, as stored in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Authored {
    pub post: String,
    /// 代決: the post whose holder is absent, if a deputy acted for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<String>,
    pub event: Event,
}

/// An [`Authored`] event of a known slice.
#[derive(Deserialize)]
struct Stored<E> {
    post: String,
    #[serde(default)]
    on_behalf_of: Option<String>,
    event: E,
}

fn read<E: DeserializeOwned + Into<Event>>(text: &str) -> serde_json::Result<Authored> {
    let Stored { post, on_behalf_of, event } = serde_json::from_str::<Stored<E>>(text)?;
    Ok(Authored { post, on_behalf_of, event: event.into() })
}

impl Authored {
    /// Returns the bytes to store.
    pub fn encode(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Decodes a body stored under a name and version. `Err(Unknown)` if this release does not know the name or the
    /// version. Both versions of `InitiativesShared` are decoded unchanged: version 1 cannot be converted, because its
    /// body lacks the place and wording that version 2 contains; the fold finds them.
    pub fn decode(name: &str, version: u32, bytes: &[u8]) -> Result<Self, UndecodableEvent> {
        let is_known = |declared: &Declared| declared.name == name && (1..=declared.version).contains(&version);
        let Some((_, read)) = SLICES.iter().find(|(declared, _)| declared.iter().any(is_known)) else {
            return Err(UndecodableEvent::Unknown { name: name.to_owned(), version });
        };
        let malformed = |fault: String| UndecodableEvent::Malformed { name: name.to_owned(), version, fault };
        // Validate the UTF-8 of the whole body once; the JSON parser would validate each string separately.
        let text = std::str::from_utf8(bytes).map_err(|fault| malformed(fault.to_string()))?;
        let authored = read(text).map_err(|fault| malformed(fault.to_string()))?;
        if authored.event.name() == name {
            Ok(authored)
        } else {
            Err(malformed(format!("中身は {} です", authored.event.name())))
        }
    }
}

/// 読めない出来事 — an event that this release cannot decode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UndecodableEvent {
    /// The type or version is newer than this release.
    Unknown { name: String, version: u32 },
    /// The body does not match its type.
    Malformed { name: String, version: u32, fault: String },
}

impl std::fmt::Display for UndecodableEvent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            UndecodableEvent::Unknown { name, version } => {
                write!(
                    f,
                    "この版の renkei が知らない記録（{name} 第{version}版）です。新しい版の renkei で開いてください。"
                )
            }
            UndecodableEvent::Malformed { name, version, fault } => {
                write!(
                    f,
                    "記録（{name} 第{version}版）の内容が壊れています：{fault}。`renkei journal verify` で確かめてください。"
                )
            }
        }
    }
}

impl std::error::Error for UndecodableEvent {}
