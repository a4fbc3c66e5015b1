//! Phrases of chapter 4: people who have more difficulty finding work.

use super::section::Measure::{Count, Grant, Growth, Placed, Rare, Share, Sum};
use super::section::Verb::{Advance, Aim, Carry, Do, Hold, Strive, Support};
use super::section::{Section, row};
use crate::office::Office::{
    Disability, Health, Jobs, Livelihood, Measures, Medical, Safety, Stability, Training, Wards,
};

pub const SECTIONS: [Section; 4] = [
    Section {
        title: "障害のある人の就労",
        title_varied: "障がいのある人の就労",
        lead: "市と労働局は、障害のある人が力を発揮して働き続けられるよう、就労と生活の両面から支援する。",
        rows: &[
            row(
                Measures,
                "法律で定める雇用率に届いていない企業への計画的な指導を",
                Advance,
                &[Share("雇用状況の報告企業", "未達成企業", "未達成企業の割合", 400, 900)],
            ),
            row(
                Measures,
                "共に働く人のための理解を深める講座を",
                Hold,
                &[Count("講座", "回", 5, 20), Count("受講者", "人", 120, 480)],
            ),
            row(
                Measures,
                "専門の相談員による一人ひとりの特性に合わせた支援を",
                Do,
                &[Count("支援件数", "件", 1200, 4200)],
            ),
            row(
                Measures,
                "試しに働く期間を設ける制度と助成金を組み合わせた支援を",
                Do,
                &[Count("雇入れ助成の支給決定件数", "件", 200, 700), Count("試行雇用の支給決定件数", "件", 10, 60)],
            ),
            row(Measures, "地域の支援機関と組んだチームによる就職の支援を", Do, &[Placed(40, 160)]),
            row(Measures, "障害者雇用に優れた中小企業の認定を", Advance, &[Rare("新たな認定", "社")]),
            row(Jobs, "障害のある人を新たに雇い入れた企業に対する奨励金の交付を", Do, &[Grant(30, 120)]),
            row(
                Disability,
                "就労に関わる福祉サービスの事業所の指定を",
                Do,
                &[
                    Sum("新たな指定", "事業所", 6, 24, ["移行支援", "定着支援", "継続支援"]),
                    Sum("新たな利用者", "人", 300, 900, ["移行支援", "定着支援", "継続支援"]),
                ],
            ),
            row(Medical, "難病のある人の就労相談を相談支援の拠点と共に", Carry, &[Count("就労相談", "件", 40, 180)]),
            row(Wards, "重い障害のある人の通勤と職場での介助の利用を", Support, &[Rare("新たな利用者", "人")]),
            row(Disability, "ハローワークと結ぶ覚書に基づく年間の取組の点検を", Do, &[]),
            row(
                Disability,
                "企業と求職者それぞれに向けた講座を、ハローワークと共同で",
                Hold,
                &[Count("参加企業", "社", 15, 70), Count("参加者", "人", 20, 120)],
            ),
            row(
                Disability,
                "ごく短い時間から働ける仕事を増やすため、企業の訪問を",
                Do,
                &[Count("訪問企業", "社", 20, 110)],
            ),
        ],
    },
    Section {
        title: "生活にお困りの人の就労",
        title_varied: "生活に困窮する人の就労",
        lead: "市と労働局は、生活の相談と仕事の相談を同じ場所で受けられる体制により、自立に向けた就労を支援する。",
        rows: &[
            row(Training, "区役所に置く共同の窓口に職員を配置し、福祉の担当と組んだ就職の支援を", Do, &[]),
            row(
                Livelihood,
                "生活保護を受けている人と児童扶養手当を受けている人の就労を、共同の窓口と連携して",
                Support,
                &[Placed(200, 560)],
            ),
            row(
                Wards,
                "ひとり親の自立のための計画作りの支援を",
                Do,
                &[Count("相談件数", "件", 250, 760), Count("計画策定", "件", 40, 160)],
            ),
            row(
                Livelihood,
                "すぐに働くことが難しい人のための就労体験の受入先の開拓を",
                Do,
                &[Count("受入先", "か所", 8, 40)],
            ),
        ],
    },
    Section {
        title: "病気の治療と仕事の両立",
        title_varied: "治療と仕事の両立",
        lead: "市と労働局は、がんなどの治療を続けながら働く人と、働くことを望む人を支援する。",
        rows: &[
            row(
                Stability,
                "治療を続ける人の専用窓口において、病院と連携した職業相談を",
                Do,
                &[Growth("支援対象者", "人", 60, 180), Growth("就職者", "人", 25, 90)],
            ),
            row(Health, "治療と仕事の両立に関する企業向けの講習会を", Hold, &[Count("参加者", "名", 40, 160)]),
            row(Medical, "がんの治療を続ける人が語り合う集いを", Hold, &[Count("集い", "回", 4, 16)]),
            row(Medical, "がん相談の窓口において、仕事に関する情報の提供に", Strive, &[]),
        ],
    },
    Section {
        title: "立ち直りを支える就労",
        title_varied: "立ち直りを支える就労支援",
        lead: "市と労働局は、罪を償った人が再び地域で働けるよう、協力する雇い主と共に支援する。",
        rows: &[
            row(
                Measures,
                "保護観察所から依頼のあった人への職業相談と紹介を",
                Do,
                &[
                    Count("支援対象者数", "人", 20, 90),
                    Count("面接相談等の回数", "回", 60, 240),
                    Count("就職者数", "人", 10, 40),
                ],
            ),
            row(Measures, "協力する雇い主に対し、身元保証と見学会の制度の案内を", Do, &[]),
            row(Safety, "協力する雇い主を増やすための広報を", Do, &[Count("新たな登録", "社", 1, 12)]),
            row(Safety, "立ち直りに使える支援をまとめた手引の配布により、相談先の周知を", Aim, &[]),
        ],
    },
];
