/* One question from 0 to 10 on a page that anybody may open. */
#include "text.h"

typedef struct plugin {
    const cdr_host* host;
    const cdr_ingest* ingest; /* NULL when the installation does not grant it */
} plugin;

static int is_score(const char* text) {
    return strcmp(text, "10") == 0 || (text[0] >= '0' && text[0] <= '9' && text[1] == 0);
}

static cdr_status answer(uint32_t status, const char* html, uint32_t* out_status, cdr_buf* out_headers,
                         cdr_buf* out_body) {
    const cdr_status given =
        give(out_headers, "{\"content-type\":\"text/html; charset=utf-8\",\"content-language\":\"en\"}");
    *out_status = status;
    return given == CDR_OK ? give(out_body, html) : given;
}

static cdr_status show_page(cdr_str request, uint32_t* out_status, cdr_buf* out_headers, cdr_buf* out_body) {
    char action[512], fields[4096], html[8192];
    text_at(request, "form_action", action, sizeof action);
    text_at(request, "form_fields", fields, sizeof fields); /* must be carried as they are */
    if (!print(
            html, sizeof html,
            "<!doctype html><title>How was it?</title><form method=\"post\" action=\"%s\">"
            "<label>How was it, from 0 to 10? <input name=\"score\"></label><button>Send</button>%s</form>",
            action, fields))
        return CDR_E_EXHAUSTED;
    return answer(200, html, out_status, out_headers, out_body);
}

static cdr_status handle_http(void* self, const cdr_call* call, uint64_t request_id, cdr_str route,
                              cdr_str request, cdr_bytes body, uint32_t* out_status, cdr_buf* out_headers,
                              cdr_buf* out_body, cdr_error* error) {
    const plugin* me = self;
    char key[256], score[8], fact[128];
    (void)call, (void)request_id, (void)route, (void)body;
    if (!text_at(request, "key", key, sizeof key)) /* only an answer has a key */
        return show_page(request, out_status, out_headers, out_body);
    if (!text_at(request, "score", score, sizeof score) || !is_score(score))
        return answer(400, "Please choose a number from 0 to 10.", out_status, out_headers, out_body);
    if (!me->ingest)
        return refuse(error, CDR_E_DENIED, "expected the grant ingest:my_plugin.mood, found none");
    /* The key comes from the request, so that the same request again is the same fact. */
    print(fact, sizeof fact, "{\"about\": \"mood\", \"score\": %s}", score);
    const cdr_status kept =
        me->ingest->put_json(me->host->ctx, view("my_plugin.mood"), view(key), view(fact), error);
    if (kept != CDR_OK) return kept; /* the host filled the error; it is passed on */
    return answer(200, "<!doctype html><title>Thank you</title><p>Thank you.", out_status, out_headers,
                  out_body);
}

static cdr_status handle_mail(void* self, const cdr_call* call, cdr_bytes raw, cdr_str envelope, cdr_buf* out,
                              cdr_error* error) {
    (void)self, (void)call, (void)raw, (void)envelope, (void)out;
    return refuse(error, CDR_E_UNSUPPORTED, "this plugin reads no mail");
}

static cdr_status import_piece(void* self, const cdr_call* call, cdr_str piece, cdr_bytes bytes, cdr_buf* out,
                               cdr_error* error) {
    (void)self, (void)call, (void)piece, (void)bytes, (void)out;
    return refuse(error, CDR_E_UNSUPPORTED, "this plugin imports nothing");
}

#include "life.h"

static const void* query(void* self, cdr_str id) {
    static const cdr_collector role = {.struct_size = sizeof role,
                                       .handle_http = &handle_http,
                                       .handle_mail = &handle_mail,
                                       .import_piece = &import_piece};
    (void)self;
    return is(id, CDR_ROLE_COLLECTOR) ? &role : NULL;
}

static void ask_for_services(plugin* me) {
    me->ingest = me->host->query(me->host->ctx, view(CDR_IFACE_INGEST));
}
