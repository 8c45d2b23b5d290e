//! A local secret, without which nobody can tell which words a hash was made from.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A secret is at least so many bytes long.
pub const SHORTEST: usize = 16;

/// The secret of `--hash-key`. It is neither shown nor written.
#[derive(Clone)]
pub struct Key(Hmac<Sha256>);

impl Key {
    /// A key of these bytes, without the line's end that an editor leaves; `None` where they are too few.
    pub fn new(secret: &[u8]) -> Option<Key> {
        let secret = secret.trim_ascii_end();
        let long_enough = Some(secret).filter(|secret| secret.len() >= SHORTEST)?;
        Hmac::new_from_slice(long_enough).ok().map(Key)
    }

    /// The first 128 bits of HMAC-SHA-256 over a text, in hexadecimal.
    pub fn sign(&self, text: &str) -> String {
        let mac = self.0.clone().chain_update(text).finalize().into_bytes();
        mac[..16].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Test case 2 of RFC 4231 has a key of four bytes, so that the key of case 6 stands here: 131 bytes of 0xaa.
    #[test]
    fn the_hash_is_that_of_the_standard() {
        let key = Key::new(&[0xaa; 131]).expect("the key is long enough");
        assert_eq!(key.sign("Test Using Larger Than Block-Size Key - Hash Key First"), "60e431591ee0b67f0d8a26aacbf5b77f");
    }

    #[test]
    fn keys() {
        let sign = |secret: &[u8]| Key::new(secret).map(|key| key.sign("x"));
        assert_eq!(sign(b"0123456789abcdef\n"), sign(b"0123456789abcdef"));
        assert_ne!(sign(b"0123456789abcdef"), sign(b"0123456789abcdeg"));
        assert_eq!(sign(b"0123456789abcde\n"), None);
    }
}
