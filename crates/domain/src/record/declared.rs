//! 出来事の宣言 — what each slice declares about its events: name, version and title.

/// 出来事の宣言 — what a slice declares about one of its events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declared {
    /// The name under which the event is stored.
    pub name: &'static str,
    /// The current version of its body.
    pub version: u32,
    /// A description of the event, as shown on the journal's page.
    pub title: &'static str,
}

/// Lists the events of a slice, `Event: version, "title";` for each. The macro does not generate the enum.
macro_rules! declare {
    ($events:ident { $($event:ident: $version:literal, $title:literal;)* }) => {
        impl $events {
            /// Each event, in the order of the enum.
            pub const DECLARED: &'static [$crate::record::declared::Declared] = &[$(
                $crate::record::declared::Declared { name: stringify!($event), version: $version, title: $title }
            ),*];

            /// Returns the declaration of this event.
            pub fn declared(&self) -> &'static $crate::record::declared::Declared {
                match self {
                    $(Self::$event { .. } => &$crate::record::declared::Declared {
                        name: stringify!($event),
                        version: $version,
                        title: $title,
                    },)*
                }
            }
        }
    };
}

pub(crate) use declare;
