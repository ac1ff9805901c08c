/** @file
 * What the host does for plugins: the second half of candour/abi.h, which includes it and whose rules hold
 * here. Each interface is a table of slots that cdr_host.query returns by its id; ctx is that of cdr_host.
 */
#ifndef CANDOUR_ABI_SERVICES_H
#define CANDOUR_ABI_SERVICES_H
#ifndef CANDOUR_ABI_H
#error "include candour/abi.h"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Small documents under keys, in a space of the plugin's own. Grant: "kv".
 * Keys are 1 to 200 bytes; values are text of up to 1 MiB. Each call waits for the store. */
#define CDR_IFACE_KV "candour.kv/1"
#define CDR_ANY_VERSION UINT64_MAX /* as expected_version: do not compare */
typedef struct cdr_kv {
    uint32_t struct_size, reserved0;

    /* Errors: NOT_FOUND (absent or expired). [any-thread, created..stopping] */
    cdr_status (*get)(void* ctx, cdr_str key, cdr_buf* out_value, uint64_t* out_version, cdr_error*);

    /* expected_version 0: the key must not exist yet; CDR_ANY_VERSION: whatever it is. ttl_s 0: keep it.
     * Durable when it returns. Errors: CONFLICT. [any-thread, created..stopping] */
    cdr_status (*put)(void* ctx, cdr_str key, cdr_str value, uint64_t expected_version, uint64_t ttl_s,
                      uint64_t* out_version, cdr_error*);

    /* Errors: NOT_FOUND, CONFLICT. [any-thread, created..stopping] */
    cdr_status (*erase)(void* ctx, cdr_str key, uint64_t expected_version, cdr_error*);
} cdr_kv;

/* The only door for facts. Grant: "ingest:<stream>", checked for each call.
 *
 * put_json takes one observation (schemas/json/observation.schema.json).
 * Within a job (handle_http of a POST, on_event except "timer") and on the thread of that call, the
 * observation is bound to the job: it is committed in ONE transaction with the job's outcome. CDR_OK then
 * means "cannot be lost": the raw bytes of the job are durable already, and if the host dies before the
 * commit, the job comes again. When the plugin answers the job with an error, nothing that it put is kept.
 * Everywhere else (a "timer" event, a delivery, a thread of the plugin's own) CDR_OK means committed.
 * In both cases the same idempotency_key (1 to 200 bytes) is the same fact: putting it again changes nothing,
 * so that a redelivered job may put everything again. A page view (GET) stores nothing: CDR_E_DENIED. The
 * observation's "subject" may only be the one that the job's request names: CDR_E_DENIED otherwise.
 * [any-thread, started..stopping] */
#define CDR_IFACE_INGEST "candour.ingest/1"
typedef struct cdr_ingest {
    uint32_t struct_size, reserved0;
    cdr_status (*put_json)(void* ctx, cdr_str stream, cdr_str idempotency_key, cdr_str observation_json,
                           cdr_error*);

    /* The same for many at once: all of them are kept or none is, in one transaction. batch_json: [{"key":
     * "an idempotency key", "observation": {…}}, …], 1 to 1000 rows of one stream, up to 4 MiB. The message
     * of a refusal names the row, counted from 0. [any-thread, started..stopping] */
    cdr_status (*put_batch)(void* ctx, cdr_str stream, cdr_str batch_json, cdr_error*);
} cdr_ingest;

/* Timers that survive a restart. Grant: "timer". A timer fires as on_event("timer", {"id", "due_unix_us",
 * "payload"}), at least once, up to a second late; one that is due again and again fires once for all the
 * periods it missed. */
#define CDR_IFACE_TIMER "candour.timer/1"
typedef struct cdr_timer {
    uint32_t struct_size, reserved0;

    /* The same id again replaces the timer. period_us 0: fires once. [any-thread, created..stopping] */
    cdr_status (*set)(void* ctx, cdr_str id, int64_t due_unix_us, uint64_t period_us, cdr_str payload,
                      cdr_error*);

    /* A timer that does not exist is cleared already: CDR_OK. [any-thread, created..stopping] */
    cdr_status (*clear)(void* ctx, cdr_str id, cdr_error*);
} cdr_timer;

/* The late answer to a request that handle_http parked. Grant: "http".
 * What the plugin put during handle_http commits with this answer. An answer that comes after the call's
 * deadline, or a second one, is CDR_E_NOT_FOUND: the job then comes again by itself. [any-thread,
 * started..stopping] */
#define CDR_IFACE_HTTP "candour.http/1"
typedef struct cdr_http {
    uint32_t struct_size, reserved0;
    cdr_status (*respond)(void* ctx, uint64_t request_id, uint32_t status, cdr_str headers_json,
                          cdr_bytes body, cdr_error*);
} cdr_http;

/* A message to a contact, in the host's layout, through its durable outbox. Grant: "mail".
 * document_json is schemas/json/message.schema.json. The same idempotency_key is the same message: it is sent
 * once and the first id is returned. not_before_unix_us 0: now. Errors: NOT_FOUND (contact), INVALID (no
 * address, bad document). [any-thread, started..stopping] */
#define CDR_IFACE_MAIL "candour.mail/1"
typedef struct cdr_mail {
    uint32_t struct_size, reserved0;
    cdr_status (*send)(void* ctx, cdr_str idempotency_key, cdr_str contact_id, cdr_str document_json,
                       int64_t not_before_unix_us, cdr_buf* out_message_id, cdr_error*);
} cdr_mail;

/* What the host knows, read page by page. Grant: "data:<view>", checked for each call.
 * schemas/json/views.json lists the views and their columns; a view without personal data names contacts by
 * id only. query_json: {"view": "relationship.answers", "cursor": "", "limit": 1000, "account": "acc_…"}:
 * cursor is "next" of the page before, account is optional. The page: {"columns": ["…"], "rows": [[…]],
 * "next": "…" or null}. A cursor stays valid as long as the data stands. Errors: NOT_FOUND (no such view),
 * INVALID. [any-thread, started..stopping] */
#define CDR_IFACE_DATA "candour.data/1"
typedef struct cdr_data {
    uint32_t struct_size, reserved0;
    cdr_status (*read)(void* ctx, cdr_str query_json, cdr_buf* out_page_json, cdr_error*);
} cdr_data;

/* HTTP through the host: a plugin owns no socket. Grant: "net:…" (see "Reaching out" in sdk/README.md),
 * checked for each call together with the address that the name resolves to. request_json: {"method": "POST",
 * "url": "https://…", "headers": {"content-type": "…"}, "timeout_ms": 10000}; only the url must be there.
 * body: up to 1 MiB. out_meta_json: {"status": 200, "headers": {"content-type": "…"}}, the names in lower
 * case. Every status is CDR_OK, a redirection too: it is not followed. Errors: INVALID, DENIED (no grant, or
 * an address that is not public), UNAVAILABLE (nobody answers, no valid certificate), DEADLINE, EXHAUSTED
 * (too many at once, or an answer above 4 MiB). After DEADLINE the request may have arrived. [any-thread,
 * started..stopping] */
#define CDR_IFACE_EGRESS "candour.egress/1"
typedef struct cdr_egress {
    uint32_t struct_size, reserved0;
    cdr_status (*fetch)(void* ctx, cdr_str request_json, cdr_bytes body, cdr_buf* out_meta_json,
                        cdr_buf* out_body, cdr_error*);
} cdr_egress;

#ifdef __cplusplus
}
#endif
#endif
