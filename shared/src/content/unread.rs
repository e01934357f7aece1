//! Content that stays bytes until somebody reads it.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, OnceLock};

use minicbor::decode::{Decode, Error};
use minicbor::encode::{Encode, Write};
use minicbor::{Decoder, Encoder};

/// A `T` as the CBOR that it came as. Cheap to clone.
///
/// A phone holds many kinds of content that it shows only when asked to, or never. Kept like this they cost it neither
/// time nor, since nothing calls their decoders, a place in what it downloads first.
pub struct Unread<T> {
    held: Arc<Held>,
    content: PhantomData<fn() -> T>,
}

struct Held {
    bytes: Box<[u8]>,
    /// What was read of it, without its type: whoever holds content must not need the code that drops it.
    read: OnceLock<Option<Box<dyn Any + Send + Sync>>>,
}

impl<T> Unread<T> {
    fn new(bytes: &[u8]) -> Self {
        Self { held: Arc::new(Held { bytes: bytes.into(), read: OnceLock::new() }), content: PhantomData }
    }

    /// The content, read the first time that it is asked for; `None` if the bytes are CBOR, but no `T` that this version
    /// knows.
    pub fn get(&self) -> Option<&T>
    where
        T: for<'bytes> Decode<'bytes, ()> + Any + Send + Sync,
    {
        let read = || Some(Box::new(self.read().ok()?) as Box<dyn Any + Send + Sync>);
        self.held.read.get_or_init(read).as_ref()?.downcast_ref()
    }

    /// Reads the content, anew each time.
    ///
    /// # Errors
    /// If the bytes are CBOR, but no `T` that this version knows.
    pub fn read(&self) -> Result<T, Error>
    where
        T: for<'bytes> Decode<'bytes, ()>,
    {
        minicbor::decode(&self.held.bytes)
    }
}

impl<T: Encode<()>> From<&T> for Unread<T> {
    fn from(content: &T) -> Self {
        let bytes = minicbor::to_vec(content).expect("writing to memory does not fail");
        Self::new(&bytes)
    }
}

impl<T> Clone for Unread<T> {
    fn clone(&self) -> Self {
        Self { held: Arc::clone(&self.held), content: PhantomData }
    }
}

impl<T> PartialEq for Unread<T> {
    fn eq(&self, other: &Self) -> bool {
        self.held.bytes == other.held.bytes
    }
}

impl<T> Eq for Unread<T> {}

impl<T> fmt::Debug for Unread<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unread({} bytes)", self.held.bytes.len())
    }
}

impl<C, T> Encode<C> for Unread<T> {
    fn encode<W: Write>(&self, encoder: &mut Encoder<W>, _: &mut C) -> Result<(), minicbor::encode::Error<W::Error>> {
        encoder.writer_mut().write_all(&self.held.bytes).map_err(minicbor::encode::Error::write)
    }
}

impl<'bytes, C, T> Decode<'bytes, C> for Unread<T> {
    fn decode(decoder: &mut Decoder<'bytes>, _: &mut C) -> Result<Self, Error> {
        let begin = decoder.position();
        decoder.skip()?;
        Ok(Self::new(&decoder.input()[begin..decoder.position()]))
    }
}

#[cfg(feature = "serde")]
impl<T> serde::Serialize for Unread<T>
where
    T: serde::Serialize + for<'bytes> Decode<'bytes, ()>,
{
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.read().map_err(serde::ser::Error::custom)?.serialize(serializer)
    }
}

#[cfg(feature = "serde")]
impl<'data, T> serde::Deserialize<'data> for Unread<T>
where
    T: serde::Deserialize<'data> + Encode<()>,
{
    fn deserialize<D: serde::Deserializer<'data>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(|content| Self::from(&content))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_comes_back_as_it_was_and_gives_the_same_bytes() {
        let content = vec![("a".to_owned(), 1_u8), ("ø".to_owned(), 2)];
        let unread = Unread::from(&content);
        assert_eq!(unread.read().unwrap(), content);
        assert_eq!(unread.get(), Some(&content));
        assert!(std::ptr::eq(unread.get().unwrap(), unread.clone().get().unwrap()), "it is read once");
        let stored = minicbor::to_vec((&unread, 7_u8)).unwrap();
        assert_eq!(stored, minicbor::to_vec((&content, 7_u8)).unwrap());
        let (again, after): (Unread<Vec<(String, u8)>>, u8) = minicbor::decode(&stored).unwrap();
        assert_eq!((again, after), (unread, 7));
    }

    #[test]
    fn what_is_no_such_content_is_told_when_it_is_read() {
        let stored = minicbor::to_vec("a word").unwrap();
        let unread: Unread<Vec<u8>> = minicbor::decode(&stored).unwrap();
        assert!(unread.read().is_err());
        assert_eq!(unread.get(), None);
        assert!(minicbor::decode::<Unread<Vec<u8>>>(&stored[..3]).is_err(), "half of it is not even CBOR");
    }
}
