//! One question from 0 to 10 on a page that anybody may open.
mod abi;
use abi::*;
use std::os::raw::c_void;

fn page(request: &str) -> (u32, String) {
    let html = format!(
        "<!doctype html><title>How was it?</title><form method=\"post\" action=\"{}\">\
         <label>How was it, from 0 to 10? <input name=\"score\"></label><button>Send</button>{}</form>",
        text_at(request, "form_action"),
        text_at(request, "form_fields") // must be carried as they are
    );
    (200, html)
}

fn answer(host: Host, request: &str) -> Result<(u32, String), Failure> {
    let key = text_at(request, "key");
    if key.is_empty() {
        return Ok(page(request)); // only an answer has a key
    }
    let score: u8 = match text_at(request, "score").parse() {
        Ok(score) if score <= 10 => score,
        _ => return Ok((400, "Please choose a number from 0 to 10.".to_string())),
    };
    // The key comes from the request, so that the same request again is the same fact.
    host.ingest("my_plugin.mood", &key, &format!("{{\"about\": \"mood\", \"score\": {score}}}"))?;
    Ok((200, "<!doctype html><title>Thank you</title><p>Thank you.".to_string()))
}

unsafe extern "C" fn handle_http(
    own: *mut c_void, _: *const Call, _: u64, _: Str, request: Str, _: Bytes,
    out_status: *mut u32, out_headers: *mut Buf, out_body: *mut Buf, error: *mut Error,
) -> i32 {
    guard(error, || {
        let (status, html) = answer(*(own as *const Host), text(request)?)?;
        *out_status = status;
        *out_headers = give(r#"{"content-type":"text/html; charset=utf-8","content-language":"en"}"#.to_string());
        *out_body = give(html);
        Ok(())
    })
}

static COLLECTOR: CollectorTable = CollectorTable {
    struct_size: std::mem::size_of::<CollectorTable>() as u32,
    reserved0: 0,
    handle_http,
    handle_mail: no_mail,
    import_piece: no_import,
};
static PLUGIN: Shared<PluginTable> = Shared(plugin(query));

unsafe extern "C" fn query(_: *mut c_void, id: Str) -> *const c_void {
    match text(id) {
        Ok("candour.collector/1") => &COLLECTOR as *const CollectorTable as *const c_void,
        _ => std::ptr::null(),
    }
}

#[no_mangle]
pub extern "C" fn candour_plugin_v1(_: u32) -> *const PluginTable {
    &PLUGIN.0
}
