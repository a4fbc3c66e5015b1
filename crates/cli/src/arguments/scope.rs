//! Arguments that many commands share: the data, the agreement and its year, and the shape of the output.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// どのデータか
#[derive(Debug, Args)]
pub struct Data {
    /// データの置き場所（指定しなければ、この機械の標準の場所）
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// どの協定のどの年度か
#[derive(Debug, Args)]
pub struct Which {
    #[command(flatten)]
    pub data: Data,
    /// 協定の名前の一部（協定が複数あるときだけ）
    #[arg(long, value_name = "KEY")]
    pub agreement: Option<String>,
    /// 年度の始まる西暦年（令和8年度は2026。指定しなければ、取組のある最も新しい報告書の年度）
    #[arg(long, value_name = "YEAR")]
    pub fiscal_year: Option<i16>,
}

/// どの協定か
#[derive(Debug, Args)]
pub struct Kept {
    #[command(flatten)]
    pub data: Data,
    /// 協定の名前の一部（協定が複数あるときだけ）
    #[arg(long, value_name = "KEY")]
    pub agreement: Option<String>,
}

/// 表示の形
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shape {
    Text,
    Json,
}
