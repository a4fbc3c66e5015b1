//! Arguments of `renkei style`: the party, and a value for each setting.

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use renkei_document::house_style::choices;

use super::scope::{Data, Shape};

/// 表記の設定
#[derive(Debug, Subcommand)]
pub enum Style {
    /// 今の表記と、その表記にした例文を見る
    Show(ShowStyle),
    /// 表記を定める（指定した項目だけが変わる。記録された文は変わらない）
    Set(SetStyle),
}

#[derive(Debug, Args)]
pub struct ShowStyle {
    /// 当事者（市、労働局など。指定しなければ、すべて）
    #[arg(long, value_name = "PARTY")]
    pub party: Option<String>,
    /// 結果の表示の形
    #[arg(long, value_enum, default_value = "text")]
    pub format: Shape,
    #[command(flatten)]
    pub data: Data,
    /// 協定の名前の一部（協定が複数あるときだけ）
    #[arg(long, value_name = "KEY")]
    pub agreement: Option<String>,
}

#[derive(Debug, Args)]
pub struct SetStyle {
    /// 当事者（市、労働局など）
    #[arg(long = "party", id = "party_named", value_name = "PARTY")]
    pub party: String,
    /// 数：原文どおり、1,304、１，３０４、1304
    #[arg(long, value_name = "CHOICE", value_parser = keys("numbers"))]
    pub numbers: Option<String>,
    /// 数と単位の間：原文どおり、1,304 件、1,304件
    #[arg(long, value_name = "CHOICE", value_parser = keys("unit-blank"))]
    pub unit_blank: Option<String>,
    /// 見出しの括弧：原文どおり、＜＞、〈〉、【】
    #[arg(long, value_name = "CHOICE", value_parser = keys("brackets"))]
    pub brackets: Option<String>,
    /// 英数字の幅：原文どおり、半角、全角
    #[arg(long, value_name = "CHOICE", value_parser = keys("letters"))]
    pub letters: Option<String>,
    /// 人数の数え方：原文どおり、名、人
    #[arg(long, value_name = "CHOICE", value_parser = keys("persons"))]
    pub persons: Option<String>,
    /// 元号のある日付：原文どおり、令和8年1月末、R8.1月末
    #[arg(long, value_name = "CHOICE", value_parser = keys("dates"))]
    pub dates: Option<String>,
    #[command(flatten)]
    pub data: Data,
    /// 協定の名前の一部（協定が複数あるときだけ）
    #[arg(long, value_name = "KEY")]
    pub agreement: Option<String>,
}

fn keys(setting: &str) -> PossibleValuesParser {
    choices(setting).into_iter().map(|choice| choice.key).collect::<Vec<_>>().into()
}
