//! A forger who can execute SQL: changes envelopes and computes matching hashes, by a second implementation of the
//! format.

use ed25519_dalek::{Signer, SigningKey};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

/// A sequence of fields, each after its length.
struct Bytes(Vec<u8>);

impl Bytes {
    fn of(purpose: &str) -> Self {
        Self(Vec::new()).field(purpose.as_bytes())
    }

    fn field(self, bytes: &[u8]) -> Self {
        let mut all = self.number(bytes.len() as i64);
        all.0.extend(bytes);
        all
    }

    fn number(mut self, number: i64) -> Self {
        self.0.extend(number.to_be_bytes());
        self
    }

    fn hash(self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }
}

/// Computes the hashes of all events of a chain again. Returns the last number and the last hash.
pub fn rehash(connection: &Connection, chain: i64) -> (i64, [u8; 32]) {
    let sql = "SELECT c.party, c.dossier, e.number, e.kind, e.version, e.time_millis, e.time_counter, e.body_digest
               FROM events e JOIN chains c ON c.chain = e.chain WHERE e.chain = $1 ORDER BY e.number";
    let mut end = (0, [0; 32]);
    let mut statement = connection.prepare(sql).unwrap();
    let mut rows = statement.query([chain]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let text = |column| row.get::<_, String>(column).unwrap();
        let number = |column| row.get::<_, i64>(column).unwrap();
        let digest: Vec<u8> = row.get(7).unwrap();
        let envelope = Bytes::of("renkei-envelope/1").field(text(0).as_bytes()).field(text(1).as_bytes());
        let envelope = envelope.number(number(2)).field(text(3).as_bytes()).number(number(4));
        let envelope = envelope.number(number(5)).number(number(6)).field(&end.1).field(&digest);
        end = (number(2), envelope.hash());
        connection
            .execute("UPDATE events SET hash = $1 WHERE chain = $2 AND number = $3", (end.1, chain, end.0))
            .unwrap();
    }
    end
}

/// Computes the hashes of a chain again, and signs its new head with a key.
pub fn rehash_and_sign(connection: &Connection, chain: i64, key: &SigningKey) {
    let (number, hash) = rehash(connection, chain);
    let (party, dossier) = connection
        .query_row("SELECT party, dossier FROM chains WHERE chain = $1", [chain], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })
        .unwrap();
    let head = Bytes::of("renkei-head/1").field(party.as_bytes()).field(dossier.as_bytes());
    let signature = key.sign(&head.number(number).field(&hash).hash()).to_bytes();
    connection
        .execute(
            "UPDATE chains SET number = $1, hash = $2, signature = $3, public_key = $4,
                time_millis = (SELECT time_millis FROM events e WHERE e.chain = $5 AND e.number = $1)
             WHERE chain = $5",
            (number, hash, signature, key.verifying_key().to_bytes(), chain),
        )
        .unwrap();
}
