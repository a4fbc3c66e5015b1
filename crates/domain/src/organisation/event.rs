//! 組織の出来事 — the events of a party's divisions, posts, deputies and house style, in the past tense.

use jiff::civil::Date;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::house_style::HouseStyle;
use renkei_document::id::Id;
use serde::{Deserialize, Serialize};

use crate::organisation::{Deputation, OrganisationChange};
use crate::record::chain::DossierKey;

/// 組織の出来事 — an event of a party's divisions, posts, deputies or house style.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrganisationEvent {
    /// 表記が定められた: the style in which a party's rows are printed was set.
    HouseStyleSet { style: HouseStyle },
    /// 二つの課名が同じ課かどうかが答えられた: somebody answered whether two names mean the same division; `latter` is the name from the
    /// year `since` on.
    DivisionsIdentified { former: String, latter: String, since: FiscalYear, same: bool },
    /// 組織が改められた: one event for a whole reorganisation.
    OrganisationChanged { changes: Vec<OrganisationChange> },
    /// 代理が定められた: a deputy was named.
    DeputyNamed { deputation: Id<Deputation>, named: Deputation },
    /// 代理が終わった: a deputation ended; `until` is its last day.
    DeputyEnded { deputation: Id<Deputation>, until: Date },
    /// 代決されたものが後閲された: the holder of a post reviewed decisions that a deputy had made for this post.
    AfterReviewed { decided: Vec<(DossierKey, u64)> },
}

crate::record::declared::declare! {
    OrganisationEvent {
        HouseStyleSet: 1, "表記の設定";
        DivisionsIdentified: 1, "組織の改称の確認";
        OrganisationChanged: 1, "組織の変更";
        DeputyNamed: 1, "代理の指定";
        DeputyEnded: 1, "代理の終了";
        AfterReviewed: 1, "後閲";
    }
}
