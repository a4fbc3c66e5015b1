//! Arguments of `renkei indicator`: the division, the indicator, and the file for the 引継書.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::scope::{Data, Shape};

/// 指標
#[derive(Debug, Subcommand)]
pub enum Indicator {
    /// 指標を、所管課と最新の値とともに挙げる
    List(ListIndicators),
    /// 指標の定義、目標値、最近の値を見る
    Show(ShowIndicator),
    /// 課の引継書（PDF）を作る
    Handover(HandOver),
}

/// The agreement whose indicators a command uses.
#[derive(Debug, Args)]
pub struct Counted {
    #[command(flatten)]
    pub data: Data,
    /// 協定の名前の一部（協定が複数あるときだけ）
    #[arg(long, value_name = "KEY")]
    pub agreement: Option<String>,
}

#[derive(Debug, Args)]
pub struct ListIndicators {
    /// 所管課（指定しなければ、すべて）
    #[arg(long = "division", id = "keeper", value_name = "DIVISION")]
    pub division: Option<String>,
    /// 結果の表示の形
    #[arg(long, value_enum, default_value = "text")]
    pub format: Shape,
    #[command(flatten)]
    pub counted: Counted,
}

#[derive(Debug, Args)]
pub struct ShowIndicator {
    /// 指標の番号（renkei indicator list で示すもの）
    #[arg(id = "indicator", value_name = "ID")]
    pub id: String,
    /// 結果の表示の形
    #[arg(long, value_enum, default_value = "text")]
    pub format: Shape,
    #[command(flatten)]
    pub counted: Counted,
}

#[derive(Debug, Args)]
pub struct HandOver {
    /// 所管課
    #[arg(id = "keeping", value_name = "DIVISION")]
    pub division: String,
    /// 作るファイル（.pdf）
    #[arg(short = 'o', long = "out", id = "handover_out", value_name = "FILE")]
    pub out: PathBuf,
    #[command(flatten)]
    pub counted: Counted,
}
