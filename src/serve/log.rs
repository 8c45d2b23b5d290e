//! What the server writes to standard error. No word that a client chose is in it.

use std::io::Write;
use std::time::Duration;

/// A line a request. `route` is ours, not the path as it was asked for.
pub fn request(method: &str, route: &str, status: u16, time: Duration, client: &str) {
    let now = jiff::Timestamp::now();
    let ms = time.as_secs_f64() * 1e3;
    let _ = writeln!(std::io::stderr(), "{now:.3} {method} {route} {status} {ms:.1} ms {client}");
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::process::Command;

    const BREAKS: &str = "CASELINT_TEST_BREAKS";

    /// The test runs itself again as a program that breaks down, since the hook is that of a whole process.
    #[test]
    fn a_breakdown_tells_its_place_and_no_text() {
        if env::var_os(BREAKS).is_some() {
            crate::cli::guard::keep_quiet();
            let _ = std::thread::spawn(|| panic!("{}", "She told me")).join();
            return;
        }
        let own = env::current_exe().expect("the test program");
        let name = "serve::log::tests::a_breakdown_tells_its_place_and_no_text";
        let output = Command::new(own).args(["--exact", name, "--nocapture"]).env(BREAKS, "1").output().expect("it runs");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains("caselint: caselint broke down (src/serve/log.rs:"), "{told}");
        assert!(!told.contains("She") && !String::from_utf8_lossy(&output.stdout).contains("She"), "{told}");
    }
}
