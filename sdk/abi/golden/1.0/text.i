typedef int32_t cdr_status;
typedef struct cdr_str {
const char* ptr;
uint64_t len;
}
cdr_str;
typedef struct cdr_bytes {
const uint8_t* ptr;
uint64_t len;
}
cdr_bytes;
typedef struct cdr_buf {
const uint8_t* ptr;
uint64_t len;
void (*release)(struct cdr_buf* self);
void* owner;
}
cdr_buf;
typedef struct cdr_error {
uint32_t struct_size;
int32_t code;
uint32_t retry_after_ms;
uint32_t reserved0;
cdr_buf message;
}
cdr_error;
typedef struct cdr_call {
uint32_t struct_size;
uint32_t attempt;
uint64_t call_id;
int64_t deadline_unix_us;
}
cdr_call;
typedef struct cdr_host {
uint32_t struct_size;
uint16_t abi_major, abi_minor;
void* ctx;
const void* (*query)(void* ctx, cdr_str id);
cdr_status (*log)(void* ctx, uint32_t level, cdr_str message, cdr_str fields_json, cdr_error*);
cdr_status (*config)(void* ctx, cdr_buf* out_json, cdr_error*);
cdr_status (*now)(void* ctx, int64_t* out_unix_us, cdr_error*);
cdr_status (*cancelled)(void* ctx, uint64_t call_id, uint32_t* out, cdr_error*);
}
cdr_host;
typedef struct cdr_kv {
uint32_t struct_size, reserved0;
cdr_status (*get)(void* ctx, cdr_str key, cdr_buf* out_value, uint64_t* out_version, cdr_error*);
cdr_status (*put)(void* ctx, cdr_str key, cdr_str value, uint64_t expected_version, uint64_t ttl_s, uint64_t* out_version, cdr_error*);
cdr_status (*erase)(void* ctx, cdr_str key, uint64_t expected_version, cdr_error*);
}
cdr_kv;
typedef struct cdr_ingest {
uint32_t struct_size, reserved0;
cdr_status (*put_json)(void* ctx, cdr_str stream, cdr_str idempotency_key, cdr_str observation_json, cdr_error*);
cdr_status (*put_batch)(void* ctx, cdr_str stream, cdr_str batch_json, cdr_error*);
}
cdr_ingest;
typedef struct cdr_timer {
uint32_t struct_size, reserved0;
cdr_status (*set)(void* ctx, cdr_str id, int64_t due_unix_us, uint64_t period_us, cdr_str payload, cdr_error*);
cdr_status (*clear)(void* ctx, cdr_str id, cdr_error*);
}
cdr_timer;
typedef struct cdr_http {
uint32_t struct_size, reserved0;
cdr_status (*respond)(void* ctx, uint64_t request_id, uint32_t status, cdr_str headers_json, cdr_bytes body, cdr_error*);
}
cdr_http;
typedef struct cdr_mail {
uint32_t struct_size, reserved0;
cdr_status (*send)(void* ctx, cdr_str idempotency_key, cdr_str contact_id, cdr_str document_json, int64_t not_before_unix_us, cdr_buf* out_message_id, cdr_error*);
}
cdr_mail;
typedef struct cdr_data {
uint32_t struct_size, reserved0;
cdr_status (*read)(void* ctx, cdr_str query_json, cdr_buf* out_page_json, cdr_error*);
}
cdr_data;
typedef struct cdr_egress {
uint32_t struct_size, reserved0;
cdr_status (*fetch)(void* ctx, cdr_str request_json, cdr_bytes body, cdr_buf* out_meta_json, cdr_buf* out_body, cdr_error*);
}
cdr_egress;
typedef struct cdr_plugin {
uint32_t struct_size;
uint16_t abi_major;
uint16_t built_minor;
uint16_t requires_minor;
uint16_t threading;
uint32_t reserved0;
cdr_str id, version;
cdr_status (*create)(const cdr_host* host, void** out_self, cdr_error*);
void (*destroy)(void* self);
const void* (*query)(void* self, cdr_str id);
cdr_status (*start)(void* self, cdr_error*);
cdr_status (*stop)(void* self, int64_t deadline_unix_us, cdr_error*);
cdr_status (*on_event)(void* self, const cdr_call*, cdr_str kind, cdr_str payload_json, cdr_buf* out_reply_json, cdr_error*);
}
cdr_plugin;
typedef struct cdr_collector {
uint32_t struct_size, reserved0;
cdr_status (*handle_http)(void* self, const cdr_call*, uint64_t request_id, cdr_str route_id, cdr_str request_json, cdr_bytes body, uint32_t* out_status, cdr_buf* out_headers_json, cdr_buf* out_body, cdr_error*);
cdr_status (*handle_mail)(void* self, const cdr_call*, cdr_bytes raw, cdr_str envelope_json, cdr_buf* out_disposition_json, cdr_error*);
cdr_status (*import_piece)(void* self, const cdr_call*, cdr_str piece_json, cdr_bytes piece, cdr_buf* out_reply_json, cdr_error*);
}
cdr_collector;
typedef struct cdr_deliverer {
uint32_t struct_size, reserved0;
cdr_status (*deliver)(void* self, const cdr_call*, cdr_str message_json, cdr_buf* out_receipt_json, cdr_error*);
}
cdr_deliverer;
typedef struct cdr_metric {
uint32_t struct_size, reserved0;
cdr_status (*unit)(void* self, const cdr_call*, cdr_str metric, cdr_bytes rows, cdr_bytes evaluations, cdr_buf* out_states, cdr_error*);
cdr_status (*finalize)(void* self, const cdr_call*, cdr_str metric, cdr_bytes groups, cdr_str request_json, cdr_buf* out_figure_json, cdr_error*);
cdr_status (*movements)(void* self, const cdr_call*, cdr_str tallies, cdr_bytes rows, cdr_bytes units, cdr_buf* out_movements, cdr_error*);
cdr_status (*summarise)(void* self, const cdr_call*, cdr_str metric, cdr_bytes tallies, cdr_str request_json, cdr_buf* out_figure_json, cdr_error*);
}
cdr_metric;
typedef struct cdr_signal {
uint32_t struct_size, reserved0;
cdr_status (*evaluate)(void* self, const cdr_call*, cdr_str signal, cdr_str snapshot_json, cdr_buf* out_findings_json, cdr_error*);
}
cdr_signal;
typedef struct cdr_campaign {
uint32_t struct_size, reserved0;
cdr_status (*compose)(void* self, const cdr_call*, cdr_str kind, cdr_str language, cdr_str facts_json, cdr_buf* out_document_json, cdr_error*);
}
cdr_campaign;
__attribute__((visibility("default"))) const cdr_plugin* candour_plugin_v1(uint32_t host_minor);
