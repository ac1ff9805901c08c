#include "worker/guest.hpp"

#include <dlfcn.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>

#include "worker/sandbox.hpp"

namespace candour::worker {

using remote::BodyReader;
using remote::BodyWriter;

namespace {

/// More than the host keeps, so that its own count tells the operator how much was said.
constexpr int kLinesPerSecond = 1'000;

std::int64_t this_second() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

/// The services as the plugin finds them; one set, because a worker has one plugin.
template <class I>
const typename I::Table& forwarding() {
    static const typename I::Table table = I::forwarding();
    return table;
}

std::string threw(const char* what) {
    BodyWriter out;
    out.number(remote::kThrew);
    out.text(what);
    return out.take();
}

}  // namespace

struct Guest::Host {
    static const void* query(void* ctx, cdr_str id) {
        const auto& guest = *static_cast<Guest*>(static_cast<Peer*>(ctx));
        const std::string_view name = sdk::from_view(id);
        const void* found = nullptr;
        std::size_t n = 0;
        remote::each(remote::kServices, [&](const auto& service) {
            const bool granted = ((guest.granted_ >> n++) & 1U) != 0;
            if (granted && name == service.id)
                found = &forwarding<typename std::decay_t<decltype(service)>::Interface>();
        });
        return found;
    }
};

Guest::Guest() : Peer(remote::kSocketFd) {
    Result<remote::Lane> from = remote::Lane::map(remote::kLaneToWorkerFd, remote::Lane::Writer::host);
    Result<remote::Lane> to = remote::Lane::map(remote::kLaneToHostFd, remote::Lane::Writer::worker);
    if (!from || !to) std::_Exit(2);
    from_ = std::move(*from);
    to_ = std::move(*to);
    host_ = remote::HostTable::forwarding();
    host_.abi_major = CDR_ABI_MAJOR;
    host_.abi_minor = CDR_ABI_MINOR;
    host_.ctx = static_cast<Peer*>(this);
    host_.query = &Host::query;
}

void Guest::run() {
    serve_one_after_the_other();
    std::_Exit(0);
}

void Guest::serve_one_after_the_other() {
    while (const std::optional<remote::Frame> request = channel().next(true)) {
        const std::string reply = answer(*request);
        if (channel().down()) return;
        remote::Header header;
        header.kind = static_cast<std::uint8_t>(remote::Kind::reply);
        header.id = request->header.id;
        channel().send(header, reply);
    }
}

/// The host asks nothing within a call of ours.
std::optional<std::string> Guest::serve(const remote::Frame&) {
    return std::nullopt;
}

std::string Guest::answer(const remote::Frame& request) {
    const Serving serving(request.header.id);
    BodyWriter out(request.lanes() ? &to_ : nullptr);
    if (request.lanes()) to_.clear();
    try {
        if (!answer(request, out)) malformed("a request that no slot takes");
        return out.take();
    } catch (const std::exception& e) {
        return threw(e.what());
    } catch (...) {
        return threw("something that is no std::exception");
    }
}

bool Guest::answer(const remote::Frame& request, BodyWriter& out) {
    const remote::Header& header = request.header;
    BodyReader in(request.body, request.lanes() ? &from_ : nullptr);
    if (header.interface == remote::kControl) return order(static_cast<remote::Order>(header.slot), in, out);
    void* const self = self_;
    if (self == nullptr) return false;
    if (header.interface == remote::PluginTable::kNumber)
        return remote::PluginTable::serve(header.slot, *plugin_, self, in, out);
    bool served = false;
    remote::each(remote::kRoles, [&](const auto& known) {
        using I = typename std::decay_t<decltype(known)>::Interface;
        if (header.interface != I::kNumber) return;
        const auto* table = role<I>(known.id);
        served = table != nullptr && I::serve(header.slot, *table, self, in, out);
    });
    return served;
}

bool Guest::order(remote::Order order, BodyReader& in, BodyWriter& out) {
    switch (order) {
        case remote::Order::confine:
            return plugin_ == nullptr && confine(in, out);
        case remote::Order::load:
            return plugin_ == nullptr && load(in, out);
        case remote::Order::create:
            return plugin_ != nullptr && self_ == nullptr && create(in, out);
        case remote::Order::destroy:
            if (self_ != nullptr) plugin_->destroy(self_);
            self_ = nullptr;
            remote::write_outcome(out, done());
            return true;
    }
    return false;
}

bool Guest::confine(BodyReader& in, BodyWriter& out) {
    const std::optional<remote::Confinement> walls = remote::read_confinement(in);
    if (!walls) return false;
    const Result<std::vector<std::string>> missing = worker::confine(*walls);
    remote::write_outcome(out, missing ? done() : Done(missing.error()));
    if (!missing) return true;
    out.number(static_cast<std::uint32_t>(missing->size()));
    for (const std::string& name : *missing) out.text(name);
    return true;
}

bool Guest::load(BodyReader& in, BodyWriter& out) {
    const std::optional<remote::LoadOrder> order = remote::read_load_order(in);
    if (!order) return false;
    const Done loaded = load(order->expected);
    remote::write_outcome(out, loaded);
    // This thread serves as well, from here on.
    for (std::uint32_t i = 1; loaded && i < order->threads; ++i)
        threads_.emplace_back([this] { serve_one_after_the_other(); });
    return true;
}

Done Guest::load(const remote::Expected& expected) {
    const auto corrupt = [&](const std::string& why) {
        return Error{ErrorCode::corrupt, expected.library + ": " + why};
    };
    void* const library = dlopen(expected.library.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        const char* why = dlerror();
        return corrupt(std::string("cannot be loaded: ") + (why != nullptr ? why : "no reason was given"));
    }
    void* const symbol = dlsym(library, "candour_plugin_v1");
    if (symbol == nullptr)
        return corrupt("expected the symbol candour_plugin_v1, found none; is it a Candour plugin?");
    const auto entry = reinterpret_cast<const cdr_plugin* (*)(std::uint32_t)>(symbol);
    const cdr_plugin* const found = entry(CDR_ABI_MINOR);
    Done fits = remote::check_descriptor(expected, found);
    if (fits) plugin_ = found;
    return fits;
}

template <class I>
const typename I::Table* Guest::role(std::string_view id) const {
    return static_cast<const typename I::Table*>(plugin_->query(self_, sdk::to_view(id)));
}

bool Guest::create(BodyReader& in, BodyWriter& out) {
    granted_ = in.number<std::uint64_t>();
    if (!in.complete()) return false;
    void* self = nullptr;
    sdk::Failure failure;
    const cdr_status status = plugin_->create(&host_, &self, failure.out());
    remote::write_outcome(out, status == CDR_OK ? done() : Done(failure.take(status)));
    if (status != CDR_OK) return true;
    // A plugin may have no state, and then no address; the channel needs one to know that it is there.
    self_ = self != nullptr ? self : static_cast<void*>(this);
    remote::each(remote::kRoles, [&](const auto& known) {
        using I = typename std::decay_t<decltype(known)>::Interface;
        out.number(I::present(role<I>(known.id)));
    });
    return true;
}

std::optional<int> Guest::may_log() {
    const std::lock_guard lock(log_mutex_);
    const std::int64_t second = this_second();
    const bool fresh = second != log_second_;
    if (fresh) log_second_ = second, log_lines_ = 0;
    if (++log_lines_ <= kLinesPerSecond) return fresh ? std::exchange(log_dropped_, 0) : 0;
    ++log_dropped_;
    return std::nullopt;
}

/// Only log lines are words.
void Guest::tell(remote::Address to, const std::string& body) {
    const std::optional<int> dropped = may_log();
    if (!dropped) return;
    if (*dropped > 0) {
        BodyWriter out;
        out.number(std::uint32_t{CDR_LOG_WARNING});
        out.text("its worker dropped " + std::to_string(*dropped) + " log lines");
        out.text("");
        Peer::tell(to, out.bytes());
    }
    Peer::tell(to, body);
}

}  // namespace candour::worker
