/// The host's services for plugin authors, in C++ over candour/abi.h.
///
/// What can happen in a healthy system is a value: every service returns a `Result`, none throws (running out
/// of memory excepted). `return result.error();` from a role function passes it on to the host. All of it may
/// be called from any thread from the plugin's constructor until its `stop` returned. Texts are UTF-8 without
/// NUL.
#ifndef CANDOUR_HOST_HPP
#define CANDOUR_HOST_HPP
#include <chrono>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "candour/border.hpp"

namespace candour::sdk {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;

enum class Level : std::uint32_t { debug = 0, info = 1, warning = 2, error = 3 };

/// What the host says about the call that it makes.
struct Call {
    std::uint64_t id = 0;
    std::uint32_t attempt = 1;  ///< above 1: an earlier try of this job may have had effects
    Instant deadline{};
};

namespace detail {

inline Error absent(std::string_view interface_id, std::string_view grant) {
    return Error{ErrorCode::denied, "the host gives no " + std::string(interface_id) + ": list \"" +
                                        std::string(grant) +
                                        "\" under permissions in manifest.json, or ask why " +
                                        "the installation does not grant it"};
}

/// One interface: its vtable, or nothing.
template <class Table>
class Service {
 public:
    Service() = default;
    Service(const cdr_host* host, std::string_view id, std::string_view grant)
        : table_(static_cast<const Table*>(host->query(host->ctx, to_view(id)))),
          ctx_(host->ctx),
          id_(id),
          grant_(grant) {}
    explicit operator bool() const { return table_ != nullptr; }

 protected:
    /// Calls the slot with the ctx in front and the error behind; absent slots are errors, never crashes.
    template <class... Params, class... Args>
    Done call(cdr_status (*Table::*slot)(Params...), Args... args) const {
        if (!table_) return absent(id_, grant_);
        if (!reaches(slot)) return Error{ErrorCode::unsupported, "this host is too old for this call"};
        Failure failure;
        const cdr_status status = (table_->*slot)(ctx_, args..., failure.out());
        if (status != CDR_OK) return failure.take(status);
        return done();
    }

 private:
    /// The table that the host gave goes as far as this slot, and the slot is not empty.
    template <class Slot>
    bool reaches(Slot Table::*slot) const {
        const auto* at = reinterpret_cast<const char*>(&(table_->*slot));
        const auto end = static_cast<std::size_t>(at - reinterpret_cast<const char*>(table_)) + sizeof(Slot);
        return table_->struct_size >= end && table_->*slot != nullptr;
    }

    const Table* table_ = nullptr;
    void* ctx_ = nullptr;
    std::string_view id_, grant_;
};

}  // namespace detail

/// `put` and `erase` with this version do not compare.
inline constexpr std::uint64_t kAnyVersion = CDR_ANY_VERSION;

struct KvEntry {
    std::string value;
    std::uint64_t version = 0;  ///< 1 on the first put, +1 on each
};

/// Small documents under keys, in a space of the plugin's own. Grant: kv.
class Kv : public detail::Service<cdr_kv> {
 public:
    using Service::Service;
    /// Errors: not_found (absent or expired).
    Result<KvEntry> get(std::string_view key) const {
        Buffer value;
        std::uint64_t version = 0;
        const Done got = call(&cdr_kv::get, to_view(key), value.out(), &version);
        if (!got) return got.error();
        return KvEntry{value.text(), version};
    }
    /// `expected` 0: must not exist yet. Durable when it returns the new version. Errors: conflict.
    Result<std::uint64_t> put(std::string_view key, std::string_view value,
                              std::uint64_t expected = kAnyVersion,
                              std::chrono::seconds ttl = std::chrono::seconds{0}) const {
        std::uint64_t version = 0;
        const auto seconds = static_cast<std::uint64_t>(ttl.count());
        const Done stored = call(&cdr_kv::put, to_view(key), to_view(value), expected, seconds, &version);
        if (!stored) return stored.error();
        return version;
    }
    /// Errors: not_found, conflict.
    Done erase(std::string_view key, std::uint64_t expected = kAnyVersion) const {
        return call(&cdr_kv::erase, to_view(key), expected);
    }
#if CDR_TARGET_MINOR >= 1
    /// A page of what lies under keys with this prefix, as the JSON of abi.h: `after` is "next" of the page
    /// before. Since 1.1.
    Result<std::string> scan(std::string_view prefix, std::string_view after = {},
                             std::uint32_t limit = 1000) const {
        Buffer page;
        const Done got = call(&cdr_kv::scan, to_view(prefix), to_view(after), limit, page.out());
        if (!got) return got.error();
        return page.text();
    }
#endif
};

/// The only door for facts; abi.h says when OK means bound to the job and when committed. Grant:
/// ingest:<stream>.
class Ingest : public detail::Service<cdr_ingest> {
 public:
    using Service::Service;
    Done put(std::string_view stream, std::string_view idempotency_key,
             std::string_view observation_json) const {
        return call(&cdr_ingest::put_json, to_view(stream), to_view(idempotency_key),
                    to_view(observation_json));
    }
    /// [{"key": "…", "observation": {…}}, …]: all of them or none.
    Done put_batch(std::string_view stream, std::string_view batch_json) const {
        return call(&cdr_ingest::put_batch, to_view(stream), to_view(batch_json));
    }
};

/// Timers that survive a restart and fire as on_event("timer"). Grant: timer.
class Timer : public detail::Service<cdr_timer> {
 public:
    using Service::Service;
    Done set(std::string_view id, Instant due,
             std::chrono::microseconds period = std::chrono::microseconds{0},
             std::string_view payload = {}) const {
        return call(&cdr_timer::set, to_view(id), due.time_since_epoch().count(),
                    static_cast<std::uint64_t>(period.count()), to_view(payload));
    }
    Done clear(std::string_view id) const { return call(&cdr_timer::clear, to_view(id)); }
};

/// The body of a page or an answer, with the two headers that a plugin may set.
struct Response {
    std::uint32_t status = 200;
    std::string body{};
    std::string content_type = "text/html; charset=utf-8";
    std::string language{};  ///< BCP 47 tag of the body, e.g. "de"

    /// Answered later through Host::http().respond(request.id, …).
    static Response parked() { return Response{0, {}, {}, {}}; }
};

/// The two headers as the JSON object of the border. Header values are plain ASCII; nothing in them needs
/// escaping.
inline Result<std::string> headers_json(const Response& response) {
    std::string json = "{";
    const auto add = [&json](std::string_view name, std::string_view value) {
        for (const char c : value)
            if (c < ' ' || c > '~' || c == '"' || c == '\\') return false;
        if (value.empty()) return true;
        json.append(json.size() > 1 ? ",\"" : "\"").append(name).append("\":\"").append(value).append("\"");
        return true;
    };
    if (!add("content-type", response.content_type) || !add("content-language", response.language))
        return Error{ErrorCode::invalid,
                     "a header value must be printable ASCII without quotes and backslashes"};
    return json + "}";
}

/// Late answers to parked requests. Grant: http.
class Http : public detail::Service<cdr_http> {
 public:
    using Service::Service;
    /// Errors: not_found (answered already, or its deadline passed).
    Done respond(std::uint64_t request_id, const Response& response) const {
        const Result<std::string> headers = headers_json(response);
        if (!headers) return headers.error();
        return call(&cdr_http::respond, request_id, response.status, to_view(*headers),
                    to_bytes(response.body));
    }
};

/// Messages to contacts through the host's outbox. Grant: mail.
class Mail : public detail::Service<cdr_mail> {
 public:
    using Service::Service;
    /// Returns the message's id. `not_before` left out: now.
    Result<std::string> send(std::string_view idempotency_key, std::string_view contact_id,
                             std::string_view document_json, Instant not_before = {}) const {
        Buffer id;
        const Done sent = call(&cdr_mail::send, to_view(idempotency_key), to_view(contact_id),
                               to_view(document_json), not_before.time_since_epoch().count(), id.out());
        if (!sent) return sent.error();
        return id.text();
    }
};

/// What the host knows, page by page; abi.h describes the query and the page. Grant: data:<view>.
class Data : public detail::Service<cdr_data> {
 public:
    using Service::Service;
    Result<std::string> read(std::string_view query_json) const {
        Buffer page;
        const Done got = call(&cdr_data::read, to_view(query_json), page.out());
        if (!got) return got.error();
        return page.text();
    }
};

/// What came back from outside; any status is an answer.
struct Fetched {
    std::string meta_json;  ///< {"status": 200, "headers": {"content-type": "…"}}
    std::string body;
};

/// HTTP through the host; abi.h describes the request. Grant: net:….
class Egress : public detail::Service<cdr_egress> {
 public:
    using Service::Service;
    Result<Fetched> fetch(std::string_view request_json, std::string_view body = {}) const {
        Buffer meta, answer;
        const Done got =
            call(&cdr_egress::fetch, to_view(request_json), to_bytes(body), meta.out(), answer.out());
        if (!got) return got.error();
        return Fetched{meta.text(), answer.text()};
    }
};

/// Cheap to copy; valid until the plugin's `stop` returned.
class Host {
 public:
    explicit Host(const cdr_host* host)
        : host_(host),
          kv_(host, CDR_IFACE_KV, "kv"),
          ingest_(host, CDR_IFACE_INGEST, "ingest:<stream>"),
          timer_(host, CDR_IFACE_TIMER, "timer"),
          http_(host, CDR_IFACE_HTTP, "http"),
          mail_(host, CDR_IFACE_MAIL, "mail"),
          data_(host, CDR_IFACE_DATA, "data:<view>"),
          egress_(host, CDR_IFACE_EGRESS, "net:<host>") {}

    /// `fields_json` is a JSON object or empty.
    void log(Level level, std::string_view message, std::string_view fields_json = {}) const {
        host_->log(host_->ctx, static_cast<std::uint32_t>(level), to_view(message), to_view(fields_json),
                   nullptr);
    }
    void log(std::string_view message) const { log(Level::info, message); }

    /// This plugin's configuration, a JSON object.
    Result<std::string> config() const {
        Buffer json;
        Failure failure;
        const cdr_status status = host_->config(host_->ctx, json.out(), failure.out());
        if (status != CDR_OK) return failure.take(status);
        return json.text();
    }

    /// The host's clock. Before the host answers anything else it answers this; after stop it stands still at
    /// 1970.
    Instant now() const {
        std::int64_t us = 0;
        if (host_->now(host_->ctx, &us, nullptr) != CDR_OK) us = 0;
        return Instant{std::chrono::microseconds{us}};
    }

    bool cancelled(const Call& call) const {
        std::uint32_t no_longer_wanted = 0;
        return host_->cancelled(host_->ctx, call.id, &no_longer_wanted, nullptr) != CDR_OK ||
               no_longer_wanted != 0;
    }

    const Kv& kv() const { return kv_; }
    const Ingest& ingest() const { return ingest_; }
    const Timer& timer() const { return timer_; }
    const Http& http() const { return http_; }
    const Mail& mail() const { return mail_; }
    const Data& data() const { return data_; }
    const Egress& egress() const { return egress_; }

 private:
    const cdr_host* host_;
    Kv kv_;
    Ingest ingest_;
    Timer timer_;
    Http http_;
    Mail mail_;
    Data data_;
    Egress egress_;
};

}  // namespace candour::sdk
#endif
