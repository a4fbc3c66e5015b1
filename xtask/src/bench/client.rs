//! An HTTP client that acts like a person's browser: it keeps a connection and a cookie, reads forms and sends them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(30);

pub struct Client {
    address: String,
    cookie: String,
    connection: Option<BufReader<TcpStream>>,
    patience: Duration,
}

pub struct Answer {
    pub status: u16,
    pub location: String,
    pub body: String,
}

/// The fields of a form with their values.
pub struct Fields(pub Vec<(String, String)>);

impl Client {
    pub fn new(address: &str) -> Self {
        Self { address: address.to_owned(), cookie: String::new(), connection: None, patience: PATIENCE }
    }

    /// Signs in and stores the cookie.
    pub fn sign_in(address: &str, login: &str, password: &str) -> Result<Self, String> {
        let mut client = Self::new(address);
        let begun = Instant::now();
        let fields = [("login", login), ("password", password)].map(|(name, text)| (name.to_owned(), text.to_owned()));
        // If many clients sign in at once, the server tells some of them to wait.
        loop {
            let answer = client.post("/sign-in", &Fields(fields.to_vec()))?;
            if answer.status == 303 && !client.cookie.is_empty() {
                return Ok(client);
            }
            if begun.elapsed() > PATIENCE {
                return Err(format!("{login} could not sign in: {}", answer.status));
            }
            std::thread::sleep(Duration::from_millis(500));
        }
    }

    /// Returns another window of the same browser: it has the same session but its own connection.
    pub fn another_window(&self) -> Self {
        Self { cookie: self.cookie.clone(), ..Self::new(&self.address) }
    }

    /// Stores a cookie, replacing one of the same name; a cookie without a value is removed.
    fn keep(&mut self, cookie: &str) {
        let name = |cookie: &str| cookie.split('=').next().unwrap_or_default().to_owned();
        let mut kept: Vec<&str> = self.cookie.split("; ").filter(|known| !known.is_empty()).collect();
        kept.retain(|known| name(known) != name(cookie));
        kept.extend((!cookie.ends_with('=')).then_some(cookie));
        self.cookie = kept.join("; ");
    }

    /// Returns the cookie header that a load generator must send to be signed in.
    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    /// Sets the maximum time to wait for an answer.
    pub fn wait_for(&mut self, patience: Duration) {
        (self.patience, self.connection) = (patience, None);
    }

    /// Closes the connection, so that the next request opens a new one.
    pub fn reconnect(&mut self) {
        self.connection = None;
    }

    /// Sends a form with one file.
    pub fn send_file(&mut self, path: &str, name: &str, content: &str) -> Result<Answer, String> {
        let body = format!(
            "--xx\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n{content}\r\n--xx--\r\n"
        );
        let head = format!(
            "POST {path} HTTP/1.1\r\nSec-Fetch-Site: same-origin\r\nContent-Type: multipart/form-data; boundary=xx\r\n\
             Content-Length: {}\r\n",
            body.len()
        );
        self.ask(&head, &body)
    }

    /// Returns a page. An address without an agreement leads to the page of the only agreement.
    pub fn get(&mut self, path: &str) -> Result<Answer, String> {
        let answer = self.ask(&format!("GET {path} HTTP/1.1\r\n"), "")?;
        if answer.status == 303 && answer.location.starts_with("/a/") {
            return self.ask(&format!("GET {} HTTP/1.1\r\n", answer.location), "");
        }
        Ok(answer)
    }

    pub fn post(&mut self, path: &str, fields: &Fields) -> Result<Answer, String> {
        let pairs = fields.0.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        let body = pairs.collect::<Vec<_>>().join("&");
        let head = format!(
            "POST {path} HTTP/1.1\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n",
            body.len()
        );
        self.ask(&head, &body)
    }

    fn ask(&mut self, head: &str, body: &str) -> Result<Answer, String> {
        let cookie = if self.cookie.is_empty() { String::new() } else { format!("Cookie: {}\r\n", self.cookie) };
        let request = format!("{head}Host: {}\r\n{cookie}\r\n{body}", self.address);
        // The server may have closed a reused connection. If so, send the request again on a new connection.
        let reused = self.connection.is_some();
        match self.exchange(&request) {
            Err(_) if reused => self.exchange(&request),
            told => told,
        }
    }

    fn exchange(&mut self, request: &str) -> Result<Answer, String> {
        let answer = self.try_exchange(request).map_err(|error| error.to_string());
        if answer.is_err() {
            self.connection = None;
        }
        answer
    }

    fn try_exchange(&mut self, request: &str) -> std::io::Result<Answer> {
        if self.connection.is_none() {
            let stream = TcpStream::connect(&self.address)?;
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(self.patience))?;
            self.connection = Some(BufReader::new(stream));
        }
        let Some(connection) = &mut self.connection else { return Err(std::io::ErrorKind::NotConnected.into()) };
        connection.get_mut().write_all(request.as_bytes())?;
        let mut answer = Answer { status: 0, location: String::new(), body: String::new() };
        let (mut length, mut line, mut cookies) = (0, String::new(), Vec::new());
        loop {
            line.clear();
            if connection.read_line(&mut line)? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            let text = line.trim_end();
            if text.is_empty() {
                break;
            }
            if let Some(status) = text.strip_prefix("HTTP/1.1 ") {
                answer.status = status.split(' ').next().and_then(|code| code.parse().ok()).unwrap_or(0);
            } else if let Some((name, value)) = text.split_once(": ") {
                match name {
                    "content-length" => length = value.parse().unwrap_or(0),
                    "location" => value.clone_into(&mut answer.location),
                    "set-cookie" => cookies.push(value.split(';').next().unwrap_or_default().to_owned()),
                    _ => {}
                }
            }
        }
        let mut body = vec![0; length];
        connection.read_exact(&mut body)?;
        cookies.iter().for_each(|cookie| self.keep(cookie));
        answer.body = String::from_utf8_lossy(&body).into_owned();
        Ok(answer)
    }
}

impl Fields {
    /// Returns the fields of the first form of a page that is sent to this address.
    pub fn of_form(page: &str, action: &str) -> Option<Self> {
        // The action may begin with the agreement of the page.
        let mut starts = page.match_indices("action=\"").map(|(start, _)| start);
        let ends_so = |start: &usize| page[*start + 8..].split('"').next().is_some_and(|known| known.ends_with(action));
        let start = starts.find(ends_so)?;
        let form = &page[start..];
        let form = &form[..form.find("</form>")?];
        let mut fields = Vec::new();
        for (at, _) in form.match_indices('<') {
            let rest = &form[at + 1..];
            let tag = &rest[..rest.find('>').unwrap_or(rest.len())];
            let Some(name) = attribute(tag, "name") else { continue };
            match tag.split([' ', '\n']).next().unwrap_or_default() {
                "input" if is_sent(tag) => fields.push((name, attribute(tag, "value").unwrap_or_default())),
                "textarea" => {
                    let text = &rest[tag.len() + 1..];
                    let text = &text[..text.find("</textarea>").unwrap_or(0)];
                    fields.push((name, decoded(text.strip_prefix('\n').unwrap_or(text))));
                }
                "select" => {
                    let options = &rest[..rest.find("</select>").unwrap_or(rest.len())];
                    fields.extend(chosen(options).map(|value| (name, value)));
                }
                _ => {}
            }
        }
        Some(Self(fields))
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn set(&mut self, name: &str, value: String) {
        if let Some(field) = self.0.iter_mut().find(|(known, _)| known == name) {
            field.1 = value;
        }
    }
}

fn is_sent(tag: &str) -> bool {
    let kind = attribute(tag, "type").unwrap_or_default();
    !["checkbox", "radio"].contains(&kind.as_str()) || tag.contains(" checked")
}

/// Returns the value of the selected option; if no option is selected, of the first option.
fn chosen(options: &str) -> Option<String> {
    let mut tags = options.split("<option").skip(1).map(|rest| &rest[..rest.find('>').unwrap_or(rest.len())]);
    let first = tags.clone().next();
    tags.find(|tag| tag.contains(" selected")).or(first).and_then(|tag| attribute(tag, "value"))
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = &tag[start..];
    Some(decoded(&value[..value.find('"')?]))
}

fn decoded(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#38;", "&")
        .replace("&amp;", "&")
}

fn encoded(text: &str) -> String {
    let letter = |byte: u8| {
        if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    text.bytes().map(letter).collect()
}
