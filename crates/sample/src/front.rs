//! Writes the pages before the tables: the agreement, the cover, the contents and the purpose.

use crate::calendar::{fiscal_year, month};
use crate::chance::Chance;
use crate::paper::Paper;
use crate::report::ReportTable;
use crate::truth::{DamageKind, Planted, Table};

/// The invented city and bureau of a seed.
pub struct Place {
    /// The name of the place. If it is 若草, the city is 若草市 and the bureau 若草労働局.
    pub name: &'static str,
    pub mayor: &'static str,
    pub director: &'static str,
    pub concluded_year: i16,
    pub concluded_day: u32,
}

const NAMES: [&str; 6] = ["若草", "星見", "木立", "緑野", "風見", "水面"];
const MAYORS: [&str; 4] = ["青空実", "春野小道", "丘本ひろみ", "川音司"];
const DIRECTORS: [&str; 4] = ["森田みのり", "朝日望", "雪野大地", "月岡かおる"];

impl Place {
    pub fn of(seed: u64) -> Self {
        let mut chance = Chance::about(seed, &[8]);
        let name = NAMES[chance.place(NAMES.len()).unwrap_or_default()];
        let mayor = MAYORS[chance.place(MAYORS.len()).unwrap_or_default()];
        let director = DIRECTORS[chance.place(DIRECTORS.len()).unwrap_or_default()];
        Self { name, mayor, director, concluded_year: 2005, concluded_day: chance.between(1, 28) }
    }

    pub fn city(&self) -> String {
        format!("{}市", self.name)
    }

    pub fn bureau(&self) -> String {
        format!("{}労働局", self.name)
    }

    /// Returns the day of the agreement as YYYY-MM-DD.
    pub fn concluded_on(&self) -> String {
        format!("{}-03-{:02}", self.concluded_year, self.concluded_day)
    }

    fn concluded_in_words(&self) -> String {
        format!("{}{}日", month(self.concluded_year, 3), self.concluded_day)
    }
}

/// Writes the agreement.
pub fn agreement(paper: &mut Paper, place: &Place) {
    let (city, bureau) = (place.city(), place.bureau());
    paper.paragraph(&format!("{city}雇用対策協定"));
    paper.paragraph(&format!(
        "{city}及び厚生労働省{bureau}（以下「{bureau}」という。）は、働く人と企業の双方から選ばれる地域をつくるため、\
         互いの強みを生かして雇用対策に共に取り組むこととし、次のとおり「{city}雇用対策協定（以下「協定」という。）」を締結する。"
    ));
    for (article, (heading, paragraphs)) in (1..).zip(articles(&city, &bureau)) {
        paper.paragraph(&format!("（{heading}）"));
        for (number, text) in (1..).zip(paragraphs) {
            let start = if number == 1 { format!("第{article}条") } else { number.to_string() };
            paper.paragraph(&format!("{start} {text}"));
        }
    }
    paper.paragraph("附 則");
    paper.paragraph("この協定は、締結の日から効力を生じる。");
    paper.paragraph(&format!(
        "この協定の締結を証するため、本書を2通作成し、{city}長及び{bureau}長が署名の上、各自その1通を保有する。"
    ));
    paper.paragraph(&place.concluded_in_words());
    for line in
        [format!("{city}長"), place.mayor.to_owned(), format!("厚生労働省{bureau}長"), place.director.to_owned()]
    {
        paper.paragraph(&line);
    }
}

fn articles(city: &str, bureau: &str) -> Vec<(&'static str, Vec<String>)> {
    vec![
        (
            "目的",
            vec![format!(
                "この協定は、{city}と{bureau}が地域の雇用の課題を共に見定め、それぞれの施策をひとつながりのものとして進めることにより、\
                 市民の安定した就業と市内企業の人材確保を実現することを目的とする。"
            )],
        ),
        ("事業計画", vec![format!("{city}及び{bureau}は、前条の目的を達するため、毎年度、共に取り組む内容を事業計画に定める。")]),
        (
            "運営協議会",
            vec![
                format!("事業計画を定めるため、{city}及び{bureau}は運営協議会を置く。"),
                "運営協議会は、事業計画とその実施の報告を審議し、必要があるときは地元の事業主から意見を聴くことができる。".to_owned(),
            ],
        ),
        (
            "要請",
            vec![
                format!("{city}長及び{bureau}長は、施策を進める上で必要なことを相手方に要請することができる。"),
                "要請を受けた者は、速やかに、かつ誠意をもってこれに応じる。".to_owned(),
            ],
        ),
        (
            "秘密の保持",
            vec!["この協定に基づいて相手方から示された情報は、秘密として扱う。ただし、示した者があらかじめ承諾したときは、この限りでない。".to_owned()],
        ),
        (
            "補則",
            vec![
                format!("この協定に定めのないこと及び協定の変更については、{city}及び{bureau}が協議して定める。"),
                "署名した者に交代があっても、新たな協定が結ばれるまで、この協定は効力を失わない。".to_owned(),
            ],
        ),
    ]
}

/// Writes the cover.
pub fn cover(paper: &mut Paper, place: &Place, plan_year: i16) {
    paper.line(format!("{}雇用対策協定に基づく", place.city()));
    paper.line(format!("{}事業進捗状況及び", fiscal_year(plan_year - 1)));
    paper.paragraph(&format!("{}事業計画", fiscal_year(plan_year)));
    paper.line(place.city());
    paper.paragraph(&place.bureau());
    paper.paragraph(&month(plan_year, 3));
}

/// Writes the contents. It uses `title_in_contents` of each section, and page numbers for about five rows per page.
pub fn contents(paper: &mut Paper, tables: &[ReportTable], planted: &mut Vec<Planted>) {
    paper.paragraph("目次");
    paper.line("第1\t趣旨\t3".to_owned());
    let mut rows = 20;
    for table in tables {
        let (number, title) = table_title(table);
        paper.line(format!("{number}\t{title}\t{}", rows / 5));
        let mut chapter = 0;
        for section in &table.sections {
            if section.chapter != chapter {
                chapter = section.chapter;
                paper.line(format!("{chapter}\t{}\t{}", crate::bank::CHAPTERS[chapter - 1].title, rows / 5));
            }
            let line = paper.line(format!("({})\t{}\t{}", section.number, section.title_in_contents, rows / 5));
            if section.title_in_contents != section.title {
                planted.push(Planted { kind: DamageKind::ContentsTitle, line });
            }
            rows += section.rows.len();
        }
    }
    paper.blank();
}

/// Returns the number and title of a table, such as 第2 令和7年度雇用関連事業進捗状況 or 第3 令和8年度雇用関連事業計画.
pub fn table_title(table: &ReportTable) -> (&'static str, String) {
    let year = fiscal_year(table.fiscal_year);
    match table.table {
        Table::Progress => ("第2", format!("{year}雇用関連事業進捗状況")),
        Table::Plan => ("第3", format!("{year}雇用関連事業計画")),
    }
}

/// Writes the purpose (第1 趣旨).
pub fn purpose(paper: &mut Paper, place: &Place) {
    let (city, bureau) = (place.city(), place.bureau());
    paper.paragraph("第1 趣旨");
    paper.paragraph(&format!(
        "{city}（以下「市」という。）と{bureau}（以下「労働局」という。）は、地域の雇用対策を共に進めるため、{}に「{city}雇用対策協定」\
         （以下「協定」という。）を締結した。",
        place.concluded_in_words()
    ));
    paper.paragraph(&format!(
        "市、労働局及び{0}公共職業安定所（以下「ハローワーク{0}」という。）は、協定に基づく事業計画を毎年度定め、産業と福祉に関する市の施策と、\
         職業紹介や雇用保険に関する国の施策を結び付けて実施する。",
        place.name
    ));
    paper.paragraph(
        "なお、互いの施策に必要なことは協定に基づいて要請することができ、要請を受けた者は誠意をもって速やかに応じる。",
    );
}
