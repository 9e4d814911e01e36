//! Text between elements. In: the text as the parser gives it, entities decoded. Out: the text that is shown, by React's rule: lines are
//! trimmed where they meet a line end, empty lines vanish, the others are joined by one blank. And escaping for static HTML.

/// The text that is shown.
pub(super) fn shown(text: &str) -> String {
    let lines: Vec<&str> = text.split(['\n', '\r']).collect();
    let last_filled = lines.iter().rposition(|line| line.chars().any(|c| c != ' ' && c != '\t'));
    let mut result = String::new();
    for (index, line) in lines.iter().enumerate() {
        let blank = |c| c == ' ' || c == '\t';
        let mut line = *line;
        if index > 0 {
            line = line.trim_start_matches(blank);
        }
        if index + 1 < lines.len() {
            line = line.trim_end_matches(blank);
        }
        if !line.is_empty() {
            result.push_str(line);
            if Some(index) != last_filled && last_filled.is_some() {
                result.push(' ');
            }
        }
    }
    result
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
            assert_eq!(shown(text), expected, "{text:?}");
        }
    }
}
