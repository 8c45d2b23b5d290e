//! Where the bytes of a request and of its answer lie, so that both sides can reach them.

use std::cell::RefCell;
use std::mem::take;

#[derive(Default)]
struct Exchange {
    request: Vec<u8>,
    #[cfg(feature = "page")]
    file: Vec<u8>,
    answer: Vec<u8>,
    refused: bool,
}

thread_local! {
    static EXCHANGE: RefCell<Exchange> = RefCell::default();
}

/// Makes room for a request of so many bytes, and says where it is to be written.
#[expect(unsafe_code, reason = "exports the name, which is given once")]
#[unsafe(no_mangle)]
pub extern "C" fn request_room(length: usize) -> *mut u8 {
    EXCHANGE.with_borrow_mut(|exchange| room(&mut exchange.request, length))
}

/// Makes room for a file that goes with the request.
#[cfg(feature = "page")]
#[expect(unsafe_code, reason = "exports the name, which is given once")]
#[unsafe(no_mangle)]
pub extern "C" fn file_room(length: usize) -> *mut u8 {
    EXCHANGE.with_borrow_mut(|exchange| room(&mut exchange.file, length))
}

fn room(bytes: &mut Vec<u8>, length: usize) -> *mut u8 {
    *bytes = vec![0; length];
    bytes.as_mut_ptr()
}

/// The file that came with the request. It is not kept.
#[cfg(feature = "page")]
pub fn take_file() -> Vec<u8> {
    EXCHANGE.with_borrow_mut(|exchange| take(&mut exchange.file))
}

/// Where the last answer lies.
#[expect(unsafe_code, reason = "exports the name, which is given once")]
#[unsafe(no_mangle)]
pub extern "C" fn answer_place() -> *const u8 {
    EXCHANGE.with_borrow(|exchange| exchange.answer.as_ptr())
}

/// How many bytes the last answer has.
#[expect(unsafe_code, reason = "exports the name, which is given once")]
#[unsafe(no_mangle)]
pub extern "C" fn answer_length() -> usize {
    EXCHANGE.with_borrow(|exchange| exchange.answer.len())
}

/// Whether the last answer says why there is none.
#[expect(unsafe_code, reason = "exports the name, which is given once")]
#[unsafe(no_mangle)]
pub extern "C" fn is_refused() -> bool {
    EXCHANGE.with_borrow(|exchange| exchange.refused)
}

/// Answers a request, which is not kept once it is answered.
pub fn answer(work: impl FnOnce(Vec<u8>) -> Result<Vec<u8>, String>) {
    let request = EXCHANGE.with_borrow_mut(|exchange| take(&mut exchange.request));
    let result = work(request);
    EXCHANGE.with_borrow_mut(|exchange| {
        exchange.refused = result.is_err();
        exchange.answer = result.unwrap_or_else(String::into_bytes);
    });
}
