//! THE TABLE of attribute names that JSX spells otherwise than HTML. The compiler and the library read it. In: a name. Out: HTML's.

/// Names in camel case that HTML writes in lower case.
const LOWER_CASE: &[&[u8]] = &[
    b"accessKey",
    b"allowFullScreen",
    b"autoCapitalize",
    b"autoComplete",
    b"autoCorrect",
    b"autoFocus",
    b"autoPlay",
    b"cellPadding",
    b"cellSpacing",
    b"charSet",
    b"colSpan",
    b"contentEditable",
    b"controlsList",
    b"crossOrigin",
    b"dateTime",
    b"encType",
    b"enterKeyHint",
    b"formAction",
    b"formEncType",
    b"formMethod",
    b"formNoValidate",
    b"formTarget",
    b"frameBorder",
    b"hrefLang",
    b"inputMode",
    b"itemID",
    b"itemProp",
    b"itemRef",
    b"itemScope",
    b"itemType",
    b"marginHeight",
    b"marginWidth",
    b"maxLength",
    b"mediaGroup",
    b"minLength",
    b"noModule",
    b"noValidate",
    b"playsInline",
    b"popoverTarget",
    b"radioGroup",
    b"readOnly",
    b"referrerPolicy",
    b"rowSpan",
    b"spellCheck",
    b"srcDoc",
    b"srcLang",
    b"srcSet",
    b"tabIndex",
    b"useMap",
];

/// Names that differ in more than case.
const SPECIAL: &[(&[u8], &[u8])] = &[
    (b"acceptCharset", b"accept-charset"),
    (b"className", b"class"),
    (b"clipPath", b"clip-path"),
    (b"clipRule", b"clip-rule"),
    (b"defaultChecked", b"checked"),
    (b"defaultValue", b"value"),
    (b"fillOpacity", b"fill-opacity"),
    (b"fillRule", b"fill-rule"),
    (b"fontFamily", b"font-family"),
    (b"fontSize", b"font-size"),
    (b"fontWeight", b"font-weight"),
    (b"htmlFor", b"for"),
    (b"httpEquiv", b"http-equiv"),
    (b"stopColor", b"stop-color"),
    (b"stopOpacity", b"stop-opacity"),
    (b"strokeDasharray", b"stroke-dasharray"),
    (b"strokeLinecap", b"stroke-linecap"),
    (b"strokeLinejoin", b"stroke-linejoin"),
    (b"strokeMiterlimit", b"stroke-miterlimit"),
    (b"strokeOpacity", b"stroke-opacity"),
    (b"strokeWidth", b"stroke-width"),
    (b"textAnchor", b"text-anchor"),
    (b"xlinkHref", b"xlink:href"),
    (b"xmlLang", b"xml:lang"),
];

/// Whether `true` and `false` are words to this attribute: its absence, or its name alone, would mean something else.
pub fn spells_booleans(name: &[u8]) -> bool {
    name.starts_with(b"aria-") || matches!(name, b"contenteditable" | b"draggable" | b"spellcheck")
}

/// Whether HTML writes this name in lower case.
pub fn is_lower_case(name: &[u8]) -> bool {
    LOWER_CASE.contains(&name)
}

/// HTML's name, if it differs in more than case.
pub fn special(name: &[u8]) -> Option<&'static [u8]> {
    SPECIAL.iter().find(|(written, _)| *written == name).map(|(_, html)| *html)
}
