//! The sentences of the findings in Japanese.

use crate::finding::Notice;

pub(super) fn message(notice: &Notice) -> String {
    match notice {
        Notice::NumberingDuplicate { mark } => format!("番号「{mark}」が同じ項目に二つあります。"),
        Notice::NumberingGap { missing } => format!("番号「{missing}」がありません。"),
        Notice::PartyConflict { cell, division, taken } => {
            format!("組織欄は「{cell}」ですが、「{division}」は「{taken}」の所管課です。「{taken}」として読みました。")
        }
        Notice::PartyMissing { taken, because } => {
            format!("この行の組織欄がありません。{because}ため「{taken}」として読みました。")
        }
        Notice::RowJoined { text } => format!("番号と担当課のない行「{text}」を上の行の続きとして読みました。"),
        Notice::RowMisplaced { read_as } => format!("行の欄がずれています。{read_as}と読みました。"),
        Notice::TextLost { text } if text.is_empty() => "取組内容のない行です。".to_owned(),
        Notice::TextLost { text } => format!("文が途中から始まっているか、途中で終わっています：「{text}」"),
        Notice::TextUnread { text } => format!("どこにも当てはまらない文です：「{text}」"),
        Notice::TextRepeated { text, times } => format!("同じ文が{times}か所にあります：「{text}」"),
        Notice::TextStaleYear { year, text } => {
            format!("過ぎた年（{year}）のことを、これから行うと書いています：「{text}」")
        }
        Notice::TextTense { text, expected_result: true } => {
            format!("実績の欄が予定の形で書かれています：「{text}」")
        }
        Notice::TextTense { text, expected_result: false } => {
            format!("計画の欄が実績の形で書かれています：「{text}」")
        }
        Notice::MarkupUnclosed { bracket, text } => format!("かっこ「{bracket}」の対がありません：「{text}」"),
        Notice::TermVaries { one, other } => format!("同じものに二つの書き方があります：「{one}」と「{other}」"),
        Notice::AsOfMalformed { printed, understood } => format!("時点「{printed}」を{understood}と読みました。"),
        Notice::AsOfWithoutEnd { printed } => format!("時点「{printed}」に「末」も日もありません。"),
        Notice::AsOfMixed { dates } => format!("一つの欄に時点が{}つあります：{}", dates.len(), dates.join("、")),
        Notice::AsOfOtherYear { printed, year_of_report } => {
            format!("{year_of_report}の報告に別の年度の数値があります：「{printed}」")
        }
        Notice::StateOpen { word, text } => format!("実績に「{word}」が残っています：「{text}」"),
        Notice::FigureSum { total, parts, sum } => {
            format!("合計が合いません：{total}に対し、{parts}の計は{sum}です。")
        }
        Notice::FigureRate { printed, computed, from } => {
            format!("割合が合いません：{printed}とありますが、{from}から計算すると{computed}です。")
        }
        Notice::FigureOrder { part, whole } => format!("内数のはずの{part}が、{whole}より大きくなっています。"),
        Notice::FigureRepeated { figures } => format!("同じ数値が複数の取組にあります：{figures}"),
        Notice::FigureDiffers { what, one, other } => {
            format!("「{what}」の数値が取組によって違います：{one}と{other}")
        }
        Notice::FigureOutlier { figure, before } => format!("{figure}は、これまで（{before}）と大きく違います。"),
        Notice::DivisionUnknown { division } => {
            format!("「{division}」という所管課は、この時点でどの当事者にもありません。")
        }
        Notice::RowCorrected { read } => format!("取り込むときに直した行です。読み取りは「{read}」でした。"),
        Notice::SourceTracked { inserted, deleted } => {
            format!("変更履歴が残っています。承諾したものとして読みました（追加「{inserted}」、削除「{deleted}」）。")
        }
        Notice::SourceHidden { what } => format!("表示されていない部分も読みました：{what}"),
        Notice::SourceLeftOut { what } => format!("読まなかった部分があります：{what}"),
        Notice::GlyphMissing { character, code_points } => {
            format!("フォントにない文字「{character}」（{code_points}）があり、PDF に印刷できません。")
        }
    }
}

pub(super) fn advice(notice: &Notice) -> &'static str {
    match notice {
        Notice::NumberingDuplicate { .. } | Notice::NumberingGap { .. } => {
            "行の抜けや重なりがないか原文を確かめてください。発行時の番号は並び順から付け直します。"
        }
        Notice::PartyConflict { .. } | Notice::PartyMissing { .. } => {
            "どちらの取組かを確かめ、違うときは取組の当事者を直してください。"
        }
        Notice::RowJoined { .. } | Notice::RowMisplaced { .. } => {
            "改ページで分かれた行かどうか、原文を確かめてください。"
        }
        Notice::TextLost { .. } => "原文を確かめ、失われた文を補ってください。",
        Notice::TextUnread { .. } => "取組の文であれば、その取組に移してください。",
        Notice::TextRepeated { .. } => "再掲であれば、そのままでかまいません。",
        Notice::TextStaleYear { .. } => "年を確かめ、前年度の文が残っているときは直してください。",
        Notice::TextTense { .. } => "実績は「行った」、計画は「行う」の形に直してください。",
        Notice::MarkupUnclosed { .. } => "かっこを補うか、取り除いてください。",
        Notice::TermVaries { .. } => "どちらかにそろえるか、違う理由を説明してください。",
        Notice::AsOfMalformed { .. } => "日付を「R8.1月末時点」のように直してください。",
        Notice::AsOfWithoutEnd { .. } => "月末なら「末」を補ってください。",
        Notice::AsOfMixed { .. } => "数値ごとの時点が正しいか確かめてください。",
        Notice::AsOfOtherYear { .. } => "この年度の数値があれば置き換え、なければそのわけを説明してください。",
        Notice::StateOpen { .. } => "結果が出ていれば数値を入れてください。",
        Notice::FigureSum { .. } => "合計か内訳を直すか、合わないわけを説明してください。",
        Notice::FigureRate { .. } => "割合か元の数値を直すか、計算の方法を説明してください。",
        Notice::FigureOrder { .. } => "対象が同じかどうか確かめ、別の集団であればそう説明してください。",
        Notice::FigureRepeated { .. } => "同じ一つの事実なら共通実績にし、偶然ならそう説明してください。",
        Notice::FigureDiffers { .. } => "対象や時点の違いか、どちらかの誤りかを確かめてください。",
        Notice::FigureOutlier { .. } => "桁や単位の誤りがないか確かめてください。",
        Notice::DivisionUnknown { .. } => "名称の誤りか、組織改正の登録もれかを確かめてください。",
        Notice::RowCorrected { .. } => "原文と見比べるときの参考です。",
        Notice::SourceTracked { .. } => "Word で変更を承諾するか元に戻してから、もう一度取り込んでください。",
        Notice::SourceHidden { .. } => "要らない部分であれば、元のファイルから取り除いて取り込み直してください。",
        Notice::GlyphMissing { .. } => {
            "常用の字体に改めるか、その字を持つフォントを環境変数 RENKEI_FONT_DIR の場所に入れてください。Word、Excel、HTML には、そのまま書き出せます。"
        }
        Notice::SourceLeftOut { .. } => "必要な内容があれば、元のファイルの本文か表に書き移してください。",
    }
}
