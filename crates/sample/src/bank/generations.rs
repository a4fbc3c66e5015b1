//! Phrases of chapter 1, second half: young people, old people, people from abroad, middle-aged people.

use super::section::Measure::{Count, Placed, Rare, Sum, Target};
use super::section::Verb::{Advance, Aim, Carry, Do, Grant as Give, Hold, Send, Set, Strive};
use super::section::{JOINT_FAIR, Measure, Section, row};
use crate::office::Office::{
    Care, Elders, Farming, Global, Housing, Inspection, Jobs, Learning, Measures, School, Stability, Training, Youth,
};

pub const SECTIONS: [Section; 4] = [
    Section {
        title: "若い世代の就職と職場定着",
        title_varied: "若者の就職と職場定着",
        lead: "市と労働局は、学校や企業と連携し、若い世代が納得して働き始め、働き続けられるよう支援する。",
        rows: &[
            row(
                Training,
                "進路が決まっていない高校生のための面接会を、市の後援を得て",
                Hold,
                &[Count("参加企業", "社", 20, 70), Count("参加生徒", "名", 25, 120), Count("採用内定者", "名", 8, 40)],
            ),
            row(
                Training,
                "就職して半年までの若者に近況を尋ね、必要に応じて事業所を訪ねて職場への定着に",
                Strive,
                &[Count("近況調査の回答者", "名", 150, 700)],
            ),
            row(
                Stability,
                "若者の育成に熱心な中小企業を認定する制度の普及を",
                Aim,
                &[Count("新たな認定企業", "社", 2, 9), Count("認定企業合計", "社", 15, 40)],
            ),
            row(
                Training,
                "高等学校の進路担当者との連絡会議を",
                Hold,
                &[Count("連絡会議", "回", 1, 4), Count("参加校", "校", 15, 50)],
            ),
            row(Training, "学生向けのハローワークにおいて、応募書類の添削と面接の練習を", Do, &[]),
            row(
                Training,
                "短期大学等に職員が出向き、内定を得ていない学生との個別面談を",
                Carry,
                &[Count("面談した学生", "人", 20, 160)],
            ),
            row(Training, "高校生向けの求人を出す企業に対し、地元就職の案内サイトへの掲載の勧めを", Do, &[]),
            row(Jobs, "ハローワークが主催する高校生のための面接会の後援と広報を", Do, &[]),
            row(
                Youth,
                "高等学校の教員と市内企業の採用担当者が意見を交わす会を",
                Hold,
                &[Count("高校", "校", 12, 60), Count("教員", "人", 20, 90), Count("企業", "社", 20, 70)],
            ),
            row(
                Youth,
                "小学生と中学生が市内の仕事に触れる体験授業を",
                Carry,
                &[Count("体験授業", "回", 4, 15), Count("児童生徒", "人", 800, 4800)],
            ),
            row(
                Youth,
                "大学生の就業体験を受け入れる企業と学生を引き合わせる催しを",
                Hold,
                &[Count("参加企業", "社", 30, 110), Count("参加学生", "人", 60, 260)],
            ),
            row(
                School,
                "市立の専門学校において、学生一人ひとりとの進路面談と学内説明会を",
                Carry,
                &[Count("学内説明会", "回", 10, 40), Count("面談した学生", "名", 40, 90)],
            ),
            row(
                Learning,
                "市民の集まりに職員が出向く講座の中で、仕事探しに役立つ制度の説明を",
                Do,
                &[Rare("講座", "件")],
            ),
            row(
                Farming,
                "農業を始めたい若者に向けて、相談から研修、就農後の見回りまで切れ目のない支援を",
                Do,
                &[Count("就農相談", "件", 10, 70), Count("新規就農者", "人", 3, 30)],
            ),
        ],
    },
    Section {
        title: "高年齢者の活躍の場づくり",
        title_varied: "高齢者の活躍の場づくり",
        lead: "市と労働局は、高年齢者が経験を生かして働ける場を広げる。",
        rows: &[
            row(
                Measures,
                "ハローワークに置く高年齢者の専用窓口において、一人ひとりの希望に合わせた職業相談を",
                Do,
                &[Target("65歳以上の就職率"), Count("支援対象者数", "人", 120, 480)],
            ),
            row(Measures, "シルバー人材センターと情報を交換し、短い時間の仕事の紹介を", Do, &[]),
            row(Jobs, "高年齢者のための無料の職業相談の日を", Set, &[Count("相談件数", "件", 80, 320)]),
            row(
                Elders,
                "シルバー人材センターの運営への補助を",
                Do,
                &[Sum("会員数", "人", 1200, 3200, ["第一地区", "第二地区", "第三地区"]), Measure::Grant(1, 1)],
            ),
            row(Jobs, "高年齢者を新たに雇い入れた企業に対し、奨励金を", Give, &[Measure::Grant(15, 70)]),
        ],
    },
    Section {
        title: "外国人材の受入れと職場定着",
        title_varied: "外国人材の受入と職場定着",
        lead: "市と労働局は、外国人材が安心して働き、地域で暮らせるよう、受け入れる企業と本人の双方を支援する。",
        rows: &[
            row(Measures, "外国人を雇う事業主からの相談に応じる専門の相談員の配置を", Do, &[]),
            row(
                Measures,
                "外国人を雇う事業所を訪問し、雇用管理の助言と届出の案内を",
                Do,
                &[Count("訪問した事業所", "事業所", 40, 180)],
            ),
            row(Measures, "電話通訳と翻訳機を使い、外国人求職者の職業相談を", Do, &[Count("相談件数", "件", 200, 900)]),
            row(
                Training,
                "留学生の就職を支援するため、大学での説明会と個別の相談を",
                Carry,
                &[Count("説明会", "回", 2, 12), Count("参加留学生", "名", 30, 220)],
            ),
            row(
                Inspection,
                "労働条件に関する外国語での相談に応じる日を",
                Set,
                &[Sum("相談件数", "件", 60, 300, ["英語", "中国語", "その他の言語"])],
            ),
            row(Inspection, "外国人を雇う事業場への監督指導を計画的に", Advance, &[Count("監督指導", "件", 90, 420)]),
            row(Jobs, "働く外国人のための日本語の講座を", Hold, &[Count("受講者", "人", 40, 240)]),
            row(
                Global,
                "多言語の生活相談窓口において、仕事と暮らしの相談に応じ、関係機関への橋渡しを",
                Do,
                &[Count("相談件数", "件", 300, 1500), Count("うち仕事に関する相談", "件", 30, 200)],
            ),
            row(
                Care,
                "介護の現場で働く外国人を迎える事業者のための説明会を",
                Hold,
                &[Count("参加事業所", "事業所", 12, 60), Count("参加者", "名", 15, 90)],
            ),
            row(
                Housing,
                "外国人を雇う企業に対し、空いている市の住宅を社宅として貸し出す手続を",
                Advance,
                &[Rare("貸出し", "戸")],
            ),
        ],
    },
    Section {
        title: "中高年世代の正社員就職",
        title_varied: "中高年の正社員就職",
        lead: "市と労働局は、希望する働き方に就けずにきた中高年世代の正社員就職を支援する。",
        rows: &[
            row(Stability, "中高年世代の専門窓口において、担当者を決めた継続的な支援を", Do, &[Placed(80, 420)]),
            row(
                Stability,
                "中高年世代の採用に前向きな企業の説明会を",
                Hold,
                &[Count("説明会", "回", 4, 16), Count("参加企業", "社", 12, 60), Count("参加者", "名", 40, 220)],
            ),
            row(
                Stability,
                "中高年世代のための応募の準備講座を",
                Hold,
                &[Count("講座", "回", 6, 30), Count("受講者", "名", 90, 380)],
            ),
            row(Stability, "支援制度と企業の情報を労働局のサイトで定期的に", Send, &[]),
            row(
                Measures,
                "中高年世代を正社員として雇い入れる事業主への助成金の支給を",
                Do,
                &[Count("支給決定件数", "件", 20, 160)],
            ),
            JOINT_FAIR,
        ],
    },
];
