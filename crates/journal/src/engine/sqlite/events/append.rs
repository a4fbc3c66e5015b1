//! Appends all events of one decision to all their chains, or none of them.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};

use crate::engine::sqlite::events::rows::read_head;
use crate::engine::sqlite::ledger::write::receive;
use crate::engine::sqlite::store::Journal;
use crate::error::{AppendError, JournalError};
use crate::events::chain::ChainKey;
use crate::events::event::{NewEvent, Position};
use crate::events::head::{Head, HeadMark};
use crate::events::link::{End, Ends, Link, link, salted};
use crate::ledger::entry::NODE;
use crate::node_key::NodeKey;

impl Journal {
    /// Appends events in one transaction, and signs the new head of each chain. When it returns, the events are on the
    /// disk.
    ///
    /// `expected` contains the last number of each chain on which the decision depends (0 for a chain without events):
    /// all chains that receive events, and chains that were only read. If `events` is empty, only these numbers are
    /// checked. Returns the position of the last event in the journal.
    pub fn append(&self, expected: &[(ChainKey, u64)], events: Vec<NewEvent>) -> Result<Position, AppendError> {
        let writing = JournalError::database("記録簿に書く");
        let salted = salted(events)?;
        let mut writer = self.writer();
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate).map_err(writing)?;
        let before = expected_ends(&transaction, self.key(), expected)?;
        let (links, after) = link(&before, salted)?;
        let position = self.store(&transaction, &before, &after, &links).map_err(writing)?;
        transaction.commit().map_err(writing)?;
        Ok(position)
    }

    fn store(
        &self,
        transaction: &Transaction<'_>,
        before: &Ends,
        after: &Ends,
        links: &[Link],
    ) -> rusqlite::Result<Position> {
        let mut chains = BTreeMap::new();
        for (chain, end) in after.iter().filter(|(chain, end)| before[*chain].number < end.number) {
            chains.insert(chain, self.sign_and_store(transaction, chain, end)?);
        }
        let last =
            transaction.query_row("SELECT COALESCE(MAX(heard), 0) FROM events", [], |row| row.get::<_, i64>(0))?;
        let mut envelopes = transaction.prepare_cached(
            "INSERT INTO events (heard, chain, number, kind, version, time_millis, time_counter, body_digest, hash)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )?;
        let mut bodies = transaction.prepare_cached("INSERT INTO bodies (heard, salt, body) VALUES ($1, $2, $3)")?;
        let mut heard = last;
        let mut received = Vec::with_capacity(links.len());
        for link in links {
            heard += 1;
            let NewEvent { party, dossier, kind, version, time, body } = &link.event;
            let chain = chains[&ChainKey::new(party, dossier)];
            let number = link.number.cast_signed();
            let millis = time.millis.cast_signed();
            envelopes.execute(params![
                heard,
                chain,
                number,
                kind,
                version,
                millis,
                time.counter,
                link.body_digest,
                link.hash
            ])?;
            bodies.execute(params![heard, link.salt, body])?;
            received.push((heard.cast_unsigned(), link.hash));
        }
        receive(transaction, self.key(), &received)?;
        Ok(Position(heard.cast_unsigned()))
    }

    /// Signs the new head of a chain, stores it, and returns the row id of the chain.
    fn sign_and_store(&self, transaction: &Transaction<'_>, chain: &ChainKey, end: &End) -> rusqlite::Result<i64> {
        let mark = HeadMark { chain: chain.clone(), number: end.number, hash: end.hash };
        transaction
            .prepare_cached(
                "INSERT INTO chains (party, dossier, number, hash, time_millis, time_counter, signature, public_key)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                 ON CONFLICT (party, dossier) DO UPDATE SET number = excluded.number, hash = excluded.hash,
                    time_millis = excluded.time_millis, time_counter = excluded.time_counter,
                    signature = excluded.signature, public_key = excluded.public_key
                 RETURNING chain",
            )?
            .query_row(
                params![
                    chain.party,
                    chain.dossier,
                    end.number.cast_signed(),
                    end.hash,
                    end.time.millis.cast_signed(),
                    end.time.counter,
                    self.key().sign(&mark),
                    self.key().public(),
                ],
                |row| row.get(0),
            )
    }
}

/// Returns the last events of the expected chains. Fails if the last number of a chain differs from the expected one.
/// (The unique key of the table `events` prevents the same conflict.)
fn expected_ends(
    transaction: &Transaction<'_>,
    key: &NodeKey,
    expected: &[(ChainKey, u64)],
) -> Result<Ends, AppendError> {
    let mut ends = Ends::new();
    for (chain, expected) in expected {
        if !chain.is_nameable() || chain.party == NODE {
            return Err(AppendError::ChainName { chain: chain.clone() });
        }
        let reading = JournalError::database("連鎖の先頭を読む");
        let head = head_of(transaction, chain).map_err(reading)?;
        let found = head.as_ref().map_or(0, |head| head.number);
        if found != *expected {
            return Err(AppendError::Conflict { chain: chain.clone(), expected: *expected, found });
        }
        let end = match head {
            None => End::before_the_first(),
            Some(head) if is_ours(transaction, key, &head).map_err(reading)? => {
                End { number: head.number, hash: head.hash, time: head.time }
            }
            Some(_) => return Err(JournalError::NotOurs { chain: chain.clone() }.into()),
        };
        ends.insert(chain.clone(), end);
    }
    Ok(ends)
}

fn head_of(transaction: &Transaction<'_>, chain: &ChainKey) -> rusqlite::Result<Option<Head>> {
    transaction
        .prepare_cached(
            "SELECT party, dossier, number, hash, time_millis, time_counter, signature, public_key FROM chains
             WHERE party = $1 AND dossier = $2",
        )?
        .query_row(params![chain.party, chain.dossier], read_head)
        .optional()
}

/// Whether this node has signed a head, with its own key or with an earlier one. A head that somebody else has put
/// there is never continued, because the next signature would confirm it.
fn is_ours(transaction: &Transaction<'_>, key: &NodeKey, head: &Head) -> rusqlite::Result<bool> {
    let is_known = head.public_key == key.public()
        || transaction.prepare_cached("SELECT 1 FROM known_keys WHERE public_key = $1")?.exists([head.public_key])?;
    Ok(is_known && head.signature_holds())
}
