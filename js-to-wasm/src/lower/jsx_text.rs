//! Text between elements. In: the text as it is written, and as the parser gives it, entities decoded. Out: the text that is shown, by
//! React's rule: lines are trimmed where they meet a line end, empty lines vanish, the others are joined by one blank; what entities
//! stand for is never trimmed. And escaping for static HTML.

use crate::elements::entity;

/// A character of a text, and whether an entity stands for it.
type Marked = (char, bool);

/// The text that is shown.
pub(super) fn shown(raw: &str, decoded: &str) -> String {
    let text: Vec<Marked> =
        marked(raw, decoded).unwrap_or_else(|| decoded.chars().map(|c| (c, false)).collect());
    let lines: Vec<&[Marked]> = text.split(|c| matches!(c, ('\n' | '\r', false))).collect();
    let blank = |c: &Marked| matches!(c, (' ' | '\t', false));
    let last_filled = lines.iter().rposition(|line| !line.iter().all(blank));
    let mut result = String::new();
    for (index, line) in lines.iter().enumerate() {
        let mut line = *line;
        while let Some((_, rest)) = line.split_first().filter(|(c, _)| index > 0 && blank(c)) {
            line = rest;
        }
        let last = index + 1 == lines.len();
        while let Some((_, rest)) = line.split_last().filter(|(c, _)| !last && blank(c)) {
            line = rest;
        }
        if !line.is_empty() {
            result.extend(line.iter().map(|(c, _)| c));
            if last_filled.is_some_and(|filled| filled != index) {
                result.push(' ');
            }
        }
    }
    result
}

/// The decoded text with what comes from entities marked; nothing if the two texts do not belong together.
fn marked(raw: &str, decoded: &str) -> Option<Vec<Marked>> {
    let (mut rest, mut left) = (raw, decoded.chars());
    let mut marked = Vec::with_capacity(decoded.len());
    while let Some(c) = rest.chars().next() {
        if let Some(entity) = entity(rest)
            && (entity == "&amp;" || !left.as_str().starts_with(entity))
        {
            marked.push((left.next()?, true));
            rest = &rest[entity.len()..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if left.as_str().starts_with(c) {
            left.next();
            marked.push((c, false));
        } else if c != '\r' {
            return None;
        }
    }
    left.as_str().is_empty().then_some(marked)
}

/// Escapes text.
pub(super) fn escape(text: &str, attribute: bool) -> String {
    let mut result = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => result.push_str("&amp;"),
            '<' => result.push_str("&lt;"),
            '>' => result.push_str("&gt;"),
            '"' if attribute => result.push_str("&quot;"),
            '\'' if attribute => result.push_str("&#39;"),
            _ => result.push(c),
        }
    }
    result
}

/// The HTML name of an attribute; nothing if it is left out.
pub(super) fn attribute_name(name: &str) -> Option<String> {
    use purview_js_runtime::jsx_names::{is_lower_case, special};
    if matches!(name, "key" | "children") || name.starts_with("on") {
        return None;
    }
    if is_lower_case(name.as_bytes()) {
        return Some(name.to_ascii_lowercase());
    }
    let html = special(name.as_bytes()).unwrap_or(name.as_bytes());
    Some(String::from_utf8_lossy(html).into_owned())
}

/// Whether an element has no children and no end.
pub(super) fn is_void(tag: &str) -> bool {
    const VOID: [&str; 14] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source", "track", "wbr",
    ];
    VOID.contains(&tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_reacts() {
        let cases = [
            ("Count: ", "Count: "),
            ("\n  a\n  b\n", "a b"),
            (" a ", " a "),
            ("\n\n", ""),
            ("  \n  ", ""),
            ("   ", "   "),
            ("a\n", "a"),
            ("\u{a0}\n x", "\u{a0} x"),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text, text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_entities_stand_for_stays() {
        let cases = [
            ("a&#10;b", "a\nb", "a\nb"),
            ("\n a&#32;\n", "\n a \n", "a "),
            ("\n &#9;a\n b&#x20;\n", "\n \ta\n b \n", "\ta b "),
            ("&#13;", "\r", "\r"),
            ("&nope;&amp;lt;&lt; \n", "&nope;&lt;< \n", "&nope;&lt;<"),
            ("& a&;\r\n b", "& a&;\n b", "& a&; b"),
            ("& a&;\r\n b", "& a&;\r\n b", "& a&; b"),
        ];
        for (raw, decoded, expected) in cases {
            assert_eq!(shown(raw, decoded), expected, "{raw:?}");
        }
    }
}
