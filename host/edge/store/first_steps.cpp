#include "edge/store/first_steps.hpp"

#include "candour_queries.hpp"
#include "edge/store/audit.hpp"

namespace candour::store {
namespace {

flow::HouseContents select_contents(Session& session) {
    long long people = 0, users = 0, surveys = 0, campaigns = 0, closed = 0, dismissed = 0;
    Call call = session.call(sql::first_steps::contents);
    call.into(people).into(users).into(surveys).into(campaigns).into(closed).into(dismissed);
    call.next();
    return {people > 0, users > 1, surveys > 0, campaigns > 0, closed > 0, core::from_us(dismissed)};
}

}  // namespace

flow::Task<Result<flow::HouseContents>> FirstSteps::contents() {
    return database_.read<flow::HouseContents>(
        [](Session& session) { return Result<flow::HouseContents>(select_contents(session)); });
}

flow::Task<Done> FirstSteps::dismiss(bool dismissed, flow::Doer doer, core::Instant now) {
    return database_.write<Nothing>([=](Session& session) {
        session.call(sql::first_steps::dismiss).with("at", dismissed ? now : core::kNever).run();
        write_down(session, {doer, dismissed ? "guide_dismissed" : "guide_shown", "", {}, {}}, now);
        return done();
    });
}

}  // namespace candour::store
