//! CBOR as a small tree, bounded in depth and number of items.
//!
//! Whatever a stock peer's encoder may write is taken: `undefined`, floats for integers, indefinite lengths, byte
//! strings under a tag (cbor-x wraps a typed array in tag 64).

use std::borrow::Cow;

use minicbor::Decoder;
use minicbor::data::Type;

use super::decode::FrameError;

/// Deepest nesting that is read; the protocol's own deepest is three.
const MAX_DEPTH: usize = 16;

/// Most items in one frame; the protocol's own frames have some twenty.
const MAX_ITEMS: usize = 20_000;

/// One CBOR item; texts and bytes stay where they lie in the frame. What the protocol has no use for is [`Value::Other`].
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    /// `undefined` and `null`: both count as absent.
    Absent,
    Bool(bool),
    /// A whole number, also when it came as a float.
    Whole(i128),
    Bytes(Cow<'a, [u8]>),
    Text(Cow<'a, str>),
    List(Vec<Self>),
    Map(Vec<(Self, Self)>),
    Other,
}

impl<'a> Value<'a> {
    /// The item that `bytes` hold.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, FrameError> {
        let mut decoder = Decoder::new(bytes);
        let mut items = 0;
        let value = read_item(&mut decoder, 0, &mut items)?;
        if decoder.position() == bytes.len() { Ok(value) } else { Err(FrameError::malformed("trailing bytes")) }
    }

    /// The value under `key` of a map; `None` when it is absent.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Map(entries) = self else { return None };
        entries
            .iter()
            .find(|(name, _)| matches!(name, Self::Text(name) if name == key))
            .map(|(_, value)| value)
            .filter(|value| **value != Self::Absent)
    }

    pub(super) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub(super) fn bytes(&self) -> Option<&[u8]> {
        if let Self::Bytes(bytes) = self { Some(bytes) } else { None }
    }

    pub(super) fn list(&self) -> Option<&[Self]> {
        if let Self::List(items) = self { Some(items) } else { None }
    }

    pub(super) fn whole(&self) -> Option<u64> {
        if let Self::Whole(number) = self { u64::try_from(*number).ok() } else { None }
    }
}

fn read_item<'a>(decoder: &mut Decoder<'a>, depth: usize, items: &mut usize) -> Result<Value<'a>, FrameError> {
    *items += 1;
    if depth > MAX_DEPTH {
        return Err(FrameError::malformed("nested too deeply"));
    }
    if *items > MAX_ITEMS {
        return Err(FrameError::malformed("too many items"));
    }
    let cbor = |error: minicbor::decode::Error| FrameError::malformed(&error.to_string());
    Ok(match decoder.datatype().map_err(cbor)? {
        Type::Null => decoder.null().map(|()| Value::Absent).map_err(cbor)?,
        Type::Undefined => decoder.undefined().map(|()| Value::Absent).map_err(cbor)?,
        Type::Bool => Value::Bool(decoder.bool().map_err(cbor)?),
        Type::U8 | Type::U16 | Type::U32 | Type::U64 | Type::I8 | Type::I16 | Type::I32 | Type::I64 | Type::Int => {
            Value::Whole(decoder.int().map_err(cbor)?.into())
        }
        Type::F16 => whole_of(f64::from(decoder.f16().map_err(cbor)?)),
        Type::F32 => whole_of(f64::from(decoder.f32().map_err(cbor)?)),
        Type::F64 => whole_of(decoder.f64().map_err(cbor)?),
        Type::Simple => decoder.simple().map(|_| Value::Other).map_err(cbor)?,
        Type::Bytes => Value::Bytes(Cow::Borrowed(decoder.bytes().map_err(cbor)?)),
        Type::BytesIndef => {
            let parts = decoder.bytes_iter().map_err(cbor)?.collect::<Result<Vec<_>, _>>().map_err(cbor)?;
            Value::Bytes(Cow::Owned(parts.concat()))
        }
        Type::String => Value::Text(Cow::Borrowed(decoder.str().map_err(cbor)?)),
        Type::StringIndef => {
            let parts = decoder.str_iter().map_err(cbor)?.collect::<Result<Vec<_>, _>>().map_err(cbor)?;
            Value::Text(Cow::Owned(parts.concat()))
        }
        Type::Array | Type::ArrayIndef => {
            let length = decoder.array().map_err(cbor)?;
            Value::List(read_many(decoder, length, |decoder| read_item(decoder, depth + 1, items))?)
        }
        Type::Map | Type::MapIndef => {
            let length = decoder.map().map_err(cbor)?;
            Value::Map(read_many(decoder, length, |decoder| {
                Ok((read_item(decoder, depth + 1, items)?, read_item(decoder, depth + 1, items)?))
            })?)
        }
        // A tag says how to see the item in it, and every use we have sees it plainly.
        Type::Tag => {
            decoder.tag().map_err(cbor)?;
            read_item(decoder, depth + 1, items)?
        }
        Type::Break | Type::Unknown(_) => return Err(FrameError::malformed("not a CBOR item")),
    })
}

/// Reads `length` items, or up to the break when there is none. Nothing is reserved beforehand: `length` is the
/// peer's word.
fn read_many<'a, T>(
    decoder: &mut Decoder<'a>,
    length: Option<u64>,
    mut read: impl FnMut(&mut Decoder<'a>) -> Result<T, FrameError>,
) -> Result<Vec<T>, FrameError> {
    let mut found = Vec::new();
    match length {
        Some(length) => {
            for _ in 0..length {
                found.push(read(decoder)?);
            }
        }
        None => {
            while decoder.datatype().map_err(|error| FrameError::malformed(&error.to_string()))? != Type::Break {
                found.push(read(decoder)?);
            }
            decoder.set_position(decoder.position() + 1);
        }
    }
    Ok(found)
}

/// A JavaScript number is a float; the whole ones among them are meant as integers.
fn whole_of(number: f64) -> Value<'static> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() <= EXACT {
        #[allow(clippy::cast_possible_truncation, reason = "whole and within 2^53, checked in the line above")]
        return Value::Whole(number as i128);
    }
    Value::Other
}
