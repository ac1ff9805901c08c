/* clang-format off */
/** @file
 * The border between the Candour host and its plugins, major 1. C99, C++ and any C FFI.
 *
 * R1  Every vtable and context struct starts with uint32_t struct_size, filled by its owner. The value types
 *     (cdr_str, cdr_bytes, cdr_buf) are frozen for the whole major. Fields are only ever APPENDED, each group
 *     inside  #if CDR_TARGET_MINOR >= n.  Read a field that a later minor added only if
 *     CDR_HAS(pointer, field). A slot is never removed or emptied within a major.
 * R2  A slot takes uint32_t, uint64_t, int64_t, cdr_str, cdr_bytes, cdr_buf, cdr_call, cdr_error and pointers to
 *     results of those, and nothing else: so that every call can also cross to a worker process. No varargs, bool,
 *     enum-typed fields, size_t, time_t or FILE pointers. New options go into the JSON documents, not into structs.
 * R3  Views (cdr_str, cdr_bytes, cdr_call) are borrowed until the call returns. Owned things (cdr_buf, cdr_error)
 *     carry their own release; whoever received them releases them. malloc and free never pair across the border.
 * R4  Every slot that can fail returns cdr_status; its last argument is a cdr_error that may be NULL. On any status
 *     but CDR_OK the other results are untouched. No exception and no longjmp crosses, in either direction.
 * R5  Text is UTF-8 without NUL characters; JSON is text. The host refuses anything else with CDR_E_INVALID.
 * R6  An interface id is "name/revision" and never changes its meaning.
 *
 * Threads and states. A plugin lives through: created, started, stopping, destroyed.
 *   [host-thread]  one of the threads that the host keeps for this plugin, never the host's I/O thread. Under
 *                  CDR_THREADS_SERIAL there is one such thread, so that no two calls overlap; under
 *                  CDR_THREADS_PARALLEL there are up to threading.max_concurrency of the manifest.
 *   [any-thread]   any thread, those that the plugin started included.
 * Each slot below names its thread and the states in which it may be called. The host never calls the plugin on the
 * stack of a call that the plugin made. A plugin that lets a call run past its deadline, throws across the border or
 * calls the host after its stop returned is suspended: the host runs on without it.
 *
 * Jobs. A POST to a route and an event are jobs: the host keeps the raw bytes of the request before the plugin sees
 * them, and hands them in again with attempt > 1 when the first try did not end. A piece of an imported file is a job
 * as well, but comes again with its file only. So the work of a job is idempotent.
 */
/* clang-format on */
#ifndef CANDOUR_ABI_H
#define CANDOUR_ABI_H
#include <stddef.h>
#include <stdint.h>

#define CDR_ABI_MAJOR 1
#define CDR_ABI_MINOR 0

/* The oldest host this plugin must run on. It hides every newer field, so that none is used by mistake. */
#ifndef CDR_TARGET_MINOR
#define CDR_TARGET_MINOR CDR_ABI_MINOR
#endif
#if CDR_TARGET_MINOR > CDR_ABI_MINOR
#error "CDR_TARGET_MINOR is newer than this header: build with a newer SDK or lower the target"
#endif

#if defined(__GNUC__)
#define CDR_EXPORT __attribute__((visibility("default")))
#else
#define CDR_EXPORT
#endif

/* True when the owner of *(p) knows the field: 1 or 0, for any pointer to a struct that starts with
 * struct_size. */
#define CDR_HAS(p, field) ((p) && (p)->struct_size >= offsetof(__typeof__(*(p)), field) + sizeof((p)->field))

#ifdef __cplusplus
extern "C" {
#endif

/* ---- values ----------------------------------------------------------------------------------------------
 */

typedef int32_t cdr_status;
#define CDR_OK 0
#define CDR_E_INVALID 1 /* the caller's fault: do not repeat it unchanged */
#define CDR_E_NOT_FOUND 2
#define CDR_E_CONFLICT 3 /* somebody was faster: read again */
#define CDR_E_DENIED 4   /* the manifest does not ask for it, or the installation does not grant it */
#define CDR_E_UNSUPPORTED 5
#define CDR_E_UNAVAILABLE 6 /* not now: repeat later */
#define CDR_E_DEADLINE 7
#define CDR_E_CANCELLED 8 /* the plugin is stopping, or the call is no longer wanted */
#define CDR_E_EXHAUSTED 9 /* quota or back-pressure: repeat later */
#define CDR_E_CORRUPT 10
#define CDR_E_INTERNAL 11 /* any other value counts as this one */

typedef struct cdr_str {
    const char* ptr;
    uint64_t len;
} cdr_str; /* text, NOT terminated by NUL */
typedef struct cdr_bytes {
    const uint8_t* ptr;
    uint64_t len;
} cdr_bytes;

/* Owned bytes. The receiver calls release(self) once when it is not NULL; release may run on any thread. A
 * cdr_buf may be moved by copying the struct and forgetting the original. */
typedef struct cdr_buf {
    const uint8_t* ptr;
    uint64_t len;
    void (*release)(struct cdr_buf* self);
    void* owner;
} cdr_buf;

/* The caller zeroes it and sets struct_size; the callee fills it only when it returns an error. */
typedef struct cdr_error {
    uint32_t struct_size;
    int32_t code;            /* the status that was returned */
    uint32_t retry_after_ms; /* 0: no advice */
    uint32_t reserved0;
    cdr_buf message; /* one line: what was expected, what was found, what to do */
} cdr_error;

/* What the host says about the call that it makes. */
typedef struct cdr_call {
    uint32_t struct_size;
    uint32_t attempt; /* above 1: an earlier try of this job may have had effects */
    uint64_t call_id;
    int64_t deadline_unix_us; /* the answer is worth nothing after this instant */
} cdr_call;

/* ---- the host, as the plugin sees it ---------------------------------------------------------------------
 */

#define CDR_LOG_DEBUG 0
#define CDR_LOG_INFO 1
#define CDR_LOG_WARNING 2
#define CDR_LOG_ERROR 3

/* Lives from create until the process ends. ctx is the first argument of every slot here and of every
 * interface that query returns. */
typedef struct cdr_host {
    uint32_t struct_size;
    uint16_t abi_major, abi_minor;
    void* ctx;

    /* An interface by its id: a pointer that stays valid, or NULL when the host does not know it or the
     * installation does not grant it. [any-thread, created..stopping] */
    const void* (*query)(void* ctx, cdr_str id);

    /* One line for the operator; fields_json is a JSON object or empty. Never blocks; a flood is thinned out.
     * [any-thread, created..stopping] */
    cdr_status (*log)(void* ctx, uint32_t level, cdr_str message, cdr_str fields_json, cdr_error*);

    /* This plugin's configuration as a JSON object that fits the manifest's "config_schema", "{}" when there
     * is none; secrets stand in it as they are, so log none of it. It does not change between create and
     * destroy: to change it, the host stops this instance and creates another. [any-thread,
     * created..stopping] */
    cdr_status (*config)(void* ctx, cdr_buf* out_json, cdr_error*);

    /* Microseconds since 1970-01-01 UTC of the host's clock, which a test may move by hand: use no other
     * clock for what is stored or shown. [any-thread, created..stopping] */
    cdr_status (*now)(void* ctx, int64_t* out_unix_us, cdr_error*);

    /* *out = 1 when nobody waits for this call any more. A call that takes long asks now and then.
     * [any-thread, created..stopping] */
    cdr_status (*cancelled)(void* ctx, uint64_t call_id, uint32_t* out, cdr_error*);
} cdr_host;

/* The interfaces that query returns: kv, ingest, timer, http, mail, data, egress. */
#include "candour/abi_services.h"

/* ---- the plugin, as the host sees it ---------------------------------------------------------------------
 */

#define CDR_THREADS_SERIAL 0
#define CDR_THREADS_PARALLEL 1

typedef struct cdr_plugin {
    uint32_t struct_size;
    uint16_t abi_major;      /* CDR_ABI_MAJOR */
    uint16_t built_minor;    /* CDR_ABI_MINOR */
    uint16_t requires_minor; /* CDR_TARGET_MINOR: an older host refuses the plugin with a readable message */
    uint16_t threading;      /* CDR_THREADS_…; the manifest must say the same */
    uint32_t reserved0;
    cdr_str id, version; /* those of manifest.json: a library under a foreign manifest is refused */

    /* The instance. Reads its configuration and asks for interfaces; does not serve yet. [host-thread, once]
     */
    cdr_status (*create)(const cdr_host* host, void** out_self, cdr_error*);

    /* After stop, or after a create whose start failed. Calls nothing of the host. [host-thread, once] */
    void (*destroy)(void* self);

    /* The vtable of a role by its id, or NULL. Pure. [host-thread, created] */
    const void* (*query)(void* self, cdr_str id);

    /* Ready to serve when it returns. [host-thread, created] */
    cdr_status (*start)(void* self, cdr_error*);

    /* When it returns, no thread of the plugin runs and the host is called no more. [host-thread, started] */
    cdr_status (*stop)(void* self, int64_t deadline_unix_us, cdr_error*);

    /* A named event with a JSON payload, and a JSON reply (nothing means "{}"). Answer CDR_E_UNSUPPORTED to
     * kinds that you do not know. [host-thread, started] */
    cdr_status (*on_event)(void* self, const cdr_call*, cdr_str kind, cdr_str payload_json,
                           cdr_buf* out_reply_json, cdr_error*);
} cdr_plugin;

/* Collects feedback: through routes that the manifest lists, from mail, or both. What it does not serve
 * answers CDR_E_UNSUPPORTED. */
#define CDR_ROLE_COLLECTOR "candour.collector/1"
typedef struct cdr_collector {
    uint32_t struct_size, reserved0;

    /* A page view (GET) or a job (POST). request_json: see "The request" in sdk/README.md; body: the raw body
     * when it is no form. *out_status: an HTTP status, or 0 to park the request and answer it later through
     * candour.http/1. out_headers_json: an object with "content-type" and "content-language", nothing else;
     * may stay empty. [host-thread, started] */
    cdr_status (*handle_http)(void* self, const cdr_call*, uint64_t request_id, cdr_str route_id,
                              cdr_str request_json, cdr_bytes body, uint32_t* out_status,
                              cdr_buf* out_headers_json, cdr_buf* out_body, cdr_error*);

    /* What a mail means. raw: the message as it came, headers and all. envelope_json: {"sender": "",
     * "recipients": ["…"]}; an empty sender is the null sender. Reply: schemas/json/disposition.schema.json.
     * The plugin only says what it reads: the host looks up the tokens that it found and applies the outcome.
     * Pure. [host-thread, started] */
    cdr_status (*handle_mail)(void* self, const cdr_call*, cdr_bytes raw, cdr_str envelope_json,
                              cdr_buf* out_disposition_json, cdr_error*);

    /* A piece of a file that somebody imports, one of "imports" in the manifest. What is put meanwhile
     * commits with the piece. piece_json: {"import": "…", "name": "answers.csv", "offset": 0, "last": false,
     * "state": null}; piece: the file's bytes from offset on, up to 1 MiB. Reply: {"consumed": 1000, "rows":
     * 12, "refused": [{"row": 3, "why": "…"}], "state": {…}}: the next piece begins behind what was consumed
     * and carries the state; the last one is consumed wholly, each other one in part at least. A file may be
     * imported again, so take the idempotency keys from its content. [host-thread, started] */
    cdr_status (*import_piece)(void* self, const cdr_call*, cdr_str piece_json, cdr_bytes piece,
                               cdr_buf* out_reply_json, cdr_error*);
} cdr_collector;

/* Brings messages to people over a channel that the manifest names. */
#define CDR_ROLE_DELIVERER "candour.deliverer/1"
typedef struct cdr_deliverer {
    uint32_t struct_size, reserved0;

    /* message_json: {"id", "channel", "sender", "recipient", "content", "attempt"}. The id is the same on
     * every try: hand it on, so that the channel can drop a repetition. Receipt: {"fate": "handed_over" |
     * "deferred" | "rejected" | "unknown", "code": 0, "status": "", "detail": "one line for a person"}.
     * UNAVAILABLE and EXHAUSTED count as deferred, INVALID and NOT_FOUND as rejected, everything else as
     * unknown. [host-thread, started] */
    cdr_status (*deliver)(void* self, const cdr_call*, cdr_str message_json, cdr_buf* out_receipt_json,
                          cdr_error*);
} cdr_deliverer;

/* Computes figures about the relationship, in two stages, so that a figure stays additive and can be told for
 * any day. unit: what is known of one contact at one account, as of a day, becomes a few whole numbers, its
 * state, and the first later day on which the state changes by time alone. finalize: sums of such states
 * become the figure, with its interval. Both are pure: the same input gives the same output; no clock, no
 * memory, no service of the host but log. The host keeps every state, asks again for a contact when a row of
 * it arrives, and adds the difference to its sums.
 *
 * Numbers cross as int64 cells in native byte order. A day is a civil date of the organisation, counted from
 * 1970-01-01. A row is CDR_ROW_CELLS cells: the view (its place in the metric's "inputs" of the manifest),
 * the day, the instant in microseconds, its order of arrival, and four values; schemas/json/views.json says
 * what they mean in each view. */
#define CDR_ROLE_METRIC "candour.metric/1"
#define CDR_ROW_CELLS 8
#define CDR_GROUP_CELLS 3
#define CDR_NEVER INT64_MAX
#define CDR_MOVEMENT_CELLS 4
#define CDR_MOST_MOVEMENTS 4096
#define CDR_FARTHEST_DAYS 3660
typedef struct cdr_metric {
    uint32_t struct_size, reserved0;

    /* Many units at once. evaluations: 3 cells each: the first row, the number of rows, the day as of which
     * the state is asked. The rows of an evaluation belong to one unit, are ordered by instant and then by
     * arrival, and none is of a later day; two evaluations may share rows. out_states: for each evaluation as
     * many cells as the manifest's "width", then the first day after as_of on which the state changes without
     * a new row (CDR_NEVER: on none). [host-thread, started] */
    cdr_status (*unit)(void* self, const cdr_call*, cdr_str metric, cdr_bytes rows, cdr_bytes evaluations,
                       cdr_buf* out_states, cdr_error*);

    /* groups: one per account and level: CDR_GROUP_CELLS cells (the account's number within this call, the
     * level: 0 operational, 1 managerial, 2 executive, the account's yearly revenue or -1), then for each day
     * in the request's "days" as many cells as "width": the sum of the states. Every account in the scope is
     * there, with zeros if nothing is known of it. request_json: {"days": ["2026-03-31", …], "scope": {…},
     * "accounts": 12}; the first day is the one asked for, the others are those of the manifest's
     * "also_as_of". Reply: schemas/json/figure.schema.json. [host-thread, started] */
    cdr_status (*finalize)(void* self, const cdr_call*, cdr_str metric, cdr_bytes groups,
                           cdr_str request_json, cdr_buf* out_figure_json, cdr_error*);

    /* Both slots above may be NULL in a plugin whose metrics all name "tallies", and both below in one whose
     * metrics all have a "width".
     *
     * What is counted per item, and by age: the manifest's "tallies" names the plugin's own counters, which
     * several metrics may share. A counter is a number that the plugin gives it, its bucket (0 or more).
     * units: 2 cells each, the first row and the number of rows: all that ever happened to one item, in
     * order; no day is before the one in front of it. out_movements: CDR_MOVEMENT_CELLS cells each, all of
     * one unit together: the unit's place, a day, a bucket, by how much it changes on that day. It is the
     * whole list, from the first day to the last: what will change by time alone is said ahead, with its day
     * to come. At most CDR_MOST_MOVEMENTS per unit, from its first row's day to CDR_FARTHEST_DAYS after its
     * last one's. Pure. [host-thread, started] */
    cdr_status (*movements)(void* self, const cdr_call*, cdr_str tallies, cdr_bytes rows, cdr_bytes units,
                            cdr_buf* out_movements, cdr_error*);

    /* tallies: for each day in the request's "days" the number of pairs, then that many pairs of bucket and
     * count, by bucket: the sum of all movements up to and with that day of all items in the scope, without
     * zeros. request_json: {"days": ["2026-03-31", …], "scope": {…}}. Reply:
     * schemas/json/figure.schema.json. Pure. [host-thread, started] */
    cdr_status (*summarise)(void* self, const cdr_call*, cdr_str metric, cdr_bytes tallies,
                            cdr_str request_json, cdr_buf* out_figure_json, cdr_error*);
} cdr_metric;

/* Says what deserves somebody's attention at one account, and shows on what it rests. */
#define CDR_ROLE_SIGNAL "candour.signal/1"
typedef struct cdr_signal {
    uint32_t struct_size, reserved0;

    /* snapshot_json: "A signal" in sdk/README.md: what is known of one account as of a day, in the views that
     * the manifest's "inputs" name. Findings: schemas/json/findings.schema.json. A finding with the key of an
     * earlier one is the same finding, one that is no longer reported has ended. The host asks again when
     * something of the account changed, and once a day. Pure. [host-thread, started] */
    cdr_status (*evaluate)(void* self, const cdr_call*, cdr_str signal, cdr_str snapshot_json,
                           cdr_buf* out_findings_json, cdr_error*);
} cdr_signal;

/* The voice of a campaign: the host decides who is asked, when, and sends. */
#define CDR_ROLE_CAMPAIGN "candour.campaign/1"
typedef struct cdr_campaign {
    uint32_t struct_size, reserved0;

    /* The words of one message: schemas/json/message.schema.json. kind: "invitation" or "reminder". language:
     * a BCP 47 tag; the nearest that the plugin speaks will do. facts_json: {"contact": {"name"}, "account":
     * {"name"}, "organisation": {"name"}, "about": "…"}, names only where "subject:names" is granted. Pure.
     * The link to the page is the host's: it leads to the collector's "personal_route". [host-thread,
     * started] */
    cdr_status (*compose)(void* self, const cdr_call*, cdr_str kind, cdr_str language, cdr_str facts_json,
                          cdr_buf* out_document_json, cdr_error*);
} cdr_campaign;

/* The one exported symbol; the major is in its name, so that a library may serve two majors side by side.
 * Returns the same static struct each time, or NULL when host_minor is too old. Pure. [host-thread, before
 * create] */
CDR_EXPORT const cdr_plugin* candour_plugin_v1(uint32_t host_minor);

#ifdef __cplusplus
}
#endif
#endif
