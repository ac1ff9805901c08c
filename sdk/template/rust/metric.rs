//! The share of contacts whose latest answer was 9 or 10.
mod abi;
use abi::*;
use std::os::raw::c_void;

const WIDTH: usize = 2; // enthusiastic, answered: the manifest's "width"

/// What is known of one contact as of a day: a few numbers that the host adds up. Pure: no clock, no memory.
fn state_of(rows: &[i64]) -> [i64; WIDTH] {
    match rows.chunks_exact(ROW_CELLS).last() {
        Some(latest) => [i64::from(latest[4] >= 9), 1], // the first of its four values
        None => [0, 0],
    }
}

fn states_of(rows: &[i64], evaluations: &[i64]) -> Option<Vec<i64>> {
    let mut states = Vec::with_capacity(evaluations.len() / 3 * (WIDTH + 1));
    for ask in evaluations.chunks_exact(3) {
        let first = usize::try_from(ask[0]).ok()?.checked_mul(ROW_CELLS)?;
        let count = usize::try_from(ask[1]).ok()?.checked_mul(ROW_CELLS)?;
        states.extend(state_of(rows.get(first..first.checked_add(count)?)?));
        states.push(NEVER); // it never changes by time alone
    }
    Some(states)
}

fn known(metric: Str) -> Result<(), Failure> {
    match unsafe { text(metric) }? {
        "my_plugin" => Ok(()),
        _ => fail(NOT_FOUND, "this plugin has no such metric"),
    }
}

unsafe extern "C" fn unit(
    _: *mut c_void, _: *const Call, metric: Str, rows: Bytes, evaluations: Bytes, out_states: *mut Buf, error: *mut Error,
) -> i32 {
    guard(error, || {
        known(metric)?;
        match states_of(cells(rows)?, cells(evaluations)?) {
            Some(states) => *out_states = give_cells(states),
            None => return fail(INVALID, "expected evaluations within the rows"),
        }
        Ok(())
    })
}

/// The figure behind the sums of many contacts. What is undefined is null with a reason, never 0.
fn figure_of(groups: &[i64]) -> String {
    let (mut enthusiastic, mut answered) = (0, 0);
    for group in groups.chunks_exact(GROUP_CELLS + WIDTH) {
        enthusiastic += group[GROUP_CELLS]; // one day: the manifest asks for no other
        answered += group[GROUP_CELLS + 1];
    }
    if answered == 0 {
        return r#"{"value": null, "n": 0, "reason": "no_data"}"#.to_string();
    }
    format!("{{\"value\": {}, \"n\": {answered}}}", enthusiastic as f64 / answered as f64)
}

unsafe extern "C" fn finalize(
    _: *mut c_void, _: *const Call, metric: Str, groups: Bytes, _: Str, out_figure: *mut Buf, error: *mut Error,
) -> i32 {
    guard(error, || {
        known(metric)?;
        *out_figure = give(figure_of(cells(groups)?));
        Ok(())
    })
}

static METRIC: MetricTable = MetricTable {
    struct_size: std::mem::size_of::<MetricTable>() as u32,
    reserved0: 0,
    unit,
    finalize,
    movements: None,
    summarise: None,
};
static PLUGIN: Shared<PluginTable> = Shared(plugin(query));

unsafe extern "C" fn query(_: *mut c_void, id: Str) -> *const c_void {
    match text(id) {
        Ok("candour.metric/1") => &METRIC as *const MetricTable as *const c_void,
        _ => std::ptr::null(),
    }
}

#[no_mangle]
pub extern "C" fn candour_plugin_v1(_: u32) -> *const PluginTable {
    &PLUGIN.0
}
