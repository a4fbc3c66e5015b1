//! The Japanese sentences of the errors. Each says what is wrong and what to do next.

use std::fmt;
use std::path::Path;

use renkei_document::time::Hlc;

use crate::error::{AppendError, JournalError, KeyFault, VerifyError};
use crate::events::chain::ChainKey;
use crate::events::head::NoHeadMark;
use crate::events::verify::{Broken, Fault, Verified};

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InUse { directory, process } => in_use(f, directory, *process),
            Self::Missing { path } => {
                write!(f, "記録簿「{}」がありません。--data の場所を確かめてください。", path.display())
            }
            Self::NotAJournal { path } => {
                write!(
                    f,
                    "「{}」は記録簿ではありません。renkei の記録簿か、その控えを指定してください。",
                    path.display()
                )
            }
            Self::Newer { path, found, known } => {
                let path = path.display();
                write!(
                    f,
                    "記録簿「{path}」は新しい版（{found}）のものです。この renkei が読めるのは版{known}までです。renkei を更新してください。"
                )
            }
            Self::Older { path, found, known } => f.write_str(&older(path, *found, *known)),
            Self::Exists { path } => {
                write!(
                    f,
                    "「{}」はすでにあります。上書きはしません。別の名前か場所を指定してください。",
                    path.display()
                )
            }
            Self::BrokenCopy { path, broken } => {
                write!(f, "控え「{}」は復元しません。{broken}別の控えを指定してください。", path.display())
            }
            Self::Key { path, fault } => write!(f, "拠点の鍵「{}」{fault}", path.display()),
            Self::KeyMissing { path } => f.write_str(&key_missing(path)),
            Self::NotOurs { chain } => f.write_str(&not_ours(chain)),
            Self::Exposed { path, command } => f.write_str(&exposed(path, command)),
            Self::SharedPlace { path } => f.write_str(&shared_place(path)),
            Self::NotInPlace { path } => f.write_str(&not_in_place(path)),
            Self::NoRandomness => {
                f.write_str("このシステムから乱数が得られません。システムの管理者に知らせてください。")
            }
            Self::NoSuchEvent { chain, number } => {
                write!(f, "連鎖「{chain}」に{number}番の記録はありません。番号を確かめてください。")
            }
            Self::Io { action, path, source } => {
                let path = path.display();
                write!(f, "{action}ことができません：「{path}」（{source}）。場所と権限、空き容量を確かめてください。")
            }
            Self::Damaged { action } => {
                write!(f, "{action}ことができません。記録簿のファイルが壊れています。正しい控えから復元してください。")
            }
            Self::Database { action, source } => {
                write!(
                    f,
                    "{action}ことができません（{source}）。ディスクの空き容量と状態を確かめ、もう一度試してください。"
                )
            }
        }
    }
}

impl fmt::Display for KeyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreadable => {
                "が読めません。控えから戻すか、別の場所に移してから起動してください（新しい鍵を作ります）。"
            }
            Self::NoCopy => "は、`renkei backup` の作った鍵の写しではありません。別のファイルを指定してください。",
            Self::Passphrase => "が、この合言葉では開きません。鍵の写しを作ったときの合言葉を指定してください。",
        })
    }
}

impl fmt::Display for AppendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict { chain, expected, found } => {
                write!(
                    f,
                    "連鎖「{chain}」には先に別の記録が入りました（{expected}番の次のはずが、いま{found}番まであります）。読み直してもう一度行ってください。"
                )
            }
            Self::NotExpected { chain } => {
                write!(
                    f,
                    "連鎖「{chain}」の番号を確かめずに書こうとしました。プログラムの誤りです。開発者に知らせてください。"
                )
            }
            Self::ChainName { chain } => {
                write!(
                    f,
                    "連鎖の名前「{chain}」は使えません。当事者と簿冊の名前は空にせず、当事者の名前に「/」を入れないでください。"
                )
            }
            Self::TimeGoesBack { chain, last, time } => {
                let (last, time) = (Shown(*last), Shown(*time));
                write!(
                    f,
                    "連鎖「{chain}」の最後の記録（{last}）より前の時刻（{time}）では書けません。時計を確かめてください。"
                )
            }
            Self::Journal(error) => error.fmt(f),
        }
    }
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(broken) => {
                write!(f, "{broken}このデータ置き場には書き込まず、正しい控えを別の場所に復元して確かめてください。")
            }
            Self::Journal(error) => error.fmt(f),
        }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Link { chain, number, fault } => write!(f, "連鎖「{chain}」の{number}番：{fault}"),
            Self::Lost { heard } => write!(f, "受付順{}番の記録がどの連鎖にもありません。", heard.0),
            Self::Blob { digest } => write!(f, "保管したファイル {digest} の中身が変わっています。"),
            Self::Body { heard } => write!(f, "受付順{}番の本文か非開示の印に、記録がありません。", heard.0),
            Self::UnknownKey { chain, key } => {
                write!(f, "連鎖「{chain}」の先頭に、知らない鍵（指紋 {key}）の署名があります。")
            }
            Self::Ledger { number, fault } => write!(f, "台帳の{number}番：{fault}"),
            Self::Row { table, row, fault } if row.is_empty() => write!(f, "表「{table}」：{fault}"),
            Self::Row { table, row, fault } => write!(f, "表「{table}」の行「{row}」：{fault}"),
            Self::Received { after, until } => {
                write!(
                    f,
                    "受付順{}番の後から{}番までの記録（表「events」）が、受け付けたときと違います。",
                    after.0, until.0
                )
            }
            Self::Schema { name } => {
                write!(f, "データベースの「{name}」（表、索引など）が、renkei の作るものと違います。")
            }
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gap => f.write_str("記録が抜けています。"),
            Self::Hash => f.write_str("記録の見出し、または一つ前の記録とのつながりが変わっています。"),
            Self::BodyDigest => f.write_str("記録の本文が変わっています。"),
            Self::BodyMissing => f.write_str("記録の本文がなく、非開示や黒塗りの印もありません。"),
            Self::AbsentAndThere => f.write_str("非開示や黒塗りの印があるのに、記録の本文があります。"),
            Self::TimeGoesBack => f.write_str("一つ前の記録より前の時刻です。"),
            Self::HeardBeforePrevious => f.write_str("一つ前の記録より先に受け付けたことになっています。"),
            Self::BeforeSignedHead => f.write_str("署名された先頭より手前で連鎖が終わっています。"),
            Self::OtherThanSignedHead => f.write_str("連鎖の最後の記録が、署名された先頭と違います。"),
            Self::Signature => f.write_str("先頭の署名が合いません。"),
            Self::Shorter { ends_at } => {
                write!(f, "示された先頭より連鎖が短くなっています（{ends_at}番で終わっています）。")
            }
            Self::OtherThanHead => f.write_str("示された先頭とは別の記録になっています。"),
        }
    }
}

impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { chains, events, absent, blobs, .. } = self;
        write!(f, "記録簿は正しくつながっています：連鎖{chains}本、記録{events}件")?;
        if *absent > 0 {
            write!(f, "（うち本文が非開示・黒塗りのもの{absent}件）")?;
        }
        if *blobs > 0 {
            write!(f, "、ファイル{blobs}件")?;
        }
        f.write_str("。")
    }
}

impl fmt::Display for NoHeadMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = &self.text;
        write!(f, "「{text}」は先頭の書き方ではありません。「当事者/簿冊:番号:ハッシュ（16進64桁）」と書いてください。")
    }
}

fn older(path: &Path, found: u32, known: u32) -> String {
    let path = path.display();
    format!(
        "記録簿「{path}」は古い版（{found}、いまは{known}）のものです。renkei serve を一度実行すると、控えを取ってから新しい版に移します。"
    )
}

fn key_missing(path: &Path) -> String {
    let path = path.display();
    format!(
        "「{path}」の隣に、台帳に署名した node.key がありません。鍵の控えから戻してください。鍵を失ったときは、新しい鍵で続けることを認める人の名前を付けて、`renkei restore 写し --data 新しい置き場所 --acknowledged-by 名前` を行ってください。"
    )
}

fn not_ours(chain: &ChainKey) -> String {
    format!(
        "連鎖「{chain}」の先頭の署名が、この拠点の鍵のものではないので、書き足しません。`renkei journal verify` で確かめ、正しい控えから復元してください。"
    )
}

fn exposed(path: &Path, command: &str) -> String {
    let path = path.display();
    format!(
        "「{path}」は、この機械のほかの利用者が開ける状態で、renkei には直せません。持ち主か管理者が `{command} '{path}'` を行ってから、もう一度始めてください。"
    )
}

fn shared_place(path: &Path) -> String {
    let path = path.display();
    format!(
        "「{path}」には renkei のもののほかにも入っていて、ほかの利用者も開けます。`mkdir -m 700 '{path}/renkei'` で renkei だけの場所を作り、--data で指定してください。"
    )
}

fn not_in_place(path: &Path) -> String {
    let path = path.display();
    format!(
        "「{path}」はシンボリックリンクです。置き場所の外のファイルは開きません。`mv -T \"$(readlink -f '{path}')\" '{path}'` で実物を置いてから、もう一度始めてください。"
    )
}

fn in_use(f: &mut fmt::Formatter<'_>, directory: &Path, process: Option<u32>) -> fmt::Result {
    let process = process.map(|number| format!("（プロセス番号{number}）")).unwrap_or_default();
    write!(
        f,
        "「{}」には別の renkei{process}が書き込んでいます。先にそれを終えるか、別の --data を指定してください。",
        directory.display()
    )
}

/// Displays a time as `millis.counter`.
struct Shown(Hlc);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0.millis, self.0.counter)
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::events::blob::BlobDigest;
    use crate::events::event::Position;

    /// Checks that the sentence names the problem and ends with the next step.
    #[track_caller]
    fn check(shown: impl fmt::Display, matter: &str, next_step: &str) {
        let shown = shown.to_string();
        assert!(shown.contains(matter) && shown.ends_with(next_step), "{shown}");
    }

    fn chain() -> ChainKey {
        ChainKey::new("city", "agreement")
    }

    #[test]
    fn an_error_about_a_file_names_the_next_step() {
        let path = || PathBuf::from("みどり市");
        let source = || std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        let in_use = |process| JournalError::InUse { directory: path(), process };
        check(in_use(Some(12)), "別の renkei（プロセス番号12）が書き込んで", "別の --data を指定してください。");
        check(in_use(None), "「みどり市」には別の renkeiが", "指定してください。");
        check(JournalError::Missing { path: path() }, "がありません", "確かめてください。");
        check(JournalError::NotAJournal { path: path() }, "記録簿ではありません", "指定してください。");
        check(JournalError::Newer { path: path(), found: 3, known: 2 }, "新しい版（3）", "更新してください。");
        check(JournalError::Older { path: path(), found: 1, known: 2 }, "古い版（1、いまは2）", "新しい版に移します。");
        check(JournalError::Exists { path: path() }, "すでにあります", "指定してください。");
        check(
            JournalError::Key { path: path(), fault: KeyFault::Unreadable },
            "読めません",
            "（新しい鍵を作ります）。",
        );
        check(
            JournalError::Exposed { path: path(), command: "chmod 700".to_owned() },
            "`chmod 700 'みどり市'`",
            "始めてください。",
        );
        check(JournalError::SharedPlace { path: path() }, "mkdir -m 700 'みどり市/renkei'", "指定してください。");
        check(JournalError::NotInPlace { path: path() }, "シンボリックリンクです", "始めてください。");
        check(JournalError::io("鍵を書く", &path())(source()), "鍵を書くことができません", "確かめてください。");
        check(JournalError::Damaged { action: "読む" }, "壊れています", "復元してください。");
        check(JournalError::NoRandomness, "乱数", "知らせてください。");
    }

    #[test]
    fn the_message_of_a_refused_append_names_the_next_step() {
        check(
            AppendError::Conflict { chain: chain(), expected: 2, found: 3 },
            "いま3番まで",
            "もう一度行ってください。",
        );
        check(AppendError::NotExpected { chain: chain() }, "「city/agreement」", "知らせてください。");
        check(AppendError::ChainName { chain: chain() }, "使えません", "入れないでください。");
        let (last, time) = (Hlc { millis: 9, counter: 1 }, Hlc { millis: 8, counter: 0 });
        check(
            AppendError::TimeGoesBack { chain: chain(), last, time },
            "（9.1）より前の時刻（8.0）",
            "確かめてください。",
        );
        check(AppendError::Journal(JournalError::NoRandomness), "乱数", "知らせてください。");
        check(JournalError::NoSuchEvent { chain: chain(), number: 4 }, "4番の記録はありません", "確かめてください。");
    }

    #[test]
    fn a_broken_link_is_named_with_its_chain_and_number() {
        for (fault, matter) in [
            (Fault::Gap, "記録が抜けています"),
            (Fault::Hash, "見出し、または一つ前"),
            (Fault::BodyDigest, "本文が変わって"),
            (Fault::BodyMissing, "本文がなく"),
            (Fault::AbsentAndThere, "印があるのに"),
            (Fault::TimeGoesBack, "前の時刻"),
            (Fault::HeardBeforePrevious, "先に受け付けた"),
            (Fault::BeforeSignedHead, "手前で連鎖が終わって"),
            (Fault::OtherThanSignedHead, "署名された先頭と違います"),
            (Fault::Signature, "署名が合いません"),
            (Fault::Shorter { ends_at: 2 }, "（2番で終わっています）"),
            (Fault::OtherThanHead, "別の記録になって"),
        ] {
            let broken = Broken::Link { chain: chain(), number: 3, fault };
            check(VerifyError::Broken(broken.clone()), matter, "復元して確かめてください。");
            check(&broken, "連鎖「city/agreement」の3番：", "。");
            check(JournalError::BrokenCopy { path: PathBuf::from("控え"), broken }, matter, "指定してください。");
        }
        check(Broken::Lost { heard: Position(7) }, "受付順7番", "ありません。");
        check(Broken::Blob { digest: BlobDigest([0xab; 32]) }, "abab", "変わっています。");
    }
}
