//! The help of the command line in the user's language: Japanese from `arguments`, English from the tables in this
//! file.

use clap::{Arg, ArgAction, Command};
use renkei_document::language::Language;

/// English help of each command.
const TASKS: [(&str, &str); 41] = [
    ("renkei", "A year of an employment agreement (雇用対策協定), in one place."),
    ("demo", "Load the sample of an invented city and serve it"),
    ("serve", "Serve the pages"),
    ("import", "Import documents"),
    ("desk", "List the operator's files that wait to be imported, and hand them to a party"),
    ("desk list", "List the operator's files that wait to be imported"),
    ("give", "Hand a file to a party (its secretariat finds it under 取込み)"),
    ("remove", "Put a file away (nothing of it is recorded)"),
    ("export", "Print what is stored"),
    ("report", "Make the report of a year: last year's progress and this year's plan"),
    ("template", "Write and check the layouts of reports (Word and Typst)"),
    ("template export", "Write our layouts and how to change them (never overwrites)"),
    ("template check", "Check layouts, and say where they are wrong"),
    ("check", "Proof-read a document and list what is odd"),
    ("compare", "List what differs between two documents, or between one and the stored report of its year"),
    ("lineage", "Suggest which rows of two years belong together"),
    ("edition", "Make editions (reports with frozen content) and look into them"),
    ("freeze", "Freeze the content of a year's report, make its files and keep them"),
    ("list", "List the editions"),
    ("show", "Show an edition (R8-1), or the value, as-of date and reporter of a figure in it (R8-1-0123)"),
    ("diff", "Show what differs between two editions (errata)"),
    ("indicator", "List and show indicators (what is counted), and make the handover of a division"),
    ("indicator list", "List indicators with their divisions and newest values"),
    ("indicator show", "Show an indicator's definition, targets and last values"),
    ("handover", "Make a division's handover (引継書) as PDF"),
    ("style", "Show or set how a party's rows are printed in reports (numbers, brackets, counters, dates)"),
    ("style show", "Show the house styles, and a sentence in each"),
    ("style set", "Set a house style (only what is named changes; what is recorded does not)"),
    ("organisation", "Import and list divisions and posts"),
    ("organisation list", "List the divisions and posts of a day"),
    ("organisation import", "Import a list of divisions and posts (CSV, Excel; columns of names are left out)"),
    ("user", "Add and list the people who sign in"),
    ("user add", "Add a user and print the number of their invitation (appoints to a post, made where missing)"),
    ("user import", "Add and appoint from a list (CSV, Excel) and print the numbers of the invitations"),
    ("user list", "List users and the posts they hold"),
    ("user reset", "Print a number with which a user sets a new password"),
    ("user close", "Close an account (and sign it out at once)"),
    ("journal", "Look into the journal"),
    ("verify", "Verify that the journal was not changed afterwards"),
    ("backup", "Copy the journal to one file (also while it is in use)"),
    ("restore", "Restore a journal from a copy (never overwrites)"),
];

/// English help of each argument. It is the same in every command with this argument.
const ARGUMENTS: [(&str, &str); 69] = [
    ("data", "Data directory [default: the platform's own]"),
    ("agreement", "Part of the agreement's title (only where there are several)"),
    (
        "fiscal_year",
        "Calendar year in which the fiscal year starts [default: that of the newest report with initiatives]",
    ),
    ("listen", "Address to listen on (port 0: any free one)"),
    ("tls_cert", "TLS certificate (PEM, with the intermediate ones); read again when it changes, without a restart"),
    ("tls_key", "Key of the certificate (PEM)"),
    ("host_names", "Name that browsers open (one that the certificate has; any number)"),
    ("behind", "Address of the proxy that does TLS (https://renkei.example.jp); only this name is answered"),
    ("proxy_addresses", "IP address of a proxy on another machine (any number)"),
    ("oidc_issuer", "Issuer of outside sign-in, OpenID Connect (https://login.example.jp)"),
    ("oidc_client", "Name of this renkei at the issuer (client_id)"),
    ("oidc_secret_file", "File with nothing but the secret from the issuer (client_secret)"),
    ("oidc_label", "What the sign-in page calls the issuer"),
    ("oidc_ca", "Certificate (PEM) of the authority that signed the issuer's, where it is your own"),
    ("files", "Documents to read (Word, Excel, PDF, HTML, Markdown, CSV, text)"),
    ("waiting_file", "Id of a file (as renkei desk list shows it)"),
    ("dry_run", "Read only, record nothing"),
    ("gone", "How many rows of each document you confirmed will go (asked where more than half of a table's rows go)"),
    ("merge", "Replace tables of years that are there already by the document's; counts new, changed and gone rows"),
    ("format", "How to print the result"),
    ("machine_readable", "Check a workbook or CSV by the rules for machine-readable data"),
    ("out", "File to make (.pdf, .docx, .xlsx, .html, .json)"),
    ("template", "Folder of layouts [default: ours]"),
    ("layouts", "Folder of layouts"),
    ("summary", "Instead of the report, a summary of one page for residents and employers (.pdf, .html)"),
    (
        "without_pdf",
        "Where no PDF can be made (of characters that no font has, for example), make the edition without one",
    ),
    ("table", "Table to write as CSV"),
    ("encoding", "Encoding of the CSV (what Shift_JIS cannot hold is written 〓 and reported)"),
    ("export_out", "File to make [default: standard output]"),
    ("name", "Name of an edition (R8-1) or reference of a figure (R8-1-0123)"),
    ("earlier", "The earlier edition (R8-1)"),
    ("later", "The later edition (R8-2)"),
    ("folder", "Directory to write the kept files into (made where missing)"),
    ("file", "The file"),
    ("one", "The document to compare"),
    ("other", "The document to compare it with [default: the stored report of its year]"),
    ("from", "The earlier fiscal year"),
    ("to", "The later fiscal year"),
    ("party", "Party (its name or short name) [default: all]"),
    ("party_named", "Party (its name or short name)"),
    ("numbers", "Numbers: as written, 1,304, １，３０４, 1304"),
    ("unit_blank", "Between number and unit: as written, a blank, none"),
    ("brackets", "Brackets of headings: as written, ＜＞, 〈〉, 【】"),
    ("letters", "Letters and digits: as written, half width, full width"),
    ("persons", "Counter of persons: as written, 名, 人"),
    ("dates", "Dates with an era: as written, 令和8年1月末, R8.1月末"),
    (
        "sign_in",
        "Add people of each role on both sides and an administrator, and sign in (prints login names and password)",
    ),
    ("password", "Password of the sample's people [default: made for this run]"),
    ("login", "Login name (small letters, digits, . - _ @)"),
    ("person_name", "Name of the person"),
    ("administrator", "Make a system administrator (manages users; sees no plans and records)"),
    ("employer", "Party (its name or short name)"),
    ("division", "Division (made where missing)"),
    ("post", "Post (made where missing)"),
    ("duties", "Duties of a post that is made (any number) [default: clerk]"),
    ("on", "Day whose organisation is listed (2026-04-01) [default: today]"),
    ("list_file", "The list (CSV, Excel; read from the first row that names a column 課名)"),
    ("first_day", "Day from which the list holds (2026-04-01) [default: today]"),
    ("complete", "End what is not in the list (where it names everything of that day)"),
    ("try_only", "Try only, record nothing"),
    ("keeper", "Division that keeps the indicators [default: all]"),
    ("indicator", "Id of an indicator (as renkei indicator list shows it)"),
    ("keeping", "Division that keeps the indicators"),
    ("handover_out", "File to make (.pdf)"),
    ("heads", "Heads noted earlier (any number): also verify that no chain became shorter"),
    ("keys", "Fingerprints of keys noted earlier (any number): accept the signatures of these keys only"),
    (
        "passphrase_file",
        "File with the passphrase of the copied key (file name of the copy plus .key) [or environment: RENKEI_PASSPHRASE]",
    ),
    ("noted", "File with heads and fingerprints noted earlier, one on each line"),
    ("acknowledged_by", "Who acknowledges that a new key is made, because the key of the copy (node.key) is lost"),
];

/// Returns the command line with its help in this language.
pub fn worded_in(command: Command, language: Language) -> Command {
    match language {
        Language::Japanese => framed(command, &JAPANESE),
        Language::English => framed(in_english(command, None), &ENGLISH),
    }
}

/// The fixed words of the help, such as its headings, which clap has only in English.
struct Frame {
    usage: &'static str,
    commands: &'static str,
    arguments: &'static str,
    options: &'static str,
    help: &'static str,
    version: &'static str,
}

const JAPANESE: Frame = Frame {
    usage: "使い方",
    commands: "コマンド",
    arguments: "引数",
    options: "オプション",
    help: "この説明を表示する",
    version: "版を表示する",
};

const ENGLISH: Frame = Frame {
    usage: "Usage",
    commands: "Commands",
    arguments: "Arguments",
    options: "Options",
    help: "Print this help",
    version: "Print the version",
};

fn framed(command: Command, frame: &'static Frame) -> Command {
    let is_root = command.get_name() == "renkei";
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help(frame.help);
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version).help(frame.version);
    let command = command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .help_template(format!("{{about}}\n\n{}: {{usage}}\n\n{{all-args}}", frame.usage))
        .subcommand_help_heading(frame.commands)
        .arg(help);
    let command = if is_root { command.arg(version) } else { command };
    let command = command.mut_args(|argument| {
        let heading = if argument.is_positional() { frame.arguments } else { frame.options };
        argument.help_heading(heading)
    });
    command.mut_subcommands(|task| framed(task, frame))
}

fn in_english(command: Command, parent: Option<&str>) -> Command {
    let name = command.get_name().to_owned();
    let command = match about(&name, parent) {
        Some(about) => command.about(about),
        None => command,
    };
    let command = command.mut_args(|argument| match find(&ARGUMENTS, argument.get_id().as_str()) {
        Some(help) => argument.help(help),
        None => argument,
    });
    command.mut_subcommands(|task| in_english(task, Some(&name)))
}

/// Returns the help of a command. `parent` distinguishes commands with the same name, such as `template export` and
/// `export`.
fn about(name: &str, parent: Option<&str>) -> Option<&'static str> {
    let nested = parent.and_then(|parent| find(&TASKS, &format!("{parent} {name}")));
    nested.or_else(|| find(&TASKS, name))
}

fn find(table: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without_english(command: &Command, within: &str, missing: &mut Vec<String>) {
        if about(command.get_name(), Some(within)).is_none() {
            missing.push(command.get_name().to_owned());
        }
        let arguments = command.get_arguments().map(|argument| argument.get_id().as_str());
        missing.extend(arguments.filter(|id| find(&ARGUMENTS, id).is_none()).map(str::to_owned));
        command.get_subcommands().for_each(|task| without_english(task, command.get_name(), missing));
    }

    #[test]
    fn every_command_and_argument_has_its_english() {
        let mut missing = Vec::new();
        without_english(&crate::arguments::command(), "", &mut missing);
        assert_eq!(missing, Vec::<String>::new());
    }
}
