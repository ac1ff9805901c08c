/// A plugin in C++: write a class, name it in CANDOUR_PLUGIN, and its members become the plugin's roles.
// clang-format off
///
///     struct Hello {
///         explicit Hello(candour::sdk::Host host);                                        // required
///         Result<Response> handle_http(const Call&, const Request&);                      // collector
///         Result<std::string> handle_mail(const Call&, const RawMail&);                   // collector
///         Result<std::string> import_piece(const Call&, const Piece&);                    // collector
///         Result<std::string> deliver(const Call&, std::string_view message_json);        // deliverer
///         Done unit(std::string_view metric, const Evaluation&, UnitState&);              // metric, with
///         Result<std::string> finalize(std::string_view metric, const Groups&, std::string_view request_json);
///         Result<std::string> evaluate(const Call&, std::string_view signal, std::string_view snapshot_json);  // signal
///         Result<std::string> compose(const Call&, std::string_view kind, std::string_view language,
///                                     std::string_view facts_json);                       // campaign
///         Result<std::string> on_event(const Call&, std::string_view kind, std::string_view payload_json);
///         Done start();                                                                   // optional
///         Done stop(Instant deadline);                                                    // optional
///         static std::size_t width(std::string_view metric);                              // with unit
///         Done movements(std::string_view tallies, const Story&, Movements&);             // metric, with
///         Result<std::string> summarise(std::string_view metric, const Tallies&, std::string_view request_json);
///         static constexpr bool parallel = true;                       // optional: thread-safe calls
///     };
///     CANDOUR_PLUGIN(Hello)
///
/// The constructor, like every member, may throw: the wall around each slot turns it into a status and a
/// message. The id and version come from manifest.json through `candour_add_plugin`; without it, define
/// CANDOUR_PLUGIN_ID and CANDOUR_PLUGIN_VERSION as string literals. Threads and states of each member are
/// those of its slot in abi.h.
// clang-format on
#ifndef CANDOUR_PLUGIN_HPP
#define CANDOUR_PLUGIN_HPP
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "candour/host.hpp"
#include "candour/measure.hpp"
#include "candour/tally.hpp"

namespace candour::sdk {

/// A page view or a job, borrowed for the call. `json` is "The request" of sdk/README.md.
struct Request {
    std::uint64_t id = 0;
    std::string_view route;
    std::string_view json;
    std::string_view body;  ///< raw, when it is no form
};

/// A mail as it came, borrowed for the call.
struct RawMail {
    std::string_view raw;
    std::string_view envelope_json;
};

/// A piece of an imported file, borrowed for the call; abi.h says what `json` holds and what to reply.
struct Piece {
    std::string_view json;
    std::string_view bytes;
};

template <class T>
concept ServesHttp = requires(T& plugin, const Call& call, const Request& request) {
    { plugin.handle_http(call, request) } -> std::convertible_to<Result<Response>>;
};
template <class T>
concept ReadsMail = requires(T& plugin, const Call& call, const RawMail& mail) {
    { plugin.handle_mail(call, mail) } -> std::convertible_to<Result<std::string>>;
};
template <class T>
concept Imports = requires(T& plugin, const Call& call, const Piece& piece) {
    { plugin.import_piece(call, piece) } -> std::convertible_to<Result<std::string>>;
};
template <class T>
concept Collects = ServesHttp<T> || ReadsMail<T> || Imports<T>;
template <class T>
concept Signals = requires(T& plugin, const Call& call, std::string_view text) {
    { plugin.evaluate(call, text, text) } -> std::convertible_to<Result<std::string>>;
};
template <class T>
concept Measures = requires(T& plugin, std::string_view text, const Evaluation& evaluation, UnitState& state,
                            const Groups& groups) {
    { T::width(text) } -> std::convertible_to<std::size_t>;
    { plugin.unit(text, evaluation, state) } -> std::convertible_to<Done>;
    { plugin.finalize(text, groups, text) } -> std::convertible_to<Result<std::string>>;
};
template <class T>
concept Tallying = requires(T& plugin, std::string_view text, const Story& story, Movements& movements,
                            const Tallies& tallies) {
    { plugin.movements(text, story, movements) } -> std::convertible_to<Done>;
    { plugin.summarise(text, tallies, text) } -> std::convertible_to<Result<std::string>>;
};
template <class T>
concept Voices = requires(T& plugin, const Call& call, std::string_view text) {
    { plugin.compose(call, text, text, text) } -> std::convertible_to<Result<std::string>>;
};
template <class T>
concept Delivers = requires(T& plugin, const Call& call, std::string_view text) {
    { plugin.deliver(call, text) } -> std::convertible_to<Result<std::string>>;
};
template <class T>
concept HearsEvents = requires(T& plugin, const Call& call, std::string_view text) {
    { plugin.on_event(call, text, text) } -> std::convertible_to<Result<std::string>>;
};
template <class T>
concept Starts = requires(T& plugin) {
    { plugin.start() } -> std::convertible_to<Done>;
};
template <class T>
concept Stops = requires(T& plugin, Instant deadline) {
    { plugin.stop(deadline) } -> std::convertible_to<Done>;
};

namespace detail {

inline Instant instant_of(std::int64_t unix_us) {
    return Instant{std::chrono::microseconds{unix_us}};
}

inline Call call_of(const cdr_call* call) {
    return call ? Call{call->call_id, call->attempt, instant_of(call->deadline_unix_us)} : Call{};
}

inline cdr_status answer(cdr_error* error, Result<std::string>&& text, cdr_buf* out) {
    if (!text) return report(error, text.error());
    *out = hand_over(*std::move(text));
    return CDR_OK;
}

template <class T>
constexpr std::uint16_t threading() {
    if constexpr (requires {
                      { T::parallel } -> std::convertible_to<bool>;
                  })
        return T::parallel ? CDR_THREADS_PARALLEL : CDR_THREADS_SERIAL;
    else
        return CDR_THREADS_SERIAL;
}

/// The slots of one plugin class.
template <class T>
struct Slots {
    static T& self_of(void* self) { return *static_cast<T*>(self); }

    static cdr_status create(const cdr_host* host, void** out_self, cdr_error* error) {
        return guard(error, [&] {
            *out_self = new T(Host(host));
            return CDR_OK;
        });
    }
    static void destroy(void* self) { delete static_cast<T*>(self); }

    static cdr_status start(void* self, cdr_error* error) {
        return guard(error, [&]() -> cdr_status {
            if constexpr (Starts<T>) {
                const Done started = self_of(self).start();
                if (!started) return report(error, started.error());
            }
            return CDR_OK;
        });
    }
    static cdr_status stop(void* self, std::int64_t deadline_unix_us, cdr_error* error) {
        return guard(error, [&]() -> cdr_status {
            if constexpr (Stops<T>) {
                const Done stopped = self_of(self).stop(instant_of(deadline_unix_us));
                if (!stopped) return report(error, stopped.error());
            }
            return CDR_OK;
        });
    }
    static cdr_status on_event(void* self, const cdr_call* call, cdr_str kind, cdr_str payload,
                               cdr_buf* out_reply, cdr_error* error) {
        return guard(error, [&]() -> cdr_status {
            if constexpr (HearsEvents<T>) {
                Result<std::string> reply =
                    self_of(self).on_event(call_of(call), from_view(kind), from_view(payload));
                return answer(error, std::move(reply), out_reply);
            } else {
                return report(error, ErrorCode::unsupported, "this plugin hears no events");
            }
        });
    }
    static cdr_status handle_http(void* self, const cdr_call* call, std::uint64_t request_id, cdr_str route,
                                  cdr_str request, cdr_bytes body, std::uint32_t* out_status,
                                  cdr_buf* out_headers, cdr_buf* out_body, cdr_error* error) {
        return guard(error, [&]() -> cdr_status {
            if constexpr (ServesHttp<T>) {
                const Request seen{request_id, from_view(route), from_view(request), from_view(body)};
                Result<Response> response = self_of(self).handle_http(call_of(call), seen);
                if (!response) return report(error, response.error());
                Result<std::string> headers = headers_json(*response);
                if (!headers) return report(error, headers.error());
                *out_status = response->status;
                *out_headers = hand_over(*std::move(headers));
                *out_body = hand_over(std::move(response->body));
                return CDR_OK;
            } else {
                return report(error, ErrorCode::unsupported, "this plugin serves no page");
            }
        });
    }
    static cdr_status handle_mail(void* self, const cdr_call* call, cdr_bytes raw, cdr_str envelope,
                                  cdr_buf* out_disposition, cdr_error* error) {
        return guard(error, [&]() -> cdr_status {
            if constexpr (ReadsMail<T>) {
                const RawMail mail{from_view(raw), from_view(envelope)};
                return answer(error, self_of(self).handle_mail(call_of(call), mail), out_disposition);
            } else {
                return report(error, ErrorCode::unsupported, "this plugin reads no mail");
            }
        });
    }
    static cdr_status import_piece(void* self, const cdr_call* call, cdr_str piece, cdr_bytes bytes,
                                   cdr_buf* out_reply, cdr_error* error) {
        return guard(error, [&]() -> cdr_status {
            if constexpr (Imports<T>) {
                const Piece seen{from_view(piece), from_view(bytes)};
                return answer(error, self_of(self).import_piece(call_of(call), seen), out_reply);
            } else {
                return report(error, ErrorCode::unsupported, "this plugin imports nothing");
            }
        });
    }
    static cdr_status unit(void* self, const cdr_call*, cdr_str metric, cdr_bytes rows, cdr_bytes evaluations,
                           cdr_buf* out_states, cdr_error* error) {
        return guard(error, [&]() -> cdr_status {
            const std::string_view name = from_view(metric);
            Result<UnitPlan> plan = UnitPlan::read(rows, evaluations, T::width(name));
            if (!plan) return report(error, plan.error());
            for (std::size_t i = 0; i < plan->size(); ++i) {
                UnitState state = plan->state(i);
                const Done done = self_of(self).unit(name, plan->evaluation(i), state);
                if (!done) return report(error, done.error());
            }
            *out_states = hand_over(plan->take());
            return CDR_OK;
        });
    }
    static cdr_status finalize(void* self, const cdr_call*, cdr_str metric, cdr_bytes groups, cdr_str request,
                               cdr_buf* out_figure, cdr_error* error) {
        return guard(error, [&]() -> cdr_status {
            const std::string_view name = from_view(metric);
            const Groups seen{groups, T::width(name)};
            return answer(error, self_of(self).finalize(name, seen, from_view(request)), out_figure);
        });
    }
    static cdr_status movements(void* self, const cdr_call*, cdr_str tallies, cdr_bytes rows, cdr_bytes units,
                                cdr_buf* out_movements, cdr_error* error) {
        return guard(error, [&]() -> cdr_status {
            Result<MovementPlan> plan = MovementPlan::read(rows, units);
            if (!plan) return report(error, plan.error());
            for (std::size_t i = 0; i < plan->size(); ++i) {
                Movements moved = plan->movements(i);
                const Done done = self_of(self).movements(from_view(tallies), plan->story(i), moved);
                if (!done) return report(error, done.error());
            }
            *out_movements = hand_over(plan->take());
            return CDR_OK;
        });
    }
    static cdr_status summarise(void* self, const cdr_call*, cdr_str metric, cdr_bytes tallies,
                                cdr_str request, cdr_buf* out_figure, cdr_error* error) {
        return guard(error, [&]() -> cdr_status {
            const Result<Tallies> seen = Tallies::read(tallies);
            if (!seen) return report(error, seen.error());
            return answer(error, self_of(self).summarise(from_view(metric), *seen, from_view(request)),
                          out_figure);
        });
    }
    static constexpr cdr_metric metric_role() {
        cdr_metric role{};
        role.struct_size = sizeof(cdr_metric);
        if constexpr (Measures<T>) {
            role.unit = &unit;
            role.finalize = &finalize;
        }
        if constexpr (Tallying<T>) {
            role.movements = &movements;
            role.summarise = &summarise;
        }
        return role;
    }
    static cdr_status compose(void* self, const cdr_call* call, cdr_str kind, cdr_str language, cdr_str facts,
                              cdr_buf* out_document, cdr_error* error) {
        return guard(error, [&] {
            return answer(
                error,
                self_of(self).compose(call_of(call), from_view(kind), from_view(language), from_view(facts)),
                out_document);
        });
    }
    static cdr_status evaluate(void* self, const cdr_call* call, cdr_str signal, cdr_str snapshot,
                               cdr_buf* out_findings, cdr_error* error) {
        return guard(error, [&] {
            return answer(error,
                          self_of(self).evaluate(call_of(call), from_view(signal), from_view(snapshot)),
                          out_findings);
        });
    }
    static cdr_status deliver(void* self, const cdr_call* call, cdr_str message, cdr_buf* out_receipt,
                              cdr_error* error) {
        return guard(error, [&] {
            return answer(error, self_of(self).deliver(call_of(call), from_view(message)), out_receipt);
        });
    }

    static const void* query(void*, cdr_str id) {
        if constexpr (Collects<T>) {
            static const cdr_collector collector{sizeof(cdr_collector), 0, &handle_http, &handle_mail,
                                                 &import_piece};
            if (from_view(id) == CDR_ROLE_COLLECTOR) return &collector;
        }
        if constexpr (Delivers<T>) {
            static const cdr_deliverer deliverer{sizeof(cdr_deliverer), 0, &deliver};
            if (from_view(id) == CDR_ROLE_DELIVERER) return &deliverer;
        }
        if constexpr (Measures<T> || Tallying<T>) {
            static const cdr_metric metric = metric_role();
            if (from_view(id) == CDR_ROLE_METRIC) return &metric;
        }
        if constexpr (Signals<T>) {
            static const cdr_signal signal{sizeof(cdr_signal), 0, &evaluate};
            if (from_view(id) == CDR_ROLE_SIGNAL) return &signal;
        }
        if constexpr (Voices<T>) {
            static const cdr_campaign campaign{sizeof(cdr_campaign), 0, &compose};
            if (from_view(id) == CDR_ROLE_CAMPAIGN) return &campaign;
        }
        return nullptr;
    }
};

}  // namespace detail

/// The descriptor behind CANDOUR_PLUGIN. Both texts must live for ever.
template <class T>
const cdr_plugin* plugin_of(std::string_view id, std::string_view version) {
    static_assert(std::is_constructible_v<T, Host>, "a plugin class is constructed from candour::sdk::Host");
    static_assert(
        Collects<T> || Delivers<T> || Measures<T> || Tallying<T> || Signals<T> || Voices<T> || HearsEvents<T>,
        "a plugin has at least one role's functions or on_event, with the signatures of plugin.hpp");
    using Slots = detail::Slots<T>;
    static const cdr_plugin plugin{sizeof(cdr_plugin), CDR_ABI_MAJOR,          CDR_ABI_MINOR,
                                   CDR_TARGET_MINOR,   detail::threading<T>(), 0,
                                   to_view(id),        to_view(version),       &Slots::create,
                                   &Slots::destroy,    &Slots::query,          &Slots::start,
                                   &Slots::stop,       &Slots::on_event};
    return &plugin;
}

}  // namespace candour::sdk

#define CANDOUR_PLUGIN(Type)                                                               \
    extern "C" CDR_EXPORT const cdr_plugin* candour_plugin_v1(std::uint32_t) {             \
        return ::candour::sdk::plugin_of<Type>(CANDOUR_PLUGIN_ID, CANDOUR_PLUGIN_VERSION); \
    }
#endif
