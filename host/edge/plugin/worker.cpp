#include "edge/plugin/worker.hpp"

#include <unistd.h>

#include <thread>

#include "edge/plugin/job.hpp"
#include "edge/plugin/worker_process.hpp"

namespace candour::plugin {

using remote::BodyReader;
using remote::BodyWriter;

namespace {

/// Calls from threads of the plugin's own that the host serves at the same time.
constexpr int kGuestThreads = 2;

}  // namespace

/// The slots of the descriptor that no frame carries as they are.
struct Worker::Slots {
    static Worker& of(void* self) { return static_cast<Worker&>(*static_cast<remote::Peer*>(self)); }
    static cdr_status create(const cdr_host* host, void** out_self, cdr_error* error) {
        const Done created = of(*out_self).create(host);
        return created ? CDR_OK : sdk::report(error, created.error());
    }
    static void destroy(void* self) {
        remote::Exchange exchange(of(self));
        (void)of(self).order(exchange, remote::Order::destroy);
    }
    static const void* query(void* self, cdr_str id) { return of(self).role(sdk::from_view(id)); }
};

Result<std::shared_ptr<Worker>> Worker::spawn(const std::filesystem::path& program) {
    Result<remote::Lane> to = remote::Lane::make(remote::Lane::Writer::host);
    if (!to) return to.error();
    Result<remote::Lane> from = remote::Lane::make(remote::Lane::Writer::worker);
    if (!from) return from.error();
    const Result<WorkerProcess> process = start_worker(program, *to, *from);
    if (!process) return process.error();
    const std::shared_ptr<Worker> worker(
        new Worker(process->socket, process->pidfd, std::move(*to), std::move(*from)));
    worker->begin();
    return worker;
}

Worker::Worker(int socket, int pidfd, remote::Lane to, remote::Lane from) : Peer(socket), pidfd_(pidfd) {
    to_ = std::move(to);
    from_ = std::move(from);
}

Worker::~Worker() {
    kill_worker(pidfd_);
    obituary();
    close(pidfd_);
}

void Worker::begin() {
    const auto keep_going = [](const std::shared_ptr<Worker>& self, void (Worker::*work)()) {
        try {
            ((*self).*work)();
        } catch (const std::exception& e) {
            self->channel().fail(e.what());
        }
    };
    std::thread(keep_going, shared_from_this(), &Worker::listen).detach();
    for (int i = 0; i < kGuestThreads; ++i)
        std::thread(keep_going, shared_from_this(), &Worker::serve_guests).detach();
}

void Worker::listen() {
    channel().listen();
}

void Worker::serve_guests() {
    while (const std::optional<remote::Frame> request = channel().next(false)) {
        const std::optional<std::string> reply = serve(*request);
        if (!reply) return channel().fail("a request that no slot takes");
        remote::Header header;
        header.kind = static_cast<std::uint8_t>(remote::Kind::reply);
        header.id = request->header.id;
        channel().send(header, *reply);
    }
}

void Worker::kill() {
    channel().fail("");
    kill_worker(pidfd_);
}

void Worker::retire() {
    channel().fail("");  // it sees the end of the socket and leaves
}

std::string Worker::obituary() {
    const std::lock_guard lock(end_mutex_);
    if (!reaped_) how_it_ended_ = reap_worker(pidfd_);
    reaped_ = true;
    const std::string broken = channel().reason();
    return broken.empty() ? "its worker " + how_it_ended_ : "its worker was killed because it sent " + broken;
}

void Worker::lost() {
    if (Job* job = current_job()) job->lost = true;
}

std::optional<std::string> Worker::serve(const remote::Frame& request) {
    BodyWriter out;
    if (host_.load() == nullptr || !serve(request, out)) return std::nullopt;
    return out.take();
}

bool Worker::serve(const remote::Frame& request, BodyWriter& out) {
    BodyReader in(request.body);
    const remote::Header& header = request.header;
    const cdr_host* const host = host_;
    if (header.interface == remote::HostTable::kNumber)
        return remote::HostTable::serve(header.slot, *host, host->ctx, in, out);
    bool served = false;
    std::size_t n = 0;
    remote::each(remote::kServices, [&](const auto& known) {
        using I = typename std::decay_t<decltype(known)>::Interface;
        const auto* table = static_cast<const typename I::Table*>(services_[n++]);
        // Without the grant there is no table, and a worker that goes by the rules does not ask.
        if (header.interface == I::kNumber && table != nullptr)
            served = I::serve(header.slot, *table, host->ctx, in, out);
    });
    return served;
}

bool Worker::hear(const remote::Frame& word) {
    BodyWriter nobody_listens;
    return host_.load() != nullptr && word.header.interface == remote::HostTable::kNumber &&
           serve(word, nobody_listens);
}

Result<BodyReader> Worker::order(remote::Exchange& exchange, remote::Order order) {
    const remote::Address to{remote::kControl, static_cast<std::uint16_t>(order)};
    if (const Done asked = exchange.ask(to); !asked) return asked.error();
    BodyReader in = exchange.reply();
    BodyReader look = in;
    if (look.number<cdr_status>() == remote::kThrew) throw std::runtime_error(std::string(look.text()));
    const std::optional<Done> outcome = remote::read_outcome(in);
    if (!outcome) return malformed("an answer that is none");
    if (!*outcome) return outcome->error();
    return in;
}

Result<std::vector<std::string>> Worker::confine(const remote::Confinement& walls) {
    remote::Exchange exchange(*this);
    remote::write(exchange.request(), walls);
    Result<BodyReader> in = order(exchange, remote::Order::confine);
    if (!in) return in.error();
    std::vector<std::string> missing;
    const auto count = in->number<std::uint32_t>();
    for (std::uint32_t i = 0; i < count && in->good(); ++i) missing.emplace_back(in->text());
    if (!in->complete()) return malformed("an answer that is none");
    return missing;
}

Done Worker::load(const remote::LoadOrder& load) {
    remote::Exchange exchange(*this);
    remote::write(exchange.request(), load);
    const Result<BodyReader> in = order(exchange, remote::Order::load);
    return in ? done() : Done(in.error());
}

Done Worker::create(const cdr_host* host) {
    std::uint64_t granted = 0;
    std::size_t n = 0;
    remote::each(remote::kServices, [&](const auto& known) {
        services_[n] = host->query(host->ctx, sdk::to_view(known.id));
        granted |= std::uint64_t{services_[n] != nullptr} << n;
        ++n;
    });
    host_ = host;  // the services stand: from here on the other side may ask for them
    remote::Exchange exchange(*this);
    exchange.request().number(granted);
    Result<BodyReader> in = order(exchange, remote::Order::create);
    if (!in) return in.error();
    const auto take = [&in](auto interface, auto& table) -> const void* {
        using I = decltype(interface);
        const auto slots = in->template number<std::uint64_t>();
        table = I::forwarding();
        I::keep(table, slots);
        return slots == 0 ? nullptr : &table;
    };
    roles_ = {take(remote::CollectorTable(), tables_.collector),
              take(remote::DelivererTable(), tables_.deliverer), take(remote::MetricTable(), tables_.metric),
              take(remote::CampaignTable(), tables_.campaign), take(remote::SignalTable(), tables_.signal)};
    if (!in->complete()) return malformed("an answer that is none");
    return done();
}

const void* Worker::role(std::string_view id) const {
    const void* found = nullptr;
    std::size_t n = 0;
    remote::each(remote::kRoles, [&](const auto& known) {
        if (known.id == id) found = roles_[n];
        ++n;
    });
    return found;
}

const cdr_plugin* Worker::descriptor() {
    static const cdr_plugin plugin = [] {
        cdr_plugin made = remote::PluginTable::forwarding();
        made.abi_major = CDR_ABI_MAJOR;
        made.built_minor = CDR_ABI_MINOR;
        made.create = &Slots::create;
        made.destroy = &Slots::destroy;
        made.query = &Slots::query;
        return made;
    }();
    return &plugin;
}

}  // namespace candour::plugin
