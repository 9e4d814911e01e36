//! THE TABLE of what HTML elements and attributes need: which elements are empty, whose text is raw, and how React's names of
//! attributes are written in HTML. The code generator reads it; a test holds the Node shim against it.

/// Elements without children, written `<br />`.
pub const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements whose text is not escaped; only `</` in it becomes `<\/`, and `<!--` in a script `\u003c!--`.
pub const RAW_TEXT: &[&str] = &["script", "style"];

/// Attributes whose HTML name is not the one that is written.
pub const ATTRIBUTES: &[(&str, &str)] = &[
    ("acceptCharset", "accept-charset"),
    ("accessKey", "accesskey"),
    ("allowFullScreen", "allowfullscreen"),
    ("autoCapitalize", "autocapitalize"),
    ("autoComplete", "autocomplete"),
    ("autoCorrect", "autocorrect"),
    ("autoFocus", "autofocus"),
    ("autoPlay", "autoplay"),
    ("cellPadding", "cellpadding"),
    ("cellSpacing", "cellspacing"),
    ("charSet", "charset"),
    ("className", "class"),
    ("clipPath", "clip-path"),
    ("clipRule", "clip-rule"),
    ("colSpan", "colspan"),
    ("contentEditable", "contenteditable"),
    ("controlsList", "controlslist"),
    ("crossOrigin", "crossorigin"),
    ("dateTime", "datetime"),
    ("defaultChecked", "checked"),
    ("defaultValue", "value"),
    ("encType", "enctype"),
    ("enterKeyHint", "enterkeyhint"),
    ("fillOpacity", "fill-opacity"),
    ("fillRule", "fill-rule"),
    ("fontFamily", "font-family"),
    ("fontSize", "font-size"),
    ("fontWeight", "font-weight"),
    ("formAction", "formaction"),
    ("formEncType", "formenctype"),
    ("formMethod", "formmethod"),
    ("formNoValidate", "formnovalidate"),
    ("formTarget", "formtarget"),
    ("frameBorder", "frameborder"),
    ("hrefLang", "hreflang"),
    ("htmlFor", "for"),
    ("httpEquiv", "http-equiv"),
    ("inputMode", "inputmode"),
    ("itemID", "itemid"),
    ("itemProp", "itemprop"),
    ("itemRef", "itemref"),
    ("itemScope", "itemscope"),
    ("itemType", "itemtype"),
    ("marginHeight", "marginheight"),
    ("marginWidth", "marginwidth"),
    ("maxLength", "maxlength"),
    ("mediaGroup", "mediagroup"),
    ("minLength", "minlength"),
    ("noModule", "nomodule"),
    ("noValidate", "novalidate"),
    ("playsInline", "playsinline"),
    ("popoverTarget", "popovertarget"),
    ("radioGroup", "radiogroup"),
    ("readOnly", "readonly"),
    ("referrerPolicy", "referrerpolicy"),
    ("rowSpan", "rowspan"),
    ("spellCheck", "spellcheck"),
    ("srcDoc", "srcdoc"),
    ("srcLang", "srclang"),
    ("srcSet", "srcset"),
    ("stopColor", "stop-color"),
    ("stopOpacity", "stop-opacity"),
    ("strokeDasharray", "stroke-dasharray"),
    ("strokeLinecap", "stroke-linecap"),
    ("strokeLinejoin", "stroke-linejoin"),
    ("strokeMiterlimit", "stroke-miterlimit"),
    ("strokeOpacity", "stroke-opacity"),
    ("strokeWidth", "stroke-width"),
    ("tabIndex", "tabindex"),
    ("textAnchor", "text-anchor"),
    ("useMap", "usemap"),
    ("xlinkHref", "xlink:href"),
    ("xmlLang", "xml:lang"),
];

/// The name of an attribute in HTML.
pub fn attribute(name: &str) -> &str {
    ATTRIBUTES
        .binary_search_by_key(&name, |(from, _)| from)
        .map_or(name, |index| ATTRIBUTES[index].1)
}

/// Whether an attribute is never written: children, keys of lists, and handlers of the browser.
pub fn is_dropped(name: &str) -> bool {
    matches!(name, "children" | "key") || name.starts_with("on")
}

/// What looks like an entity at the start of a text: `&name;`, `&#10;`.
pub(crate) fn entity(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('&')?;
    let end = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '#')?;
    (end > 0 && inside[end..].starts_with(';')).then(|| &text[..end + 2])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(ATTRIBUTES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(VOID.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!((attribute("className"), attribute("hx-post")), ("class", "hx-post"));
    }
}
