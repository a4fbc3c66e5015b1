//! A request that waits for its turn, and then for its answer. Other threads than those of connections make answers.

use std::sync::Arc;

use crate::frame::address::Query;
use crate::frame::caller::Caller;
use crate::frame::concurrency::Work;
use crate::frame::long_work::{LongWorkTurn, QueuePlace};
use crate::frame::low_priority;
use crate::frame::moment::Moment;
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Route};
use crate::frame::site::Site;

/// A request, with everything that is needed to answer it.
pub(crate) struct Asked {
    pub site: Arc<Site>,
    pub caller: Caller,
    pub moment: Moment,
    /// The address without its query.
    pub path: String,
    pub parts: Vec<(String, String)>,
    pub query: Query,
    pub work: Work,
    /// Turn for long work. It lasts until the answer is made, even if the client has left.
    pub long: Option<LongWorkTurn>,
}

impl Asked {
    /// Enters the queue of the visitor's side (their party) if the route takes long.
    pub fn enqueue(&self, route: &Route) -> Result<Option<QueuePlace>, Problem> {
        route.is_long.then(|| self.site.long_work.enqueue(&self.caller.visitor)).transpose()
    }

    /// Makes an answer. If the route takes long, first waits for its turn in the queue for long work.
    pub async fn in_turn<T: Send + 'static>(
        mut self,
        route: &Route,
        make: impl FnOnce(&Ask<'_>) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        if let Some(place) = self.enqueue(route)? {
            self.long = Some(place.turn().await);
        }
        self.apart(make).await
    }

    /// Waits for the caller's turn, then makes an answer on a thread that serves no connections. The turn lasts until
    /// the answer is made, even if the client has left. Long work needs no further turn here. Long work and requests of
    /// strangers run on threads of lower priority.
    pub async fn apart<T: Send + 'static>(
        mut self,
        make: impl FnOnce(&Ask<'_>) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let long = self.long.take();
        let (is_long, is_a_strangers) = (long.is_some(), self.caller.is_stranger());
        let has_had_its_turn = is_long && self.work != Work::Files && !is_a_strangers;
        let turn = match has_had_its_turn {
            true => None,
            false => Some(self.site.concurrency.turn_of(&self.caller, self.work).await),
        };
        let make = move || {
            let _until_made = (long, turn);
            make(&Ask {
                site: &self.site,
                visitor: &self.caller.visitor,
                caller: &self.caller,
                moment: &self.moment,
                path: &self.path,
                parts: &self.parts,
                query: &self.query,
            })
        };
        let is_of_low_priority = is_long || is_a_strangers;
        let made = if is_of_low_priority { low_priority::spawn(make) } else { tokio::task::spawn_blocking(make) };
        made.await.unwrap_or(Err(Problem::Broken))
    }
}
