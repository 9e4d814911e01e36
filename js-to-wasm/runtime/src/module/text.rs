//! `purview:text`. In: texts. Out: texts.

use alloc::vec::Vec;

use crate::{
    jsx,
    string::{self, Str},
    text::{integer_at, or_undefined, string_at, text_at},
    value::Value,
};

fn made(bytes: Vec<u8>) -> Value {
    Value::string(Str::take(bytes))
}

builtins! {
    "purview:text.escapeHtml" escape_html(_this, args) {
        or_undefined(string_at(args, 0).map(|text| {
            let mut bytes = Vec::new();
            jsx::escape_attribute(&mut bytes, text.bytes());
            made(bytes)
        }))
    }
    "purview:text.unescapeHtml" unescape_html(_this, args) {
        const ENTITIES: [(&[u8], u8); 5] =
            [(b"&amp;", b'&'), (b"&lt;", b'<'), (b"&gt;", b'>'), (b"&quot;", b'"'), (b"&#39;", b'\'')];
        let Some(text) = string_at(args, 0) else { return Value::UNDEFINED };
        let mut rest = text.bytes();
        let mut bytes = Vec::with_capacity(rest.len());
        while let Some((first, tail)) = rest.split_first() {
            match ENTITIES.iter().find(|(entity, _)| rest.starts_with(entity)) {
                Some((entity, meaning)) => {
                    bytes.push(*meaning);
                    rest = &rest[entity.len()..];
                }
                None => {
                    bytes.push(*first);
                    rest = tail;
                }
            }
        }
        made(bytes)
    }
    "purview:text.slugify" slugify(_this, args) {
        let Some(text) = string_at(args, 0) else { return Value::UNDEFINED };
        let mut bytes: Vec<u8> = Vec::new();
        for c in core::str::from_utf8(text.bytes()).unwrap_or_default().chars() {
            match plain_letter(c) {
                Some(letter) => bytes.push(letter),
                None if matches!(c, '\u{300}'..='\u{36f}') => {}
                None if bytes.last().is_some_and(|last| *last != b'-') => bytes.push(b'-'),
                None => {}
            }
        }
        if bytes.last() == Some(&b'-') {
            bytes.pop();
        }
        made(bytes)
    }
    "purview:text.truncate" truncate(_this, args) {
        let Some(text) = string_at(args, 0) else { return Value::UNDEFINED };
        let most = integer_at(args, 1, 0.0).clamp(0.0, 4e9) as u32;
        if text.units() <= most {
            return Value::string(text);
        }
        let suffix = if args.get(2).is_absent() { Str::of(b"...") } else { text_at(args, 2) };
        if suffix.units() >= most {
            return Value::string(suffix.slice(0, most));
        }
        let mut bytes = text.slice(0, most - suffix.units()).bytes().to_vec();
        string::push_text(&mut bytes, suffix.bytes());
        made(bytes)
    }
    "purview:text.mask" mask(_this, args) {
        let Some(text) = string_at(args, 0) else { return Value::UNDEFINED };
        let visible = (integer_at(args, 1, 4.0).clamp(0.0, 4e9) as u32).min(text.units());
        let mut bytes = alloc::vec![b'*'; (text.units() - visible) as usize];
        string::push_text(&mut bytes, text.slice(text.units() - visible, text.units()).bytes());
        made(bytes)
    }
}

/// The ASCII letter or digit that a character is without its accent.
fn plain_letter(c: char) -> Option<u8> {
    if c.is_ascii_alphanumeric() {
        return Some(c.to_ascii_lowercase() as u8);
    }
    const ACCENTED: [(&str, u8); 12] = [
        ("àáâãäåāăąÀÁÂÃÄÅĀĂĄ", b'a'),
        ("çćĉċčÇĆĈĊČ", b'c'),
        ("ďĎ", b'd'),
        ("èéêëēĕėęěÈÉÊËĒĔĖĘĚ", b'e'),
        ("ĝğġģĜĞĠĢ", b'g'),
        ("ìíîïĩīĭįÌÍÎÏĨĪĬĮİ", b'i'),
        ("ñńņňÑŃŅŇ", b'n'),
        ("òóôõöōŏőÒÓÔÕÖŌŎŐ", b'o'),
        ("ŕŗřŔŖŘ", b'r'),
        ("śŝşšŚŜŞŠ", b's'),
        ("ùúûüũūŭůűųÙÚÛÜŨŪŬŮŰŲ", b'u'),
        ("ýÿŷÝŸŶźżžŹŻŽ", b'y'),
    ];
    let found = ACCENTED.iter().find(|(letters, _)| letters.contains(c)).map(|(_, letter)| *letter);
    match c {
        'ź' | 'ż' | 'ž' | 'Ź' | 'Ż' | 'Ž' => Some(b'z'),
        'ť' | 'ţ' | 'Ť' | 'Ţ' => Some(b't'),
        _ => found,
    }
}
