//! The host of a URL, as the WHATWG standard reads it. In: the text between `//` and the port. Out: its one spelling, or nothing.
//! International names become Punycode. Of the mappings of their letters (UTS 46) those are made that need no tables: lower case,
//! wide and mathematical forms of ASCII; what is never seen is left out; other letters that would become several, and what no
//! name has, are refused.

use alloc::{format, string::String, vec::Vec};
use core::net::Ipv6Addr;

use crate::uri::escape_at;

/// The host of a scheme whose hosts are names or addresses.
pub(super) fn special(text: &[u8]) -> Option<Vec<u8>> {
    if let Some(address) = in_brackets(text) {
        return address;
    }
    let mut decoded = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let escaped = escape_at(&text[at..]);
        decoded.push(escaped.unwrap_or(text[at]));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    let name = core::str::from_utf8(&decoded).ok()?;
    let mapped = mapped(name)?;
    let mut host = Vec::with_capacity(mapped.len());
    for (index, label) in mapped.split('.').enumerate() {
        if index > 0 {
            host.push(b'.');
        }
        if !label.is_ascii() {
            host.extend_from_slice(b"xn--");
            punycode(&mut host, &label.chars().collect::<Vec<_>>())?;
            continue;
        }
        if let Some(encoded) = label.strip_prefix("xn--") {
            let name = from_punycode(encoded)?;
            if name.is_ascii() || self::mapped(&name)? != name {
                return None;
            }
        }
        host.extend_from_slice(label.as_bytes());
    }
    if host.is_empty()
        || host.iter().any(|byte| forbidden(*byte) || *byte <= b' ' || matches!(byte, b'%' | 0x7F))
    {
        return None;
    }
    if ends_in_a_number(&host) { ipv4(&host) } else { Some(host) }
}

/// The letters of a name as they are compared; nothing if there is one that no name has.
fn mapped(name: &str) -> Option<String> {
    let mut target = String::with_capacity(name.len());
    for letter in name.chars() {
        let code = u32::from(letter);
        match code {
            0..=0x7f => target.push(letter.to_ascii_lowercase()),
            0xad | 0x200b | 0x2060 | 0x2064 | 0xfeff | 0x180b..=0x180f | 0xfe00..=0xfe0f => {}
            0x3002 | 0xff0e | 0xff61 => target.push('.'),
            0xff01..=0xff5e => push_ascii(&mut target, code - 0xff01 + 0x21),
            0x1d400..=0x1d6a3 => push_ascii(&mut target, 0x61 + (code - 0x1d400) % 26),
            0x1d7ce..=0x1d7ff => push_ascii(&mut target, 0x30 + (code - 0x1d7ce) % 10),
            0x80..=0xa0
            | 0x1680
            | 0x2000..=0x200a
            | 0x200e..=0x200f
            | 0x2028..=0x202f
            | 0x205f
            | 0x2100..=0x214f
            | 0x2460..=0x24ff
            | 0x2066..=0x206f
            | 0x3000
            | 0x3200..=0x33ff
            | 0xe000..=0xf8ff
            | 0xfb00..=0xfb06
            | 0xfdd0..=0xfdef
            | 0xfff9..=0xffff
            | 0xe0000.. => return None,
            _ if code & 0xfffe == 0xfffe => return None,
            _ => target.extend(letter.to_lowercase()),
        }
    }
    Some(target)
}

fn push_ascii(target: &mut String, code: u32) {
    target.extend(char::from_u32(code).map(|letter| letter.to_ascii_lowercase()));
}

/// The host of any other scheme: what is not plain is escaped.
pub(super) fn opaque(text: &[u8]) -> Option<Vec<u8>> {
    if let Some(address) = in_brackets(text) {
        return address;
    }
    if text.iter().any(|byte| forbidden(*byte)) {
        return None;
    }
    let mut host = Vec::with_capacity(text.len());
    super::url::escape(&mut host, text, super::url::control);
    Some(host)
}

fn forbidden(byte: u8) -> bool {
    b"\0\t\n\r #/:<>?@[\\]^|".contains(&byte)
}

/// An IPv6 address in brackets: nothing if there are no brackets.
fn in_brackets(text: &[u8]) -> Option<Option<Vec<u8>>> {
    let inside = text.strip_prefix(b"[")?;
    let parse = || {
        let text = core::str::from_utf8(inside.strip_suffix(b"]")?).ok()?;
        Some(shown(text.parse::<Ipv6Addr>().ok()?.segments()))
    };
    Some(parse())
}

/// The first longest run of zeros is left out.
fn shown(pieces: [u16; 8]) -> Vec<u8> {
    let run = |from: usize| pieces[from..].iter().take_while(|piece| **piece == 0).count();
    let longest = (0..8).map(run).max().unwrap_or_default();
    let gap = (longest > 1).then(|| (0..8).find(|from| run(*from) == longest)).flatten();
    let mut text = b"[".to_vec();
    let mut index = 0;
    while index < 8 {
        if gap == Some(index) {
            text.extend_from_slice(if index == 0 { b"::" } else { b":" });
            index += longest;
            continue;
        }
        text.extend_from_slice(format!("{:x}", pieces[index]).as_bytes());
        index += 1;
        if index < 8 {
            text.push(b':');
        }
    }
    text.push(b']');
    text
}

fn ends_in_a_number(host: &[u8]) -> bool {
    let host = host.strip_suffix(b".").unwrap_or(host);
    let last = host.rsplit(|byte| *byte == b'.').next().unwrap_or_default();
    !last.is_empty() && (last.iter().all(u8::is_ascii_digit) || number(last).is_some())
}

/// A number of an IPv4 address: decimal, `0x` hexadecimal, `0` octal.
fn number(text: &[u8]) -> Option<u64> {
    let (digits, radix) = match text {
        [] => return None,
        [b'0', b'x' | b'X', rest @ ..] => (rest, 16),
        [b'0', rest @ ..] if !rest.is_empty() => (rest, 8),
        _ => (text, 10),
    };
    digits.iter().try_fold(0_u64, |sum, byte| {
        let digit = char::from(*byte).to_digit(radix)?;
        Some(sum.saturating_mul(u64::from(radix)).saturating_add(u64::from(digit)))
    })
}

fn ipv4(host: &[u8]) -> Option<Vec<u8>> {
    let host = host.strip_suffix(b".").unwrap_or(host);
    let parts: Vec<u64> = host.split(|byte| *byte == b'.').map(number).collect::<Option<_>>()?;
    let (last, first) = parts.split_last()?;
    if first.len() > 3
        || first.iter().any(|part| *part > 255)
        || *last >= 256_u64.pow(4 - first.len() as u32)
    {
        return None;
    }
    let high = first.iter().enumerate().map(|(index, part)| part << (8 * (3 - index))).sum::<u64>();
    let address = (high + last) as u32;
    let [a, b, c, d] = address.to_be_bytes();
    Some(format!("{a}.{b}.{c}.{d}").into_bytes())
}

/// RFC 3492.
fn punycode(target: &mut Vec<u8>, label: &[char]) -> Option<()> {
    let basic = label.iter().filter(|c| c.is_ascii()).count() as u32;
    target.extend(label.iter().filter(|c| c.is_ascii()).map(|c| *c as u8));
    if basic > 0 {
        target.push(b'-');
    }
    let (mut n, mut delta, mut bias, mut handled) = (128_u32, 0_u32, 72_u32, basic);
    while (handled as usize) < label.len() {
        let next = label.iter().map(|c| *c as u32).filter(|code| *code >= n).min()?;
        delta = delta.checked_add((next - n).checked_mul(handled + 1)?)?;
        n = next;
        for code in label.iter().map(|c| *c as u32) {
            if code < n {
                delta = delta.checked_add(1)?;
            }
            if code == n {
                push_number(target, delta, bias);
                bias = adapted(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta += 1;
        n += 1;
    }
    Some(())
}

/// The text that a label says after `xn--`.
fn from_punycode(label: &str) -> Option<String> {
    let (basic, extended) = label.rsplit_once('-').unwrap_or(("", label));
    let mut letters: Vec<char> = basic.chars().collect();
    let mut digits = extended.bytes();
    let (mut n, mut index, mut bias) = (128_u32, 0_u32, 72_u32);
    while digits.len() > 0 {
        let (before, mut weight) = (index, 1_u32);
        for k in (36..).step_by(36) {
            let digit = match digits.next()? {
                byte @ b'a'..=b'z' => u32::from(byte - b'a'),
                byte @ b'0'..=b'9' => u32::from(byte - b'0') + 26,
                _ => return None,
            };
            index = index.checked_add(digit.checked_mul(weight)?)?;
            let threshold = (k as u32).saturating_sub(bias).clamp(1, 26);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(36 - threshold)?;
        }
        let count = letters.len() as u32 + 1;
        bias = adapted(index - before, count, before == 0);
        n = n.checked_add(index / count)?;
        index %= count;
        letters.insert(index as usize, char::from_u32(n)?);
        index += 1;
    }
    Some(letters.into_iter().collect())
}

fn push_number(target: &mut Vec<u8>, mut number: u32, bias: u32) {
    let digit =
        |value: u32| if value < 26 { b'a' + value as u8 } else { b'0' + (value - 26) as u8 };
    for k in (36..).step_by(36) {
        let threshold = (k as u32).saturating_sub(bias).clamp(1, 26);
        if number < threshold {
            break;
        }
        target.push(digit(threshold + (number - threshold) % (36 - threshold)));
        number = (number - threshold) / (36 - threshold);
    }
    target.push(digit(number));
}

fn adapted(delta: u32, count: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / count;
    let mut k = 0;
    while delta > 455 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_have_one_spelling() {
        let shown =
            |text: &str| special(text.as_bytes()).map(|host| String::from_utf8(host).unwrap());
        for (text, host) in [
            ("Example.COM", "example.com"),
            ("127.1", "127.0.0.1"),
            ("0x7f.1", "127.0.0.1"),
            ("2130706433", "127.0.0.1"),
            ("010.1", "8.0.0.1"),
            ("[::1]", "[::1]"),
            ("[0:0:1::0:0]", "[0:0:1::]"),
            ("[::ffff:1.2.3.4]", "[::ffff:102:304]"),
            ("b%C3%BCcher.de", "xn--bcher-kva.de"),
            ("münchen。de", "xn--mnchen-3ya.de"),
            ("日本語", "xn--wgv71a119e"),
            ("a%41", "aa"),
            ("\u{ff27}\u{ff4f}.com", "go.com"),
            ("xn--bcher-kva.de", "xn--bcher-kva.de"),
            ("a\u{ad}b", "ab"),
            ("\u{ff10}\u{ff38}\u{ff43}\u{ff10}.1", "192.0.0.1"),
            ("\u{1d400}\u{1d41a}\u{1d7d9}", "aa1"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(host), "{text}");
        }
        for bad in [
            "",
            "a b",
            "a%zz",
            "1.2.3.256",
            "1.2.3.4.5",
            "256.0.0.1",
            "[::1",
            "[g]",
            "a<b",
            "0x.1.2.3.4.5",
            "a.0xffffffffffffffffffff",
            "\u{ad}",
            "a\u{3000}b",
            "\u{ff05}\u{ff14}\u{ff11}",
            "xn--",
            "xn--a-",
            "xn--pokxncvks",
            "xn--0000000000000000000000",
        ] {
            assert_eq!(shown(bad), None, "{bad}");
        }
    }
}
