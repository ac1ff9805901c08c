//! candour/abi.h 1.0 in Rust, and the least that makes it comfortable: text, owned buffers, errors as values and a wall
//! that no panic crosses. It needs no crate. The header is the contract; its comments are not repeated here.
#![allow(dead_code)]
use std::os::raw::c_void;
use std::panic::{catch_unwind, AssertUnwindSafe};

pub const INVALID: i32 = 1;
pub const NOT_FOUND: i32 = 2;
pub const CONFLICT: i32 = 3;
pub const DENIED: i32 = 4;
pub const UNSUPPORTED: i32 = 5;
pub const UNAVAILABLE: i32 = 6;
pub const INTERNAL: i32 = 11;
pub const NEVER: i64 = i64::MAX;
pub const ROW_CELLS: usize = 8;
pub const GROUP_CELLS: usize = 3;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Str {
    pub ptr: *const u8,
    pub len: u64,
}
pub type Bytes = Str;

#[repr(C)]
pub struct Buf {
    pub ptr: *const u8,
    pub len: u64,
    pub release: Option<unsafe extern "C" fn(*mut Buf)>,
    pub owner: *mut c_void,
}

#[repr(C)]
pub struct Error {
    pub struct_size: u32,
    pub code: i32,
    pub retry_after_ms: u32,
    pub reserved0: u32,
    pub message: Buf,
}

#[repr(C)]
pub struct Call {
    pub struct_size: u32,
    pub attempt: u32,
    pub call_id: u64,
    pub deadline_unix_us: i64,
}

#[repr(C)]
pub struct HostTable {
    pub struct_size: u32,
    pub abi_major: u16,
    pub abi_minor: u16,
    pub ctx: *mut c_void,
    pub query: unsafe extern "C" fn(*mut c_void, Str) -> *const c_void,
    pub log: unsafe extern "C" fn(*mut c_void, u32, Str, Str, *mut Error) -> i32,
    pub config: unsafe extern "C" fn(*mut c_void, *mut Buf, *mut Error) -> i32,
    pub now: unsafe extern "C" fn(*mut c_void, *mut i64, *mut Error) -> i32,
    pub cancelled: unsafe extern "C" fn(*mut c_void, u64, *mut u32, *mut Error) -> i32,
}

#[repr(C)]
pub struct KvTable {
    pub struct_size: u32,
    pub reserved0: u32,
    pub get: unsafe extern "C" fn(*mut c_void, Str, *mut Buf, *mut u64, *mut Error) -> i32,
    pub put: unsafe extern "C" fn(*mut c_void, Str, Str, u64, u64, *mut u64, *mut Error) -> i32,
    pub erase: unsafe extern "C" fn(*mut c_void, Str, u64, *mut Error) -> i32,
}

#[repr(C)]
pub struct IngestTable {
    pub struct_size: u32,
    pub reserved0: u32,
    pub put_json: unsafe extern "C" fn(*mut c_void, Str, Str, Str, *mut Error) -> i32,
    pub put_batch: unsafe extern "C" fn(*mut c_void, Str, Str, *mut Error) -> i32,
}

#[repr(C)]
pub struct PluginTable {
    pub struct_size: u32,
    pub abi_major: u16,
    pub built_minor: u16,
    pub requires_minor: u16,
    pub threading: u16,
    pub reserved0: u32,
    pub id: Str,
    pub version: Str,
    pub create: unsafe extern "C" fn(*const HostTable, *mut *mut c_void, *mut Error) -> i32,
    pub destroy: unsafe extern "C" fn(*mut c_void),
    pub query: unsafe extern "C" fn(*mut c_void, Str) -> *const c_void,
    pub start: unsafe extern "C" fn(*mut c_void, *mut Error) -> i32,
    pub stop: unsafe extern "C" fn(*mut c_void, i64, *mut Error) -> i32,
    pub on_event: unsafe extern "C" fn(*mut c_void, *const Call, Str, Str, *mut Buf, *mut Error) -> i32,
}

#[repr(C)]
pub struct CollectorTable {
    pub struct_size: u32,
    pub reserved0: u32,
    #[allow(clippy::type_complexity)]
    pub handle_http: unsafe extern "C" fn(
        *mut c_void, *const Call, u64, Str, Str, Bytes, *mut u32, *mut Buf, *mut Buf, *mut Error,
    ) -> i32,
    pub handle_mail: unsafe extern "C" fn(*mut c_void, *const Call, Bytes, Str, *mut Buf, *mut Error) -> i32,
    pub import_piece: unsafe extern "C" fn(*mut c_void, *const Call, Str, Bytes, *mut Buf, *mut Error) -> i32,
}

#[repr(C)]
pub struct DelivererTable {
    pub struct_size: u32,
    pub reserved0: u32,
    pub deliver: unsafe extern "C" fn(*mut c_void, *const Call, Str, *mut Buf, *mut Error) -> i32,
}

type Slot2 = unsafe extern "C" fn(*mut c_void, *const Call, Str, Bytes, Bytes, *mut Buf, *mut Error) -> i32;
type SlotText = unsafe extern "C" fn(*mut c_void, *const Call, Str, Bytes, Str, *mut Buf, *mut Error) -> i32;

#[repr(C)]
pub struct MetricTable {
    pub struct_size: u32,
    pub reserved0: u32,
    pub unit: Slot2,
    pub finalize: SlotText,
    pub movements: Option<Slot2>,
    pub summarise: Option<SlotText>,
}

#[repr(C)]
pub struct SignalTable {
    pub struct_size: u32,
    pub reserved0: u32,
    pub evaluate: unsafe extern "C" fn(*mut c_void, *const Call, Str, Str, *mut Buf, *mut Error) -> i32,
}

#[repr(C)]
pub struct CampaignTable {
    pub struct_size: u32,
    pub reserved0: u32,
    pub compose: unsafe extern "C" fn(*mut c_void, *const Call, Str, Str, Str, *mut Buf, *mut Error) -> i32,
}

/// Tables hold pointers to functions and constants only, so that any thread may read them.
pub struct Shared<T>(pub T);
unsafe impl<T> Sync for Shared<T> {}

/// What went wrong, as the host hears it.
pub struct Failure {
    pub code: i32,
    pub message: String,
}
pub fn fail<T>(code: i32, message: &str) -> Result<T, Failure> {
    Err(Failure { code, message: message.to_string() })
}

pub const fn str_of(text: &'static str) -> Str {
    Str { ptr: text.as_ptr(), len: text.len() as u64 }
}
pub fn view(text: &str) -> Str {
    Str { ptr: text.as_ptr(), len: text.len() as u64 }
}
/// Borrowed until the call returns.
pub unsafe fn text<'a>(view: Str) -> Result<&'a str, Failure> {
    if view.ptr.is_null() {
        return Ok("");
    }
    let bytes = std::slice::from_raw_parts(view.ptr, view.len as usize);
    std::str::from_utf8(bytes).map_err(|_| Failure { code: INVALID, message: "expected UTF-8".to_string() })
}
/// Whole int64 cells. Errors: invalid when they are torn or not aligned.
pub unsafe fn cells<'a>(bytes: Bytes) -> Result<&'a [i64], Failure> {
    if bytes.len == 0 {
        return Ok(&[]);
    }
    if bytes.len % 8 != 0 || bytes.ptr as usize % 8 != 0 {
        return fail(INVALID, "expected whole, aligned cells of int64");
    }
    Ok(std::slice::from_raw_parts(bytes.ptr as *const i64, bytes.len as usize / 8))
}

unsafe extern "C" fn release_bytes(buf: *mut Buf) {
    drop(Box::from_raw((*buf).owner as *mut Vec<u8>));
    *buf = empty();
}
unsafe extern "C" fn release_cells(buf: *mut Buf) {
    drop(Box::from_raw((*buf).owner as *mut Vec<i64>));
    *buf = empty();
}
pub fn empty() -> Buf {
    Buf { ptr: std::ptr::null(), len: 0, release: None, owner: std::ptr::null_mut() }
}
/// Hands text over: whoever receives it releases it.
pub fn give(text: String) -> Buf {
    let owned = Box::new(text.into_bytes());
    let (ptr, len) = (owned.as_ptr(), owned.len() as u64);
    Buf { ptr, len, release: Some(release_bytes), owner: Box::into_raw(owned) as *mut c_void }
}
pub fn give_cells(numbers: Vec<i64>) -> Buf {
    let owned = Box::new(numbers);
    let (ptr, len) = (owned.as_ptr() as *const u8, owned.len() as u64 * 8);
    Buf { ptr, len, release: Some(release_cells), owner: Box::into_raw(owned) as *mut c_void }
}

unsafe fn report(error: *mut Error, failure: Failure) -> i32 {
    if !error.is_null() && (*error).struct_size as usize >= std::mem::size_of::<Error>() {
        (*error).code = failure.code;
        (*error).message = give(failure.message);
    }
    failure.code
}
/// The wall: what panics becomes an error, never an unwinding across the border.
pub unsafe fn guard(error: *mut Error, body: impl FnOnce() -> Result<(), Failure>) -> i32 {
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => 0,
        Ok(Err(failure)) => report(error, failure),
        Err(_) => report(error, Failure { code: INTERNAL, message: "the plugin panicked".to_string() }),
    }
}

/// The host's services. Any thread may use them from create until stop returned.
#[derive(Clone, Copy)]
pub struct Host(pub *const HostTable);

impl Host {
    unsafe fn table<'a, T>(self, id: &str) -> Option<&'a T> {
        let found = ((*self.0).query)((*self.0).ctx, view(id)) as *const T;
        found.as_ref()
    }
    /// Durable when it returns, or bound to the job that is under way: ingest in abi.h.
    pub fn ingest(self, stream: &str, key: &str, observation: &str) -> Result<(), Failure> {
        unsafe {
            let ingest = match self.table::<IngestTable>("candour.ingest/1") {
                Some(ingest) => ingest,
                None => return fail(DENIED, "the installation does not grant ingest"),
            };
            done(|error| (ingest.put_json)((*self.0).ctx, view(stream), view(key), view(observation), error))
        }
    }
    /// `expected` 0: the key must not exist yet. Returns the new version.
    pub fn kv_put(self, key: &str, value: &str, expected: u64) -> Result<u64, Failure> {
        unsafe {
            let kv = match self.table::<KvTable>("candour.kv/1") {
                Some(kv) => kv,
                None => return fail(DENIED, "the installation does not grant kv"),
            };
            let mut version = 0;
            done(|error| (kv.put)((*self.0).ctx, view(key), view(value), expected, 0, &mut version, error))?;
            Ok(version)
        }
    }
    pub fn log(self, message: &str) {
        unsafe {
            ((*self.0).log)((*self.0).ctx, 1, view(message), view(""), std::ptr::null_mut());
        }
    }
}

unsafe fn done(slot: impl FnOnce(*mut Error) -> i32) -> Result<(), Failure> {
    let size = std::mem::size_of::<Error>() as u32;
    let mut error = Error { struct_size: size, code: 0, retry_after_ms: 0, reserved0: 0, message: empty() };
    let code = slot(&mut error);
    if code == 0 {
        return Ok(());
    }
    let message = text(Str { ptr: error.message.ptr, len: error.message.len }).unwrap_or("").to_string();
    if let Some(release) = error.message.release {
        release(&mut error.message);
    }
    Err(Failure { code, message })
}

/// The text behind "name". Enough for a page; a plugin that reads more brings a JSON crate.
pub fn text_at(json: &str, name: &str) -> String {
    let key = format!("\"{}\":", name);
    let mut found = String::new();
    let at = match json.find(&key) {
        Some(at) => at,
        None => return found,
    };
    let mut rest = json[at + key.len()..].chars().skip_while(|c| *c != '"').skip(1);
    while let Some(c) = rest.next() {
        match c {
            '"' => break,
            '\\' => found.extend(rest.next()), // \" and \/ are what the host writes here
            _ => found.push(c),
        }
    }
    found
}

unsafe extern "C" fn create(host: *const HostTable, out: *mut *mut c_void, error: *mut Error) -> i32 {
    guard(error, || {
        *out = Box::into_raw(Box::new(Host(host))) as *mut c_void;
        Ok(())
    })
}
unsafe extern "C" fn destroy(own: *mut c_void) {
    drop(Box::from_raw(own as *mut Host));
}
unsafe extern "C" fn start(_: *mut c_void, _: *mut Error) -> i32 {
    0
}
unsafe extern "C" fn stop(_: *mut c_void, _: i64, _: *mut Error) -> i32 {
    0 // no thread of ours runs
}
unsafe extern "C" fn on_event(_: *mut c_void, _: *const Call, _: Str, _: Str, _: *mut Buf, error: *mut Error) -> i32 {
    guard(error, || fail(UNSUPPORTED, "this plugin hears no events"))
}
pub unsafe extern "C" fn no_mail(_: *mut c_void, _: *const Call, _: Bytes, _: Str, _: *mut Buf, error: *mut Error) -> i32 {
    guard(error, || fail(UNSUPPORTED, "this plugin reads no mail"))
}
pub unsafe extern "C" fn no_import(_: *mut c_void, _: *const Call, _: Str, _: Bytes, _: *mut Buf, error: *mut Error) -> i32 {
    guard(error, || fail(UNSUPPORTED, "this plugin imports nothing"))
}

/// The descriptor of a plugin whose only state is its host.
pub const fn plugin(query: unsafe extern "C" fn(*mut c_void, Str) -> *const c_void) -> PluginTable {
    PluginTable {
        struct_size: std::mem::size_of::<PluginTable>() as u32,
        abi_major: 1,
        built_minor: 0,
        requires_minor: 0,
        threading: 0,
        reserved0: 0,
        id: str_of(env!("CANDOUR_PLUGIN_ID")),
        version: str_of(env!("CANDOUR_PLUGIN_VERSION")),
        create,
        destroy,
        query,
        start,
        stop,
        on_event,
    }
}
