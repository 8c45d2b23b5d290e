//! Zip containers: an archive, or a document of Word, Excel or LibreOffice. Their directory is looked at before anything is unpacked.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Limit, Limits, Refusal};

/// Below this size the ratio does no harm.
const SMALL: u64 = 1 << 20;

/// What a container is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackageKind {
    Docx,
    Odt,
    Xlsx,
    /// An archive of files.
    Other,
}

/// A container that keeps within the limits.
pub struct Package {
    zip: ZipArchive<Cursor<Vec<u8>>>,
    /// How many bytes may still be unpacked: what the directory says of sizes may be a lie.
    left: u64,
    limit: u64,
}

impl Package {
    /// Looks at the directory of a container.
    pub fn open(bytes: Vec<u8>, limits: &Limits) -> Result<Package, Refusal> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(refusal)?;
        let over = |limit| Err(Refusal::Over(limit, limits.get(limit)));
        if zip.len() as u64 > limits.get(Limit::Members) {
            return over(Limit::Members);
        }
        let mut total: u64 = 0;
        for index in 0..zip.len() {
            let member = zip.by_index_raw(index).map_err(refusal)?;
            let (size, packed) = (member.size(), member.compressed_size());
            if size > SMALL && size / packed.max(1) > limits.get(Limit::Ratio) {
                return over(Limit::Ratio);
            }
            total = total.saturating_add(size);
        }
        let limit = limits.get(Limit::UnpackedSize);
        if total > limit {
            return over(Limit::UnpackedSize);
        }
        Ok(Package { zip, left: limit, limit })
    }

    /// What the container is.
    pub fn kind(&mut self) -> Result<PackageKind, Refusal> {
        if self.main_part().is_some() {
            return Ok(PackageKind::Docx);
        }
        if self.zip.index_for_name("xl/workbook.xml").is_some() {
            return Ok(PackageKind::Xlsx);
        }
        let is_small = self.zip.by_name("mimetype").is_ok_and(|member| member.size() < 100);
        let kind = if is_small { self.read("mimetype")? } else { None };
        let is_text = kind.is_some_and(|kind| kind.starts_with(b"application/vnd.oasis.opendocument.text"));
        Ok(if is_text { PackageKind::Odt } else { PackageKind::Other })
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.zip.into_inner().into_inner()
    }

    /// The name of the running text of a Word document. Word on the web calls it `document2.xml`.
    pub fn main_part(&self) -> Option<String> {
        let is_main = |name: &&String| {
            let number = name.strip_prefix("word/document").and_then(|rest| rest.strip_suffix(".xml"));
            number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
        };
        self.names().iter().find(is_main).cloned()
    }

    /// The names of all members, in their order.
    pub fn names(&self) -> Vec<String> {
        let name = |index| self.zip.name_for_index(index)?.ok();
        (0..self.zip.len()).filter_map(|index| Some(name(index)?.into_owned())).collect()
    }

    /// The bytes of a member; `None` where there is no such member.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let member = match self.zip.by_name(name) {
            Ok(member) => member,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(refusal(error)),
        };
        let mut bytes = Vec::new();
        let read = member.take(self.left.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|_| Refusal::Broken("what is packed in it cannot be unpacked".to_owned()))?;
        match self.left.checked_sub(bytes.len() as u64) {
            Some(left) => self.left = left,
            None => return Err(Refusal::Over(Limit::UnpackedSize, self.limit)),
        }
        Ok(Some(bytes))
    }
}

fn refusal(error: ZipError) -> Refusal {
    match error {
        ZipError::InvalidPassword => Refusal::Locked,
        ZipError::UnsupportedArchive(text) if text == ZipError::PASSWORD_REQUIRED => Refusal::Locked,
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => {
            Refusal::Other("it is packed in a way that is not read; pack it again as a plain zip file".to_owned())
        }
        _ => Refusal::Broken("its directory cannot be read".to_owned()),
    }
}
