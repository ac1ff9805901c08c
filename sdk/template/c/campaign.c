/* Asks one question by mail and takes the answer on a page. */
#include "text.h"

typedef struct plugin {
    const cdr_host* host;
    const cdr_ingest* ingest; /* NULL when the installation does not grant it */
} plugin;

static int is_score(const char* text) {
    return strcmp(text, "10") == 0 || (text[0] >= '0' && text[0] <= '9' && text[1] == 0);
}

/* The words of one mail. The same facts must give the same words. */
static cdr_status compose(void* self, const cdr_call* call, cdr_str kind, cdr_str language, cdr_str facts,
                          cdr_buf* out_document, cdr_error* error) {
    char document[512];
    (void)self, (void)call, (void)language, (void)facts, (void)error;
    print(document, sizeof document,
          "{\"subject\": \"%s\", \"blocks\": [{\"type\": \"text\", \"text\": \"How likely are you to work "
          "with us again?\"},"
          " {\"type\": \"scale\", \"from\": 0, \"to\": 10, \"lowest\": \"not at all\", \"highest\": \"very "
          "likely\"}]}",
          is(kind, "reminder") ? "Did you see our question?" : "One question for you");
    return give(out_document, document);
}

static cdr_status answer(uint32_t status, const char* html, uint32_t* out_status, cdr_buf* out_headers,
                         cdr_buf* out_body) {
    const cdr_status given =
        give(out_headers, "{\"content-type\":\"text/html; charset=utf-8\",\"content-language\":\"en\"}");
    *out_status = status;
    return given == CDR_OK ? give(out_body, html) : given;
}

static cdr_status show_page(cdr_str request, uint32_t* out_status, cdr_buf* out_headers, cdr_buf* out_body) {
    char action[512], fields[4096], chosen[8], html[8192];
    text_at(request, "form_action", action, sizeof action);
    text_at(request, "form_fields", fields, sizeof fields); /* must be carried as they are */
    text_at(request, "a", chosen, sizeof chosen);
    if (!print(html, sizeof html,
               "<!doctype html><title>One question</title><form method=\"post\" action=\"%s\">"
               "<label>How likely are you to work with us again, from 0 to 10? <input name=\"a\" "
               "value=\"%s\"></label>"
               "<button>Send</button>%s</form>",
               action, is_score(chosen) ? chosen : "", fields))
        return CDR_E_EXHAUSTED;
    return answer(200, html, out_status, out_headers, out_body);
}

static cdr_status handle_http(void* self, const cdr_call* call, uint64_t request_id, cdr_str route,
                              cdr_str request, cdr_bytes body, uint32_t* out_status, cdr_buf* out_headers,
                              cdr_buf* out_body, cdr_error* error) {
    const plugin* me = self;
    char key[256], score[8], message[64], subject[96] = "", fact[256];
    (void)call, (void)request_id, (void)route, (void)body;
    if (!text_at(request, "key", key, sizeof key)) /* only an answer has a key */
        return show_page(request, out_status, out_headers, out_body);
    if (!text_at(request, "a", score, sizeof score) || !is_score(score))
        return answer(400, "Please choose a number from 0 to 10.", out_status, out_headers, out_body);
    if (!me->ingest)
        return refuse(error, CDR_E_DENIED, "expected the grant ingest:my_plugin.answer, found none");
    if (text_at(request, "message", message, sizeof message)) /* the link is personal: whom we asked */
        print(subject, sizeof subject, "\"subject\": \"%s\", ", message);
    print(fact, sizeof fact, "{%s\"about\": \"my-plugin\", \"score\": %s}", subject, score);
    const cdr_status kept =
        me->ingest->put_json(me->host->ctx, view("my_plugin.answer"), view(key), view(fact), error);
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
    static const cdr_collector page = {.struct_size = sizeof page,
                                       .handle_http = &handle_http,
                                       .handle_mail = &handle_mail,
                                       .import_piece = &import_piece};
    static const cdr_campaign voice = {.struct_size = sizeof voice, .compose = &compose};
    (void)self;
    if (is(id, CDR_ROLE_COLLECTOR)) return &page;
    return is(id, CDR_ROLE_CAMPAIGN) ? &voice : NULL;
}

static void ask_for_services(plugin* me) {
    me->ingest = me->host->query(me->host->ctx, view(CDR_IFACE_INGEST));
}
