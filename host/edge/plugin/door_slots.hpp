/// The slots themselves: C in, `Result` within, C out.
#pragma once
#include "edge/plugin/door.hpp"

namespace candour::plugin {

struct Door::Slots {
    static const void* query(void* ctx, cdr_str id);
    static cdr_status log(void* ctx, std::uint32_t level, cdr_str message, cdr_str fields, cdr_error* error);
    static cdr_status config(void* ctx, cdr_buf* out, cdr_error* error);
    static cdr_status now(void* ctx, std::int64_t* out, cdr_error* error);
    static cdr_status cancelled(void* ctx, std::uint64_t call, std::uint32_t* out, cdr_error* error);

    static cdr_status kv_get(void* ctx, cdr_str key, cdr_buf* out, std::uint64_t* version, cdr_error* error);
    static cdr_status kv_put(void* ctx, cdr_str key, cdr_str value, std::uint64_t expected,
                             std::uint64_t ttl_s, std::uint64_t* version, cdr_error* error);
    static cdr_status kv_erase(void* ctx, cdr_str key, std::uint64_t expected, cdr_error* error);
    static cdr_status kv_scan(void* ctx, cdr_str prefix, cdr_str after, std::uint32_t limit,
                              cdr_buf* out_page, cdr_error* error);
    static cdr_status put_json(void* ctx, cdr_str stream, cdr_str key, cdr_str json, cdr_error* error);
    static cdr_status put_batch(void* ctx, cdr_str stream, cdr_str batch, cdr_error* error);
    static cdr_status set_timer(void* ctx, cdr_str id, std::int64_t due, std::uint64_t period,
                                cdr_str payload, cdr_error* error);
    static cdr_status clear_timer(void* ctx, cdr_str id, cdr_error* error);
    static cdr_status respond(void* ctx, std::uint64_t request, std::uint32_t status, cdr_str headers,
                              cdr_bytes body, cdr_error* error);
    static cdr_status send(void* ctx, cdr_str key, cdr_str contact, cdr_str document, std::int64_t not_before,
                           cdr_buf* out_id, cdr_error* error);
    static cdr_status read_data(void* ctx, cdr_str query, cdr_buf* out_page, cdr_error* error);
    static cdr_status fetch(void* ctx, cdr_str request, cdr_bytes body, cdr_buf* out_meta, cdr_buf* out_body,
                            cdr_error* error);

 private:
    template <class Body>
    static cdr_status serve(void* ctx, std::string_view slot, std::string_view capability, bool needs_serving,
                            cdr_error* error, Body body);
};

}  // namespace candour::plugin
