//! Texts for people: escaping, cutting, hiding.
//!
//! ```
//! use purview_guest::text;
//!
//! assert_eq!(text::escape_html("<b>\"1 & 2\"</b>"), "&lt;b&gt;&quot;1 &amp; 2&quot;&lt;/b&gt;");
//! assert_eq!(text::slugify("  Crème brûlée, twice! "), "creme-brulee-twice");
//! assert_eq!(text::mask("4111111111111111", 4), "************1111");
//! ```

/// Makes text safe inside HTML elements and quoted attributes.
pub fn escape_html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match ENTITIES.iter().find(|(_, meaning)| *meaning == c) {
            Some((entity, _)) => escaped.push_str(entity),
            None => escaped.push(c),
        }
    }
    escaped
}

/// The opposite of [`escape_html`]; other entities stay as they are.
pub fn unescape_html(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = ENTITIES.iter().find(|(entity, _)| rest.starts_with(entity));
        let (meaning, length) = known.map_or(('&', 1), |(entity, c)| (*c, entity.len()));
        plain.push(meaning);
        rest = &rest[length..];
    }
    plain + rest
}

const ENTITIES: [(&str, char); 5] =
    [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\'')];

/// Lower-case ASCII letters and digits, with `-` for what lies between them; letters of Latin scripts lose their accents.
pub fn slugify(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars() {
        match plain(c) {
            Some(letter) => slug.push(letter),
            None if matches!(c, '\u{300}'..='\u{36f}') => {}
            None if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            None => {}
        }
    }
    if slug.ends_with('-') {
        slug.pop();
    }
    slug
}

/// The ASCII letter or digit that a character is without its accent.
fn plain(c: char) -> Option<char> {
    const ACCENTED: [(&str, char); 14] = [
        ("àáâãäåāăą", 'a'),
        ("çćĉċč", 'c'),
        ("ď", 'd'),
        ("èéêëēĕėęě", 'e'),
        ("ĝğġģ", 'g'),
        ("ìíîïĩīĭį", 'i'),
        ("ñńņň", 'n'),
        ("òóôõöōŏő", 'o'),
        ("ŕŗř", 'r'),
        ("śŝşš", 's'),
        ("ťţ", 't'),
        ("ùúûüũūŭůűų", 'u'),
        ("ýÿŷ", 'y'),
        ("źżž", 'z'),
    ];
    if c.is_ascii() {
        return c.is_ascii_alphanumeric().then(|| c.to_ascii_lowercase());
    }
    let lower = c.to_lowercase().next().unwrap_or(c);
    ACCENTED.iter().find(|(letters, _)| letters.contains(lower)).map(|(_, letter)| *letter)
}

/// The text if it has at most `most` characters, else its beginning and `suffix`, `most` characters together.
pub fn truncate(text: &str, most: usize, suffix: &str) -> String {
    if text.chars().nth(most).is_none() {
        return text.to_owned();
    }
    let kept = most.saturating_sub(suffix.chars().count());
    text.chars().take(kept).chain(suffix.chars()).take(most).collect()
}

/// `*` for each character but the last `visible`.
pub fn mask(text: &str, visible: usize) -> String {
    let hidden = text.chars().count().saturating_sub(visible);
    text.chars().enumerate().map(|(at, c)| if at < hidden { '*' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html() {
        let text = "a & b < c > d \" e ' f é";
        assert_eq!(unescape_html(&escape_html(text)), text);
        assert_eq!(unescape_html("&amp;lt; &nbsp; &"), "&lt; &nbsp; &");
    }

    #[test]
    fn slugs_and_cuts() {
        assert_eq!((slugify(""), slugify("---"), slugify("日本")), Default::default());
        assert_eq!(slugify("Ä e\u{301} ŠŽ_9"), "a-e-sz-9");
        assert_eq!(truncate("abcdef", 6, "..."), "abcdef");
        assert_eq!(truncate("abcdefg", 6, "..."), "abc...");
        assert_eq!(truncate("äöüßéè", 4, "…"), "äöü…");
        assert_eq!(
            (truncate("abc", 2, "..."), truncate("abc", 0, "…")),
            ("..".into(), String::new())
        );
        assert_eq!(
            (mask("abc", 4), mask("", 4), mask("äbc", 0)),
            ("abc".into(), "".into(), "***".into())
        );
    }
}
