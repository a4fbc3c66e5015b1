//! The caller of a request: the visitor, the tokens that the browser sends, the network address.

use std::sync::Arc;

use renkei_app::Visitor;

/// The sender of a request.
pub struct Caller {
    pub visitor: Arc<Visitor>,
    /// Token of the session, even if the session has ended.
    pub session: Option<String>,
    /// Token of a sign-in between the password and the code.
    pub half: Option<String>,
    /// Token of a sign-in at an external issuer, on the way there and back.
    pub outside: Option<String>,
    /// Token of a request to a device for a passkey.
    pub passkey: Option<String>,
    /// Network address; empty if the connection has none (in a test).
    pub address: String,
    /// Browser and system, in short, as the browser names them.
    pub device: String,
    /// Our own page from which the request comes.
    pub came_from: Option<String>,
    /// Origin of the site, such as `http://127.0.0.1:8080`: for links that somebody types, and for passkeys.
    pub origin: String,
}

impl Caller {
    /// Whether the caller has to sign in first.
    pub fn is_stranger(&self) -> bool {
        self.visitor.account.is_none() && !self.visitor.is_local_operator()
    }
}
