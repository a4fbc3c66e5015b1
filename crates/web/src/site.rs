//! The site: an open data directory, who looks at it, and the pages of the present moment.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::http::Response;
use renkei_app::access::{Right, Role, actor, may, viewer};
use renkei_app::{Press, Renkei};
use renkei_domain::edition::EditionFile;
use renkei_domain::facts::Actor;

use crate::frame::{Frame, Place};
use crate::gate;
use crate::moment::Moment;
use crate::pages::{problem_page, problem_page_in};
use crate::problem::Problem;
use crate::routes;

/// What every request is given.
pub struct Site {
    pub renkei: Arc<Renkei>,
    pub role: Role,
    moment: Mutex<Option<Arc<Moment>>>,
    press: OnceLock<Press>,
}

/// The whole site as one service: every route for one role. Until people sign in, a node has one: whoever sits at it.
pub fn site(renkei: Arc<Renkei>, role: Role) -> Router {
    let site = Arc::new(Site { renkei, role, moment: Mutex::new(None), press: OnceLock::new() });
    routes::router(&site).layer(DefaultBodyLimit::disable()).layer(axum::middleware::from_fn(gate::pass))
}

impl Site {
    /// The newest moment: pages of an older one are let go.
    pub fn moment(&self) -> Arc<Moment> {
        let state = self.renkei.state();
        let mut moment = self.moment.lock().unwrap_or_else(PoisonError::into_inner);
        match &*moment {
            Some(known) if known.state.position == state.position => Arc::clone(known),
            _ => {
                let new = Arc::new(Moment::new(state, viewer(self.role)));
                *moment = Some(Arc::clone(&new));
                new
            }
        }
    }

    /// In whose name things are done here.
    pub fn actor(&self) -> Option<Actor> {
        actor(self.role)
    }

    /// Why there is no page, in the frame of all others for whoever may read.
    pub fn problem(&self, problem: &Problem) -> Response<Body> {
        if !may(self.role, Right::Read) {
            return problem_page(problem);
        }
        let frame = Frame::of(&self.moment(), problem.heading(), Place::Elsewhere, "");
        problem_page_in(frame, problem)
    }

    /// The kept bytes of an edition's file.
    pub fn edition_file(&self, file: &EditionFile) -> Result<Vec<u8>, Problem> {
        Ok(self.renkei.edition_file(file)?)
    }

    /// The press, made at its first use. Without a font it is looked for again the next time.
    pub fn press(&self) -> Result<&Press, Problem> {
        if let Some(press) = self.press.get() {
            return Ok(press);
        }
        let found = Press::find().map_err(|fault| Problem::NotPrinted { sentences: fault.to_string() })?;
        Ok(self.press.get_or_init(|| found))
    }
}
