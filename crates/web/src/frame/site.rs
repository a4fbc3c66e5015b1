//! The site: the open data directory, the way in which visitors are identified, and the pages of the present state.

use std::sync::{Arc, OnceLock};

use axum::body::Body;
use axum::http::Response;
use renkei_app::{Node, Press, PressError, Visitor, access::Right, edition};
use renkei_document::id::Id;
use renkei_document::language::Language;
use renkei_domain::agreement::Agreement;
use renkei_domain::edition::EditionFile;
use renkei_domain::view::Viewer;

use crate::frame::around::{Frame, Place};
use crate::frame::concurrency::Concurrency;
use crate::frame::gate::Gate;
use crate::frame::keep::Keep;
use crate::frame::long_work::LongWork;
use crate::frame::moment::Moment;
use crate::frame::patience::Patience;
use crate::frame::problem::Problem;
use crate::frame::problem_page::{problem_page, problem_page_in};

/// The way in which visitors are identified.
pub enum Entrance {
    /// Every visitor is treated as this one, the local operator: the node has no accounts.
    As(Arc<Visitor>),
    /// Every visitor has to sign in.
    SignIn,
}

impl Entrance {
    pub fn local_operator() -> Self {
        Self::As(Arc::new(Visitor::local_operator(Language::Japanese)))
    }

    /// Whether every visitor has to sign in.
    pub fn signs_in(&self) -> bool {
        match self {
            Entrance::As(_) => false,
            Entrance::SignIn => true,
        }
    }
}

/// The parts of the server that all requests share.
pub struct Site {
    pub node: Arc<Node>,
    pub gate: Arc<Gate>,
    pub(crate) entrance: Entrance,
    pub(crate) patience: Patience,
    pub(crate) keep: Arc<Keep>,
    pub(crate) concurrency: Arc<Concurrency>,
    pub(crate) long_work: LongWork,
    press: OnceLock<Press>,
}

impl Site {
    pub(crate) fn of(
        (gate, patience, keep): (Arc<Gate>, Patience, Arc<Keep>),
        node: Arc<Node>,
        entrance: Entrance,
    ) -> Arc<Self> {
        let (press, concurrency, long_work) =
            (OnceLock::new(), Concurrency::of(patience.concurrency), LongWork::default());
        Arc::new(Self { node, gate, entrance, patience, keep, concurrency, long_work, press })
    }

    /// Returns the present state of the journal as a viewer sees it, for a page that belongs to no agreement. The only
    /// agreement of a viewer is named all the same, so that its data is kept once.
    pub fn moment(&self, viewer: Viewer) -> Moment {
        let state = self.node.state();
        let known: Vec<_> = state.seen_by(viewer).agreements().map(|agreement| agreement.id).take(2).collect();
        let only = if let [only] = known.as_slice() { Some(*only) } else { None };
        self.keep.moment(state, viewer, only)
    }

    /// Returns the same as [`moment`](Self::moment), for the pages of one agreement.
    pub fn moment_in(&self, viewer: Viewer, agreement: Id<Agreement>) -> Moment {
        self.keep.moment(self.node.state(), viewer, Some(agreement))
    }

    /// Returns the page that explains a problem. A signed-in visitor sees it with the usual header and footer.
    pub fn problem(&self, visitor: &Visitor, problem: &Problem) -> Response<Body> {
        if !visitor.may(Right::Read) && visitor.account.is_none() {
            return problem_page(visitor.language, problem);
        }
        let frame =
            Frame::of(visitor, &self.moment(visitor.viewer()), problem.heading(visitor.language), Place::Elsewhere, "");
        problem_page_in(frame, problem)
    }

    /// Returns the stored bytes of an edition's file.
    pub fn edition_file(&self, file: &EditionFile) -> Result<Vec<u8>, Problem> {
        Ok(edition::edition_file(&self.node, file)?)
    }

    /// Returns the press, which makes the PDF files. It is made at the first call that finds a font.
    pub fn press(&self) -> Result<&Press, PressError> {
        if let Some(press) = self.press.get() {
            return Ok(press);
        }
        let found = Press::find()?;
        Ok(self.press.get_or_init(|| found))
    }
}
