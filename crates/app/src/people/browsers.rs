//! 見知ったブラウザー — browsers by which people have signed in. A known browser has a counter of its own for failed sign-ins
//! (see `throttle`), and no other right. Its token stays in a cookie after signing out; only its digest is stored.

use renkei_identity::token::{self, Token, TokenDigest};
use renkei_journal::Account;

use crate::node::error::AppError;
use crate::node::open::Node;
use crate::node::quotas::KNOWN_BROWSERS;

/// Returns the digest of the browser's token if this account has signed in by it.
pub(crate) fn known_to(node: &Node, account: &Account, browser: &str) -> Result<Option<TokenDigest>, AppError> {
    let digest = token::digest(browser);
    Ok(node.journal.knows_browser(&account.owner(), &digest)?.then_some(digest))
}

/// Returns the digest of the browser's token if any account has signed in by it.
pub(crate) fn known_to_anybody(node: &Node, browser: &str) -> Result<Option<TokenDigest>, AppError> {
    let digest = token::digest(browser);
    Ok(node.journal.anybody_knows_browser(&digest)?.then_some(digest))
}

/// Records that an account signed in by this browser. Returns the token that the browser must store from now on; `None`
/// if it keeps its token.
pub(crate) fn know(node: &Node, account: &Account, browser: &str) -> Result<Option<Token>, AppError> {
    let (fresh, carried) = (Token::fresh()?, token::digest(browser));
    let (owner, now) = (account.owner(), node.now_millis());
    let is_new = node.journal.know_browser(&owner, Some(&carried), &fresh.digest(), KNOWN_BROWSERS, now)?;
    Ok(is_new.then_some(fresh))
}
