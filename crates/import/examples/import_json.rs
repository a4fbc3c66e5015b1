//! Prints what an import reads: `cargo run -p renkei-import --example import_json -- FILE`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: import_json FILE");
        return ExitCode::from(2);
    };
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("{path}: {error}");
            return ExitCode::from(2);
        }
    };
    match renkei_import::read_file(&path, &bytes) {
        Ok(read) => match serde_json::to_string_pretty(&read.imported) {
            Ok(json) => {
                println!("{json}");
                ExitCode::SUCCESS
            }
            Err(error) => {
                eprintln!("{error}");
                ExitCode::FAILURE
            }
        },
        Err(unreadable) => {
            eprintln!("{unreadable}");
            ExitCode::from(3)
        }
    }
}
