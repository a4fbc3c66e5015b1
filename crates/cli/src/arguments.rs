//! The command line: commands and arguments. Their help is here in Japanese; `wording` has it in English.

mod desk;
mod indicator;
mod organisation;
mod scope;
mod serve;
mod style;
mod user;

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use renkei_app::DATA_TABLES;

pub use desk::{Desk, GiveFile, ListDesk, OneFile};
pub use indicator::{HandOver, Indicator, ListIndicators, ShowIndicator};
pub use organisation::{ImportList, ListOrganisation, Organisation};
pub use scope::{Data, Kept, Shape, Which};
pub use serve::{Demo, Entry, Outside, Serve};
pub use style::{SetStyle, ShowStyle, Style};
pub use user::{AddUser, ListUsers, OneUser, User};

/// 雇用対策協定の一年を、一つの場所で。
#[derive(Debug, Parser)]
#[command(name = "renkei", version, max_term_width = 100)]
pub struct Arguments {
    #[command(subcommand)]
    pub task: Task,
}

/// 作業
#[derive(Debug, Subcommand)]
pub enum Task {
    /// 架空の市の見本を読み込み、ブラウザで見られるようにする
    Demo(Demo),
    /// ブラウザで見られるようにする
    Serve(Serve),
    /// 文書を取り込む
    Import(Import),
    /// 運用担当者の取込み前のファイルを調べ、当事者に渡す
    #[command(subcommand)]
    Desk(Desk),
    /// 取り込んだ内容を書き出す
    Export(Export),
    /// 年度の報告書（前年度の進捗と当年度の計画）を作る
    Report(Report),
    /// 報告書の様式（WordとTypst）を書き出し、確かめる
    #[command(subcommand)]
    Template(Template),
    /// 文書を校閲し、確認事項を挙げる
    Check(Check),
    /// 二つの文書の相違（文言、数値、順序、体裁）を挙げる。文書が一つなら、取り込んだ年度の報告書と比べる
    Compare(Compare),
    /// 二つの年度の取組の対応（前年度対応）の案を出す
    Lineage(Lineage),
    /// 版（内容を固定した報告書）を作り、調べる
    #[command(subcommand)]
    Edition(Edition),
    /// 指標（何を数えるか）を調べ、引継書を作る
    #[command(subcommand)]
    Indicator(Indicator),
    /// 報告書に印刷するときの表記（数、括弧、人数、日付）を、当事者ごとに見る・定める
    #[command(subcommand)]
    Style(Style),
    /// 課と職を、一覧から取り込み、調べる
    #[command(subcommand)]
    Organisation(Organisation),
    /// 利用者（サインインする人）を登録し、調べる
    #[command(subcommand)]
    User(User),
    /// 記録簿を調べる
    #[command(subcommand)]
    Journal(Journal),
    /// 記録簿の写しを一つのファイルに取る（使用中でもよい）
    Backup(Backup),
    /// 写しから記録簿を復元する（上書きはしない）
    Restore(Restore),
}

/// 書き出す形
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportShape {
    /// 文書の全部（renkei-document/1）
    Json,
    /// 公開データの表の一つ
    Csv,
    /// 公開データの表の全部（Excel）
    Xlsx,
    /// JSONの書式の定義（JSON Schema）
    Schema,
}

/// CSVの文字コード
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Encoding {
    /// BOM付き
    #[value(name = "utf-8")]
    Utf8,
    /// 表せない字は「〓」とし、どこにあるかを知らせる
    #[value(name = "shift_jis")]
    ShiftJis,
}

#[derive(Debug, Args)]
pub struct Import {
    /// 読む文書（Word、Excel、PDF、HTML、Markdown、CSV、テキスト）
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// 読むだけで、記録しない
    #[arg(long)]
    pub dry_run: bool,
    /// 既にある年度の表を、文書の表で置き換える（新規・変更・なくなる行の数を示す）
    #[arg(long, conflicts_with = "dry_run")]
    pub merge: bool,
    /// なくなることを確かめた行の数（文書ごと。表の半分より多くがなくなるときに要る）
    #[arg(long, value_name = "ROWS", default_value_t = 0, hide_default_value = true, requires = "merge")]
    pub gone: usize,
    /// 結果の表示の形
    #[arg(long, value_enum, default_value = "text")]
    pub format: Shape,
    #[command(flatten)]
    pub data: Data,
}

#[derive(Debug, Args)]
pub struct Export {
    /// 書き出す形
    #[arg(long, value_enum, default_value = "json")]
    pub format: ExportShape,
    /// CSVにする表
    #[arg(long, value_name = "TABLE", default_value = "observations", value_parser = DATA_TABLES)]
    pub table: String,
    /// CSVの文字コード
    #[arg(long, value_enum, default_value = "utf-8")]
    pub encoding: Encoding,
    /// 作るファイル（指定しなければ、画面に出す）
    #[arg(long = "out", id = "export_out", value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub which: Which,
}

#[derive(Debug, Args)]
pub struct Report {
    /// 作るファイル（.pdf、.docx、.xlsx、.html、.json）
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// 報告書の代わりに、住民や事業主に向けた1枚の概要を作る（.pdf、.html）
    #[arg(long)]
    pub summary: bool,
    /// 様式のフォルダー（指定しなければ標準の様式）
    #[arg(long, value_name = "DIR")]
    pub template: Option<PathBuf>,
    #[command(flatten)]
    pub which: Which,
}

/// 様式
#[derive(Debug, Subcommand)]
pub enum Template {
    /// 標準の様式と使い方を書き出す（あるファイルは上書きしない）
    Export(TemplateFolder),
    /// 様式に誤りがないかを、場所とともに確かめる
    Check(TemplateFolder),
}

#[derive(Debug, Args)]
pub struct TemplateFolder {
    /// 様式のフォルダー
    #[arg(value_name = "DIR")]
    pub layouts: PathBuf,
}

#[derive(Debug, Args)]
pub struct Check {
    /// 記録せずに校閲する文書（指定しなければ、取り込んだ年度の報告書）
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Excel か CSV が、行政データの機械可読性の規則に合うかを調べる
    #[arg(long, requires = "file")]
    pub machine_readable: bool,
    /// 結果の表示の形
    #[arg(long, value_enum, default_value = "text")]
    pub format: Shape,
    #[command(flatten)]
    pub which: Which,
}

#[derive(Debug, Args)]
pub struct Compare {
    /// 比べる文書
    #[arg(value_name = "A")]
    pub one: PathBuf,
    /// 比べる相手の文書（指定しなければ、取り込んだ年度の報告書）
    #[arg(value_name = "B", conflicts_with_all = ["data", "agreement", "fiscal_year"])]
    pub other: Option<PathBuf>,
    /// 結果の表示の形
    #[arg(long, value_enum, default_value = "text")]
    pub format: Shape,
    #[command(flatten)]
    pub which: Which,
}

#[derive(Debug, Args)]
pub struct Lineage {
    /// 前の年度（西暦）
    #[arg(long, value_name = "YEAR")]
    pub from: i16,
    /// 後の年度（西暦）
    #[arg(long, value_name = "YEAR")]
    pub to: i16,
    /// 結果の表示の形
    #[arg(long, value_enum, default_value = "text")]
    pub format: Shape,
    #[command(flatten)]
    pub data: Data,
    /// 協定の名前の一部（協定が複数あるときだけ）
    #[arg(long, value_name = "KEY")]
    pub agreement: Option<String>,
}

/// 版
#[derive(Debug, Subcommand)]
pub enum Edition {
    /// 年度の報告書の内容を固定し、ファイルを作って保管する
    Freeze(Freeze),
    /// 作った版を挙げる
    List(ListEditions),
    /// 版（R8-1）か、版の中の数値（R8-1-0123）の値・時点・報告者を表示する
    Show(ShowEdition),
    /// 二つの版の相違（正誤表）を表示する
    Diff(DiffEditions),
    /// 保管したファイルを、そのまま書き出す
    Export(ExportEdition),
}

#[derive(Debug, Args)]
pub struct Freeze {
    /// PDFを作れないとき（フォントにない文字があるときなど）は、PDFなしで作る
    #[arg(long)]
    pub without_pdf: bool,
    #[command(flatten)]
    pub which: Which,
}

#[derive(Debug, Args)]
pub struct ListEditions {
    /// 結果の表示の形
    #[arg(long, value_enum, default_value = "text")]
    pub format: Shape,
    #[command(flatten)]
    pub which: Which,
}

#[derive(Debug, Args)]
pub struct ShowEdition {
    /// 版の番号（R8-1）か参照番号（R8-1-0123）
    #[arg(value_name = "NAME")]
    pub name: String,
    /// 結果の表示の形
    #[arg(long, value_enum, default_value = "text")]
    pub format: Shape,
    #[command(flatten)]
    pub kept: Kept,
}

#[derive(Debug, Args)]
pub struct DiffEditions {
    /// 前の版（R8-1）
    #[arg(value_name = "EARLIER")]
    pub earlier: String,
    /// 後の版（R8-2）
    #[arg(value_name = "LATER")]
    pub later: String,
    /// 結果の表示の形
    #[arg(long, value_enum, default_value = "text")]
    pub format: Shape,
    #[command(flatten)]
    pub kept: Kept,
}

#[derive(Debug, Args)]
pub struct ExportEdition {
    /// 版の番号（R8-1）
    #[arg(value_name = "NAME")]
    pub name: String,
    /// 書き出す先のディレクトリ（なければ作る）
    #[arg(long = "out", value_name = "DIR")]
    pub folder: PathBuf,
    #[command(flatten)]
    pub kept: Kept,
}

/// 記録簿
#[derive(Debug, Subcommand)]
pub enum Journal {
    /// 記録簿が後から変えられていないことを確かめる
    Verify(Verify),
}

#[derive(Debug, Args)]
pub struct Verify {
    /// 前に控えた先頭（いくつでも）。連鎖が短くなっていないことも確かめる
    #[arg(long = "head", value_name = "HEAD")]
    pub heads: Vec<String>,
    /// 前に控えた鍵の指紋（いくつでも）。指定すると、この鍵の署名だけを認める
    #[arg(long = "key", id = "keys", value_name = "FINGERPRINT")]
    pub keys: Vec<String>,
    /// 先頭と鍵の指紋を、1行に一つずつ控えたファイル
    #[arg(long, value_name = "FILE")]
    pub noted: Option<PathBuf>,
    #[command(flatten)]
    pub data: Data,
}

/// 鍵の合言葉
#[derive(Debug, Args)]
pub struct Passphrase {
    /// 鍵の写し（写しの名前に .key を付けたファイル）の合言葉を書いたファイル（環境変数 RENKEI_PASSPHRASE でもよい）
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Backup {
    /// 写しのファイル（まだないもの）
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub passphrase: Passphrase,
    #[command(flatten)]
    pub data: Data,
}

#[derive(Debug, Args)]
pub struct Restore {
    /// 写しのファイル
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// 写しの鍵（node.key）がないとき、新しい鍵で続けることを認める人の名前
    #[arg(long, value_name = "NAME", conflicts_with = "passphrase_file")]
    pub acknowledged_by: Option<String>,
    #[command(flatten)]
    pub passphrase: Passphrase,
    #[command(flatten)]
    pub data: Data,
}

/// Returns clap's definition of the command line, with Japanese help.
pub fn command() -> clap::Command {
    Arguments::command()
}
