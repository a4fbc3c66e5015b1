//! Arguments of `renkei organisation` and `renkei user import`: the list, the party, and the first day.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::scope::{Data, Shape};

/// 組織
#[derive(Debug, Subcommand)]
pub enum Organisation {
    /// ある日の課と職を挙げる
    List(ListOrganisation),
    /// 課と職の一覧（CSV、Excel）を取り込む（氏名の列は読まない）
    Import(ImportList),
}

#[derive(Debug, Args)]
pub struct ListOrganisation {
    /// 当事者（市、労働局など。指定しなければ、すべて）
    #[arg(long, value_name = "PARTY")]
    pub party: Option<String>,
    /// どの日の組織か（2026-04-01。指定しなければ今日）
    #[arg(long, value_name = "DATE")]
    pub on: Option<Date>,
    /// 結果の表示の形
    #[arg(long, value_enum, default_value = "text")]
    pub format: Shape,
    #[command(flatten)]
    pub data: Data,
}

#[derive(Debug, Args)]
pub struct ImportList {
    /// 一覧のファイル（CSV、Excel。最初に課名の見出しのある行から読む）
    #[arg(id = "list_file", value_name = "FILE")]
    pub file: PathBuf,
    /// 当事者（市、労働局など）
    #[arg(long = "party", id = "party_named", value_name = "PARTY")]
    pub party: String,
    /// いつからの一覧か（2026-04-01。指定しなければ今日）
    #[arg(long = "from", id = "first_day", value_name = "DATE")]
    pub from: Option<Date>,
    /// 一覧にないものを終える（一覧がその日のすべてであるとき）
    #[arg(long)]
    pub complete: bool,
    /// 試すだけで、記録しない
    #[arg(long = "dry-run", id = "try_only")]
    pub dry_run: bool,
    /// 結果の表示の形
    #[arg(long, value_enum, default_value = "text")]
    pub format: Shape,
    #[command(flatten)]
    pub data: Data,
}
