//! Measures the page of a whole plan under load, for a signed-in account and with one edit per second. The reference is
//! nginx, which serves the same bytes from disk.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use super::client::{Client, Fields};
use super::edits::{Draft, PASSWORD, SECRETARIATS, draft_of, start};
use super::figures::{Figure, Limit};
use super::prepared::{Bench, Measured};
use super::server::{Server, free_address};
use crate::run::program;

pub fn page(bench: &Bench) -> Measured {
    let address = free_address()?;
    let ours = start(bench, "page", &address)?;
    let Draft { plan, rows } = draft_of(&address, SECRETARIATS[0])?;
    show_all_rows(&address, SECRETARIATS[1])?;
    let mut client = Client::sign_in(&address, SECRETARIATS[0], PASSWORD)?;
    let body = client.get(&plan)?.body;
    let (ended, edits) = (AtomicBool::new(false), AtomicUsize::new(0));
    let (measured, edited) = std::thread::scope(|scope| {
        let editing = scope.spawn(|| edit_each_second(&address, &rows, &ended, &edits));
        let measured = ours.requests_per_second(&plan, client.cookie());
        ended.store(true, Ordering::Relaxed);
        (measured, editing.join().unwrap_or_else(|_| Err("the edits broke off".to_owned())))
    });
    edited?;
    let shown = client.get(&plan)?.body;
    if shown == body {
        return Err("the page does not show the last edit".to_owned());
    }
    let ours = measured?;
    let nginx = nginx(bench, &body)?.requests_per_second("/page.html", "")?;
    let page = Figure::more("a plan, signed in, edited", "/s", ours);
    Ok(vec![
        page.beside("nginx", nginx).within(Limit::Ratio(0.5)),
        Figure::more("edits meanwhile", "", edits.load(Ordering::Relaxed) as f64),
        Figure::less("the page", "kB", body.len() as f64 / 1e3),
    ])
}

/// Adds a letter to one row after another, one row per second.
fn edit_each_second(address: &str, rows: &[String], ended: &AtomicBool, edits: &AtomicUsize) -> Result<(), String> {
    let mut client = Client::sign_in(address, SECRETARIATS[0], PASSWORD)?;
    for row in rows.iter().cycle() {
        if ended.load(Ordering::Relaxed) {
            break;
        }
        let page = client.get(row)?.body;
        let mut form = Fields::of_form(&page, row).ok_or(format!("{row} without its form"))?;
        let text = format!("{}々", form.get("text").unwrap_or_default());
        form.set("text", text);
        match client.post(row, &form)?.status {
            303 => edits.fetch_add(1, Ordering::Relaxed),
            status => return Err(format!("{row}: {status}")),
        };
        std::thread::sleep(Duration::from_secs(1));
    }
    Ok(())
}

/// Shows all rows of a party's draft to the other side, if any are not shown yet.
fn show_all_rows(address: &str, login: &str) -> Result<(), String> {
    let plan = draft_of(address, login)?.plan;
    let mut client = Client::sign_in(address, login, PASSWORD)?;
    let share = format!("{plan}/share");
    // An earlier run of this row has shown them already.
    let Some(form) = Fields::of_form(&client.get(&plan)?.body, &share) else { return Ok(()) };
    match client.post(&share, &form)?.status {
        303 => Ok(()),
        status => Err(format!("{share}: {status}")),
    }
}

fn nginx(bench: &Bench, body: &str) -> Result<Server, String> {
    let address = free_address()?;
    bench.write("page.html", body)?;
    let folder = bench.path("");
    let user = if std::env::var("USER").is_ok_and(|user| user != "root") { "" } else { "user root;" };
    let temporary =
        ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|kind| format!("{kind}_temp_path {folder}/{kind};"));
    bench.write(
        "nginx.conf",
        &format!(
            "{user} daemon off; worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/nginx.log;\n\
             events {{ worker_connections 256; }}\n\
             http {{ access_log off; sendfile on; {} types {{ text/html html; }}\n\
             server {{ listen {address}; root {folder}; index page.html; }} }}\n",
            temporary.concat()
        ),
    )?;
    let name = if crate::run::is_on_path("nginx") { "nginx" } else { "/usr/sbin/nginx" };
    Server::start(&mut program(name, &["-c", &bench.path("nginx.conf"), "-p", &folder]), address)
}
