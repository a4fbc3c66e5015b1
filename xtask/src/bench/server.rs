//! A server that is measured. It is started on a free port, receives requests over plain HTTP, and is stopped when this
//! value is dropped.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::run::output;

const PATIENCE: Duration = Duration::from_secs(60);

pub struct Server {
    child: Child,
    pub address: String,
    /// Time from the start of the program to its first answer.
    pub first_answer: Duration,
}

impl Server {
    /// Starts a program that will listen at `address` and waits for its first answer.
    pub fn start(command: &mut Command, address: String) -> Result<Self, String> {
        Self::start_at(command, address, "/")
    }

    /// Like [`Self::start`], for a program that answers without sign-in only at this path.
    pub fn start_at(command: &mut Command, address: String, path: &str) -> Result<Self, String> {
        let start = Instant::now();
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let child = child.map_err(|error| format!("did not start: {error}"))?;
        let mut server = Self { child, address, first_answer: Duration::ZERO };
        while server.get(path).is_err() {
            if start.elapsed() > PATIENCE {
                return Err("no answer within a minute".to_owned());
            }
            if let Ok(Some(status)) = server.child.try_wait() {
                return Err(format!("ended with {status}"));
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        server.first_answer = start.elapsed();
        Ok(server)
    }

    /// Returns the body of the answer for a path.
    pub fn get(&self, path: &str) -> Result<String, String> {
        let mut stream = TcpStream::connect(&self.address).map_err(|error| error.to_string())?;
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).map_err(|error| error.to_string())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).map_err(|error| error.to_string())?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").ok_or("no answer")?;
        if !head.starts_with("HTTP/1.1 200") {
            return Err(head.lines().next().unwrap_or_default().to_owned());
        }
        Ok(body.to_owned())
    }

    /// Returns the requests per second that `wrk` reaches for a page over 32 connections, with this cookie.
    pub fn requests_per_second(&self, path: &str, cookie: &str) -> Result<f64, String> {
        let url = format!("http://{}{path}", self.address);
        let cookie = format!("Cookie: {cookie}");
        let printed = output(Command::new("wrk").args(["-t2", "-c32", "-d10s", "-H", &cookie, &url]))?;
        super::prepared::number_after(&printed, "Requests/sec:")
    }

    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Returns the memory in use, in MiB (Linux).
    pub fn memory(&self) -> Option<f64> {
        memory(self.child.id(), "VmRSS:")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _already_ended = self.child.kill();
        let _already_waited = self.child.wait();
    }
}

/// Returns a free loopback address with its port.
pub fn free_address() -> Result<String, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    listener.local_addr().map(|address| address.to_string()).map_err(|error| error.to_string())
}

/// Returns the value of a line of /proc/PID/status, in MiB.
pub fn memory(process: u32, line: &str) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let kilobytes = status.lines().find_map(|text| text.strip_prefix(line))?;
    kilobytes.split_whitespace().next()?.parse::<f64>().ok().map(|kilobytes| kilobytes / 1024.0)
}
