//! Objects over the cells of a sheet: shapes, text boxes, pictures, comments.

use quick_xml::events::Event;

use super::xml;

/// Returns the text of each shape; an empty text for a picture or chart.
pub fn texts(part: &str) -> Vec<String> {
    const MOST: usize = 1_000;
    let mut texts = Vec::new();
    let mut reader = xml::reader(part);
    let (mut text, mut is_text) = (String::new(), false);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) | Err(_) => return texts,
            Ok(Event::Start(element)) if xml::name(&element) == "t" => is_text = true,
            Ok(Event::End(element)) => match element.local_name().as_ref() {
                "t" => is_text = false,
                "p" if !text.is_empty() && !text.ends_with(' ') => text.push(' '),
                "sp" | "pic" | "graphicFrame" if texts.len() < MOST => {
                    texts.push(std::mem::take(&mut text).trim().to_owned());
                }
                _ => {}
            },
            Ok(event) if is_text => xml::say(&event, &mut text),
            Ok(_) => {}
        }
    }
}

/// Returns the number of comments.
pub fn comments(part: &str) -> usize {
    let mut reader = xml::reader(part);
    let mut count = 0;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) | Err(_) => return count,
            Ok(Event::Start(element)) if xml::name(&element) == "comment" => count += 1,
            Ok(_) => {}
        }
    }
}
