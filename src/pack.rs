//! Long lists of numbers in the embedded lexicon, kept as plain bytes: reading them back is one copy.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, Visitor};
use serde::{Deserializer, Serializer};

/// A number of fixed width.
pub trait Number: Copy {
    const WIDTH: usize;
    fn put(self, bytes: &mut Vec<u8>);
    /// `bytes` are [`Number::WIDTH`] bytes.
    fn get(bytes: &[u8]) -> Self;
}

macro_rules! number {
    ($($kind:ty),*) => {$(
        impl Number for $kind {
            const WIDTH: usize = size_of::<$kind>();

            fn put(self, bytes: &mut Vec<u8>) {
                bytes.extend_from_slice(&self.to_le_bytes());
            }

            fn get(bytes: &[u8]) -> Self {
                let mut number = [0; size_of::<$kind>()];
                number.copy_from_slice(bytes);
                <$kind>::from_le_bytes(number)
            }
        }
    )*};
}

number!(u32, u64);

/// A few numbers side by side.
impl<N: Number + Default, const LEN: usize> Number for [N; LEN] {
    const WIDTH: usize = N::WIDTH * LEN;

    fn put(self, bytes: &mut Vec<u8>) {
        self.iter().for_each(|number| number.put(bytes));
    }

    fn get(bytes: &[u8]) -> Self {
        let mut numbers = [N::default(); LEN];
        for (number, bytes) in numbers.iter_mut().zip(bytes.chunks_exact(N::WIDTH)) {
            *number = N::get(bytes);
        }
        numbers
    }
}

/// For `#[serde(with = "pack")]`.
pub fn serialize<N: Number, S: Serializer>(numbers: &[N], serializer: S) -> Result<S::Ok, S::Error> {
    let mut bytes = Vec::with_capacity(numbers.len() * N::WIDTH);
    numbers.iter().for_each(|number| number.put(&mut bytes));
    serializer.serialize_bytes(&bytes)
}

/// For `#[serde(with = "pack")]`.
pub fn deserialize<'de, N: Number, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<N>, D::Error> {
    struct Bytes<N>(PhantomData<N>);

    impl<N: Number> Visitor<'_> for Bytes<N> {
        type Value = Vec<N>;

        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            write!(f, "numbers of {} bytes", N::WIDTH)
        }

        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<N>, E> {
            if !bytes.len().is_multiple_of(N::WIDTH) {
                return Err(E::invalid_length(bytes.len(), &self));
            }
            Ok(bytes.chunks_exact(N::WIDTH).map(N::get).collect())
        }
    }

    deserializer.deserialize_bytes(Bytes(PhantomData))
}
