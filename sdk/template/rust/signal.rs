//! Accounts whose latest answer was 6 or less.
mod abi;
use abi::*;
use std::os::raw::c_void;

/// The last row's cells as they stand in the snapshot. A plugin that reads more brings a JSON crate.
fn latest_row(json: &str) -> Option<Vec<&str>> {
    let rows = &json[json.find("\"rows\":[")?..];
    let row = &rows[..rows.find("]]")?];
    Some(row[row.rfind('[')? + 1..].split(',').collect())
}

/// Findings about one account as of a day. Pure: the same snapshot gives the same findings.
fn findings(snapshot: &str) -> String {
    match latest_row(snapshot).as_deref() {
        Some([seq, contact, _, _, score, _]) if score.parse().map_or(false, |score: i64| score <= 6) => format!(
            // The key names what it is about, so that the host keeps it as one finding while it lasts.
            "{{\"findings\":[{{\"key\":\"latest\",\"severity\":\"warning\",\"title\":\"The latest answer was {score}\",\
             \"contact\":{contact},\"evidence\":[{{\"view\":\"relationship.answers\",\"row\":{seq},\"note\":\"the answer\"}}]}}]}}"
        ),
        _ => r#"{"findings":[]}"#.to_string(),
    }
}

unsafe extern "C" fn evaluate(
    _: *mut c_void, _: *const Call, _: Str, snapshot: Str, out_findings: *mut Buf, error: *mut Error,
) -> i32 {
    guard(error, || {
        *out_findings = give(findings(text(snapshot)?));
        Ok(())
    })
}

static SIGNAL: SignalTable =
    SignalTable { struct_size: std::mem::size_of::<SignalTable>() as u32, reserved0: 0, evaluate };
static PLUGIN: Shared<PluginTable> = Shared(plugin(query));

unsafe extern "C" fn query(_: *mut c_void, id: Str) -> *const c_void {
    match text(id) {
        Ok("candour.signal/1") => &SIGNAL as *const SignalTable as *const c_void,
        _ => std::ptr::null(),
    }
}

#[no_mangle]
pub extern "C" fn candour_plugin_v1(_: u32) -> *const PluginTable {
    &PLUGIN.0
}
