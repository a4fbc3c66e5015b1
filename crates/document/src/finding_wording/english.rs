//! The sentences of the findings in English. Words of the document are quoted as printed.

use crate::finding::Notice;

pub(super) fn message(notice: &Notice) -> String {
    match notice {
        Notice::NumberingDuplicate { mark } => format!("The number “{mark}” stands twice in one section."),
        Notice::NumberingGap { missing } => format!("The number “{missing}” is missing."),
        Notice::PartyConflict { cell, division, taken } => {
            format!("The organisation cell says “{cell}”, but “{division}” belongs to “{taken}”; read as “{taken}”.")
        }
        Notice::PartyMissing { taken, because } => {
            format!("No organisation cell rules this row; read as “{taken}” ({because}).")
        }
        Notice::RowJoined { text } => {
            format!("A row without number and division was read as part of the row above: “{text}”")
        }
        Notice::RowMisplaced { read_as } => format!("The cells of this row are shifted; read as {read_as}."),
        Notice::TextLost { text } if text.is_empty() => "This row has no text.".to_owned(),
        Notice::TextLost { text } => format!("The sentence begins or ends in the middle: “{text}”"),
        Notice::TextUnread { text } => format!("This text fits nowhere: “{text}”"),
        Notice::TextRepeated { text, times } => format!("The same sentence stands in {times} places: “{text}”"),
        Notice::TextStaleYear { year, text } => {
            format!("Something is planned for a year gone by ({year}): “{text}”")
        }
        Notice::TextTense { text, expected_result: true } => format!("A result is told as a plan: “{text}”"),
        Notice::TextTense { text, expected_result: false } => format!("A plan is told as a result: “{text}”"),
        Notice::MarkupUnclosed { bracket, text } => format!("The bracket “{bracket}” has no partner: “{text}”"),
        Notice::TermVaries { one, other } => format!("One thing is written in two ways: “{one}” and “{other}”."),
        Notice::AsOfMalformed { printed, understood } => format!("The date “{printed}” was read as {understood}."),
        Notice::AsOfWithoutEnd { printed } => format!("The date “{printed}” has neither 末 nor a day."),
        Notice::AsOfMixed { dates } => format!("One cell has {} as-of dates: {}", dates.len(), dates.join(", ")),
        Notice::AsOfOtherYear { printed, year_of_report } => {
            format!("A figure of another year stands in the report of {year_of_report}: “{printed}”")
        }
        Notice::StateOpen { word, text } => format!("“{word}” is left in a report of results: “{text}”"),
        Notice::FigureSum { total, parts, sum } => {
            format!("Parts and total do not meet: {total}, but {parts} make {sum}.")
        }
        Notice::FigureRate { printed, computed, from } => {
            format!("The rate does not follow: {printed} is printed, {from} gives {computed}.")
        }
        Notice::FigureOrder { part, whole } => format!("The part {part} is larger than the whole {whole}."),
        Notice::FigureRepeated { figures } => format!("The same figures stand in several rows: {figures}"),
        Notice::FigureDiffers { what, one, other } => format!("“{what}” has two figures: {one} and {other}."),
        Notice::FigureOutlier { figure, before } => format!("{figure} is far from its history ({before})."),
        Notice::DivisionUnknown { division } => format!("No party has a division “{division}” on that date."),
        Notice::RowCorrected { read } => format!("This row was corrected at the import; read was “{read}”."),
        Notice::SourceTracked { inserted, deleted } => {
            format!("Tracked changes were read as accepted (inserted “{inserted}”, deleted “{deleted}”).")
        }
        Notice::SourceHidden { what } => format!("Hidden parts were read as well: {what}"),
        Notice::SourceLeftOut { what } => format!("Something was not read: {what}"),
        Notice::GlyphMissing { character, code_points } => {
            format!("No font here has the character “{character}” ({code_points}); it cannot be printed as PDF.")
        }
    }
}

pub(super) fn advice(notice: &Notice) -> &'static str {
    match notice {
        Notice::NumberingDuplicate { .. } | Notice::NumberingGap { .. } => {
            "Look in the source for a lost or doubled row; the next edition numbers rows by their order."
        }
        Notice::PartyConflict { .. } | Notice::PartyMissing { .. } => {
            "Make sure whose row it is, and correct its party where it is the other's."
        }
        Notice::RowJoined { .. } | Notice::RowMisplaced { .. } => {
            "Make sure in the source that the row was only broken by the page."
        }
        Notice::TextLost { .. } => "Look in the source and restore the lost sentence.",
        Notice::TextUnread { .. } => "Where it is part of a row, move it there.",
        Notice::TextRepeated { .. } => "Where it is repeated on purpose (再掲), leave it.",
        Notice::TextStaleYear { .. } => "Check the year, and rewrite what was left from last year.",
        Notice::TextTense { .. } => "Write results as 行った and plans as 行う.",
        Notice::MarkupUnclosed { .. } => "Add the missing bracket or take this one away.",
        Notice::TermVaries { .. } => "Use one of them throughout, or explain the difference.",
        Notice::AsOfMalformed { .. } => "Write the date as in R8.1月末時点.",
        Notice::AsOfWithoutEnd { .. } => "Add 末 where the end of the month is meant.",
        Notice::AsOfMixed { .. } => "Check that each figure has the right date.",
        Notice::AsOfOtherYear { .. } => "Replace it with this year's figure, or explain why there is none.",
        Notice::StateOpen { .. } => "Enter the figure if the result is known by now.",
        Notice::FigureSum { .. } => "Correct the total or a part, or explain the gap.",
        Notice::FigureRate { .. } => "Correct the rate or its numbers, or say how it is worked out.",
        Notice::FigureOrder { .. } => "Check that both count the same people; explain where they are different groups.",
        Notice::FigureRepeated { .. } => "Where it is one fact, make it a shared fact; where it is chance, say so.",
        Notice::FigureDiffers { .. } => "Find out whether scope or date differ, or which one is wrong.",
        Notice::FigureOutlier { .. } => "Look for a wrong unit or digit.",
        Notice::DivisionUnknown { .. } => "Correct the name, or register the reorganisation.",
        Notice::RowCorrected { .. } => "For comparing with the source.",
        Notice::SourceTracked { .. } => "Accept or reject the changes in Word, then import the file again.",
        Notice::SourceHidden { .. } => "Where they are not wanted, remove them from the file and import it again.",
        Notice::GlyphMissing { .. } => {
            "Write the common form, or put a font that has it where RENKEI_FONT_DIR says. Word, Excel and HTML take it as it is."
        }
        Notice::SourceLeftOut { .. } => "Where it matters, write it into the text or a table of the file.",
    }
}
