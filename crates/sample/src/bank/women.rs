//! Phrases of chapter 3: women at work.

use super::section::Measure::{Count, Grant, Placed, Rare, Share, Sum};
use super::section::Verb::{Advance, Aim, Carry, Do, Hold, Set, Strive, Support};
use super::section::{Section, row};
use crate::office::Office::{Children, Equality, Farming, Gender, Jobs, Measures, Stability};

pub const SECTIONS: [Section; 2] = [
    Section {
        title: "企業における女性の活躍",
        title_varied: "企業での女性の活躍",
        lead: "市と労働局は、企業が進める女性の採用と登用の取組を、互いの制度を生かして支援する。",
        rows: &[
            row(Equality, "短時間で働く人の待遇の改善について、専門家と共に企業への助言を", Do, &[]),
            row(Equality, "職場での嫌がらせを防ぐための措置について、事業主への周知に", Strive, &[]),
            row(
                Equality,
                "女性の活躍に関する企業の行動計画の策定と届出を",
                Support,
                &[Sum("届出企業", "社", 300, 900, ["301人以上", "101人から300人", "100人以下"])],
            ),
            row(
                Equality,
                "女性の活躍が進んだ企業の認定を",
                Advance,
                &[Share("認定企業", "市内の企業", "市内の割合", 18, 60)],
            ),
            row(Equality, "各社の取組を検索できる国のサイトの利用の案内を", Do, &[]),
            row(
                Gender,
                "働き方の見直しを考える企業への出前研修を",
                Carry,
                &[Count("出前研修", "件", 2, 10), Count("参加者", "人", 40, 240)],
            ),
        ],
    },
    Section {
        title: "子育てや介護とともに働く女性への支援",
        title_varied: "子育てや介護とともに働く人への支援",
        lead: "市と労働局は、子育てや介護のために離職した女性の再就職と、続けて働ける職場づくりを支援する。",
        rows: &[
            row(Stability, "子ども連れで利用できるハローワークにおいて、担当者を決めた支援を", Do, &[Placed(200, 520)]),
            row(
                Stability,
                "来所が難しい人のために、画面越しの職業相談を",
                Carry,
                &[Count("相談件数", "件", 80, 320), Count("紹介件数", "件", 30, 140)],
            ),
            row(
                Stability,
                "子育て支援の拠点に職員が出向く相談会を",
                Hold,
                &[Count("出張相談", "回", 8, 30), Count("出張講座", "回", 1, 6)],
            ),
            row(Stability, "子育て中でも働きやすい求人の開拓を", Advance, &[Count("開拓した求人", "件", 500, 1600)]),
            row(Stability, "保育所の空きと働き方の情報をまとめて知らせる冊子の配布を", Do, &[]),
            row(Measures, "ひとり親を雇い入れる事業主への助成金の支給を", Do, &[Count("支給決定件数", "件", 50, 220)]),
            row(Equality, "男女の均等な取扱いに関する法律の周知と相談への対応を", Do, &[]),
            row(
                Equality,
                "妊娠や出産を理由とする不利な取扱いの相談への対応を",
                Do,
                &[Count("相談件数", "件", 50, 220), Count("援助の申立て", "件", 1, 9)],
            ),
            row(Equality, "育児と介護の休業制度の改正の説明会を", Hold, &[Count("参加企業", "社", 60, 320)]),
            row(
                Equality,
                "子育てを支える企業の認定の普及を",
                Aim,
                &[
                    Share("行動計画の届出企業", "100人を超える企業", "100人を超える企業の割合", 600, 1500),
                    Count("認定企業", "社", 12, 50),
                    Count("特に優れた認定企業", "社", 2, 12),
                ],
            ),
            row(
                Jobs,
                "自宅で働くことを望む人のための仕事の体験講座を",
                Hold,
                &[Count("個人向け講座の参加者", "人", 15, 80), Count("企業向け講座の参加者", "人", 10, 70)],
            ),
            row(Jobs, "ひとり親を新たに雇い入れた企業への奨励金の交付を", Do, &[Grant(5, 40)]),
            row(Gender, "女性が仕事の幅を広げるための情報技術の講座を", Hold, &[Count("受講者", "人", 15, 60)]),
            row(
                Gender,
                "男女共同の活動拠点において、再就職の準備と起業のための講座を",
                Hold,
                &[
                    Count("資格取得講座の参加者", "人", 12, 60),
                    Count("起業講座の参加者", "人", 8, 40),
                    Count("再就職講座の参加者", "人", 10, 60),
                ],
            ),
            row(Gender, "女性のための労働相談の日を", Set, &[Rare("相談", "件")]),
            row(
                Children,
                "子育てしやすい職場づくりに取り組む企業の認定を",
                Do,
                &[Sum("認定企業", "社", 24, 90, ["大企業", "中企業", "小企業"])],
            ),
            row(
                Farming,
                "農家の女性が経営に加わる家族の取り決めの普及を",
                Aim,
                &[Count("取り決めを結んだ農家", "戸", 120, 380)],
            ),
        ],
    },
];
