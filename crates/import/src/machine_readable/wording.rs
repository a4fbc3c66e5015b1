//! The sentences of the rules: the problem and the advice.

use renkei_document::language::Language;

use super::rule::Rule;

/// Returns the problem of a broken rule.
pub fn wrong(rule: Rule, language: Language) -> &'static str {
    let (japanese, english) = SENTENCES[rule as usize].wrong;
    language.choose(japanese, english)
}

/// Returns the advice for a broken rule.
pub fn advice(rule: Rule, language: Language) -> &'static str {
    let (japanese, english) = SENTENCES[rule as usize].advice;
    language.choose(japanese, english)
}

/// The sentences of one rule, in Japanese and in English.
struct Sentences {
    wrong: (&'static str, &'static str),
    advice: (&'static str, &'static str),
}

/// The sentences in the order of the rules; a rule without sentences does not compile.
const SENTENCES: [Sentences; Rule::L3_09 as usize + 1] = [
    // L1-01
    Sentences {
        wrong: ("機械が表として読める形式のファイルではありません", "This is no file that a machine reads as a table"),
        advice: ("Excel（.xlsx）か CSV で保存してください。", "Save it as a workbook (.xlsx) or as CSV."),
    },
    // L1-02
    Sentences {
        wrong: ("一つのシートに二つ以上の表があります", "A second table begins here"),
        advice: (
            "表を一つずつ別のシート（CSV は別のファイル）に分けてください。",
            "Give each table a sheet (of CSV, a file) of its own.",
        ),
    },
    // L1-03
    Sentences {
        wrong: ("空の行か列、二段の見出しで表が切れています", "A blank row or column cuts the table"),
        advice: (
            "空の行と列を取り除き、表をつなげてください。",
            "Remove blank rows and columns so that the table is one piece.",
        ),
    },
    // L1-04
    Sentences {
        wrong: (
            "表の外に、表でないものがあります",
            "Something that is no part of the table stands beside or beneath it",
        ),
        advice: (
            "注記などは別のシートか説明のファイルに移してください。",
            "Move notes to another sheet or to a file of explanations.",
        ),
    },
    // L1-05
    Sentences {
        wrong: ("列に、中身のわかる項目名がありません", "A column has no name that tells what it holds"),
        advice: ("何の値かがわかる項目名を付けてください。", "Give the column a name that tells what it holds."),
    },
    // L1-06
    Sentences {
        wrong: ("見た目のための空白か改行があります", "There are blanks or line breaks for looks"),
        advice: (
            "空白と改行を取り除いてください。幅は書式で整えられます。",
            "Remove them; widths are set by formatting.",
        ),
    },
    // L1-07
    Sentences {
        wrong: ("一つのセルに二つ以上の値があります", "There are several values in one cell"),
        advice: ("値ごとに列か行を分けてください。", "Give each value a column or row of its own."),
    },
    // L1-08
    Sentences {
        wrong: ("機種によって表示の変わる文字があります", "There are characters that not every machine shows"),
        advice: (
            "「(1)」「(株)」「キロ」、全角カナなど、どの機種でも読める文字に替えてください（固有名詞は除く）。",
            "Use (1), (株) or full-width kana instead, but for proper names.",
        ),
    },
    // L1-09
    Sentences {
        wrong: ("空欄が、0なのか値がないのかわかりません", "An empty cell does not tell whether it is zero or missing"),
        advice: (
            "0なら0と書き、値がなければその理由を状態の列に書いてください。",
            "Write 0 for zero, or why there is no value in a column of states.",
        ),
    },
    // L1-10
    Sentences {
        wrong: ("図形・画像・コメントは機械では読めません", "Shapes, pictures and comments are not read by machines"),
        advice: (
            "必要な内容は、表のセルか説明のシートに書いてください。",
            "Write what matters into cells or a sheet of explanations.",
        ),
    },
    // L1-11
    Sentences {
        wrong: (
            "色・太字・文字の大きさが、同じ列のほかのセルと違います",
            "The cell differs in colour, weight or size from its column",
        ),
        advice: (
            "意味があるなら列を設けて言葉で書き、なければ書式を揃えてください。",
            "If it means something, say it in a column; if not, format it as its column.",
        ),
    },
    // L1-12
    Sentences {
        wrong: ("セルが結合されています", "Cells are merged"),
        advice: ("結合を解き、すべてのセルに値を入れてください。", "Unmerge them and fill each cell."),
    },
    // L1-13
    Sentences {
        wrong: ("表示されていない行・列・シートがあります", "There are hidden rows, columns or sheets"),
        advice: ("再表示するか、要らなければ取り除いてください。", "Show them, or remove what is not needed."),
    },
    // L1-14
    Sentences {
        wrong: (
            "値の中に改行があり、1件が1行になっていません",
            "A line break inside a value: the record is not one line",
        ),
        advice: ("改行を取り除いてください。", "Remove the line break."),
    },
    // L1-15
    Sentences {
        wrong: (
            "項目より多くの値があります。値の中のカンマが区切りになっています",
            "The record has more values than there are columns: a comma inside a value parts it",
        ),
        advice: (
            "カンマを含む値は「\"」で囲み、数値はカンマなしで書いてください。",
            "Put values with commas into double quotes; write numbers without commas.",
        ),
    },
    // L2-01
    Sentences {
        wrong: (
            "数値が文字として入っています（単位・カンマ・記号など）",
            "A number is kept as text (unit, comma, mark)",
        ),
        advice: (
            "数字だけを入れ、単位は項目名か単位の列に、カンマは表示形式にしてください。",
            "Keep digits alone; say the unit in the column's name or a column of units; commas are a display format.",
        ),
    },
    // L2-02
    Sentences {
        wrong: ("上と同じ値が省かれています", "A value is left out as “same as above”"),
        advice: ("省かずに、どの行にも値を入れてください。", "Write the value in each row."),
    },
    // L2-03
    Sentences {
        wrong: ("同じ項目名が二つあります", "Two columns have the same name"),
        advice: ("何の値かの違いがわかる、別々の項目名にしてください。", "Give each column a name of its own."),
    },
    // L2-04
    Sentences {
        wrong: ("同じ選択肢が違う書き方になっています", "One choice is written in several ways"),
        advice: ("一つの書き方に揃えてください。", "Use one spelling."),
    },
    // L2-05
    Sentences {
        wrong: ("「その他」と自由記述が同じセルにあります", "“Other” and its free text stand in one cell"),
        advice: ("「その他」と、その内容の列を分けてください。", "Give the free text a column of its own."),
    },
    // L2-06
    Sentences {
        wrong: ("計算式が入っています", "There is a formula"),
        advice: ("値に置き換えてください（値の貼り付け）。", "Replace it by its value (paste values)."),
    },
    // L3-01
    Sentences {
        wrong: ("1行目が項目名になっていません", "Row 1 is not the header"),
        advice: (
            "表題や空の行を取り除き、1行目を項目名、2行目から値にしてください。",
            "Remove titles and blank rows: names in row 1, values from row 2.",
        ),
    },
    // L3-02
    Sentences {
        wrong: ("コードの意味がこのファイルではわかりません", "The file does not tell what the codes mean"),
        advice: (
            "コード表を別のシートかファイルで添えてください。",
            "Add the code table on another sheet or as a file.",
        ),
    },
    // L3-03
    Sentences {
        wrong: ("数値の列に記号か言葉があります", "A mark or word stands among numbers"),
        advice: (
            "秘匿・欠測などの記号は意味を説明し、できれば状態の列に分けてください。",
            "Define the marks; better, keep them in a column of states.",
        ),
    },
    // L3-04
    Sentences {
        wrong: ("数値の単位がわかりません", "The unit of the numbers is not given"),
        advice: (
            "項目名に「（千円）」のように単位を付けるか、単位の列を設けてください。",
            "Add the unit to the name, as in 助成額（千円）, or a column of units.",
        ),
    },
    // L3-05
    Sentences {
        wrong: ("年月日が元号だけで書かれています", "A time is given by era alone"),
        advice: (
            "西暦で書くか、西暦の列を添えてください（例：2025-04-01）。",
            "Write it by the Gregorian calendar, or add a column that does.",
        ),
    },
    // L3-06
    Sentences {
        wrong: ("地域の名前が正式ではありません", "The name of a place is not the official one"),
        advice: (
            "市区町村まで付けた正式な名前か、全国地方公共団体コードを入れてください。",
            "Write the official name, or the code of local governments.",
        ),
    },
    // L3-07
    Sentences {
        wrong: ("前の年と項目が違います", "The columns differ from those of another year"),
        advice: (
            "毎年同じ形にし、変えたときは変えたことを説明してください。",
            "Keep the same columns each year, and tell what changed.",
        ),
    },
    // L3-08
    Sentences {
        wrong: ("文字コードの説明が要るかもしれません", "The encoding may need to be stated"),
        advice: (
            "BOM 付きの UTF-8 で保存し、定義・作り方・出典・更新日とともに説明を添えてください。",
            "Save as UTF-8 with BOM, and state encoding, definitions, source and updates.",
        ),
    },
    // L3-09
    Sentences {
        wrong: ("年や月ごとに列があります", "There is a column for each year or month"),
        advice: (
            "年月の列と値の列にし、1行に1つの値を置いてください。",
            "Use a column for the time and one for the value: one observation a row.",
        ),
    },
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_rule_has_its_own_sentences() {
        let all: HashSet<_> = SENTENCES.iter().flat_map(|sentences| [sentences.wrong, sentences.advice]).collect();
        assert_eq!(all.len(), 60);
        assert_eq!(wrong(Rule::L2_06, Language::English), "There is a formula");
        assert_eq!(wrong(Rule::L3_09, Language::Japanese), "年や月ごとに列があります");
        assert_eq!(Rule::L2_06.id(), "L2-06");
    }
}
