//! Asks one question by mail and takes the answer on a page.
mod abi;
use abi::*;
use std::os::raw::c_void;

/// The words of one mail. The same facts must give the same words.
fn words(kind: &str) -> String {
    let subject = if kind == "reminder" { "Did you see our question?" } else { "One question for you" };
    format!(
        "{{\"subject\": \"{subject}\", \"blocks\": [\
         {{\"type\": \"text\", \"text\": \"How likely are you to work with us again?\"}}, \
         {{\"type\": \"scale\", \"from\": 0, \"to\": 10, \"lowest\": \"not at all\", \"highest\": \"very likely\"}}]}}"
    )
}

fn page(request: &str) -> (u32, String) {
    let chosen: String = text_at(request, "a").chars().filter(char::is_ascii_digit).collect();
    let html = format!(
        "<!doctype html><title>One question</title><form method=\"post\" action=\"{}\">\
         <label>How likely are you to work with us again, from 0 to 10? <input name=\"a\" value=\"{chosen}\"></label>\
         <button>Send</button>{}</form>",
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
    let score: u8 = match text_at(request, "a").parse() {
        Ok(score) if score <= 10 => score,
        _ => return Ok((400, "Please choose a number from 0 to 10.".to_string())),
    };
    let message = text_at(request, "message"); // the link is personal: whom we asked
    let subject = if message.is_empty() { String::new() } else { format!("\"subject\": \"{message}\", ") };
    host.ingest("my_plugin.answer", &key, &format!("{{{subject}\"about\": \"my-plugin\", \"score\": {score}}}"))?;
    Ok((200, "<!doctype html><title>Thank you</title><p>Thank you.".to_string()))
}

unsafe extern "C" fn compose(
    _: *mut c_void, _: *const Call, kind: Str, _: Str, _: Str, out_document: *mut Buf, error: *mut Error,
) -> i32 {
    guard(error, || {
        *out_document = give(words(text(kind)?));
        Ok(())
    })
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
static CAMPAIGN: CampaignTable =
    CampaignTable { struct_size: std::mem::size_of::<CampaignTable>() as u32, reserved0: 0, compose };
static PLUGIN: Shared<PluginTable> = Shared(plugin(query));

unsafe extern "C" fn query(_: *mut c_void, id: Str) -> *const c_void {
    match text(id) {
        Ok("candour.collector/1") => &COLLECTOR as *const CollectorTable as *const c_void,
        Ok("candour.campaign/1") => &CAMPAIGN as *const CampaignTable as *const c_void,
        _ => std::ptr::null(),
    }
}

#[no_mangle]
pub extern "C" fn candour_plugin_v1(_: u32) -> *const PluginTable {
    &PLUGIN.0
}
