/* Views, owned text and errors of candour/abi.h, in as little C as will do. */
#ifndef TEXT_H
#define TEXT_H
#include <candour/abi.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline cdr_str view(const char* text) {
    cdr_str v = {text, strlen(text)};
    return v;
}
static inline int is(cdr_str text, const char* word) {
    return text.len == strlen(word) && (text.len == 0 || memcmp(text.ptr, word, text.len) == 0);
}

static inline void release_text(cdr_buf* self) {
    free(self->owner);
    memset(self, 0, sizeof *self);
}
/* Hands text over to the host, which calls release. */
static inline cdr_status give(cdr_buf* out, const char* text) {
    const size_t length = strlen(text);
    char* owned = malloc(length + 1);
    if (!owned) return CDR_E_EXHAUSTED;
    memcpy(owned, text, length + 1);
    out->ptr = (const uint8_t*)owned;
    out->len = length;
    out->owner = owned;
    out->release = &release_text;
    return CDR_OK;
}
/* Says what was expected, what was found and what to do. */
static inline cdr_status refuse(cdr_error* out, cdr_status status, const char* message) {
    if (CDR_HAS(out, message)) {
        out->code = status;
        if (give(&out->message, message) != CDR_OK) out->message.len = 0;
    }
    return status;
}

/* The text behind "name" into `found`, which holds `room` bytes. 0 when there is none or it does not fit.
 * Enough for a page; a plugin that reads more brings a JSON library. */
static inline int text_at(cdr_str json, const char* name, char* found, size_t room) {
    char key[64];
    const int length = snprintf(key, sizeof key, "\"%s\":", name);
    uint64_t at = 0, size = 0;
    found[0] = 0;
    while (at + (uint64_t)length <= json.len && memcmp(json.ptr + at, key, (size_t)length) != 0) ++at;
    for (at += (uint64_t)length; at < json.len && json.ptr[at] != '"';) ++at;
    for (++at; at < json.len && json.ptr[at] != '"'; ++at) {
        if (json.ptr[at] == '\\' && at + 1 < json.len) ++at; /* \" and \/ are what the host writes here */
        if (size + 1 >= room) return 0;
        found[size++] = json.ptr[at];
    }
    found[size] = 0;
    return size > 0;
}

/* snprintf that says whether everything fitted. */
static inline int print(char* out, size_t room, const char* format, ...) {
    va_list values;
    va_start(values, format);
    const int length = vsnprintf(out, room, format, values);
    va_end(values);
    return length >= 0 && (size_t)length < room;
}
#endif
