/* The share of contacts whose latest answer was 9 or 10. */
#include "text.h"

typedef struct plugin {
    const cdr_host* host;
} plugin;

enum { kEnthusiastic, kAnswered, kWidth }; /* kWidth is the manifest's "width" */

static void release_cells(cdr_buf* self) {
    free(self->owner);
    memset(self, 0, sizeof *self);
}

/* What is known of one contact as of a day: a few numbers that the host adds up. Pure: no clock, no memory.
 */
static void one_unit(const int64_t* rows, const int64_t* evaluation, int64_t* state) {
    const int64_t first = evaluation[0], count = evaluation[1];
    state[kWidth] = CDR_NEVER; /* it never changes by time alone */
    if (count == 0) return;
    const int64_t* latest = rows + (first + count - 1) * CDR_ROW_CELLS;
    state[kAnswered] = 1;
    state[kEnthusiastic] = latest[4] >= 9 ? 1 : 0; /* the first of its four values */
}

static cdr_status unit(void* self, const cdr_call* call, cdr_str metric, cdr_bytes rows,
                       cdr_bytes evaluations, cdr_buf* out_states, cdr_error* error) {
    const uint64_t cell = sizeof(int64_t), known = rows.len / (CDR_ROW_CELLS * cell),
                   asked = evaluations.len / (3 * cell);
    const int64_t* asks = (const int64_t*)(const void*)evaluations.ptr;
    (void)self, (void)call;
    if (!is(metric, "my_plugin")) return refuse(error, CDR_E_NOT_FOUND, "this plugin has no such metric");
    if (rows.len % (CDR_ROW_CELLS * cell) != 0 || evaluations.len % (3 * cell) != 0)
        return refuse(error, CDR_E_INVALID, "expected whole rows and evaluations of int64 cells");
    for (uint64_t i = 0; i < asked; ++i) {
        const int64_t first = asks[3 * i], count = asks[3 * i + 1];
        if (first < 0 || count < 0 || (uint64_t)first > known || (uint64_t)count > known - (uint64_t)first)
            return refuse(error, CDR_E_INVALID, "expected evaluations within the rows");
    }
    if (asked == 0) return CDR_OK;
    int64_t* states = calloc(asked * (kWidth + 1), cell);
    if (!states) return CDR_E_EXHAUSTED;
    for (uint64_t i = 0; i < asked; ++i)
        one_unit((const int64_t*)(const void*)rows.ptr, asks + 3 * i, states + i * (kWidth + 1));
    out_states->ptr = (const uint8_t*)states;
    out_states->len = asked * (kWidth + 1) * cell;
    out_states->owner = states;
    out_states->release = &release_cells;
    return CDR_OK;
}

/* The figure behind the sums of many contacts. What is undefined is null with a reason, never 0. */
static cdr_status finalize(void* self, const cdr_call* call, cdr_str metric, cdr_bytes groups,
                           cdr_str request, cdr_buf* out_figure, cdr_error* error) {
    const uint64_t width = CDR_GROUP_CELLS + kWidth; /* one day: the manifest asks for no other */
    const int64_t* cells = (const int64_t*)(const void*)groups.ptr;
    int64_t enthusiastic = 0, answered = 0;
    char figure[128];
    (void)self, (void)call, (void)request;
    if (!is(metric, "my_plugin")) return refuse(error, CDR_E_NOT_FOUND, "this plugin has no such metric");
    if (groups.len % (width * sizeof(int64_t)) != 0)
        return refuse(error, CDR_E_INVALID, "expected whole groups of int64 cells");
    for (uint64_t at = 0; at < groups.len / sizeof(int64_t); at += width) {
        enthusiastic += cells[at + CDR_GROUP_CELLS + kEnthusiastic];
        answered += cells[at + CDR_GROUP_CELLS + kAnswered];
    }
    if (answered == 0) return give(out_figure, "{\"value\": null, \"n\": 0, \"reason\": \"no_data\"}");
    print(figure, sizeof figure, "{\"value\": %.6f, \"n\": %lld}", (double)enthusiastic / (double)answered,
          (long long)answered);
    return give(out_figure, figure);
}

#include "life.h"

static const void* query(void* self, cdr_str id) {
    static const cdr_metric role = {.struct_size = sizeof role, .unit = &unit, .finalize = &finalize};
    (void)self;
    return is(id, CDR_ROLE_METRIC) ? &role : NULL;
}

static void ask_for_services(plugin* me) {
    (void)me; /* a metric is pure */
}
