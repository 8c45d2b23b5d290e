//! The tables of the register, and how older registers become new ones.

use rusqlite::{Connection, ErrorCode, TransactionBehavior};

use super::RegisterError;
use super::error::Named;

/// Marks the file as ours: “clnt”.
const APPLICATION: i64 = 0x636c_6e74;

/// What leads from each version to the next; a register is of the version that equals the number of these it went through. Never change
/// one that was published: add another.
const MIGRATIONS: [&str; 1] = ["
    CREATE TABLE origin (one INTEGER PRIMARY KEY CHECK (one = 1), begun TEXT NOT NULL, key_check TEXT NOT NULL) STRICT;
    CREATE TABLE decisions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        record TEXT NOT NULL,
        finding TEXT NOT NULL,
        rule TEXT NOT NULL,
        ask TEXT NOT NULL,
        choice TEXT NOT NULL,
        reason TEXT,
        note TEXT,
        text TEXT,
        lexicon TEXT NOT NULL,
        withdraws INTEGER
    ) STRICT;
    CREATE INDEX decisions_of_findings ON decisions (record, finding);
    CREATE TABLE statements (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        role TEXT NOT NULL,
        json TEXT NOT NULL
    ) STRICT;
    CREATE TABLE purging (is_open INTEGER NOT NULL) STRICT;
    INSERT INTO purging VALUES (0);
    CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions
        BEGIN SELECT raise(ABORT, 'decisions are appended, never changed'); END;
    CREATE TRIGGER decisions_go_by_purge BEFORE DELETE ON decisions WHEN (SELECT is_open FROM purging) = 0
        BEGIN SELECT raise(ABORT, 'decisions go by purge alone'); END;
    CREATE TRIGGER statements_stay BEFORE UPDATE ON statements
        BEGIN SELECT raise(ABORT, 'statements are never changed'); END;
    CREATE TRIGGER statements_go_by_purge BEFORE DELETE ON statements WHEN (SELECT is_open FROM purging) = 0
        BEGIN SELECT raise(ABORT, 'statements go by purge alone'); END;
"];

/// Makes a connection safe to write to, and brings the register to this version.
pub fn prepare(connection: &mut Connection, path: &str) -> Result<(), RegisterError> {
    let known = MIGRATIONS.len() as i64;
    let version = |connection: &Connection| connection.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0));
    let found = version(connection).named(path)?;
    refuse_others(connection, path)?;
    if found > known {
        return Err(RegisterError::Newer { path: path.to_owned(), found, known });
    }
    write_ahead(connection).named(path)?;
    // FULL has a decision on the disk before it is confirmed; what is deleted is wiped.
    let settings = "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF;";
    connection.execute_batch(settings).named(path)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).named(path)?;
    // Another program may have come first.
    let found = version(&transaction).named(path)?;
    for (number, migration) in (1..=known).zip(MIGRATIONS).skip_while(|(number, _)| *number <= found) {
        let marked = format!("{migration} PRAGMA user_version = {number}; PRAGMA application_id = {APPLICATION};");
        transaction.execute_batch(&marked).named(path)?;
    }
    transaction.commit().named(path)
}

/// Has the register written by WAL, which lets one read while another writes. While two make a new register at once, SQLite refuses one of
/// them without the patience that it has elsewhere: that one waits for its turn to write, and asks again.
fn write_ahead(connection: &mut Connection) -> rusqlite::Result<()> {
    const TRIES: usize = 1_000;
    for _ in 0..TRIES {
        match connection.execute_batch("PRAGMA journal_mode = WAL") {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {}
            done => return done,
        }
        connection.transaction_with_behavior(TransactionBehavior::Immediate)?.rollback()?;
    }
    connection.execute_batch("PRAGMA journal_mode = WAL")
}

/// Refuses a database that belongs to another program.
fn refuse_others(connection: &Connection, path: &str) -> Result<(), RegisterError> {
    let number = |query: &str| connection.query_row(query, [], |row| row.get::<_, i64>(0)).named(path);
    let is_empty = number("SELECT count(*) FROM sqlite_schema")? == 0;
    if is_empty || number("PRAGMA application_id")? == APPLICATION {
        return Ok(());
    }
    Err(RegisterError::Foreign { path: path.to_owned() })
}
