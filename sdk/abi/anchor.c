/* Every type of the border, reachable from one exported function each, so that tools which read debug information see
 * all of them. A struct that a later minor brings is added at the end, inside its #if. */
#include <candour/abi.h>

#define ANCHOR(type)                                                     \
    CDR_EXPORT const type *anchor_##type(const type *value);             \
    CDR_EXPORT const type *anchor_##type(const type *value) { return value; }

ANCHOR(cdr_str)
ANCHOR(cdr_bytes)
ANCHOR(cdr_buf)
ANCHOR(cdr_error)
ANCHOR(cdr_call)
ANCHOR(cdr_host)
ANCHOR(cdr_kv)
ANCHOR(cdr_ingest)
ANCHOR(cdr_timer)
ANCHOR(cdr_http)
ANCHOR(cdr_mail)
ANCHOR(cdr_data)
ANCHOR(cdr_egress)
ANCHOR(cdr_plugin)
ANCHOR(cdr_collector)
ANCHOR(cdr_deliverer)
ANCHOR(cdr_metric)
ANCHOR(cdr_signal)
ANCHOR(cdr_campaign)

const cdr_plugin *candour_plugin_v1(uint32_t host_minor) {
    (void)host_minor;
    return 0;
}
