#include "app/demo/plan.hpp"

#include <algorithm>

#include "app/cli/output.hpp"
#include "candour_demo.hpp"

namespace candour::app::demo {
namespace {

using boost::json::value;
using cli::text_at;

constexpr std::string_view kWave = "wave_";

std::vector<std::string_view> events_of(const value& step) {
    const std::string name = text_at(step, "step");
    if (name == "hear") return {"heard"};
    if (name == "decide") return {"decided_will_change", "decided_will_not_change"};
    if (name == "change") return {"changed"};
    if (name == "tell") return {"tell_requested", "told"};
    if (name == "dismiss") return {"dismissed"};
    if (name == "abandon") return {"abandoned"};
    if (is_bounce(step)) return {"bounced"};
    const std::string button = text_at(step, "button");
    if (button == "correct") return {"corrected"};
    return {button == "seen" ? "seen" : button == "confirmed" ? "confirmed" : "not_yet"};
}

}  // namespace

const boost::json::array& PlannedItem::steps() const {
    return cli::list_at(answer, "steps");
}

std::vector<PlannedItem> planned_items() {
    std::vector<PlannedItem> items;
    const value plan = boost::json::parse(texts::items_json);
    for (const value& entry : cli::list_at(plan, "items")) {
        const std::string from = text_at(entry, "from");
        items.push_back({text_at(entry, "contact"),
                         from.starts_with(kWave) ? std::stoi(from.substr(kWave.size())) : 0, entry});
    }
    return items;
}

std::set<Voice> voices_of(const std::vector<PlannedItem>& items) {
    std::set<Voice> voices;
    for (const PlannedItem& item : items)
        if (item.wave > 0) voices.insert({item.contact, item.wave});
    return voices;
}

bool leaves(const value& step, std::string_view event) {
    const std::vector<std::string_view> wanted = events_of(step);
    return std::ranges::find(wanted, event) != wanted.end();
}

std::size_t steps_taken(const boost::json::array& history, const boost::json::array& steps) {
    std::size_t taken = 0;
    for (const value& event : history)
        if (taken < steps.size() && leaves(steps[taken], text_at(event, "event"))) ++taken;
    return taken;
}

std::int64_t round_after(const boost::json::array& steps, std::size_t taken) {
    return 1 + std::count_if(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(taken),
                             [](const value& step) { return text_at(step, "button") == "not_yet"; });
}

bool is_press(const value& step) {
    return text_at(step, "step") == "press";
}
bool is_bounce(const value& step) {
    return text_at(step, "step") == "bounce";
}

}  // namespace candour::app::demo
