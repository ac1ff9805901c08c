/* A plugin in plain C that calls every service and serves every role. The one in sdk/abi/frozen-plugins was built from
 * this file when its minor was released: never change what it does, add another file for what a later minor brings. */
#include <candour/abi.h>
#include <string.h>

static const cdr_host *host;

static cdr_str text(const char *words) {
    cdr_str view;
    view.ptr = words;
    view.len = strlen(words);
    return view;
}

static cdr_buf literal(const char *words) {
    cdr_buf owned = {0};
    owned.ptr = (const uint8_t *)words;
    owned.len = strlen(words);
    return owned;
}

static void drop(cdr_buf *owned) {
    if (owned->release) owned->release(owned);
}

static int is(cdr_str found, const char *words) {
    return found.len == strlen(words) && memcmp(found.ptr, words, found.len) == 0;
}

static cdr_status fail(cdr_error *error, cdr_status status, const char *why) {
    if (CDR_HAS(error, message)) {
        error->code = status;
        error->message = literal(why);
    }
    return status;
}

static cdr_status create(const cdr_host *given, void **out_self, cdr_error *error) {
    static int self;
    (void)error;
    host = given;
    *out_self = &self;
    return CDR_OK;
}

static void destroy(void *self) { (void)self; }

static cdr_status start(void *self, cdr_error *error) {
    (void)self;
    return host->log(host->ctx, CDR_LOG_INFO, text("started"), text("{\"minor\":0}"), error);
}

static cdr_status stop(void *self, int64_t deadline_unix_us, cdr_error *error) {
    (void)self;
    (void)deadline_unix_us;
    (void)error;
    return CDR_OK;
}

static cdr_status use_kv(cdr_error *error) {
    const cdr_kv *kv = (const cdr_kv *)host->query(host->ctx, text(CDR_IFACE_KV));
    cdr_buf value = {0};
    uint64_t version = 0;
    cdr_status status;
    if (!kv) return fail(error, CDR_E_DENIED, "no kv");
    status = kv->put(host->ctx, text("key"), text("value"), CDR_ANY_VERSION, 60, &version, error);
    if (status == CDR_OK) status = kv->get(host->ctx, text("key"), &value, &version, error);
    drop(&value);
    if (status == CDR_OK) status = kv->erase(host->ctx, text("key"), version, error);
    return status;
}

static cdr_status use_timer(cdr_error *error) {
    const cdr_timer *timer = (const cdr_timer *)host->query(host->ctx, text(CDR_IFACE_TIMER));
    cdr_status status;
    if (!timer) return fail(error, CDR_E_DENIED, "no timer");
    status = timer->set(host->ctx, text("id"), 1893456000000000, 3600000000, text("payload"), error);
    if (status == CDR_OK) status = timer->clear(host->ctx, text("id"), error);
    return status;
}

static cdr_status use_outside(cdr_error *error) {
    const cdr_mail *mail = (const cdr_mail *)host->query(host->ctx, text(CDR_IFACE_MAIL));
    const cdr_egress *egress = (const cdr_egress *)host->query(host->ctx, text(CDR_IFACE_EGRESS));
    const cdr_http *http = (const cdr_http *)host->query(host->ctx, text(CDR_IFACE_HTTP));
    cdr_buf id = {0}, meta = {0}, body = {0};
    cdr_bytes sent = {(const uint8_t *)"body", 4};
    cdr_status status;
    if (!mail || !egress || !http) return fail(error, CDR_E_DENIED, "nothing outside");
    status = mail->send(host->ctx, text("mail-key"), text("con_1"), text("{}"), 1893456000000000, &id, error);
    drop(&id);
    if (status != CDR_OK) return status;
    status = egress->fetch(host->ctx, text("{\"url\":\"https://a.example\"}"), sent, &meta, &body, error);
    drop(&meta);
    drop(&body);
    if (status != CDR_OK) return status;
    return http->respond(host->ctx, 77, 200, text("{}"), sent, error);
}

static cdr_status use_facts(cdr_error *error) {
    const cdr_ingest *ingest = (const cdr_ingest *)host->query(host->ctx, text(CDR_IFACE_INGEST));
    const cdr_data *data = (const cdr_data *)host->query(host->ctx, text(CDR_IFACE_DATA));
    cdr_buf page = {0};
    cdr_status status;
    if (!ingest || !data) return fail(error, CDR_E_DENIED, "no facts");
    status = ingest->put_json(host->ctx, text("reference.fact"), text("key"), text("{\"about\":\"x\"}"), error);
    if (status == CDR_OK) status = ingest->put_batch(host->ctx, text("reference.fact"), text("[]"), error);
    if (status == CDR_OK) status = data->read(host->ctx, text("{\"view\":\"contacts\"}"), &page, error);
    drop(&page);
    return status;
}

static cdr_status use_host(const cdr_call *call, cdr_error *error) {
    cdr_buf config = {0};
    int64_t now = 0;
    uint32_t unwanted = 0;
    cdr_status status = host->config(host->ctx, &config, error);
    drop(&config);
    if (status == CDR_OK) status = host->now(host->ctx, &now, error);
    if (status == CDR_OK) status = host->cancelled(host->ctx, call->call_id, &unwanted, error);
    if (status == CDR_OK && (now != 1750000000000000 || unwanted != 0))
        return fail(error, CDR_E_INTERNAL, "another clock");
    return status;
}

static cdr_status on_event(void *self, const cdr_call *call, cdr_str kind, cdr_str payload_json, cdr_buf *out_reply_json,
                           cdr_error *error) {
    cdr_status status = CDR_E_UNSUPPORTED;
    (void)self;
    (void)payload_json;
    if (is(kind, "host")) status = use_host(call, error);
    if (is(kind, "kv")) status = use_kv(error);
    if (is(kind, "timer")) status = use_timer(error);
    if (is(kind, "outside")) status = use_outside(error);
    if (is(kind, "facts")) status = use_facts(error);
    if (status == CDR_OK) *out_reply_json = literal("{\"done\":true}");
    if (status == CDR_E_UNSUPPORTED) return fail(error, status, "reference knows no such event");
    return status;
}

static cdr_status handle_http(void *self, const cdr_call *call, uint64_t request_id, cdr_str route_id,
                              cdr_str request_json, cdr_bytes body, uint32_t *out_status, cdr_buf *out_headers_json,
                              cdr_buf *out_body, cdr_error *error) {
    (void)self;
    (void)call;
    (void)request_json;
    if (request_id != 77 || !is(route_id, "page") || body.len > 4) return fail(error, CDR_E_INVALID, "another request");
    *out_status = 202;
    *out_headers_json = literal("{\"content-type\":\"text/plain; charset=utf-8\"}");
    *out_body = literal("noted");
    return CDR_OK;
}

static cdr_status handle_mail(void *self, const cdr_call *call, cdr_bytes raw, cdr_str envelope_json,
                              cdr_buf *out_disposition_json, cdr_error *error) {
    (void)self;
    (void)call;
    (void)envelope_json;
    (void)error;
    *out_disposition_json = literal(raw.len == 4 ? "{\"raw\":4}" : "{}");
    return CDR_OK;
}

static cdr_status import_piece(void *self, const cdr_call *call, cdr_str piece_json, cdr_bytes piece,
                               cdr_buf *out_reply_json, cdr_error *error) {
    (void)self;
    (void)call;
    (void)piece_json;
    (void)error;
    *out_reply_json = literal(piece.len == 4 ? "{\"consumed\":4,\"rows\":1}" : "{\"consumed\":0,\"rows\":0}");
    return CDR_OK;
}

static cdr_status deliver(void *self, const cdr_call *call, cdr_str message_json, cdr_buf *out_receipt_json,
                          cdr_error *error) {
    (void)self;
    (void)message_json;
    if (call->attempt != 2 || call->deadline_unix_us != 1750000005000000)
        return fail(error, CDR_E_INVALID, "another call");
    *out_receipt_json = literal("{\"fate\":\"handed_over\"}");
    return CDR_OK;
}

static cdr_status unit(void *self, const cdr_call *call, cdr_str metric, cdr_bytes rows, cdr_bytes evaluations,
                       cdr_buf *out_states, cdr_error *error) {
    (void)self;
    (void)call;
    (void)metric;
    (void)rows;
    (void)error;
    *out_states = literal(evaluations.len == 24 ? "unit" : "");
    return CDR_OK;
}

static cdr_status finalize(void *self, const cdr_call *call, cdr_str metric, cdr_bytes groups, cdr_str request_json,
                           cdr_buf *out_figure_json, cdr_error *error) {
    (void)self;
    (void)call;
    (void)metric;
    (void)request_json;
    (void)error;
    *out_figure_json = literal(groups.len == 24 ? "{\"value\":1}" : "{}");
    return CDR_OK;
}

static cdr_status movements(void *self, const cdr_call *call, cdr_str tallies, cdr_bytes rows, cdr_bytes units,
                            cdr_buf *out_movements, cdr_error *error) {
    (void)self;
    (void)call;
    (void)tallies;
    (void)rows;
    (void)error;
    *out_movements = literal(units.len == 24 ? "moved" : "");
    return CDR_OK;
}

static cdr_status summarise(void *self, const cdr_call *call, cdr_str metric, cdr_bytes tallies, cdr_str request_json,
                            cdr_buf *out_figure_json, cdr_error *error) {
    (void)self;
    (void)call;
    (void)metric;
    (void)request_json;
    (void)error;
    *out_figure_json = literal(tallies.len == 24 ? "{\"value\":2}" : "{}");
    return CDR_OK;
}

static cdr_status evaluate(void *self, const cdr_call *call, cdr_str signal, cdr_str snapshot_json,
                           cdr_buf *out_findings_json, cdr_error *error) {
    (void)self;
    (void)call;
    (void)snapshot_json;
    (void)error;
    *out_findings_json = literal(is(signal, "quiet") ? "{\"findings\":[]}" : "{}");
    return CDR_OK;
}

static cdr_status compose(void *self, const cdr_call *call, cdr_str kind, cdr_str language, cdr_str facts_json,
                          cdr_buf *out_document_json, cdr_error *error) {
    (void)self;
    (void)call;
    (void)facts_json;
    (void)error;
    *out_document_json = literal(is(kind, "invitation") && is(language, "de") ? "{\"subject\":\"Hallo\",\"blocks\":[{\"type\":\"text\",\"text\":\"Wie war es?\"}]}" : "{}");
    return CDR_OK;
}

static const void *query(void *self, cdr_str id) {
    static const cdr_collector collector = {sizeof(cdr_collector), 0, &handle_http, &handle_mail, &import_piece};
    static const cdr_deliverer deliverer = {sizeof(cdr_deliverer), 0, &deliver};
    static const cdr_metric metric = {sizeof(cdr_metric), 0, &unit, &finalize, &movements, &summarise};
    static const cdr_signal signal = {sizeof(cdr_signal), 0, &evaluate};
    static const cdr_campaign campaign = {sizeof(cdr_campaign), 0, &compose};
    (void)self;
    if (is(id, CDR_ROLE_COLLECTOR)) return &collector;
    if (is(id, CDR_ROLE_DELIVERER)) return &deliverer;
    if (is(id, CDR_ROLE_METRIC)) return &metric;
    if (is(id, CDR_ROLE_SIGNAL)) return &signal;
    if (is(id, CDR_ROLE_CAMPAIGN)) return &campaign;
    return NULL;
}

const cdr_plugin *candour_plugin_v1(uint32_t host_minor) {
    static const cdr_plugin plugin = {sizeof(cdr_plugin), CDR_ABI_MAJOR,          CDR_ABI_MINOR,
                                      CDR_TARGET_MINOR,   CDR_THREADS_SERIAL,     0,
                                      {"reference", 9},   {"1.0.0", 5},           &create,
                                      &destroy,           &query,                 &start,
                                      &stop,              &on_event};
    (void)host_minor;
    return &plugin;
}
