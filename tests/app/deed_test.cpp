/// Nothing is done of which nobody can say later who did it: every address of the contract that changes
/// something has a row in edge/http/routes/deed_rules.cpp. That the rows are true is seen in
/// tests/contract (what was done through the API stands in the audit log) and in tests/edge/store.
#include <gtest/gtest.h>

#include <set>

#include "app/contract_addresses.hpp"
#include "edge/http/routes/deed_rules.hpp"

using namespace candour;
using namespace candour::app;

namespace {

TEST(DeedRules, SayOfEveryAddressOfTheContractWhatRemainsOfIt) {
    const std::vector<Address> addresses = documented();
    ASSERT_GT(addresses.size(), 150U);
    std::size_t judged = 0;
    for (const Address& one : addresses) {
        const http::Method method = method_named(one.method);
        const http::DeedRule* rule = http::deed_rule(method, one.path);
        const bool takes_along = one.path.starts_with("/api/v1/exports/");
        if (method == http::Method::get && !takes_along) {
            EXPECT_EQ(rule, nullptr) << one.path << ": looking leaves nothing";
            continue;
        }
        ++judged;
        EXPECT_NE(rule, nullptr) << one.method << " " << one.path
                                 << ": say in edge/http/routes/deed_rules.cpp who can tell later that it was "
                                    "done, and by whom";
    }
    EXPECT_EQ(judged, http::deed_rules().size()) << "a rule for an address that is gone, or two for one";
}

TEST(DeedRules, NameWhatStandsInTheAuditLogAndNothingElse) {
    for (const http::DeedRule& rule : http::deed_rules()) {
        const bool audited = rule.record == http::Record::inside || rule.record == http::Record::behind;
        EXPECT_EQ(audited, !rule.act.empty()) << rule.pattern;
    }
}

}  // namespace
