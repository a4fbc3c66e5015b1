//! Writes the sample as office files. Each part of a file can be damaged before it is packed.

const TYPE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// One part of a package: its name and its XML.
pub type Part = (&'static str, Vec<u8>);

/// Returns the parts of a workbook with the text's content: one row per line, one column per tab.
pub fn workbook(text: &str) -> Vec<Part> {
    let mut rows = String::new();
    for (row, line) in text.lines().enumerate() {
        rows.push_str(&format!("<row r=\"{}\">", row + 1));
        for (column, cell) in line.split('\t').enumerate().take(26).filter(|(_, cell)| !cell.is_empty()) {
            let name = format!("{}{}", char::from(b'A' + (column % 26) as u8), row + 1);
            rows.push_str(&format!("<c r=\"{name}\" t=\"inlineStr\"><is><t>{}</t></is></c>", escaped(cell)));
        }
        rows.push_str("</row>");
    }
    let relations = [("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")];
    vec![
        ("xl/workbook.xml", b"<workbook><sheets><sheet name=\"a\" r:id=\"r0\"/></sheets></workbook>".to_vec()),
        ("xl/_rels/workbook.xml.rels", relationships(&relations)),
        ("xl/styles.xml", b"<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"#,##0;[Red]0\"/></numFmts><cellXfs><xf numFmtId=\"164\" fontId=\"0\"/></cellXfs></styleSheet>".to_vec()),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet><sheetData>{rows}</sheetData><mergeCells><mergeCell ref=\"A1:D1\"/></mergeCells></worksheet>").into_bytes(),
        ),
    ]
}

/// Returns the parts of a Word document with the text's content.
pub fn document(text: &str) -> Vec<Part> {
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", escaped(text));
    let mut body = String::new();
    for line in text.lines() {
        if line.contains('\t') {
            let cells: String = line.split('\t').map(|cell| format!("<w:tc>{}</w:tc>", paragraph(cell))).collect();
            body.push_str(&format!("<w:tbl><w:tr>{cells}</w:tr></w:tbl>"));
        } else {
            body.push_str(&paragraph(line));
        }
    }
    let body = format!("<w:document><w:body>{body}</w:body></w:document>");
    vec![
        ("_rels/.rels", relationships(&[("officeDocument", "word/document.xml")])),
        ("word/document.xml", body.into_bytes()),
    ]
}

/// Packs the parts into an uncompressed ZIP, so that a change of the package can affect every byte of the parts.
pub fn zipped(parts: &[Part]) -> Vec<u8> {
    let (mut bytes, mut list) = (Vec::new(), Vec::new());
    for (name, content) in parts {
        let begins = bytes.len() as u32;
        let (sum, length) = (checksum(content), content.len() as u32);
        let mut head = Vec::new();
        head.extend([20, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        head.extend([sum, length, length].into_iter().flat_map(u32::to_le_bytes));
        head.extend((name.len() as u16).to_le_bytes());
        head.extend([0, 0]);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&head);
        bytes.extend(name.as_bytes());
        bytes.extend(content);
        list.extend(b"PK\x01\x02\x14\x00");
        list.extend(&head);
        list.extend([0; 10]);
        list.extend(begins.to_le_bytes());
        list.extend(name.as_bytes());
    }
    let begins = bytes.len() as u32;
    bytes.extend(&list);
    bytes.extend(b"PK\x05\x06\x00\x00\x00\x00");
    bytes.extend([parts.len() as u16; 2].into_iter().flat_map(u16::to_le_bytes));
    bytes.extend([list.len() as u32, begins].into_iter().flat_map(u32::to_le_bytes));
    bytes.extend([0, 0]);
    bytes
}

fn relationships(targets: &[(&str, &str)]) -> Vec<u8> {
    let one = |(place, (kind, target)): (usize, &(&str, &str))| {
        format!("<Relationship Id=\"r{place}\" Type=\"{TYPE}/{kind}\" Target=\"{target}\"/>")
    };
    let all: String = targets.iter().enumerate().map(one).collect();
    format!("<Relationships>{all}</Relationships>").into_bytes()
}

/// Computes the CRC-32 of the ZIP format.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg()))
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
