//! `renkei desk` — handles the local operator's files that wait for a review. Once the node has accounts, no page shows
//! them.

use std::process::ExitCode;

use renkei_app::{Context, Node, Visitor, evidence};
use renkei_document::figure_words::japan_time;
use renkei_document::language::Language;
use renkei_document::time::Hlc;

use super::organisation::party_named;
use crate::arguments::{Desk, GiveFile, ListDesk, OneFile};
use crate::failure::Failure;
use crate::surroundings::Surroundings;

pub fn desk(task: Desk, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    match task {
        Desk::List(task) => list(task, surroundings),
        Desk::Give(task) => give(task, surroundings),
        Desk::Remove(task) => remove(task, surroundings),
    }
}

fn operator() -> Visitor {
    Visitor::local_operator(Language::Japanese)
}

fn list(task: ListDesk, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let node = Node::open(&surroundings.data(task.data.data)?, Context::of_this_machine())?;
    let files = evidence::waiting(&node, &operator())?;
    if files.is_empty() {
        println!("運用担当者の取込み前のファイルはありません。");
    }
    for file in files {
        let at = japan_time(Hlc { millis: file.brought_at, counter: 0 });
        println!("{}\t{}\t{}バイト\t{at}", file.id, file.file_name, file.bytes);
    }
    Ok(ExitCode::SUCCESS)
}

fn give(task: GiveFile, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let node = Node::open(&surroundings.data(task.data.data)?, Context::of_this_machine())?;
    let party = party_named(&node.state(), &task.party)?;
    evidence::hand_over_file(&node, &operator(), &task.waiting_file, party)?;
    println!("{} を{}に渡しました。事務局の「取込み」に出ます。", task.waiting_file, task.party);
    Ok(ExitCode::SUCCESS)
}

fn remove(task: OneFile, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let node = Node::open(&surroundings.data(task.data.data)?, Context::of_this_machine())?;
    evidence::put_away(&node, &operator(), &task.waiting_file)?;
    println!("{} を取りやめました。記録には何も残っていません。", task.waiting_file);
    Ok(ExitCode::SUCCESS)
}
