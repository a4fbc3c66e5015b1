//! Why a change of the organisation is not recorded, in words.

use crate::organisation::OrganisationFault;
use crate::wareki::long_date;

/// 組織の変更の拒否の理由 — why divisions, posts or deputies stay as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrganisationRefusal {
    NameMissing,
    TitleMissing,
    DutyMissing {
        post: String,
    },
    Begun {
        name: String,
    },
    DivisionUnknown,
    PostUnknown,
    /// Its own successor.
    OwnSuccessor,
    /// A change that is not recorded cannot be taken back.
    ChangeUnknown,
    OwnDeputy,
    UntilBeforeFrom,
    DeputyAlready,
    DeputationUnknown,
    /// What was done meanwhile was looked at before.
    NothingToReview,
    /// What would not hold afterwards.
    Fault(OrganisationFault),
}

impl OrganisationRefusal {
    pub(super) fn message(&self) -> String {
        match self {
            Self::NameMissing => "課の名前がありません。名前を入れてください。".into(),
            Self::TitleMissing => "職名がありません。課長、主査などの職名を入れてください。".into(),
            Self::DutyMissing { post } => {
                format!("「{post}」の職務がありません。担当、決裁者などから一つ以上選んでください。")
            }
            Self::Begun { name } => format!("「{name}」は既に記録されています。一覧を開き直してください。"),
            Self::DivisionUnknown => "課が見つかりません。組織のページを開き直して、選び直してください。".into(),
            Self::PostUnknown => "その日にその職はありません。職の一覧と日付を確かめて、選び直してください。".into(),
            Self::OwnSuccessor => "廃止する課は、自らの承継先になれません。別の課を選んでください。".into(),
            Self::ChangeUnknown => {
                "取り消そうとした変更は、記録のとおりではありません。組織のページを開き直してください。".into()
            }
            Self::OwnDeputy => "自らの代理にはなれません。別の職を選んでください。".into(),
            Self::UntilBeforeFrom => "代理の終わりの日が、始まりの日より前です。日付を確かめてください。".into(),
            Self::DeputyAlready => {
                "同じ職の同じ代理が、その期間に既にあります。先の代理を終えるか、期間を変えてください。".into()
            }
            Self::DeputationUnknown => "代理が見つかりません。組織のページを開き直してください。".into(),
            Self::NothingToReview => {
                "後閲を待つものが見つかりません。既に後閲されています。ホームを開き直してください。".into()
            }
            Self::Fault(fault) => of_fault(fault),
        }
    }
}

fn of_fault(fault: &OrganisationFault) -> String {
    match fault {
        OrganisationFault::NameTwice { name, day } => format!(
            "{}に、「{name}」という名前の課が同じ組織の下に二つになります。名前を変えるか、先の課をその日に廃止してください。",
            long_date(*day)
        ),
        OrganisationFault::ParentGone { name, day } => format!(
            "{}に、「{name}」の上位組織がありません。上位組織を先に設けるか、「{name}」を移すか廃止してください。",
            long_date(*day)
        ),
        OrganisationFault::Circle { name, day } => format!(
            "{}に、「{name}」が自らの下に置かれることになります。別の上位組織を選んでください。",
            long_date(*day)
        ),
        OrganisationFault::EndsBeforeBeginning { name, from } => format!(
            "「{name}」の廃止の日（{}）が、設置の日より後ではありません。日付を確かめてください。",
            long_date(*from)
        ),
        OrganisationFault::DivisionGone { post, day } => format!(
            "{}に、職「{post}」の課がありません。職を別の課に移すか、その日に廃止してください。",
            long_date(*day)
        ),
        OrganisationFault::OutsideItsTime { name, day } => {
            format!("{}には「{name}」がまだないか、もうありません。変更の日付を確かめてください。", long_date(*day))
        }
        OrganisationFault::SuccessorGone { name, day } => format!(
            "{}に、「{name}」の承継先の課がありません。承継先を先に設けるか、選び直してください。",
            long_date(*day)
        ),
        OrganisationFault::TitleTwice { post, day } => format!(
            "{}に、「{post}」という職が同じ課に二つになります。「主査（労政）」のように区別してください。",
            long_date(*day)
        ),
    }
}
