//! Puts messages where another program fetches them: replace `hand_over` by the channel of yours.
mod abi;
use abi::*;
use std::os::raw::c_void;

/// The id is the same on every try: what is there already was handed over by an earlier one.
fn hand_over(host: Host, id: &str, message: &str) -> Result<(), Failure> {
    match host.kv_put(&format!("outbox.{id}"), message, 0) {
        Err(failure) if failure.code != CONFLICT => Err(failure),
        _ => Ok(()),
    }
}

unsafe extern "C" fn deliver(own: *mut c_void, _: *const Call, message: Str, out_receipt: *mut Buf, error: *mut Error) -> i32 {
    guard(error, || {
        let message = text(message)?;
        let id = text_at(message, "id");
        if id.is_empty() {
            return fail(INVALID, "expected a message with an id, found none");
        }
        // Unavailable and exhausted come again later; every other error ends this message's way.
        hand_over(*(own as *const Host), &id, message)?;
        *out_receipt = give(format!("{{\"fate\": \"handed_over\", \"detail\": \"kept as outbox.{id}\"}}"));
        Ok(())
    })
}

static DELIVERER: DelivererTable =
    DelivererTable { struct_size: std::mem::size_of::<DelivererTable>() as u32, reserved0: 0, deliver };
static PLUGIN: Shared<PluginTable> = Shared(plugin(query));

unsafe extern "C" fn query(_: *mut c_void, id: Str) -> *const c_void {
    match text(id) {
        Ok("candour.deliverer/1") => &DELIVERER as *const DelivererTable as *const c_void,
        _ => std::ptr::null(),
    }
}

#[no_mangle]
pub extern "C" fn candour_plugin_v1(_: u32) -> *const PluginTable {
    &PLUGIN.0
}
