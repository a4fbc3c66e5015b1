//! JSON Schema — tests that a document with every field conforms to the schema, and that a damaged document does not.

use jsonschema::Validator;
use renkei_document::document::Document;
use renkei_publish::{document_schema, json};
use serde_json::{Value, json as value};

fn validator() -> Validator {
    let schema: Value = serde_json::from_str(document_schema()).expect("JSON");
    jsonschema::draft202012::new(&schema).expect("a schema")
}

/// Returns a document in which every field, also every optional one, has a value.
fn whole() -> Value {
    let id = "01a203e7-d50f-7008-87a7-665252141385";
    let source = |at: Value| value!({"line": 3, "text": "相談 12件", "at": at});
    let figure = value!({"observation": id, "label": "相談", "state": "value", "value": "-12.5", "unit": "件", "kind": "year_on_year",
        "as_of": "2026-01-31", "period": {"from": "2025-04-01", "to": "2026-01-31"}, "event_dates": ["2025-12-20", "2025-12"],
        "scope": "みどり市内", "qualifier": "延べ", "provisional": true, "source": source(value!({"page": 3, "left": 70, "top": 410})),
        "span": {"item": 0, "start": 7, "end": 9}});
    let row = value!({"id": id, "party": "city-2", "number": 1, "mark": "①", "divisions": ["くらし課"], "divisions_printed": "くらし課・",
        "text": "相談を行った。", "items": ["相談 12件"], "item_marks": ["○"],
        "particulars": {"with": [{"organisation": "あおば労働局", "divisions": ["訓練課"]}], "target_groups": ["youth"], "programme": "event"},
        "repeated": true, "figures": [figure], "lines": [3, 4]});
    let section = value!({"id": id, "number": 1, "title": "相談", "lead": "市は行う。", "initiatives": [row],
        "source": source(value!({"sheet": "計画", "cell": "B2"}))});
    value!({"format": "renkei-document/1", "title": "報告", "issued_on": "2026-03", "fiscal_year": 2026,
        "agreement": {"title": "協定", "concluded_on": "2015-03-17", "effective_on": null, "preamble": "前文", "attestation": "証",
            "originals": 2, "parties": [{"key": "city", "kind": "local_government", "name": "みどり市", "short_name": null}],
            "signatories": [{"party": "city", "office": "市長", "name": "髙橋"}],
            "articles": [{"number": 1, "heading": "目的", "paragraphs": ["第一項"]}],
            "supplementary": [{"heading": "附則", "text": "行う。"}]},
        "front_matter": {"title_lines": ["報告"], "issuers": ["みどり市"], "purpose": ["趣旨"],
            "contents": [{"number": "第1", "title": "趣旨", "page": 3, "source": source(value!({"table": 1, "row": 2, "column": 3}))}],
            "defined_terms": [{"term": "市", "meaning": "みどり市"}]},
        "plans": [{"id": id, "fiscal_year": 2025, "kind": "progress", "title": "進捗", "chapters": [
            {"number": 1, "title": "就業", "sections": [section], "source": source(value!({"paragraph": 4}))}]}],
        "figures": [], "headings": [{"level": 1, "text": "見出し", "source": {"line": null, "text": ""}}]})
}

#[test]
fn a_document_with_every_field_passes_as_written_and_as_we_write_it() {
    let validator = validator();
    let whole = whole();
    assert_eq!(validator.iter_errors(&whole).map(|fault| fault.to_string()).collect::<Vec<_>>(), Vec::<String>::new());
    let document: Document = serde_json::from_value(whole.clone()).expect("the shape of a document");
    let written: Value = serde_json::from_str(&json(&document)).expect("JSON");
    assert_eq!(written, whole, "a field of the types is missing here, and perhaps in the schema");
    assert!(validator.is_valid(&written));
}

#[test]
fn a_damaged_document_fails() {
    let validator = validator();
    let figure = "/plans/0/chapters/0/sections/0/initiatives/0/figures/0";
    let damages: [(&str, Value); 12] = [
        ("/format", value!("renkei-document/2")),
        ("/fiscal_year", value!("令和8年度")),
        ("/issued_on", value!("令和8年3月")),
        ("/plans/0/kind", value!("progres")),
        ("/plans/0/chapters/0/number", value!(0)),
        ("/agreement/parties/0", value!({"key": "city"})),
        ("/front_matter/title_lines", value!("一行")),
        (&format!("{figure}/value"), value!(12.5)),
        (&format!("{figure}/value"), value!("1,304")),
        (&format!("{figure}/value"), Value::Null),
        (&format!("{figure}/state"), value!("none")),
        (&format!("{figure}/as_of"), value!("2026-13-01")),
    ];
    for (place, damage) in damages {
        let mut document = whole();
        *document.pointer_mut(place).expect(place) = damage;
        assert!(!validator.is_valid(&document), "{place}");
    }
    let mut document = whole();
    document.as_object_mut().expect("an object").remove("plans");
    assert!(!validator.is_valid(&document));
    let mut document = whole();
    document["plans"][0]["year"] = value!(2025);
    assert!(!validator.is_valid(&document), "an unknown field");
}
