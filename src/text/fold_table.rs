//! What each sequence of signs outside ASCII is folded to. Accents, widths and compatible forms need no row here.

/// What takes the place of a sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fold {
    /// This text.
    To(&'static str),
    /// A dash that joins numbers and sets words apart ("15–20", "word – word").
    EnDash,
    /// A dash that sets apart, save between two digits.
    EmDash,
    /// A dot on the middle of the line: a decimal point between digits, else a bullet.
    MiddleDot,
}

use Fold::{EmDash, EnDash, MiddleDot, To};

/// The table, by what takes the place. A sequence may be several signs long: text that was once read in the wrong encoding holds
/// three for a quotation mark.
pub(super) const TABLE: &[(Fold, &[&str])] = &[
    (
        To("'"),
        &[
            "\u{2018}", "\u{2019}", "\u{201a}", "\u{201b}", "\u{2032}", "\u{2035}", "\u{2039}", "\u{203a}", "\u{02bc}",
            "\u{02b9}", "\u{02bb}", "\u{02c8}", "\u{00b4}", "\u{ff07}", "â€™", "â€˜", "â€š",
        ],
    ),
    (
        To("\""),
        &[
            "\u{201c}",
            "\u{201d}",
            "\u{201e}",
            "\u{201f}",
            "\u{2033}",
            "\u{2036}",
            "\u{00ab}",
            "\u{00bb}",
            "\u{301d}",
            "\u{301e}",
            "\u{301f}",
            "\u{02ba}",
            "\u{ff02}",
            "â€œ",
            "â€\u{9d}",
            "â€ž",
        ],
    ),
    (
        To("-"),
        &["\u{2010}", "\u{2011}", "\u{2012}", "\u{2212}", "\u{fe63}", "\u{ff0d}", "\u{02d7}", "\u{058a}", "\u{05be}", "\u{2796}"],
    ),
    (EnDash, &["\u{2013}", "\u{fe32}", "â€“"]),
    (EmDash, &["\u{2014}", "\u{2015}", "\u{2e3a}", "\u{2e3b}", "\u{fe58}", "\u{fe31}", "â€”"]),
    (
        To(" "),
        &[
            "\u{00a0}", "\u{1680}", "\u{2000}", "\u{2001}", "\u{2002}", "\u{2003}", "\u{2004}", "\u{2005}", "\u{2006}",
            "\u{2007}", "\u{2008}", "\u{2009}", "\u{200a}", "\u{202f}", "\u{205f}", "\u{3000}", "\u{2409}", "\u{21e5}",
            "Â\u{a0}",
        ],
    ),
    (To("\n"), &["\u{0085}", "\u{2028}", "\u{2029}"]),
    (To("..."), &["\u{2026}", "\u{22ef}", "\u{fe19}", "â€¦"]),
    (To(".."), &["\u{2025}"]),
    (
        To(""),
        &[
            "\u{00ad}", "\u{034f}", "\u{061c}", "\u{180e}", "\u{200b}", "\u{200c}", "\u{200d}", "\u{200e}", "\u{200f}",
            "\u{202a}", "\u{202b}", "\u{202c}", "\u{202d}", "\u{202e}", "\u{2060}", "\u{2061}", "\u{2062}", "\u{2063}",
            "\u{2064}", "\u{2066}", "\u{2067}", "\u{2068}", "\u{2069}", "\u{fe0e}", "\u{fe0f}", "\u{feff}", "ï»¿",
        ],
    ),
    (
        To("*"),
        &[
            "\u{2022}", "\u{2023}", "\u{2043}", "\u{204c}", "\u{204d}", "\u{2219}", "\u{25a0}", "\u{25a1}", "\u{25aa}",
            "\u{25ab}", "\u{25b8}", "\u{25b9}", "\u{25ba}", "\u{25b6}", "\u{25c6}", "\u{25c7}", "\u{25cb}", "\u{25cf}",
            "\u{25e6}", "\u{2666}", "\u{2756}", "\u{27a2}", "\u{27a4}", "\u{2b25}", "\u{f0a7}", "\u{f0b7}", "\u{f0d8}", "â€¢",
        ],
    ),
    (MiddleDot, &["\u{00b7}", "\u{22c5}", "\u{30fb}"]),
    (To("/"), &["\u{2044}", "\u{2215}", "\u{ff0f}"]),
    (To("~"), &["\u{223c}", "\u{301c}"]),
    (To("|"), &["\u{00a6}", "\u{2502}", "\u{2503}", "\u{ff5c}"]),
    (To("?!"), &["\u{203d}"]),
    (To("£"), &["Â£"]),
    (To("ae"), &["æ"]),
    (To("AE"), &["Æ"]),
    (To("oe"), &["œ"]),
    (To("OE"), &["Œ"]),
    (To("o"), &["ø"]),
    (To("O"), &["Ø"]),
    (To("l"), &["ł"]),
    (To("L"), &["Ł"]),
    (To("d"), &["đ", "ð"]),
    (To("D"), &["Đ", "Ð"]),
    (To("h"), &["ħ"]),
    (To("H"), &["Ħ"]),
    (To("i"), &["ı"]),
    (To("t"), &["ŧ"]),
    (To("T"), &["Ŧ"]),
    (To("ss"), &["ß"]),
    (To("SS"), &["ẞ"]),
];
