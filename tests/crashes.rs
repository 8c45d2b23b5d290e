//! Input that once broke the engine. Each file is what a fuzz target found; it is read as a text file and checked.

use std::{fs, path::Path};

use caselint::Linter;
use caselint::documents::read_text;

#[test]
fn what_broke_the_engine_once_does_not_break_it_again() {
    let linter = Linter::builder().profile("full").build().expect("the lexicon is sound");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/crashes");
    let mut read = 0;
    for file in fs::read_dir(folder).expect("the folder is there") {
        let bytes = fs::read(file.expect("an entry").path()).expect("a file");
        let (note, _) = read_text(bytes).expect("it is text");
        assert_eq!(linter.check(&note.record), linter.check(&note.record));
        read += 1;
    }
    assert!(read > 0);
}
