/* Accounts whose latest answer was 6 or less. */
#include "text.h"

typedef struct plugin {
    const cdr_host* host;
} plugin;

enum { kSeq, kContact, kDay, kAt, kScore, kClass, kCells };

/* The last row's cells as they stand in the snapshot; how many there are. */
static int latest_row(cdr_str json, char* row, size_t room, char** cells) {
    uint64_t end = json.len, begin;
    int count = 0;
    for (uint64_t at = 0; at + 1 < json.len; ++at)
        if (json.ptr[at] == ']' && json.ptr[at + 1] == ']') end = at;
    if (end == json.len) return 0;
    for (begin = end; begin > 0 && json.ptr[begin - 1] != '[';) --begin;
    if (end - begin >= room) return 0;
    memcpy(row, json.ptr + begin, (size_t)(end - begin));
    row[end - begin] = 0;
    for (char* at = row; at && count < kCells; ++count) {
        cells[count] = at;
        at = strchr(at, ',');
        if (at) *at++ = 0;
    }
    return count;
}

/* Findings about one account as of a day. Pure: the same snapshot gives the same findings. */
static cdr_status evaluate(void* self, const cdr_call* call, cdr_str signal, cdr_str snapshot,
                           cdr_buf* out_findings, cdr_error* error) {
    char row[512], findings[1024];
    char* cells[kCells];
    (void)self, (void)call, (void)signal;
    if (latest_row(snapshot, row, sizeof row, cells) != kCells || atoi(cells[kScore]) > 6)
        return give(out_findings, "{\"findings\":[]}");
    /* The key names what it is about, so that the host keeps it as one finding while it lasts. */
    if (!print(findings, sizeof findings,
               "{\"findings\":[{\"key\":\"latest\",\"severity\":\"warning\",\"title\":\"The latest answer "
               "was %d\","
               "\"contact\":%s,\"evidence\":[{\"view\":\"relationship.answers\",\"row\":%s,\"note\":\"the "
               "answer\"}]}]}",
               atoi(cells[kScore]), cells[kContact], cells[kSeq]))
        return refuse(error, CDR_E_EXHAUSTED, "expected a shorter row");
    return give(out_findings, findings);
}

#include "life.h"

static const void* query(void* self, cdr_str id) {
    static const cdr_signal role = {.struct_size = sizeof role, .evaluate = &evaluate};
    (void)self;
    return is(id, CDR_ROLE_SIGNAL) ? &role : NULL;
}

static void ask_for_services(plugin* me) {
    (void)me; /* a signal is pure */
}
