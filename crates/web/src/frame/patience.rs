//! How long somebody who asks slowly is waited for, and how many are heard at once.

use std::time::Duration;

use crate::frame::intake::Intake;
use crate::frame::lanes::LaneLimits;
use crate::frame::measured::Pace;
use crate::frame::seats::SeatLimits;

/// 待つ限度 — the limits of every connection. How large a request may be, each route says itself ([`Intake`]).
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    pub handshake: Duration,
    /// For all headers of a request; between two requests as well.
    pub headers: Duration,
    /// For all that a request without a session sends behind its headers.
    pub bodies_of_strangers: Duration,
    /// How long the head of a stranger's request may take, from the connection or the previous answer on.
    pub waiting_of_strangers: Duration,
    /// Minimum pace of a body we receive and of an answer we send.
    pub pace: Pace,
    /// The same for a request without a session.
    pub pace_of_strangers: Pace,
    /// For the rest of a body that is not taken: who sends it sees the answer only then.
    pub lingering: Duration,
    /// For answers that are under way when the server is told to stop.
    pub stopping: Duration,
    /// How often the certificate's files are looked at.
    pub renewal: Duration,
    pub seats: SeatLimits,
    pub lanes: LaneLimits,
}

impl Default for Patience {
    fn default() -> Self {
        let bytes = 16 << 10;
        Self {
            handshake: Duration::from_secs(10),
            headers: Duration::from_secs(30),
            bodies_of_strangers: Intake::OF_STRANGERS.time,
            waiting_of_strangers: Duration::from_secs(5),
            pace: Pace { bytes, within: Duration::from_secs(30) },
            pace_of_strangers: Pace { bytes, within: Duration::from_secs(10) },
            lingering: Duration::from_secs(10),
            stopping: Duration::from_secs(30),
            renewal: Duration::from_secs(10),
            seats: SeatLimits::default(),
            lanes: LaneLimits::default(),
        }
    }
}
