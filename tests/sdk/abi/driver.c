/* The smallest host: loads one plugin, calls it in every way that its header knows, answers every service, and prints
 * what crossed. Built against a frozen header it is a host of that minor. Usage: driver PLUGIN.so [event …]
 *
 * Slots that a later minor adds are offered as far as this header has them and are never called from here. */
#include <candour/abi.h>
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

static char kept[256];
static uint64_t version = 0;

static void say(cdr_str words) { printf(" %.*s", (int)words.len, words.ptr); }

static cdr_buf literal(const char *words) {
    cdr_buf owned = {0};
    owned.ptr = (const uint8_t *)words;
    owned.len = strlen(words);
    return owned;
}

static cdr_str text(const char *words) {
    cdr_str view;
    view.ptr = words;
    view.len = strlen(words);
    return view;
}

static int is(cdr_str found, const char *words) {
    return found.len == strlen(words) && memcmp(found.ptr, words, found.len) == 0;
}

static int done(void) {
    printf("\n");
    return CDR_OK;
}

static cdr_status log_line(void *ctx, uint32_t level, cdr_str message, cdr_str fields_json, cdr_error *error) {
    (void)ctx;
    (void)error;
    printf("log %u", (unsigned)level);
    say(message);
    say(fields_json);
    return done();
}
static cdr_status config(void *ctx, cdr_buf *out_json, cdr_error *error) {
    (void)ctx;
    (void)error;
    printf("config");
    *out_json = literal("{}");
    return done();
}
static cdr_status now(void *ctx, int64_t *out_unix_us, cdr_error *error) {
    (void)ctx;
    (void)error;
    printf("now");
    *out_unix_us = 1750000000000000;
    return done();
}
static cdr_status cancelled(void *ctx, uint64_t call_id, uint32_t *out, cdr_error *error) {
    (void)ctx;
    (void)error;
    printf("cancelled %llu", (unsigned long long)call_id);
    *out = 0;
    return done();
}

static cdr_status kv_get(void *ctx, cdr_str key, cdr_buf *out_value, uint64_t *out_version, cdr_error *error) {
    (void)ctx;
    (void)error;
    printf("kv.get");
    say(key);
    *out_value = literal(kept);
    *out_version = version;
    return done();
}
static cdr_status kv_put(void *ctx, cdr_str key, cdr_str value, uint64_t expected_version, uint64_t ttl_s,
                         uint64_t *out_version, cdr_error *error) {
    (void)ctx;
    (void)error;
    printf("kv.put");
    say(key);
    say(value);
    printf(" %llu %llu", (unsigned long long)expected_version, (unsigned long long)ttl_s);
    if (value.len < sizeof kept) {
        memcpy(kept, value.ptr, value.len);
        kept[value.len] = 0;
    }
    *out_version = ++version;
    return done();
}
static cdr_status kv_erase(void *ctx, cdr_str key, uint64_t expected_version, cdr_error *error) {
    (void)ctx;
    (void)error;
    printf("kv.erase");
    say(key);
    printf(" %llu", (unsigned long long)expected_version);
    return done();
}

static cdr_status put_json(void *ctx, cdr_str stream, cdr_str key, cdr_str observation_json, cdr_error *error) {
    (void)ctx;
    (void)error;
    printf("ingest.put_json");
    say(stream);
    say(key);
    say(observation_json);
    return done();
}
static cdr_status put_batch(void *ctx, cdr_str stream, cdr_str batch_json, cdr_error *error) {
    (void)ctx;
    (void)error;
    printf("ingest.put_batch");
    say(stream);
    say(batch_json);
    return done();
}
static cdr_status timer_set(void *ctx, cdr_str id, int64_t due_unix_us, uint64_t period_us, cdr_str payload,
                            cdr_error *error) {
    (void)ctx;
    (void)error;
    printf("timer.set");
    say(id);
    printf(" %lld %llu", (long long)due_unix_us, (unsigned long long)period_us);
    say(payload);
    return done();
}
static cdr_status timer_clear(void *ctx, cdr_str id, cdr_error *error) {
    (void)ctx;
    (void)error;
    printf("timer.clear");
    say(id);
    return done();
}
static cdr_status respond(void *ctx, uint64_t request_id, uint32_t status, cdr_str headers_json, cdr_bytes body,
                          cdr_error *error) {
    (void)ctx;
    (void)error;
    printf("http.respond %llu %u", (unsigned long long)request_id, (unsigned)status);
    say(headers_json);
    printf(" %llu", (unsigned long long)body.len);
    return done();
}
static cdr_status mail_send(void *ctx, cdr_str key, cdr_str contact_id, cdr_str document_json,
                            int64_t not_before_unix_us, cdr_buf *out_message_id, cdr_error *error) {
    (void)ctx;
    (void)error;
    printf("mail.send");
    say(key);
    say(contact_id);
    say(document_json);
    printf(" %lld", (long long)not_before_unix_us);
    *out_message_id = literal("msg_1");
    return done();
}
static cdr_status data_read(void *ctx, cdr_str query_json, cdr_buf *out_page_json, cdr_error *error) {
    (void)ctx;
    (void)error;
    printf("data.read");
    say(query_json);
    *out_page_json = literal("{}");
    return done();
}
static cdr_status fetch(void *ctx, cdr_str request_json, cdr_bytes body, cdr_buf *out_meta_json, cdr_buf *out_body,
                        cdr_error *error) {
    (void)ctx;
    (void)error;
    printf("egress.fetch");
    say(request_json);
    printf(" %llu", (unsigned long long)body.len);
    *out_meta_json = literal("{\"status\":200}");
    *out_body = literal("");
    return done();
}

static const void *offer(void *ctx, cdr_str id) {
    static cdr_kv kv;
    static cdr_ingest ingest;
    static cdr_timer timer = {sizeof(cdr_timer), 0, &timer_set, &timer_clear};
    static cdr_http http = {sizeof(cdr_http), 0, &respond};
    static cdr_mail mail = {sizeof(cdr_mail), 0, &mail_send};
    static cdr_data data = {sizeof(cdr_data), 0, &data_read};
    static cdr_egress egress = {sizeof(cdr_egress), 0, &fetch};
    (void)ctx;
    kv.struct_size = sizeof kv;
    kv.get = &kv_get;
    kv.put = &kv_put;
    kv.erase = &kv_erase;
    ingest.struct_size = sizeof ingest;
    ingest.put_json = &put_json;
    ingest.put_batch = &put_batch;
    if (is(id, "candour.kv/1")) return &kv;
    if (is(id, "candour.ingest/1")) return &ingest;
    if (is(id, "candour.timer/1")) return &timer;
    if (is(id, "candour.http/1")) return &http;
    if (is(id, "candour.mail/1")) return &mail;
    if (is(id, "candour.data/1")) return &data;
    if (is(id, "candour.egress/1")) return &egress;
    return NULL;
}

static void show(const char *what, cdr_status status, cdr_buf *result, cdr_error *error) {
    printf("%s -> %d", what, (int)status);
    if (status == CDR_OK && result && result->ptr) printf(" %.*s", (int)result->len, (const char *)result->ptr);
    if (status != CDR_OK && error->message.ptr)
        printf(" %.*s", (int)error->message.len, (const char *)error->message.ptr);
    printf("\n");
    if (status == CDR_OK && result && result->release) result->release(result);
    if (error->message.release) error->message.release(&error->message);
    if (result) memset(result, 0, sizeof *result);
    memset(error, 0, sizeof *error);
    error->struct_size = sizeof *error;
}

static void collect(const cdr_collector *role, void *self, const cdr_call *call, cdr_error *error) {
    cdr_buf headers = {0}, body = {0}, reply = {0};
    const cdr_bytes four = {(const uint8_t *)"four", 4};
    uint32_t status = 0;
    cdr_status returned = role->handle_http(self, call, 77, text("page"), text("{\"key\":\"k1\"}"), four, &status, &headers,
                                            &body, error);
    printf("status %u", (unsigned)status);
    if (returned == CDR_OK && headers.release) headers.release(&headers);
    show(" handle_http", returned, &body, error);
    show("handle_mail", role->handle_mail ? role->handle_mail(self, call, four, text("{}"), &reply, error) : -1, &reply,
         error);
    show("import_piece", role->import_piece ? role->import_piece(self, call, text("{}"), four, &reply, error) : -1, &reply,
         error);
}

static void measure(const cdr_metric *role, void *self, const cdr_call *call, cdr_error *error) {
    static const int64_t cells[3] = {0, 0, 0};
    const cdr_bytes three = {(const uint8_t *)cells, sizeof cells};
    cdr_buf out = {0};
    show("unit", role->unit(self, call, text("m"), three, three, &out, error), &out, error);
    show("finalize", role->finalize(self, call, text("m"), three, text("{}"), &out, error), &out, error);
    show("movements", role->movements(self, call, text("t"), three, three, &out, error), &out, error);
    show("summarise", role->summarise(self, call, text("m"), three, text("{}"), &out, error), &out, error);
}

static void other_roles(const cdr_plugin *plugin, void *self, const cdr_call *call, cdr_error *error) {
    const cdr_deliverer *deliverer = (const cdr_deliverer *)plugin->query(self, text("candour.deliverer/1"));
    const cdr_signal *signal = (const cdr_signal *)plugin->query(self, text("candour.signal/1"));
    const cdr_campaign *campaign = (const cdr_campaign *)plugin->query(self, text("candour.campaign/1"));
    const cdr_metric *metric = (const cdr_metric *)plugin->query(self, text("candour.metric/1"));
    cdr_buf out = {0};
    if (deliverer) show("deliver", deliverer->deliver(self, call, text("{}"), &out, error), &out, error);
    if (metric) measure(metric, self, call, error);
    if (signal) show("evaluate", signal->evaluate(self, call, text("quiet"), text("{}"), &out, error), &out, error);
    if (campaign)
        show("compose", campaign->compose(self, call, text("invitation"), text("de"), text("{}"), &out, error), &out, error);
}

static int drive(const cdr_plugin *plugin, int events, char **names) {
    const cdr_call call = {sizeof call, 2, 9, 1750000005000000};
    cdr_host host = {sizeof host, CDR_ABI_MAJOR, CDR_ABI_MINOR, NULL, &offer, &log_line, &config, &now, &cancelled};
    const cdr_collector *collector;
    cdr_error error = {0};
    cdr_buf reply = {0};
    void *self = NULL;
    int i;
    error.struct_size = sizeof error;
    if (plugin->create(&host, &self, &error) != CDR_OK) return 3;
    show("start", plugin->start(self, &error), NULL, &error);
    collector = (const cdr_collector *)plugin->query(self, text("candour.collector/1"));
    if (collector) collect(collector, self, &call, &error);
    other_roles(plugin, self, &call, &error);
    for (i = 0; i < events; ++i)
        show(names[i], plugin->on_event(self, &call, text(names[i]), text("{}"), &reply, &error), &reply, &error);
    show("stop", plugin->stop(self, 1750000005000000, &error), NULL, &error);
    plugin->destroy(self);
    return 0;
}

int main(int count, char **words) {
    const cdr_plugin *(*entry)(uint32_t);
    const cdr_plugin *plugin;
    void *library = count > 1 ? dlopen(words[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    if (!library) {
        fprintf(stderr, "driver: %s\n", count > 1 ? dlerror() : "expected a plugin's library");
        return 2;
    }
    *(void **)&entry = dlsym(library, "candour_plugin_v1");
    plugin = entry ? entry(CDR_ABI_MINOR) : NULL;
    if (!plugin || plugin->abi_major != CDR_ABI_MAJOR || plugin->requires_minor > CDR_ABI_MINOR) {
        printf("refused: needs 1.%u, this host is 1.%u\n", plugin ? (unsigned)plugin->requires_minor : 0U,
               (unsigned)CDR_ABI_MINOR);
        return 1;
    }
    return drive(plugin, count - 2, words + 2);
}
