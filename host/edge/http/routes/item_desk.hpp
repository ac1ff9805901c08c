/// What stands around items: how many stand where, one more by hand, who is writing about which, and the mail
/// that `hear` would send.
#pragma once
#include <functional>

#include "edge/http/routes/body.hpp"
#include "edge/http/routes/identity.hpp"
#include "flow/ingest/by_hand.hpp"
#include "flow/loop/board.hpp"
#include "flow/loop/open_drafts.hpp"
#include "voice/facts.hpp"

namespace candour::http {

struct ItemDeskNeeds {
    flow::ItemStore& items;
    flow::Board& board;
    flow::ByHand& by_hand;
    flow::OpenDrafts& drafts;
    const flow::Clock& clock;
    /// What `hear` with this text, by somebody of this name, would send.
    std::function<flow::Task<Result<voice::Mail>>(ItemId, std::string text, std::string by)> heard;
};

class ItemDeskRoutes {
 public:
    explicit ItemDeskRoutes(ItemDeskNeeds needs) : needs_(std::move(needs)) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> counts(Request request);
    flow::Task<Response> write_down(Request request, flow::Caller caller);
    flow::Task<Response> drafts(Request request);
    flow::Task<Response> hold_draft(Request request, flow::Caller caller);
    flow::Task<Response> heard_message(Request request, flow::Caller caller);
    flow::Task<Result<flow::ItemView>> item_of(const Request& request);

    ItemDeskNeeds needs_;
};

}  // namespace candour::http
