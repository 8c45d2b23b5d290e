//! What a mistyped name may have been meant to be.

/// The candidate that is most like `name`, where one is like it at all. Of `family/id` each part is compared for itself, and a name
/// without a family may stand for the id alone.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .filter_map(|candidate| Some((unlikeness(name, candidate)?, candidate)))
        .min()
        .map(|(_, nearest)| nearest)
}

/// How much two names differ; `None` where they are not alike.
fn unlikeness(name: &str, candidate: &str) -> Option<usize> {
    match (name.split_once('/'), candidate.split_once('/')) {
        (Some((family, id)), Some((other_family, other_id))) => Some(close(family, other_family)? + close(id, other_id)?),
        (None, Some((_, id))) => close(name, id),
        _ => close(name, candidate),
    }
}

/// The distance of two words where it is small beside their length.
fn close(word: &str, other: &str) -> Option<usize> {
    Some(distance(word, other)).filter(|&distance| distance <= 1 + word.chars().count() / 4)
}

/// How many letters must be put in, taken out, changed or swapped with the next.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    // Three rows of the table, for the swap looks two rows back.
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = change.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_letters_and_swaps() {
        let cases = [("", "", 0), ("a", "", 1), ("kitten", "sitting", 3), ("cosnent", "consent", 1), ("ab", "ba", 1)];
        for (one, other, expected) in cases {
            assert_eq!(distance(one, other), expected, "{one} {other}");
            assert_eq!(distance(other, one), expected, "{other} {one}");
        }
    }

    #[test]
    fn suggests_what_is_like_it_and_nothing_else() {
        let names = ["consent/consented", "consent/consensual", "missing/absconded"];
        assert_eq!(nearest("consent/consentd", names), Some("consent/consented"));
        assert_eq!(nearest("absconded", names), Some("missing/absconded"));
        assert_eq!(nearest("mising/absconder", names), Some("missing/absconded"));
        for strange in ["weather", "consent/weather", "weather/consented"] {
            assert_eq!(nearest(strange, names), None, "{strange}");
        }
    }
}
