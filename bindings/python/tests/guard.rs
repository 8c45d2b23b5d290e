//! A breakdown costs its own row, whichever thread it happens in.

#[path = "../src/guard.rs"]
mod guard;
#[path = "../src/threads.rs"]
mod threads;

#[test]
fn a_breakdown_costs_one_row_and_quotes_nothing() {
    guard::keep_quiet();
    let check = |row: usize| if row == 40 { panic!("the text of row {row}") } else { row };
    for number in [1, threads::available(), 4] {
        let rows = threads::each(100, number, |row| guard::guarded(|| check(row)));
        for (row, result) in rows.into_iter().enumerate() {
            match result {
                Ok(checked) => assert_eq!((checked, row == 40), (row, false)),
                Err(error) => {
                    assert_eq!(row, 40);
                    assert!(error.contains("guard.rs:") && !error.contains("the text"), "{error}");
                }
            }
        }
    }
}
