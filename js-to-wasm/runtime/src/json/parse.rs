//! JSON text into a value. In: WTF-8 bytes that live as long as the request: strings without escapes refer to them. Out: the value, or
//! nothing if the text is not JSON or is nested too deeply. Null stays null.

use alloc::vec::Vec;

use super::DEPTH_MAX;
use crate::{
    array::Array,
    number,
    object::{Entry, Object},
    string::{self, Str},
    value::Value,
    words::plain_run,
};

struct Parser {
    text: &'static [u8],
    at: usize,
    depth: u32,
    /// Members of the objects that are open, and elements of the arrays: each takes its own from the end when it closes, so that it is
    /// made at its size.
    members: Vec<Entry>,
    elements: Vec<Value>,
}

/// Room for members or elements when the first of them comes.
const ROOM: usize = 16;

/// Parses a complete JSON text.
pub fn parse(text: &'static [u8]) -> Option<Value> {
    let mut parser = Parser { text, at: 0, depth: 0, members: Vec::new(), elements: Vec::new() };
    let value = parser.value()?;
    parser.space();
    (parser.at == text.len()).then_some(value)
}

impl Parser {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn word(&mut self, word: &[u8], value: Value) -> Option<Value> {
        self.text[self.at..].starts_with(word).then(|| {
            self.at += word.len();
            value
        })
    }

    fn value(&mut self) -> Option<Value> {
        self.space();
        match self.peek()? {
            b'{' => self.nested(Self::object),
            b'[' => self.nested(Self::array),
            b'"' => self.string().map(Value::string),
            b't' => self.word(b"true", Value::TRUE),
            b'f' => self.word(b"false", Value::FALSE),
            b'n' => self.word(b"null", Value::NULL),
            _ => self.number(),
        }
    }

    fn nested(&mut self, inner: fn(&mut Self) -> Option<Value>) -> Option<Value> {
        if self.depth == DEPTH_MAX {
            return None;
        }
        self.depth += 1;
        self.at += 1;
        let value = inner(self);
        self.depth -= 1;
        value
    }

    fn object(&mut self) -> Option<Value> {
        if self.members.capacity() == 0 {
            self.members.reserve(ROOM);
        }
        let own = self.members.len();
        self.space();
        if self.take(b'}') {
            return Some(Value::object(Object::of_members(&[])));
        }
        loop {
            self.space();
            if self.peek() != Some(b'"') {
                return None;
            }
            let name = self.string()?;
            self.space();
            if !self.take(b':') {
                return None;
            }
            let value = self.value()?;
            self.members.push(Entry { name, value });
            self.space();
            if self.take(b'}') {
                let object = Object::of_members(&self.members[own..]);
                self.members.truncate(own);
                return Some(Value::object(object));
            }
            if !self.take(b',') {
                return None;
            }
        }
    }

    fn array(&mut self) -> Option<Value> {
        if self.elements.capacity() == 0 {
            self.elements.reserve(ROOM);
        }
        let own = self.elements.len();
        self.space();
        if self.take(b']') {
            return Some(Value::array(Array::take(Vec::new())));
        }
        loop {
            let value = self.value()?;
            self.elements.push(value);
            self.space();
            if self.take(b']') {
                let items = self.elements[own..].to_vec();
                self.elements.truncate(own);
                return Some(Value::array(Array::take(items)));
            }
            if !self.take(b',') {
                return None;
            }
        }
    }

    fn string(&mut self) -> Option<&'static Str> {
        self.at += 1;
        let start = self.at;
        let mut ascii = true;
        loop {
            self.at += plain_run(&self.text[self.at..]);
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    let bytes = &self.text[start..self.at - 1];
                    return Some(if ascii { Str::of_ascii(bytes) } else { Str::of(bytes) });
                }
                b'\\' => return self.escaped(start),
                0..0x20 => return None,
                byte => {
                    ascii &= byte < 0x80;
                    self.at += 1;
                }
            }
        }
    }

    #[cold]
    fn escaped(&mut self, start: usize) -> Option<&'static Str> {
        let mut bytes = self.text[start..self.at].to_vec();
        loop {
            let byte = self.peek()?;
            self.at += 1;
            match byte {
                b'"' => return Some(Str::take(bytes)),
                b'\\' => self.escape(&mut bytes)?,
                0..0x20 => return None,
                _ => bytes.push(byte),
            }
        }
    }

    fn escape(&mut self, bytes: &mut Vec<u8>) -> Option<()> {
        let byte = self.peek()?;
        self.at += 1;
        bytes.push(match byte {
            b'"' | b'\\' | b'/' => byte,
            b'n' => b'\n',
            b't' => b'\t',
            b'r' => b'\r',
            b'b' => 8,
            b'f' => 12,
            b'u' => {
                let digits = self.text.get(self.at..self.at + 4)?;
                let digit = |unit, byte: &u8| Some(unit << 4 | char::from(*byte).to_digit(16)?);
                string::push_code(bytes, digits.iter().try_fold(0, digit)?);
                self.at += 4;
                return Some(());
            }
            _ => return None,
        });
        Some(())
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }

    fn number(&mut self) -> Option<Value> {
        let start = self.at;
        let negative = self.take(b'-');
        let mut short = 0_u64;
        let first = self.at;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            short = short.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            self.at += 1;
        }
        let whole = self.at - first;
        if whole == 0 || (whole > 1 && self.text[first] == b'0') {
            return None;
        }
        if whole < 16 && !matches!(self.peek(), Some(b'.' | b'e' | b'E')) {
            return Some(Value::number(if negative { -(short as f64) } else { short as f64 }));
        }
        self.fraction(start)
    }

    /// What may stand behind the whole part of the number that begins at `start`.
    fn fraction(&mut self, start: usize) -> Option<Value> {
        if self.take(b'.') && self.digits() == 0 {
            return None;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if self.digits() == 0 {
                return None;
            }
        }
        Some(Value::number(number::decimal(&self.text[start..self.at])))
    }
}
