#include "remote/control.hpp"

#include "candour/border.hpp"

namespace candour::remote {

namespace {

/// More folders than any plugin needs.
constexpr std::uint32_t kMostReadable = 64;

}  // namespace

void write(BodyWriter& out, const Confinement& walls) {
    out.number(std::uint8_t{walls.sandbox});
    out.number(walls.memory_bytes);
    out.number(static_cast<std::uint32_t>(walls.readable.size()));
    for (const std::string& path : walls.readable) out.text(path);
}

std::optional<Confinement> read_confinement(BodyReader& in) {
    Confinement walls;
    walls.sandbox = in.number<std::uint8_t>() != 0;
    walls.memory_bytes = in.number<std::uint64_t>();
    const auto count = in.number<std::uint32_t>();
    if (count > kMostReadable) return std::nullopt;
    for (std::uint32_t i = 0; i < count; ++i) walls.readable.emplace_back(in.text());
    if (!in.complete()) return std::nullopt;
    return walls;
}

void write(BodyWriter& out, const LoadOrder& order) {
    out.text(order.expected.library);
    out.text(order.expected.id);
    out.text(order.expected.version);
    out.number(std::uint8_t{order.expected.parallel});
    out.number(order.threads);
}

std::optional<LoadOrder> read_load_order(BodyReader& in) {
    LoadOrder order;
    order.expected.library = in.text();
    order.expected.id = in.text();
    order.expected.version = in.text();
    order.expected.parallel = in.number<std::uint8_t>() != 0;
    order.threads = in.number<std::uint32_t>();
    if (!in.complete() || order.threads == 0) return std::nullopt;
    return order;
}

void write_outcome(BodyWriter& out, const Done& outcome) {
    out.number(outcome ? std::int32_t{CDR_OK} : static_cast<std::int32_t>(outcome.error().code));
    if (!outcome) out.text(outcome.error().message);
}

std::optional<Done> read_outcome(BodyReader& in) {
    const auto status = in.number<std::int32_t>();
    if (!in.good()) return std::nullopt;
    if (status == CDR_OK) return done();
    const std::string message(in.text());
    if (!in.complete()) return std::nullopt;
    return Done(Error{sdk::to_code(status), message});
}

}  // namespace candour::remote
