//! How fast the scan and the whole check are, in bytes a second: on a handbook (nearly nothing to find), on dense case notes, and on both
//! together. Figures of one run compare with each other; those of two runs on a shared machine do not.

use std::fs;
use std::hint::black_box;
use std::path::Path;

use caselint::{Linter, Record};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const SIZE: usize = 5_000_000;

/// The text repeated to about five million bytes.
fn repeated(text: &str) -> String {
    text.repeat(SIZE.div_ceil(text.len().max(1)))
}

fn handbook() -> String {
    let mut paths: Vec<_> = fs::read_dir(Path::new("tests/real/foster-handbook"))
        .expect("the handbook")
        .map(|entry| entry.expect("an entry of the folder").path())
        .filter(|path| path.extension().is_some_and(|e| e == "md" || e == "mdx"))
        .collect();
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).expect("UTF-8") + "\n\n").collect()
}

fn notes() -> String {
    let mut text = String::new();
    for file in ["csc", "edh", "pov"] {
        for line in fs::read_to_string(format!("tests/corpus/dev/{file}.jsonl")).expect("the notes").lines() {
            let record: Record = serde_json::from_str(line).expect("a record");
            text.push_str(&record.text);
            text.push_str("\n\n");
        }
    }
    text
}

fn speed(criterion: &mut Criterion) {
    let linter = Linter::builder().build().expect("the embedded lexicon");
    let (handbook, notes) = (handbook(), notes());
    let texts = [("handbook", repeated(&handbook)), ("notes", repeated(&notes)), ("both", repeated(&(handbook + &notes)))];
    for (name, text) in texts {
        let record = Record::from_text(text);
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Bytes(record.text.len() as u64)).sample_size(10);
        group.bench_function("scan", |b| b.iter(|| linter.count_hits(black_box(&record))));
        group.bench_function("check", |b| b.iter(|| linter.check(black_box(&record))));
        group.finish();
    }
}

criterion_group!(benches, speed);
criterion_main!(benches);
