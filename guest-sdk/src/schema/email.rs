//! E-mail addresses as the HTML standard defines them for `<input type=email>`: no quotes, no comments, host names of
//! letters, digits and hyphens, and, beyond that standard, a dot in the host name.

/// Longest address (RFC 5321 section 4.5.3.1).
const BYTES_MAX: usize = 254;
/// Longest part before the `@`.
const LOCAL_BYTES_MAX: usize = 64;

/// Says what keeps a text from being an address.
pub(super) fn check(text: &str) -> Result<(), &'static str> {
    let Some((local, host)) = text.rsplit_once('@') else {
        return Err("An email address must have an @-sign.");
    };
    if text.len() > BYTES_MAX || local.len() > LOCAL_BYTES_MAX {
        return Err("The email address is too long.");
    }
    if local.is_empty() {
        return Err("There must be something before the @-sign.");
    }
    let dots = local.starts_with('.') || local.ends_with('.') || local.contains("..");
    if dots || !local.bytes().all(is_local_byte) {
        return Err("The part before the @-sign contains invalid characters.");
    }
    if host.is_empty() {
        return Err("There must be something after the @-sign.");
    }
    if !host.contains('.') {
        return Err("The part after the @-sign is not valid. It should have a period.");
    }
    if !host.split('.').all(is_label) {
        return Err("The part after the @-sign contains invalid characters.");
    }
    Ok(())
}

const fn is_local_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'.' | b'!' | b'#'..=b'\'' | b'*' | b'+' | b'/' | b'=' | b'?' | b'^'..=b'`' | b'{'..=b'~' | b'-'
        )
}

/// A label of a host name (RFC 1123 section 2.1).
pub(super) fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn addresses() {
        for good in ["a@b.co", "first.last+tag@sub.example.org", "o'neil!#$%&*/=?^_`{|}~-@x-y.de"] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        let long = format!("{}@example.org", "a".repeat(65));
        for bad in [
            "",
            "a",
            "@",
            "a@",
            "@b.co",
            "a@b",
            "a@.",
            "a@b.",
            "a@.co",
            "a@b..co",
            "a@b@c.co",
            ".a@b.co",
            "a.@b.co",
            "a..b@c.co",
            "a b@c.co",
            "a@b c.co",
            "a@-b.co",
            "a@b-.co",
            "a@b.co\n",
            "\"a\"@b.co",
            "a@[1.2.3.4]",
            "ä@b.co",
            &long,
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }
}
