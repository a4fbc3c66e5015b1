//! A request until its answer is made: it waits for its turn, and the answer is made outside the threads that serve
//! connections.

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

/// A request with everything that its answer is made from.
pub(crate) struct Asked {
    pub site: Arc<Site>,
    pub caller: Caller,
    pub moment: Moment,
    /// The address without its query.
    pub path: String,
    pub parts: Vec<(String, String)>,
    pub query: Query,
    pub work: Work,
    /// Turn for long work. It is held until the answer is made, even if the client no longer waits for it.
    pub long: Option<LongWorkTurn>,
}

impl Asked {
    /// Takes a place in the queue of the visitor's side, if the route takes long.
    pub fn enqueue(&self, route: &Route) -> Result<Option<QueuePlace>, Problem> {
        route.is_long.then(|| self.site.long_work.enqueue(&self.caller.visitor)).transpose()
    }

    /// Makes an answer. If the route takes long, waits for a turn in that queue first.
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

    /// Makes an answer outside the threads that serve connections, once it is its caller's turn. The turn lasts until
    /// the answer is made, even if the client no longer waits for it. Long work of a side has already had its turn.
    /// Long work and requests of strangers run on threads of lower priority.
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
