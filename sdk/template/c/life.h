/* From create to destroy, and the one exported function: what every plugin in C has, whatever its roles. It
 * is included behind `struct plugin` and the slots of the role; query and ask_for_services stand behind it.
 */
#ifndef LIFE_H
#define LIFE_H

static const void* query(void* self, cdr_str id);
static void ask_for_services(plugin* me);

static cdr_status create(const cdr_host* host, void** out_self, cdr_error* error) {
    plugin* me = calloc(1, sizeof *me);
    if (!me) return refuse(error, CDR_E_EXHAUSTED, "out of memory");
    me->host = host;
    ask_for_services(me);
    *out_self = me;
    return CDR_OK;
}

static void destroy(void* self) {
    free(self);
}

static cdr_status start(void* self, cdr_error* error) {
    (void)self, (void)error;
    return CDR_OK;
}

static cdr_status stop(void* self, int64_t deadline_unix_us, cdr_error* error) {
    (void)self, (void)deadline_unix_us, (void)error; /* no thread of ours runs */
    return CDR_OK;
}

static cdr_status on_event(void* self, const cdr_call* call, cdr_str kind, cdr_str payload, cdr_buf* out,
                           cdr_error* error) {
    (void)self, (void)call, (void)kind, (void)payload, (void)out;
    return refuse(error, CDR_E_UNSUPPORTED, "this plugin hears no events");
}

CDR_EXPORT const cdr_plugin* candour_plugin_v1(uint32_t host_minor) {
    static const cdr_plugin plugin = {
        .struct_size = sizeof plugin,
        .abi_major = CDR_ABI_MAJOR,
        .built_minor = CDR_ABI_MINOR,
        .requires_minor = CDR_TARGET_MINOR,
        .threading = CDR_THREADS_SERIAL,
        .id = {CANDOUR_PLUGIN_ID, sizeof CANDOUR_PLUGIN_ID - 1},
        .version = {CANDOUR_PLUGIN_VERSION, sizeof CANDOUR_PLUGIN_VERSION - 1},
        .create = &create,
        .destroy = &destroy,
        .query = &query,
        .start = &start,
        .stop = &stop,
        .on_event = &on_event,
    };
    (void)host_minor; /* an older host reads requires_minor, and says it better */
    return &plugin;
}
#endif
