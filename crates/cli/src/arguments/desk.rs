//! Arguments of `renkei desk`, which handles the local operator's files that wait for a review.

use clap::{Args, Subcommand};

use super::scope::Data;

/// 取込み前のファイル
#[derive(Debug, Subcommand)]
pub enum Desk {
    /// 運用担当者の取込み前のファイルを挙げる
    List(ListDesk),
    /// ファイルを一つの当事者に渡す（その事務局の「取込み」に出る）
    Give(GiveFile),
    /// ファイルを取りやめる（記録には何も残らない）
    Remove(OneFile),
}

#[derive(Debug, Args)]
pub struct ListDesk {
    #[command(flatten)]
    pub data: Data,
}

#[derive(Debug, Args)]
pub struct GiveFile {
    /// ファイルの番号（renkei desk list に出るもの）
    #[arg(value_name = "ID")]
    pub waiting_file: String,
    /// 当事者（名前か短い名前）
    #[arg(long = "party", id = "party_named", value_name = "PARTY")]
    pub party: String,
    #[command(flatten)]
    pub data: Data,
}

#[derive(Debug, Args)]
pub struct OneFile {
    /// ファイルの番号（renkei desk list に出るもの）
    #[arg(value_name = "ID")]
    pub waiting_file: String,
    #[command(flatten)]
    pub data: Data,
}
