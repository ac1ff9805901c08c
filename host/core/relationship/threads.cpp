#include "core/relationship/threads.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace candour::core {
namespace {

void add_touch(Thread& thread, const Touch& touch, Instant since) {
    thread.last_at = std::max(thread.last_at, touch.at);
    if (touch.at < since) return;
    thread.minutes += touch.minutes;
    switch (touch.kind) {
        case TouchpointKind::meeting:
            ++thread.meetings;
            return;
        case TouchpointKind::call:
            ++thread.calls;
            return;
        case TouchpointKind::mail:
            ++thread.mails;
            return;
    }
}

/// Somebody who stands twice in a touchpoint was there once.
std::vector<std::string> once_each(std::vector<std::string> ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

}  // namespace

std::vector<Thread> threads_of(std::span<const Touch> touches, Instant since) {
    std::map<std::pair<std::string, std::string>, Thread> pairs;
    for (const Touch& touch : touches)
        for (const std::string& teammate : once_each(touch.teammates))
            for (const std::string& contact : once_each(touch.contacts)) {
                Thread& thread = pairs[{teammate, contact}];
                thread.teammate = teammate;
                thread.contact = contact;
                add_touch(thread, touch, since);
            }
    std::vector<Thread> threads;
    for (auto& [pair, thread] : pairs) threads.push_back(std::move(thread));
    std::sort(threads.begin(), threads.end(), [](const Thread& a, const Thread& b) {
        return std::tuple(-a.touches(), b.last_at, a.teammate, a.contact) <
               std::tuple(-b.touches(), a.last_at, b.teammate, b.contact);
    });
    return threads;
}

}  // namespace candour::core
