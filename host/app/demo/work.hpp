/// The team and its customers work on the demo's items, each step a command of the API or a button on a page.
#pragma once
#include <boost/json.hpp>

#include <functional>
#include <string>
#include <vector>

#include "app/demo/browser.hpp"
#include "app/demo/plan.hpp"

namespace candour::app::demo {

using Say = std::function<void(const std::string& part, const std::string& words)>;

class Work {
 public:
    Work(const cli::Api& api, Say say) : api_(api), say_(std::move(say)) {}

    /// An item of the plan and where it is on the host.
    void add(const PlannedItem& planned, std::string id);
    /// As far as every item's plan goes. What the ledger shows already is not done again, and an item that
    /// somebody has moved meanwhile is theirs. Errors: what the host refuses.
    Done run();
    bool did_something() const { return did_something_; }

 private:
    /// One item on its way.
    struct Story {
        std::string id;
        const boost::json::array* steps = nullptr;
        boost::json::value item;
        std::size_t taken = 0;
        std::string news;  ///< what this run did to it
        bool ended = false;
        const boost::json::value* next() const { return taken < steps->size() ? &(*steps)[taken] : nullptr; }
    };
    Done read(Story& story);
    /// Our own steps, up to the next one that is the customer's or the mail's.
    Done move_on(Story& story);
    Done give(Story& story, const boost::json::value& step);
    Done bounce(Story& story, const boost::json::value& step);
    /// Closing messages need a moment to leave; true when somebody may press a button now.
    Result<bool> wait_for_mail();
    Done customers_press();
    bool waits_for_mail(const Story& story) const;
    Done tell_news();

    const cli::Api& api_;
    Say say_;
    std::vector<Story> stories_;
    bool did_something_ = false;
};

}  // namespace candour::app::demo
