/* Puts messages where another program fetches them: replace hand_over by the channel of yours. */
#include "text.h"

typedef struct plugin {
    const cdr_host* host;
    const cdr_kv* kv; /* NULL when the installation does not grant it */
} plugin;

/* The id is the same on every try: what is there already was handed over by an earlier one. */
static cdr_status hand_over(const plugin* me, const char* id, cdr_str message, cdr_error* error) {
    char key[200];
    uint64_t version = 0;
    if (!print(key, sizeof key, "outbox.%s", id))
        return refuse(error, CDR_E_INVALID, "expected a shorter id");
    const cdr_status kept = me->kv->put(me->host->ctx, view(key), message, 0, 0, &version, error);
    if (kept != CDR_E_CONFLICT) return kept;
    if (error && error->message.release)
        error->message.release(&error->message); /* who received it releases it */
    return CDR_OK;
}

static cdr_status deliver(void* self, const cdr_call* call, cdr_str message, cdr_buf* out_receipt,
                          cdr_error* error) {
    const plugin* me = self;
    char id[160], receipt[320];
    (void)call;
    if (!text_at(message, "id", id, sizeof id))
        return refuse(error, CDR_E_INVALID, "expected a message with an id, found none");
    if (!me->kv) return refuse(error, CDR_E_DENIED, "expected the grant kv, found none");
    const cdr_status handed = hand_over(me, id, message, error);
    if (handed != CDR_OK)
        return handed; /* unavailable and exhausted come again later; all else ends its way */
    print(receipt, sizeof receipt, "{\"fate\": \"handed_over\", \"detail\": \"kept as outbox.%s\"}", id);
    return give(out_receipt, receipt);
}

#include "life.h"

static const void* query(void* self, cdr_str id) {
    static const cdr_deliverer role = {.struct_size = sizeof role, .deliver = &deliver};
    (void)self;
    return is(id, CDR_ROLE_DELIVERER) ? &role : NULL;
}

static void ask_for_services(plugin* me) {
    me->kv = me->host->query(me->host->ctx, view(CDR_IFACE_KV));
}
