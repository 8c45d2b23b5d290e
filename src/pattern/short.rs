//! One writing for each pattern.

/// A pattern as short as it can be written, with the sides of each choice in order. It finds the same.
///
/// What is loaded over a network is smaller so, and a lexicon in which only the order of such sides changes keeps its edition.
pub fn shortest(pattern: &str) -> String {
    parts(&mut pattern.chars(), None)
}

/// The parts of `[a & b]`, or the one that all else is, up to a closing sign.
fn parts(rest: &mut std::str::Chars, close: Option<char>) -> String {
    let (mut done, mut sides, mut side) = (String::new(), Vec::new(), String::new());
    while let Some(sign) = rest.next() {
        match sign {
            _ if Some(sign) == close => break,
            '(' => side += &format!("({})", parts(rest, Some(')'))),
            '<' => side += &format!("<{}>", parts(rest, Some('>'))),
            '[' => side += &format!("[{}]", parts(rest, Some(']'))),
            '|' => sides.push(std::mem::take(&mut side)),
            '&' => {
                sides.push(std::mem::take(&mut side));
                done += &(choice(std::mem::take(&mut sides)) + "&");
            }
            '\\' => side.extend([sign].into_iter().chain(rest.next())),
            sign if sign.is_whitespace() && side.ends_with(' ') => {}
            sign if sign.is_whitespace() => side.push(' '),
            sign => side.push(sign),
        }
    }
    sides.push(side);
    done + &choice(sides)
}

fn choice(sides: Vec<String>) -> String {
    let mut sides: Vec<&str> = sides.iter().map(|side| side.trim()).collect();
    sides.sort_unstable();
    sides.dedup();
    sides.join("|")
}
