//! Phrases of chapter 2: fields that lack people, training, the local industry.

use super::section::Measure::{Count, Fair, Grant, Placed, Rare, Sum};
use super::section::Verb::{Advance, Carry, Do, Hold, Send, Set, Support};
use super::section::{JOINT_FAIR, Section, row};
use crate::office::Office::{Care, Farming, Measures, Nursery, Skills, Stability, Training, Transport, Youth};

pub const SECTIONS: [Section; 3] = [
    Section {
        title: "人手不足分野の人材確保",
        title_varied: "人手不足の分野の人材確保",
        lead: "市と労働局は、人手が足りない分野の仕事の魅力を共に伝え、人材の確保と育成を支援する。",
        rows: &[
            row(
                Stability,
                "人手不足分野の専用窓口において、職場見学と面接会を",
                Carry,
                &[
                    Count("医療・福祉分野の面接会", "回", 4, 16),
                    Count("運輸分野の面接会", "回", 3, 12),
                    Count("警備分野の面接会", "回", 1, 6),
                ],
            ),
            row(Stability, "福祉の人材確保に関わる団体との協議の場を", Set, &[]),
            row(
                Stability,
                "求人が埋まらない事業所を訪ね、求人票の書き方と待遇の見直しに関する助言を",
                Do,
                &[Count("訪問した事業所", "事業所", 60, 240), Count("充足した求人", "人", 80, 420)],
            ),
            row(Measures, "建設業で働く人の技能講習に係る助成金の支給を", Do, &[Count("支給決定件数", "件", 200, 900)]),
            row(Skills, "職人の団体が行う人材募集の取組への補助を", Do, &[Grant(1, 5)]),
            row(Skills, "在職者が仕事の合間に学べる動画講座の提供を", Do, &[Count("延べ受講者数", "人", 150, 700)]),
            row(
                Care,
                "小さな介護事業者が共同で行う採用と研修の取組の後押しを",
                Do,
                &[Count("参加法人", "法人", 3, 15)],
            ),
            row(Care, "介護の入門研修を", Carry, &[Sum("修了者", "名", 24, 110, ["春の回", "夏の回", "秋の回"])]),
            row(
                Care,
                "介護の周辺の仕事を短い時間だけ手伝う市民と施設を結ぶ仕組みの利用を",
                Advance,
                &[
                    Count("登録者", "名", 120, 480),
                    Count("登録施設", "施設", 30, 120),
                    Count("成立件数", "件", 300, 1500),
                ],
            ),
            row(
                Nursery,
                "保育の資格を持ちながら離れている人のための復職相談を",
                Carry,
                &[Count("登録者", "人", 10, 50), Count("就職者", "人", 3, 20)],
            ),
            row(Nursery, "働きながら保育の資格を取る人への費用の補助を", Do, &[Grant(1, 8)]),
            row(
                Farming,
                "収穫期の人手を確保するため、農家と短期の働き手を結ぶ窓口を",
                Set,
                &[Count("成立件数", "件", 20, 180)],
            ),
            row(
                Transport,
                "路線バスの運転士を目指す人の免許取得と会社説明会の参加を",
                Support,
                &[Rare("免許取得への補助", "件")],
            ),
        ],
    },
    Section {
        title: "職業訓練による能力開発",
        title_varied: "職業訓練による能力の開発",
        lead: "市と労働局は、訓練の情報を共有し、求職者と在職者の学びから就職までを一体で支援する。",
        rows: &[
            row(
                Measures,
                "短時間や期間の定めのある働き方の従業員を育てる事業主への助成金の活用の勧めを",
                Do,
                &[
                    Count("正社員への転換", "件", 150, 620),
                    Count("賃金の引上げ", "件", 20, 90),
                    Count("訓練への助成", "件", 180, 720),
                ],
            ),
            row(Training, "公共の職業訓練の修了者に対し、訓練の成果を生かせる求人の紹介を", Do, &[Placed(150, 620)]),
            row(Training, "市の訓練施設が開く講座の案内をハローワークの窓口で", Carry, &[]),
            row(Training, "訓練を受けた人の体験談を集めた冊子と動画を作成し、広く", Send, &[]),
            row(
                Skills,
                "認定職業訓練を行う団体への補助を",
                Do,
                &[Count("団体", "団体", 2, 8), Count("科目数", "科目", 6, 20), Count("訓練生", "人", 60, 220)],
            ),
            row(Skills, "市の訓練施設で学ぶ市民への受講料の補助を", Do, &[Grant(8, 40)]),
            row(
                Skills,
                "優れた技能を持つ人と後を継ぐ若者の表彰を",
                Do,
                &[Count("技能功労者", "人", 8, 20), Count("青年技能者", "人", 5, 15)],
            ),
            row(
                Skills,
                "ものづくりに親しむ技能の祭典への補助を",
                Do,
                &[Grant(1, 1), Count("来場者", "人", 1800, 5200)],
            ),
        ],
    },
    Section {
        title: "地域の基幹産業を担う人材づくり",
        title_varied: "基幹産業を担う人材づくり",
        lead: "市と労働局は、精密部品をはじめとする基幹産業の求人の増加に応え、連携して人材の育成と確保に取り組む。",
        rows: &[
            row(Stability, "基幹産業の求人だけを集めた冊子を定期的に作成し、関係機関に向けて", Send, &[]),
            row(Stability, "基幹産業の企業が集まる面接会を", Hold, &[Fair(40, 380)]),
            row(Measures, "従業員の学び直しに取り組む企業への助成制度の説明会を", Hold, &[Count("説明会", "回", 1, 6)]),
            row(
                Youth,
                "工業の学科で学ぶ生徒が工場の技術者から学ぶ特別授業を",
                Carry,
                &[Count("参加生徒", "人", 25, 180)],
            ),
            JOINT_FAIR,
        ],
    },
];
