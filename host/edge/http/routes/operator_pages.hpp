/// The plain pages for the team, without any script: items by state, one item, and in the demo every mail
/// that was sent. They only show.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "core/policies.hpp"
#include "edge/http/routes/identity.hpp"
#include "flow/clock.hpp"
#include "flow/delivery/mailbook.hpp"
#include "flow/evidence/links.hpp"
#include "flow/loop/item_store.hpp"
#include "flow/metrics/figures.hpp"

namespace candour::http {

struct OperatorNeeds {
    flow::ItemStore& items;
    flow::Mailbook& mailbook;
    flow::LinkStore& links;
    flow::Figures& figures;
    const flow::Clock& clock;
    std::shared_ptr<const core::Policies> policies;
    std::function<std::string(const MessageId&)> page_url;
    std::function<Result<std::string>(const std::string&)> html_of_letter;
    bool demo = false;
    bool on_loopback = true;
    bool at_root = true;  ///< `/` too, because no console is there
};

class OperatorPages {
 public:
    explicit OperatorPages(OperatorNeeds needs) : needs_(std::move(needs)) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> overview(Request request);
    flow::Task<Response> item(Request request);
    flow::Task<Response> mails(Request request);
    flow::Task<Response> mail(Request request);

    OperatorNeeds needs_;
};

}  // namespace candour::http
