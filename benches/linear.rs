//! Checks a made text of a shape and size, for `linear.sh` to count the instructions of.

use std::env;

use caselint::{Linter, Record};

const PARAGRAPH: &str = "Mum reports that Kayleigh consented to sex with a man of 24 and puts herself at risk. She was seen at home and \
    ate well. The worker rang school, who had not seen her since Tuesday. Her attendance is 84 per cent, and she likes art. \
    Dad thinks she is lying about the lifts. We spoke about the summer, the dog and the new bus times.";

fn main() {
    let mut arguments = env::args().skip(1).filter(|a| a != "--bench");
    let shape = arguments.next().unwrap_or_else(|| "paragraphs".into());
    let size: usize = arguments.next().and_then(|s| s.parse().ok()).unwrap_or(100_000);
    let piece = match shape.as_str() {
        "paragraphs" => format!("{PARAGRAPH}\n\n"),
        "line" => format!("{PARAGRAPH} "),
        // No full stop, so that all is one sentence.
        _ => PARAGRAPH.replace(['.', ','], "") + " and ",
    };
    let text = piece.repeat(size / piece.len());
    let outcome = Linter::builder().build().expect("the embedded lexicon").check(&Record::from_text(text));
    println!("{} findings", outcome.findings.len());
}
