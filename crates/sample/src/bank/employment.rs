//! Phrases of chapter 1, first half: employers, start-ups, companies that move in, people who move in.

use super::section::Measure::{Count, Grant, Rare, Sum};
use super::section::Verb::{Do, Hold, Send, Set, Strive};
use super::section::{JOINT_FAIR, STATISTICS, Section, row};
use crate::office::Office::{Commerce, Equality, Jobs, Measures, Moving, Siting, Stability, Startup};

pub const SECTIONS: [Section; 4] = [
    Section {
        title: "雇用の場を広げる事業主への支援",
        title_varied: "雇用の場を広げる事業者への支援",
        lead: "市と労働局は、事業主の採用と定着の取組を共に支え、働く場を広げる。",
        rows: &[
            STATISTICS,
            row(Stability, "市が開く合同しごと説明会について、窓口での案内と企業への参加の呼び掛けを", Do, &[]),
            row(
                Measures,
                "採用が難しい求職者を雇い入れる事業主に対し、国の雇用関係助成金の案内と申請の受付を",
                Do,
                &[
                    Count("雇入れ助成の支給決定件数", "件", 600, 1900),
                    Count("試行雇用の開始者数", "人", 5, 60),
                    Count("正社員転換助成の支給決定件数", "件", 200, 800),
                ],
            ),
            JOINT_FAIR,
            row(
                Commerce,
                "商店街のにぎわいを取り戻すため、空き区画に出店する者への改装費の補助を",
                Do,
                &[Grant(5, 30), Rare("共同店舗の設置", "件")],
            ),
            row(
                Startup,
                "研究機関の技術と市内企業の困りごとを結ぶ相談会を",
                Hold,
                &[Count("相談会", "回", 3, 12), Count("参加企業数", "社", 10, 60)],
            ),
            row(Startup, "新しい製品の試作に取り組む中小企業への補助金の交付を", Do, &[Grant(3, 15)]),
        ],
    },
    Section {
        title: "創業して間もない事業者の人材確保",
        title_varied: "創業間もない事業者の人材確保",
        lead: "市と労働局は、創業して間もない事業者が最初の従業員を迎えられるよう支援する。",
        rows: &[
            STATISTICS,
            row(Startup, "創業を考える学生と社会人に向けた連続講座を", Hold, &[Count("受講者数", "人", 12, 90)]),
            row(
                Startup,
                "創業相談の窓口に専門家を置き、雇用契約や社会保険の手続に関する助言を",
                Do,
                &[Count("相談件数", "件", 80, 400), Count("うち雇用に関する相談", "件", 10, 70)],
            ),
        ],
    },
    Section {
        title: "進出企業の人材確保",
        title_varied: "進出企業の人材の確保",
        lead: "市と労働局は、市内に進出する企業の計画と地域の求職の動きを早くから共有し、円滑な採用を支援する。",
        rows: &[
            STATISTICS,
            row(Measures, "進出企業に対し、求人の出し方と助成制度の説明を", Do, &[]),
            row(
                Siting,
                "進出した企業の職場を求職者が訪ねる見学会を",
                Hold,
                &[Count("見学会", "回", 2, 9), Count("参加者数", "人", 20, 180)],
            ),
        ],
    },
    Section {
        title: "UIJターン就職の促進",
        title_varied: "UIJターンによる就職の促進",
        lead: "市と労働局は、市外から移り住んで働こうとする人の仕事探しと暮らしの準備を一体で支援する。",
        rows: &[
            row(
                Stability,
                "都市部のハローワークと連絡を取り合い、移住を考える求職者への求人情報の提供と職業相談を",
                Do,
                &[],
            ),
            row(
                Equality,
                "働きやすい職場として認定を受けた企業の紹介を、各種の会議と電子媒体により幅広く",
                Send,
                &[Count("掲載企業数", "社", 15, 80)],
            ),
            row(
                Moving,
                "移住と転職の相談を一か所で受ける窓口を",
                Set,
                &[
                    Count("相談件数", "件", 400, 2600),
                    Count("支援した者", "人", 100, 700),
                    Count("移住者", "人", 60, 380),
                ],
            ),
            row(Moving, "市での働き方と暮らしを紹介する特集記事を作成し、移住の案内サイトで広く", Send, &[]),
            row(
                Moving,
                "大都市での移住相談会への出展を",
                Do,
                &[
                    Sum("相談者数", "人", 60, 260, ["東日本会場", "西日本会場", "オンライン"]),
                    Count("出展回数", "回", 3, 9),
                ],
            ),
            row(Moving, "移り住んで就業する者の引っ越し費用への補助を", Do, &[Grant(30, 120)]),
            row(Jobs, "市外に住む学生が市内の企業で行う就業体験の交通費の補助を", Do, &[Grant(10, 80)]),
            row(Commerce, "移住して店を開く者が借り入れる資金の保証料の負担軽減に", Strive, &[Rare("利用", "件")]),
        ],
    },
];
