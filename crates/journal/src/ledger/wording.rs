//! The Japanese sentences about the ledger and about keys.

use std::fmt;

use crate::events::verify::{KeyOrigin, LedgerFault, RowFault};
use crate::ledger::noted::NotNoted;

impl fmt::Display for RowFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unexplained => f.write_str("renkei の外で加えられています（台帳にありません）。"),
            Self::Changed { entry } => write!(f, "renkei の外で変えられています（台帳の{entry}番と違います）。"),
            Self::Gone { entry } => write!(f, "台帳の{entry}番の行が、renkei の外で消されています。"),
        }
    }
}

impl fmt::Display for LedgerFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHead => f.write_str("台帳の先頭（表「ledger_head」）が一つではありません。"),
            Self::Gap => f.write_str("台帳（表「ledger」）の記録が抜けています。"),
            Self::Hash => f.write_str("台帳（表「ledger」）の記録、または一つ前とのつながりが変わっています。"),
            Self::Salt => f.write_str("台帳（表「ledger」）の塩が変わっています。"),
            Self::OtherThanHead => f.write_str("台帳の最後の記録が、署名された先頭（表「ledger_head」）と違います。"),
            Self::Signature => f.write_str("台帳の先頭（表「ledger_head」）の署名が合いません。"),
            Self::UnknownKey { key } => {
                write!(f, "台帳の先頭（表「ledger_head」）に、知らない鍵（指紋 {key}）の署名があります。")
            }
            Self::Unexpected { table } => {
                write!(f, "renkei が表「{table}」の行を改めたとき、その行は renkei の外で変えられていました。")
            }
            Self::Shorter { ends_at } => {
                write!(f, "控えた先頭より台帳が短くなっています（{ends_at}番で終わっています）。")
            }
            Self::OtherThanNoted => f.write_str("控えた先頭とは別の台帳になっています。"),
        }
    }
}

impl fmt::Display for KeyOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own => f.write_str("この置き場所の鍵"),
            Self::Noted => f.write_str("控えた鍵"),
            Self::Acknowledged { by, .. } => write!(f, "復元のときに{by}が認めた鍵"),
            Self::Adopted => f.write_str("台帳ができる前からの鍵"),
        }
    }
}

impl fmt::Display for NotNoted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = &self.line;
        write!(
            f,
            "「{line}」は鍵の指紋でも先頭でもありません。指紋は16進64桁、先頭は「当事者/簿冊:番号:ハッシュ（16進64桁）」と書いてください。"
        )
    }
}
