#include "edge/store/reminders.hpp"

#include "candour_queries.hpp"
#include "edge/store/advance.hpp"
#include "edge/store/items.hpp"

namespace candour::store {
namespace {

constexpr const char* kDuty = "reminders";

std::string default_owner(Session& session, const std::string& address) {
    std::string id, name;
    if (address.empty()) return id;
    Call call = session.call(sql::relationship::find_teammate);
    call.with("email", address).into(id).into(name);
    return call.next() ? id : std::string();
}

/// A host that slept longer than its time has nothing to say any more, even if nobody noticed yet.
Done still_ours(Session& session, const std::string& host, std::int64_t epoch) {
    long long found = 0;
    Call call = session.call(sql::reminder::duty_epoch);
    call.with("name", std::string(kDuty)).with("holder", host).into(found);
    if (call.next() && found == epoch) return done();
    return Error{ErrorCode::conflict, "another host reminds people now"};
}

}  // namespace

flow::Task<Result<std::int64_t>> Reminders::hold(std::string duty, std::string host, core::Instant now,
                                                 core::Instant until) {
    return database_.write<std::int64_t>([=](Session& session) {
        long long epoch = 0;
        Call call = session.call(sql::reminder::hold_duty);
        call.with("name", duty).with("holder", host).with("until", until).with("now", now).into(epoch);
        return Result<std::int64_t>(call.next() ? epoch : 0);
    });
}

flow::Task<Result<std::vector<flow::Watchful>>> Reminders::watched(core::Watch why, core::Instant before,
                                                                   int limit) {
    using All = std::vector<flow::Watchful>;
    return database_.read<All>([=, address = policies_->default_owner](Session& session) {
        const std::string nobody = default_owner(session, address);
        std::string id;
        core::Rungs rungs;
        Call call = session.call(sql::reminder::watched_items);
        call.with("watch", std::string(core::name_of(core::kWatches, why)))
            .with("before", before)
            .with("limit", limit);
        call.into(id).into(rungs.owner).into(rungs.manager).into(rungs.sponsor);
        All all;
        while (call.next()) {
            all.push_back({ItemId::trusted(id), rungs});
            if (rungs.owner.empty()) all.back().rungs.owner = nobody;
        }
        return Result<All>(std::move(all));
    });
}

flow::Task<Result<core::Item>> Reminders::remind(ItemId item, std::string host, std::int64_t epoch,
                                                 flow::Decide decide) {
    return database_.write<core::Item>([=](Session& session) -> Result<core::Item> {
        if (Done ours = still_ours(session, host, epoch); !ours) return ours.error();
        return advance_item(session, {item, 0}, decide);
    });
}

}  // namespace candour::store
