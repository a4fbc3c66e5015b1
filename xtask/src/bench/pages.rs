//! The page of a whole plan under load, signed in and with one edit a second, beside nginx serving the same bytes from disk.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use super::client::{Client, Fields};
use super::edits::{PASSWORD, SECRETARIATS, drafted_rows, links, start};
use super::server::{Server, free_address};
use super::{Bench, Line, Measured};
use crate::run::program;

pub fn page(bench: &Bench) -> Measured {
    let address = free_address()?;
    let ours = start(bench, "page", &address)?;
    let rows = drafted_rows(&address, SECRETARIATS[0])?;
    let mut client = Client::sign_in(&address, SECRETARIATS[0], PASSWORD)?;
    let (path, body) = largest_plan(&mut client)?;
    let (ended, edits) = (AtomicBool::new(false), AtomicUsize::new(0));
    let (measured, edited) = std::thread::scope(|scope| {
        let editing = scope.spawn(|| edit_each_second(&address, &rows, &ended, &edits));
        let measured = ours.requests_per_second(&path, client.cookie());
        ended.store(true, Ordering::Relaxed);
        (measured, editing.join().unwrap_or_else(|_| Err("the edits broke off".to_owned())))
    });
    edited?;
    let shown = client.get(&path)?.body;
    if shown == body {
        return Err("the page does not show the last edit".to_owned());
    }
    let ours = measured?;
    let nginx = nginx(bench, &body)?.requests_per_second("/page.html", "")?;
    Ok(Line {
        ours: format!("{ours:.0}/s ({} kB, {} edits)", body.len() / 1000, edits.load(Ordering::Relaxed)),
        reference: format!("nginx {nginx:.0}/s"),
        ratio: format!("{:.2}", ours / nginx),
    })
}

/// One row after another gets a letter more, one a second.
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

/// The largest page of a plan: the draft with all its rows.
fn largest_plan(client: &mut Client) -> Result<(String, String), String> {
    let mut paths = links(&client.get("/plans")?.body);
    paths.retain(|path| path.starts_with("/plans/"));
    let mut pages = Vec::new();
    for path in paths {
        let answer = client.get(&path)?;
        pages.extend((answer.status == 200).then_some((path, answer.body)));
    }
    pages.into_iter().max_by_key(|(_, body)| body.len()).ok_or("no plan is listed".to_owned())
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
