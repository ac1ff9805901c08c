/// The loop over HTTP: reading items, and the commands. Every command names the version its caller saw.
#pragma once
#include <functional>
#include <memory>

#include "core/policies.hpp"
#include "edge/http/routes/body.hpp"
#include "edge/http/routes/identity.hpp"
#include "flow/clock.hpp"
#include "flow/delivery/mailbook.hpp"
#include "flow/evidence/links.hpp"
#include "flow/loop/belonging.hpp"
#include "flow/loop/item_store.hpp"
#include "flow/loop/loop.hpp"
#include "flow/relationship/care.hpp"
#include "voice/facts.hpp"

namespace candour::http {

struct ItemRoutesNeeds {
    flow::Loop& loop;
    flow::ItemStore& items;
    flow::ManyItems& many;
    flow::Belonging& belonging;
    flow::Care& care;
    flow::Mailbook& mailbook;
    flow::LinkStore& links;
    const flow::Clock& clock;
    std::shared_ptr<const core::Policies> policies;
    std::function<std::string(const MessageId&)> page_url;
    std::function<flow::Task<Result<voice::Mail>>(ItemId)> preview;
};

class ItemRoutes {
 public:
    explicit ItemRoutes(ItemRoutesNeeds needs) : needs_(std::move(needs)) {}
    void add_to(Router& router, Identity& identity);

 private:
    using Item = Result<core::Item>;

    flow::Task<Response> list(Request request);
    flow::Task<Response> show(Request request);
    flow::Task<Response> closing_message(Request request);
    /// One command: version, body, step, the item afterwards.
    flow::Task<Response> command(Request request, flow::Caller caller, std::string name);
    flow::Task<Item> give(std::string name, flow::Command command, JsonBody body);
    flow::Task<Response> proposals(Request request);
    flow::Task<Item> tell(flow::Command command, JsonBody body);
    /// hand-over, merge, our-failure: whose it is, and what it belongs to.
    flow::Task<Item> belong(std::string name, flow::Command command, JsonBody body);
    flow::Task<Item> give_conversation(flow::Command command, JsonBody body, bool telling);
    flow::Task<Response> refused(flow::ItemRef ref, std::int64_t seen, Error error, std::string path);

    ItemRoutesNeeds needs_;
};

}  // namespace candour::http
