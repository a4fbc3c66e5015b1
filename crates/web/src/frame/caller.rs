//! The caller of a request: the visitor, the tokens that the browser sends, the network address.

use std::sync::Arc;

use renkei_app::Visitor;

/// The sender of a request.
pub struct Caller {
    pub visitor: Arc<Visitor>,
    /// Token of the session, even if the session has ended.
    pub session: Option<String>,
    /// Token of a sign-in whose password was accepted and whose code is not yet entered.
    pub half: Option<String>,
    /// Token of a sign-in at an external issuer, until the visitor has come back from there.
    pub outside: Option<String>,
    /// Token of a passkey request that the visitor's device has not yet answered.
    pub passkey: Option<String>,
    /// Token by which the browser is known; empty if it sends none. It gives no right.
    pub browser: String,
    /// Place in line of a browser that has to wait before it may try to sign in; empty if it has none.
    pub place: String,
    /// Network address; empty for a request of a test, which has no connection.
    pub address: String,
    /// Short name of the browser and its system, as the browser reports them.
    pub device: String,
    /// Address of the page of our site from which the request comes; `None` for any other page.
    pub came_from: Option<String>,
    /// Origin of the site, such as `http://127.0.0.1:8080`. It is part of links that people type, and of passkeys.
    pub origin: String,
}

impl Caller {
    /// Whether the caller has to sign in first.
    pub fn is_stranger(&self) -> bool {
        self.visitor.account.is_none() && !self.visitor.is_local_operator()
    }
}
