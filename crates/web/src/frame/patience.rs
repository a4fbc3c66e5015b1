//! How long the server waits for slow clients, and how many connections are open at once.

use std::time::Duration;

use crate::frame::concurrency::ConcurrencyLimits;
use crate::frame::intake::Intake;
use crate::frame::measured::Pace;
use crate::frame::slots::SlotLimits;

/// 待つ限度 — the limits of every connection. The limits on the size of requests are set by each route ([`Intake`]).
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    pub handshake: Duration,
    /// Maximum time for all headers of a request, and for the wait between two requests.
    pub headers: Duration,
    /// Maximum time for the whole body of a request without a session.
    pub bodies_of_strangers: Duration,
    /// Maximum time until a stranger's request has arrived with its headers, from the connection or the previous answer
    /// on.
    pub waiting_of_strangers: Duration,
    /// Minimum pace of a body we receive and of an answer we send.
    pub pace: Pace,
    /// Minimum pace for a request without a session, and for its answer.
    pub pace_of_strangers: Pace,
    /// How long the rest of a refused body is read. Its sender reads the answer only after sending the whole body.
    pub lingering: Duration,
    /// How long the server waits for answers that are under way when it is told to stop.
    pub stopping: Duration,
    /// Interval at which the files of the certificate are checked for changes.
    pub renewal: Duration,
    pub slots: SlotLimits,
    pub concurrency: ConcurrencyLimits,
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
            slots: SlotLimits::default(),
            concurrency: ConcurrencyLimits::default(),
        }
    }
}
