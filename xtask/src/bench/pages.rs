//! The page of a whole plan under load, beside nginx serving the same bytes from disk.

use super::server::{Server, free_address};
use super::{Bench, Line, Measured};
use crate::run::program;

pub fn page(bench: &Bench) -> Measured {
    let address = free_address()?;
    let mut serve = program(&bench.renkei()?, &["serve", "--data", &bench.data(), "--listen", &address]);
    let ours = Server::start(&mut serve, address)?;
    let (path, body) = largest_page(&ours)?;
    let ours = ours.requests_per_second(&path)?;
    let nginx = nginx(bench, &body)?.requests_per_second("/page.html")?;
    Ok(Line {
        ours: format!("{ours:.0}/s ({} kB)", body.len() / 1000),
        reference: format!("nginx {nginx:.0}/s"),
        ratio: format!("{:.2}", ours / nginx),
    })
}

/// The largest of the pages that the home page leads to in two steps: a plan with all its rows.
fn largest_page(server: &Server) -> Result<(String, String), String> {
    let mut paths = links(&server.get("/")?);
    for path in paths.clone() {
        paths.extend(server.get(&path).iter().flat_map(|body| links(body)).take(20));
    }
    let plans = paths.into_iter().filter(|path| path.starts_with("/plans/"));
    let pages = plans.filter_map(|path| server.get(&path).ok().map(|body| (path, body)));
    pages.max_by_key(|(_, body)| body.len()).ok_or("no page is linked from the home page".to_owned())
}

fn links(body: &str) -> Vec<String> {
    let parts = body.split("<a ").skip(1).filter_map(|rest| rest.split_once("href=\"")?.1.split('"').next());
    parts.filter(|path| path.starts_with('/')).map(|path| path.replace("&amp;", "&")).collect()
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
