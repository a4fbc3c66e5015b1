//! Arguments of `renkei user`: the person who signs in, and the post they hold.

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use renkei_domain::organisation::duty::Duty;

use super::organisation::ImportList;
use super::scope::{Data, Shape};

/// 利用者
#[derive(Debug, Subcommand)]
pub enum User {
    /// 利用者を登録し、招待の番号を表示する（職を指定すると、なければ設けて任命する）
    Add(AddUser),
    /// 職員の一覧（CSV、Excel）から登録・任命し、新しい人の招待の番号を表示する
    Import(ImportList),
    /// 利用者と、就いている職を挙げる
    List(ListUsers),
    /// パスワードを忘れた人に渡す、再設定の番号を表示する
    Reset(OneUser),
    /// 利用を止める（サインインしていれば、すぐに終わらせる）
    Close(OneUser),
}

#[derive(Debug, Args)]
pub struct AddUser {
    /// ログイン名（半角の英小文字、数字、「.」「-」「_」「@」）
    #[arg(value_name = "LOGIN")]
    pub login: String,
    /// 氏名
    #[arg(long = "name", id = "person_name", value_name = "NAME")]
    pub name: String,
    /// システム管理者にする（利用者を管理する。計画や記録は見えない）
    #[arg(long)]
    pub administrator: bool,
    /// 当事者（市、労働局など）
    #[arg(long = "party", id = "employer", value_name = "PARTY", requires_all = ["division", "post"])]
    pub party: Option<String>,
    /// 所管課（なければ設ける）
    #[arg(long, value_name = "DIVISION", requires = "employer")]
    pub division: Option<String>,
    /// 職（課長など。なければ設ける）
    #[arg(long, value_name = "POST", requires = "employer")]
    pub post: Option<String>,
    /// 新しく設ける職の職務（いくつでも。指定しなければ担当）
    #[arg(long = "duty", id = "duties", value_name = "DUTY", requires = "employer", value_parser = keys())]
    pub duties: Vec<String>,
    #[command(flatten)]
    pub data: Data,
}

#[derive(Debug, Args)]
pub struct ListUsers {
    /// 結果の表示の形
    #[arg(long, value_enum, default_value = "text")]
    pub format: Shape,
    #[command(flatten)]
    pub data: Data,
}

#[derive(Debug, Args)]
pub struct OneUser {
    /// ログイン名
    #[arg(value_name = "LOGIN")]
    pub login: String,
    #[command(flatten)]
    pub data: Data,
}

fn keys() -> PossibleValuesParser {
    Duty::ALL.map(Duty::key).into()
}
