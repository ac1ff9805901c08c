/// Drives one plugin as the host would: create, start, calls, stop, destroy, on the calling thread.
#ifndef CANDOUR_TESTING_DRIVEN_PLUGIN_HPP
#define CANDOUR_TESTING_DRIVEN_PLUGIN_HPP
#include <string>
#include <string_view>

#include "candour/plugin.hpp"
#include "fake_host.hpp"
#include "measured_contact.hpp"
#include "measured_item.hpp"

namespace candour::sdk::testing {

/// What handle_http gave back; status 0: parked.
struct Page {
    std::uint32_t status = 0;
    std::string headers, body;
};

class DrivenPlugin {
 public:
    DrivenPlugin(FakeHost& host, const cdr_plugin* plugin) : host_(host), plugin_(plugin) {}
    DrivenPlugin(const DrivenPlugin&) = delete;
    DrivenPlugin& operator=(const DrivenPlugin&) = delete;
    ~DrivenPlugin() {
        if (started_) (void)stop();
        if (self_) plugin_->destroy(self_);
    }

    Done start() {
        Failure failure;
        host_.stopped = false;
        if (const auto status = plugin_->create(host_.raw(), &self_, failure.out()))
            return failure.take(status);
        if (const auto status = plugin_->start(self_, failure.out())) return failure.take(status);
        started_ = true;
        return done();
    }
    Done stop() {
        Failure failure;
        started_ = false;
        const auto status = plugin_->stop(self_, host_.now.time_since_epoch().count(), failure.out());
        host_.stopped = true;
        if (status != CDR_OK) return failure.take(status);
        return done();
    }

    Result<Page> view(std::string_view route, std::string_view request_json) {
        return handle(FakeHost::Under::view, route, request_json, {});
    }
    Result<Page> submit(std::string_view route, std::string_view request_json, std::string_view body = {}) {
        return handle(FakeHost::Under::job, route, request_json, body);
    }
    Result<std::string> event(std::string_view kind, std::string_view payload_json) {
        Buffer reply;
        Failure failure;
        const cdr_call call = next_call();
        host_.begin(kind == "timer" ? FakeHost::Under::nothing : FakeHost::Under::job);
        const auto status =
            plugin_->on_event(self_, &call, to_view(kind), to_view(payload_json), reply.out(), failure.out());
        host_.end(status == CDR_OK);
        if (status != CDR_OK) return failure.take(status);
        return reply.text();
    }
    Result<std::string> deliver(std::string_view message_json) {
        const auto* role =
            static_cast<const cdr_deliverer*>(plugin_->query(self_, to_view(CDR_ROLE_DELIVERER)));
        if (!role) return Error{ErrorCode::unsupported, "the plugin is no deliverer"};
        Buffer receipt;
        Failure failure;
        const cdr_call call = next_call();
        const auto status = role->deliver(self_, &call, to_view(message_json), receipt.out(), failure.out());
        if (status != CDR_OK) return failure.take(status);
        return receipt.text();
    }

    Result<std::string> import_piece(std::string_view piece_json, std::string_view bytes) {
        const auto* role =
            static_cast<const cdr_collector*>(plugin_->query(self_, to_view(CDR_ROLE_COLLECTOR)));
        if (!CDR_HAS(role, import_piece)) return Error{ErrorCode::unsupported, "the plugin imports nothing"};
        Buffer reply;
        Failure failure;
        const cdr_call call = next_call();
        host_.begin(FakeHost::Under::job);
        const auto status = role->import_piece(self_, &call, to_view(piece_json), to_bytes(bytes),
                                               reply.out(), failure.out());
        host_.end(status == CDR_OK);
        if (status != CDR_OK) return failure.take(status);
        return reply.text();
    }
    Result<std::string> evaluate(std::string_view signal, std::string_view snapshot_json) {
        const auto* role = static_cast<const cdr_signal*>(plugin_->query(self_, to_view(CDR_ROLE_SIGNAL)));
        if (!role) return Error{ErrorCode::unsupported, "the plugin watches no account"};
        Buffer findings;
        Failure failure;
        const cdr_call call = next_call();
        const auto status = role->evaluate(self_, &call, to_view(signal), to_view(snapshot_json),
                                           findings.out(), failure.out());
        if (status != CDR_OK) return failure.take(status);
        return findings.text();
    }

    Result<std::string> compose(std::string_view kind, std::string_view language,
                                std::string_view facts_json) {
        const auto* role =
            static_cast<const cdr_campaign*>(plugin_->query(self_, to_view(CDR_ROLE_CAMPAIGN)));
        if (!role) return Error{ErrorCode::unsupported, "the plugin is no campaign's voice"};
        Buffer document;
        Failure failure;
        const cdr_call call = next_call();
        const auto status = role->compose(self_, &call, to_view(kind), to_view(language), to_view(facts_json),
                                          document.out(), failure.out());
        if (status != CDR_OK) return failure.take(status);
        return document.text();
    }

    /// `width` is that of the manifest. Errors: unsupported when the plugin measures nothing.
    Result<DrivenMetric> metric(std::string id, std::size_t width) {
        const auto* role = static_cast<const cdr_metric*>(plugin_->query(self_, to_view(CDR_ROLE_METRIC)));
        if (!role) return Error{ErrorCode::unsupported, "the plugin measures nothing"};
        return DrivenMetric(role, self_, std::move(id), width);
    }

    /// Errors: unsupported when the plugin counts no items.
    Result<DrivenTallies> tallies() {
        const auto* role = static_cast<const cdr_metric*>(plugin_->query(self_, to_view(CDR_ROLE_METRIC)));
        if (!CDR_HAS(role, summarise) || !role->movements)
            return Error{ErrorCode::unsupported, "the plugin counts no items"};
        return DrivenTallies(role, self_);
    }

    /// Of the calls that follow.
    std::uint32_t attempt = 1;

 private:
    cdr_call next_call() {
        const auto deadline = (host_.now + std::chrono::seconds{5}).time_since_epoch().count();
        return {sizeof(cdr_call), attempt, ++calls_, deadline};
    }
    Result<Page> handle(FakeHost::Under under, std::string_view route, std::string_view request,
                        std::string_view body) {
        const auto* role =
            static_cast<const cdr_collector*>(plugin_->query(self_, to_view(CDR_ROLE_COLLECTOR)));
        if (!role) return Error{ErrorCode::unsupported, "the plugin is no collector"};
        Buffer headers, content;
        Failure failure;
        Page page;
        const cdr_call call = next_call();
        host_.begin(under);
        const auto status =
            role->handle_http(self_, &call, call.call_id, to_view(route), to_view(request), to_bytes(body),
                              &page.status, headers.out(), content.out(), failure.out());
        host_.end(status == CDR_OK);
        if (status != CDR_OK) return failure.take(status);
        page.headers = headers.text();
        page.body = content.text();
        return page;
    }

    FakeHost& host_;
    const cdr_plugin* plugin_;
    void* self_ = nullptr;
    bool started_ = false;
    std::uint64_t calls_ = 0;
};

}  // namespace candour::sdk::testing
#endif
