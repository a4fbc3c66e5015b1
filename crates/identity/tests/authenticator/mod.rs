//! A device in software, with one passkey. It gives the same answers as a browser would send.

use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub struct Authenticator {
    key: SigningKey,
    id: Vec<u8>,
    /// The user handle, which the site has chosen.
    handle: String,
    /// The counter of the key, which increases with each use; always zero for a device without a counter.
    pub counter: u32,
    /// Whether the device verifies its owner.
    pub verifies: bool,
}

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const HOLDS_A_KEY: u8 = 0x40;

impl Authenticator {
    pub fn new(seed: u8) -> Self {
        let key = SigningKey::from_bytes(&[seed; 32]);
        Self { key, id: vec![seed; 20], handle: String::new(), counter: 1, verifies: true }
    }

    /// From now on, signs with another key under the same id.
    pub fn takes_the_key_of(&mut self, seed: u8) {
        self.key = SigningKey::from_bytes(&[seed; 32]);
    }

    /// Makes a key at the request of a page at this origin.
    pub fn make(&mut self, asked: &str, origin: &str) -> String {
        let asked: Value = serde_json::from_str(asked).expect("options");
        self.handle = text(&asked["user"]["id"]).to_owned();
        let client_data = client_data("webauthn.create", &asked, origin);
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        let mut data = self.data(text(&asked["rp"]["id"]), HOLDS_A_KEY);
        self.counter += u32::from(self.counter > 0);
        data.extend([0; 16]);
        data.extend((self.id.len() as u16).to_be_bytes());
        data.extend(&self.id);
        // The public key in COSE form: an Ed25519 key (1: OKP, 3: EdDSA, -1: Ed25519, -2: the key).
        data.extend(b"\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x20");
        data.extend(self.key.verifying_key().as_bytes());
        object.push(data.len() as u8);
        object.extend(data);
        let response = json!({"clientDataJSON": base64(client_data.as_bytes()), "attestationObject": base64(&object)});
        json!({"type": "public-key", "id": base64(&self.id), "rawId": base64(&self.id), "response": response})
            .to_string()
    }

    /// Proves possession of the key at the request of a page at this origin.
    pub fn prove(&mut self, asked: &str, origin: &str) -> String {
        let asked: Value = serde_json::from_str(asked).expect("options");
        let client_data = client_data("webauthn.get", &asked, origin);
        let data = self.data(text(&asked["rpId"]), 0);
        self.counter += u32::from(self.counter > 0);
        let signed = [&data[..], &Sha256::digest(client_data.as_bytes())].concat();
        let response = json!({
            "clientDataJSON": base64(client_data.as_bytes()),
            "authenticatorData": base64(&data),
            "signature": base64(&self.key.sign(&signed).to_bytes()),
            "userHandle": self.handle,
        });
        json!({"type": "public-key", "id": base64(&self.id), "rawId": base64(&self.id), "response": response})
            .to_string()
    }

    fn data(&self, site: &str, more: u8) -> Vec<u8> {
        let mut data = Sha256::digest(site).to_vec();
        data.push(PRESENT | more | if self.verifies { VERIFIED } else { 0 });
        data.extend(self.counter.to_be_bytes());
        data
    }
}

fn client_data(kind: &str, asked: &Value, origin: &str) -> String {
    json!({"type": kind, "challenge": asked["challenge"], "origin": origin, "crossOrigin": false}).to_string()
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// Encodes as base64url without padding (RFC 4648, section 5).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut written = String::new();
    for chunk in bytes.chunks(3) {
        let three = chunk.iter().chain(&[0, 0]).take(3).fold(0u32, |sum, byte| sum << 8 | u32::from(*byte));
        let letter = |place: usize| char::from(LETTERS[(three >> (18 - 6 * place)) as usize & 63]);
        written.extend((0..=chunk.len()).map(letter));
    }
    written
}
